#!/usr/bin/env bash
# Makes the files of a release from a tag: ./release.sh v1.2.3 [RUNTIME]…     (default: linux-x64 linux-arm64)
# Leaves them in artifacts/release/1.2.3: for each runtime an archive with one program that needs no .NET on its machine, the
# release's part of CHANGELOG.md, and the checksums of all. What is built is what the tag holds, not what lies in the checkout.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

tag=${1:-}
[[ $tag =~ ^v([0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$ ]] || fail "usage: ./release.sh vMAJOR.MINOR.PATCH[-PRERELEASE] [RUNTIME]…" 2
version=${BASH_REMATCH[1]}
shift
runtimes=("$@")
if ((${#runtimes[@]} == 0)); then runtimes=(linux-x64 linux-arm64); fi

commit=$(git rev-parse --quiet --verify "refs/tags/$tag^{commit}") || fail "There is no tag $tag."
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
git archive "$commit" | tar -x -C "$tree"

out=$PWD/artifacts/release/$version
rm -rf "$out"
mkdir -p "$out"
# From the version's heading to the next.
awk -v heading="## $version" '/^## / { inside = index($0 " ", heading " ") == 1 } inside' "$tree/CHANGELOG.md" >"$out/CHANGES.md"
[[ -s $out/CHANGES.md ]] || fail "CHANGELOG.md of $tag has no section '## $version'."

cd "$tree"
# The dependencies are those that the lock files hold, byte for byte.
dotnet restore src/Proxy/Proxy.csproj --locked-mode -v quiet
for runtime in "${runtimes[@]}"; do
  name=webhook-proxy-$version-$runtime
  # Composite: would compile all of .NET again, for minutes, and a program of a third more.
  dotnet publish src/Proxy/Proxy.csproj -c Release -r "$runtime" --self-contained -o "$tree/$name" -v quiet \
    -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=false -p:DebugType=embedded \
    -p:PublishDocumentationFiles=false -p:Version="$version" -p:SourceRevisionId="$commit" -p:ContinuousIntegrationBuild=true
  rm -f "$name"/*.staticwebassets.endpoints.json
  cp -r config/appsettings.json config/appsettings.schema.json config/systemd/proxy.service LICENSE README.md CHANGELOG.md "$name/"
  # The same files give the same archive.
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git -C "$OLDPWD" log -1 --format=%ct "$commit")" -cf - "$name" | gzip -n >"$out/$name.tar.gz"
done

# Whatever else belongs to a release, such as a list of what it is made of, is put beside the archives before they are summed up.
if [[ -x $tree/release-extras.sh ]]; then "$tree/release-extras.sh" "$out" "$version"; fi
cd "$out"
sha256sum -- * >SHA256SUMS
cat SHA256SUMS
