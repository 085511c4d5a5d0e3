#!/usr/bin/env bash
# Runs the micro-benchmarks and shows each beside its last saved result: micro.sh [--save] [FILTER]…
# --save keeps the results: tests/Benchmarks/results/micro.json, and the table of docs/performance.md.
# Needs the .NET SDK and Node.js; the PostgreSQL benchmarks need its package (tests/run.sh installs both).
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

save=
if [[ ${1:-} == --save ]]; then save=--save; shift; fi
if (($# == 0)); then set -- '*'; fi

rm -rf artifacts/micro
dotnet run --project tests/Benchmarks -c Release -- --filter "$@" --artifacts artifacts/micro --exporters csv --buildTimeout 900
exec node tests/Benchmarks/micro/collect.mjs $save
