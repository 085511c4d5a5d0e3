#!/usr/bin/env bash
# The one test command: installs the real programs that tests run or talk to, builds with warnings as errors, checks the
# format, runs every test project. Needs the .NET SDK and, for what is missing, apt-get and root (or sudo).
# The last line is always "N passed, N failed, N skipped"; the exit code is 0 only if everything ran and nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# Adds up one attribute of the <Counters> of every trx file.
total_of() {
  cat "$results"/*.trx 2>/dev/null | sed -nE "s/.*<Counters [^>]*\b$1=\"([0-9]+)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# On every way out, so that a broken build ends with an honest last line too.
sum_up() {
  local code=$? total executed passed
  set +e
  if [[ -n ${making:-} ]]; then kill "$making" 2>/dev/null; fi
  total=$(total_of total) executed=$(total_of executed) passed=$(total_of passed)
  if ((executed == 0 || passed < executed)) && ((code == 0)); then code=1; fi
  echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
  exit "$code"
}
trap sum_up EXIT

. tests/packages.sh
need node nodejs          # the vendors' own verification code, each in its language
need php php-cli
need ruby ruby
need promtool prometheus  # judges the scrape endpoint and the alert rules
need chromium chromium     # opens the status page
need buildah buildah       # builds and holds the container
need systemd-analyze systemd  # judges the unit
need script bsdutils       # a terminal for the command line
need haproxy haproxy       # spreads webhooks over several proxies
need nginx nginx-light     # checks signatures in the pages on moving away from such checks: by njs, and by Lua as gateways do
need_file /usr/lib/nginx/modules/ngx_http_js_module.so libnginx-mod-http-js
need_file /usr/lib/nginx/modules/ngx_http_lua_module.so libnginx-mod-http-lua
need curl curl             # follows the pages' commands, as a reader does
need pgrep procps          # finds a worker in them
need openssl openssl       # signs in them
need nghttp nghttp2-client # speaks HTTP/2, with trailers
need_file '/usr/lib/postgresql/*/bin/initdb' postgresql  # keeps claims; its programs are not on the PATH
install_missing

echo "== restore"
dotnet restore Proxy.sln --locked-mode -v quiet

echo "== build"
dotnet build Proxy.sln -c Release --nologo -v quiet -warnaserror

# Beside what follows, which keeps one processor busy at most. Their tests say what is wrong if they fail.
echo "== container and release, in the background"
export WEBHOOK_TEST_IMAGE=$PWD/artifacts/container WEBHOOK_TEST_RELEASE=$PWD/artifacts/release-test
made=artifacts/deployment.log
{ tests/container/build.sh "$WEBHOOK_TEST_IMAGE" && tests/release/build.sh "$WEBHOOK_TEST_RELEASE"; } >"$made" 2>&1 &
making=$!

echo "== format"
dotnet format Proxy.sln --no-restore --verify-no-changes

echo "== vectors"
node tests/vectors/generate.mjs --check

echo "== container and release"
wait "$making" || tail -n 40 "$made"

failed=0
for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  # A crash of the test host shows in this exit code, not in the counters. So does a project without tests.
  dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" || failed=1
  [[ -s $results/$name.trx ]] || failed=1
done
exit "$failed"
