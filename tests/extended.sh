#!/usr/bin/env bash
# The long form of what tests/run.sh runs briefly. Needs what tests/run.sh installs; takes several minutes.
# WEBHOOK_SIMULATION_SEED=N repeats a run of the sender simulation whose seed was printed.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

echo "== sender simulation"
WEBHOOK_SIMULATION_COUNT=${WEBHOOK_SIMULATION_COUNT:-20000} \
  dotnet test tests/Proxy.Tests -c Release --nologo -v quiet --logger "console;verbosity=detailed" --filter FullyQualifiedName~Simulation
