#!/bin/sh
# Makes .venv with Python 3.13 and everything in requirements.txt, wherever that Python is to be had.
#
# Looked for in this order: $PYTHON, the PATH, pyenv, uv. A pyenv shim called python3.13 may exist and
# still fail, so a candidate counts only when it runs and says it is 3.13.
set -eu
cd "$(dirname "$0")/.."

wanted=$(cat .python-version)

say() { printf '%s\n' "-- $*"; }

fail() {
    printf '\n%s\n' "Stopped: $1" >&2
    printf '%s\n' "Cure:    $2" >&2
    exit 1
}

is_wanted() {
    [ "$("$1" -c 'import sys, venv; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$wanted" ]
}

find_python() {
    for candidate in "${PYTHON:-}" "python$wanted" python3 python; do
        [ -n "$candidate" ] && is_wanted "$candidate" && command -v "$candidate" && return
    done
    for root in "${PYENV_ROOT:-}" "$(pyenv root 2>/dev/null || true)" "$HOME/.pyenv"; do
        [ -n "$root" ] || continue
        for candidate in "$root/versions/$wanted"*/bin/python3; do
            is_wanted "$candidate" && echo "$candidate" && return
        done
    done
    return 1
}

# Prints the path of a Python that uv fetched; uv itself comes from PyPI if the machine has none.
fetch_python() {
    uv=$(command -v uv || true)
    if [ -z "$uv" ]; then
        any=$(command -v python3 || command -v python || true)
        [ -n "$any" ] || fail "no Python on this machine, of any version" \
            "install Python $wanted (python.org, your system's packages, pyenv or uv) and run make again."
        say "Fetching uv, to fetch Python $wanted with" >&2
        "$any" -m venv build/uv >&2 && build/uv/bin/python -m pip install --quiet uv >&2 || fail \
            "uv could not be installed from PyPI" \
            "install Python $wanted (python.org, your system's packages or pyenv) and run make again."
        uv=build/uv/bin/uv
    fi
    say "Fetching Python $wanted with uv" >&2
    "$uv" python install "$wanted" >&2 || fail "uv could not fetch Python $wanted" \
        "install Python $wanted (python.org, your system's packages or pyenv) and run make again."
    "$uv" python find --managed-python "$wanted"
}

if [ -x .venv/bin/python ] && is_wanted .venv/bin/python; then
    say "Python $wanted: .venv is there already"
else
    python=$(find_python) || python=$(fetch_python)
    say "Python $wanted: making .venv from $python"
    rm -rf .venv
    "$python" -m venv .venv || fail "$python cannot make a virtual environment" \
        "on Debian or Ubuntu: apt-get install python$wanted-venv; then run make again."
fi

say "Installing the Python tools of requirements.txt"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt || fail \
    "the Python tools could not be installed" \
    "read pip's message above; if a hash differs, run 'make lock' and look at what changed in requirements.txt."
