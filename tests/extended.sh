#!/usr/bin/env bash
# The long form of what tests/run.sh runs briefly. Needs what tests/run.sh installs; takes over an hour.
# WEBHOOK_SIMULATION_SEED=N and WEBHOOK_FUZZ_SEED=N repeat a run whose seed was printed; WYCHEPROOF=DIR, a checkout of
# github.com/C2SP/wycheproof, has its vectors judged too.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

echo "== sender simulation"
WEBHOOK_SIMULATION_COUNT=${WEBHOOK_SIMULATION_COUNT:-20000} \
  dotnet test tests/Proxy.Tests -c Release --nologo -v quiet --logger "console;verbosity=detailed" --filter FullyQualifiedName~Simulation

echo "== properties of the catalogue, a hundred times the cases"
WEBHOOK_PROPERTY_FACTOR=${WEBHOOK_PROPERTY_FACTOR:-100} \
  dotnet test tests/WebhookVerification.Tests -c Release --nologo -v quiet --filter FullyQualifiedName~Properties

echo "== time of comparisons"
dotnet run --project tests/Benchmarks -c Release -- timing

if [[ -n ${WYCHEPROOF:-} ]]; then
  echo "== Project Wycheproof"
  dotnet run --project tests/Benchmarks -c Release -- wycheproof "$WYCHEPROOF"
fi

echo "== every check taken out once"
node tests/removed-checks.mjs
echo "== mutation fuzzing"
WEBHOOK_FUZZ_COUNT=${WEBHOOK_FUZZ_COUNT:-1000000} \
  dotnet test tests/Proxy.Tests -c Release --nologo -v quiet --logger "console;verbosity=detailed" --filter FullyQualifiedName~MutationFuzz

echo "== soak"
WEBHOOK_SOAK_SECONDS=${WEBHOOK_SOAK_SECONDS:-3600} \
  dotnet test tests/Proxy.Tests -c Release --nologo -v quiet --logger "console;verbosity=detailed" --filter FullyQualifiedName~SoakTests
