# To be sourced by the scripts here: paths, Python environments with the peers, and pairs of measurements.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ascend4j
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The measurements use the launcher's choice for the processor, not variables that a shell exports.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

# Makes a Python environment with torch 2.7.1 on first use; sets python.
torch_environment() {
  local home=$cache/torch-2.7.1
  if [ ! -x "$home/bin/python" ]; then
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet torch==2.7.1 numpy
  fi
  python=$home/bin/python
  # Another package in the environment may register a device that this machine does not have.
  export TORCH_DEVICE_BACKEND_AUTOLOAD=0
}

# The same with torchvision, which the Ascend tutorial needs.
torchvision_environment() {
  torch_environment
  local home=$cache/torchvision-0.22.1 site
  if [ ! -f "$home/complete" ]; then
    python3 -m venv "$home"
    site=$("$home/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    "$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$site/torch.pth"
    "$home/bin/pip" install --quiet --no-deps torchvision==0.22.1 pillow==11.2.1
    touch "$home/complete"
  fi
  python=$home/bin/python
}

machine() {
  printf '%s, %s processors, %s\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(date +%F)"
}

# ours FIGURE OPTIONS...: prints the figure of this name from `ascend4j bench`, which runs for a few seconds.
ours() {
  "$root/ascend4j" bench --json "${@:2}" | sed -n "s/.*\"$1\" : \([0-9.E]*\).*/\1/p"
}

# pairs NAME UNIT COUNT OURS PEER: runs Ascend4J and the peer alternately and prints medians and the median of the ratios. OURS and PEER
# are functions that print a figure.
pairs() {
  local pair
  : >"$work/pairs"
  for ((pair = 1; pair <= $3; pair++)); do
    printf '%s %s\n' "$($4)" "$($5)" | tee -a "$work/pairs"
  done
  python3 - "$1" "$2" "$work/pairs" <<'PYTHON'
import statistics
import sys

name, unit, file = sys.argv[1:]
with open(file) as lines:
    rows = [tuple(map(float, line.split()[:2])) for line in lines]
ours, peer = (statistics.median(column) for column in zip(*rows))
ratio = statistics.median(own / other for own, other in rows)
print(f"{name} ratio={ratio:.3f} ours={ours:.1f} peer={peer:.1f} unit={unit}")
PYTHON
}
