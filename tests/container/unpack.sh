#!/usr/bin/env bash
# Makes a root file system of installed Debian packages, without their documents: unpack.sh DIRECTORY PACKAGE…
set -euo pipefail
target=$1
shift

for link in bin lib lib64 sbin; do
  if [[ -L /$link ]]; then
    mkdir -p "$target/$(readlink "/$link")"
    cp -a "/$link" "$target/"
  fi
done
dpkg -L "$@" | sort -u | grep -vE '^/usr/share/(doc|locale|man)/' |
  while read -r file; do if [[ -f $file || -L $file ]]; then echo "${file#/}"; fi; done |
  tar -C / -cf - --no-recursion -T - | tar -C "$target" -xf - --keep-directory-symlink
mkdir -p "$target"/{dev,etc,proc}
mkdir -m 1777 "$target/tmp"
