# Sourced by the scripts here: where things are, and a Python environment with the peer.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ascend4j
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Makes a Python environment with torch 2.7.1 on first use; sets python.
torch_environment() {
  local home=$cache/torch-2.7.1
  if [ ! -x "$home/bin/python" ]; then
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet torch==2.7.1 numpy
  fi
  python=$home/bin/python
  # Another package there may register a device that this machine does not have.
  export TORCH_DEVICE_BACKEND_AUTOLOAD=0
}

machine() {
  printf '%s, %s processors, %s\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(date +%F)"
}
