#!/usr/bin/env bash
# Builds the Dockerfile where no registry can be reached: tests/container/build.sh DIRECTORY
# Leaves DIRECTORY/image.json, the image's configuration, and DIRECTORY/rootfs, its files. Needs root, Debian and buildah.
#
# The two base images are made from this machine. The runtime's is what Microsoft's chiselled one is: the packages that .NET
# needs, .NET, the user "app", and no shell. The SDK's has a shell as well, and gets the SDK as a volume. The cache and the
# configuration of NuGet are this user's, as volumes, so that what can be restored here can be restored there.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
out=$(realpath -m "$1")
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")

rm -rf "$out"
mkdir -p "$out" "$HOME/.nuget/packages"
store=(buildah --storage-driver vfs --root "$out/storage" --runroot "$out/run")

base_image() {
  local name=$1 files=$out/$1
  shift
  "$source/tests/container/unpack.sh" "$files" libc6 libgcc-s1 libssl3 libstdc++6 zlib1g "$@"
  mkdir -p "$files"/{etc/ssl/certs,usr/bin,usr/share/dotnet}
  cp /etc/ssl/certs/ca-certificates.crt "$files/etc/ssl/certs/"
  printf 'root:x:0:0::/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/false\n' >"$files/etc/passwd"
  printf 'root:x:0:\napp:x:1654:\n' >"$files/etc/group"
  ln -s /usr/share/dotnet/dotnet "$files/usr/bin/dotnet"
  if [[ $name == runtime ]]; then cp -a "$dotnet"/{dotnet,host,shared} "$files/usr/share/dotnet/"; fi
  # What Microsoft's images set.
  printf '%s\n' 'FROM scratch' 'COPY . /' \
    'ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true' >"$out/Base"
  "${store[@]}" bud --quiet --isolation chroot -f "$out/Base" -t "$name" "$files" >/dev/null
  rm -rf "$files"
}

base_image sdk coreutils dash libacl1 libattr1 libgmp10 libpcre2-8-0 libselinux1
base_image runtime

volumes=(--volume "$dotnet:/usr/share/dotnet:ro" --volume /etc/ssl/certs:/etc/ssl/certs:ro --volume "$HOME/.nuget:/root/.nuget")
if [[ -n ${NUGET_PACKAGES:-} ]]; then volumes+=(--volume "$NUGET_PACKAGES:/root/.nuget/packages"); fi
if [[ -d $HOME/.config/NuGet ]]; then volumes+=(--volume "$HOME/.config/NuGet:/root/.config/NuGet"); fi

# Docker's format: OCI's has no health check.
"${store[@]}" bud --isolation chroot --network host --pull-never --format docker "${volumes[@]}" \
  --build-arg SDK_IMAGE=localhost/sdk --build-arg RUNTIME_IMAGE=localhost/runtime \
  --build-arg VERSION=1.2.3-test --build-arg REVISION=0123456789abcdef -t webhook-proxy "$source"

"${store[@]}" inspect --type image webhook-proxy >"$out/image.json"
container=$("${store[@]}" from --pull-never webhook-proxy)
ln -s "$("${store[@]}" mount "$container")" "$out/rootfs"
