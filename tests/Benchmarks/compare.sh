#!/usr/bin/env bash
# Measures the proxy beside others that could stand in its place, under the same load: docs/performance.md says how.
# Installs the others from the system's and npm's packages, publishes ours and stock YARP alike, then takes turns.
# tests/Benchmarks/compare.sh --help tells the options. Results go to artifacts/compare.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need nginx nginx-light
[[ -e /usr/lib/nginx/modules/ngx_http_js_module.so ]] || missing+=(libnginx-mod-http-js)
need haproxy haproxy
need wrk wrk
need h2load nghttp2-client
need openssl openssl
need node nodejs
need npm npm
[[ -d /usr/lib/postgresql ]] || missing+=(postgresql)  # its programs are not on the PATH

if ((${#missing[@]} > 0)); then
  echo "== apt-get install ${missing[*]}"
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  # RUNLEVEL=1: the packages start no service.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

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
