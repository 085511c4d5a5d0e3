# To be sourced: collects the programs that are not there, and installs them by the system's package manager.
missing=()

# need PROGRAM PACKAGE
need() { command -v "$1" >/dev/null || missing+=("$2"); }

# For what is no program on the PATH: need_file GLOB PACKAGE
need_file() { compgen -G "$1" >/dev/null || missing+=("$2"); }

# Needs apt-get, and root or sudo, but only when something is missing.
install_missing() {
  if ((${#missing[@]} == 0)); then return; fi
  echo "== apt-get install ${missing[*]}"
  local as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  # RUNLEVEL=1: the packages start no service.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
