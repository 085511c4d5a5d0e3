#!/bin/sh
# Runs a program of an image as a container engine told to be strict does: enter.sh ROOTFS UID GID DIRECTORY PROGRAM [ARGUMENT]…
# To be called in mount and process namespaces of its own. Nothing can be written to, no privilege is left or can be gained.
set -eu
root=$1 uid=$2 gid=$3 directory=$4
shift 4

mount --bind "$root" "$root"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null random urandom zero; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,ro "$root/dev"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"

exec setpriv --no-new-privs unshare --root="$root" --wd="$directory" --setgid="$gid" --setuid="$uid" "$@"
