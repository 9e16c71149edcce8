# What bin/run, bin/test and bin/bench share; sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# installs the Debian packages that are missing, or names the command and stops
need_packages() {
  local missing=() p
  for p in "$@"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing packages: ${missing[*]}" >&2
    echo "Install them with: sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing ${missing[*]} ..."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$root/artifacts/apt.log" 2>&1 || { tail -n 20 "$root/artifacts/apt.log" >&2; exit 1; }
}

# stops when the SDK or Node is not there: they are all that a machine must bring
need_tools() {
  command -v dotnet >/dev/null || { echo "The .NET SDK 10 is missing: see https://dot.net" >&2; exit 1; }
  dotnet --list-sdks | grep -q '^10\.' || { echo "The .NET SDK 10 is missing; found: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')" >&2; exit 1; }
  command -v node >/dev/null && command -v npm >/dev/null || { echo "Node 20 or later is missing: see https://nodejs.org" >&2; exit 1; }
}

# step WORDS COMMAND...: does it, and says in one line what it was and how long it took; who looks on sees the words at once
step() {
  local words=$1 began=$SECONDS; shift
  [ ! -t 1 ] || printf '%-44s' "$words ..."
  "$@" || { echo "$words failed." >&2; return 1; }
  [ -t 1 ] || printf '%-44s' "$words ..."
  printf '%4d s\n' $((SECONDS - began))
}

# builds the server into artifacts/web, as the container does
publish_server() {
  dotnet publish src/Tccc.Web -c Release -o artifacts/web --nologo -v quiet "$@"
}

mkdir -p "$root/artifacts"
