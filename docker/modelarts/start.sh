#!/bin/bash
# start.sh ARCHIVE ARGUMENTS...: unpacks a distribution and trains, for ModelArts jobs on the stock image. OBS keeps neither
# permissions nor links, so the archive travels whole; ModelArts' boot command is: bash .../start.sh ARCHIVE train ...
set -euo pipefail
archive=$1
shift
# /cache is ModelArts' scratch disk; a restart in the same container finds what the first start unpacked.
folder=$HOME/ascend4j
[ -w /cache ] && folder=/cache/ascend4j
if [ ! -e "$folder/unpacked" ]; then
    mkdir -p "$folder"
    tar -xzf "$archive" -C "$folder" --strip-components=1
    touch "$folder/unpacked"
fi
# CANN's compilers write below the working directory.
cd "$HOME"
exec "$folder/modelarts/boot" "$@"
