#!/bin/sh
# Writes requirements.txt: the newest versions of the tools that pyproject.toml names, and of all they need,
# with a hash for every file and no index, so that any mirror can serve them.
set -eu
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    mkdir -p build
    [ -x build/uv/bin/uv ] || { "$(command -v python3)" -m venv build/uv && build/uv/bin/python -m pip install --quiet uv; }
    uv=build/uv/bin/uv
fi
printf '%s\n' "-- Resolving the Python tools"
"$uv" pip compile --quiet --upgrade --universal --python-version "$(cat .python-version)" --generate-hashes \
    --no-emit-index-url --custom-compile-command "make lock" --group dev --output-file requirements.txt pyproject.toml
