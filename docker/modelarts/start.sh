#!/bin/bash
# start.sh ARCHIVE ARGUMENTS...: unpacks a distribution and trains, for ModelArts jobs on the stock image. OBS keeps neither
# permissions nor links, so the job gets the packed archive; ModelArts' boot command is: bash .../start.sh ARCHIVE train ...
set -euo pipefail
archive=$1
shift
# /cache is ModelArts' scratch disk; a restart in the same container uses the folder unpacked by the first start, unless the archive has changed.
folder=$HOME/ascend4j
[ -w /cache ] && folder=/cache/ascend4j
identity=$(stat -L -c '%n %s %Y' "$archive")
if [ "$(cat "$folder/unpacked" 2>/dev/null)" != "$identity" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    tar -xzf "$archive" -C "$folder" --strip-components=1
    printf '%s\n' "$identity" >"$folder/unpacked"
fi
# CANN's compilers write below the working directory.
cd "$HOME"
exec "$folder/modelarts/boot" "$@"
