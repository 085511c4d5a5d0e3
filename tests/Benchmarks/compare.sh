#!/usr/bin/env bash
# Measures the proxy beside others that could stand in its place, under the same load: docs/performance.md says how.
# Installs the others from the system's and npm's packages, publishes ours and stock YARP alike, then takes turns.
# tests/Benchmarks/compare.sh --help tells the options. Results go to artifacts/compare.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

. tests/packages.sh
need nginx nginx-light
need_file /usr/lib/nginx/modules/ngx_http_js_module.so libnginx-mod-http-js
need haproxy haproxy
need wrk wrk
need h2load nghttp2-client
need openssl openssl
need node nodejs
need npm npm
need_file '/usr/lib/postgresql/*/bin/initdb' postgresql  # keeps claims; its programs are not on the PATH
install_missing

# Both the same way, and as the Dockerfile does; apart from the developer's own output and lock files.
publish() {
  dotnet publish "$1" -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true \
    -p:NuGetLockFilePath=obj/compare.lock.json --artifacts-path artifacts/compare/build -o "$2" --nologo -v quiet
}

if [[ " $* " != *" --skip-build "* && " $* " != *" --report "* && " $* " != *" --list "* && " $* " != *" --help "* ]]; then
  echo "== publish"
  publish src/Proxy artifacts/compare/programs/proxy
  publish tests/Benchmarks/compare/stock artifacts/compare/programs/stock
  (cd tests/Benchmarks/compare/express && npm ci --silent)
fi

exec node tests/Benchmarks/compare/main.mjs "$@"
