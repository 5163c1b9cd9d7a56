#!/bin/sh
# Runs pytest several times at once, once for each argument, and fails if any of them does. What the last one prints is
# shown as it comes, what the others print once all have ended: tests with a browser wait most of the time, and so leave
# the machine to those without. Lines that were counted in several are counted together.
set -u
cd "$(dirname "$0")/.."
mkdir -p build
rm -f build/tests-*.log build/coverage.*
number=0
failed=0
started=
while [ $# -gt 1 ]; do
    number=$((number + 1))
    # Each argument is several words for pytest.
    # shellcheck disable=SC2086
    COVERAGE_FILE="$PWD/build/coverage.$number" .venv/bin/python -m pytest --quiet $1 >"build/tests-$number.log" 2>&1 &
    started="$started $!"
    shift
done
# shellcheck disable=SC2086
COVERAGE_FILE="$PWD/build/coverage.0" .venv/bin/python -m pytest --quiet $1 || failed=1
for process in $started; do
    wait "$process" || failed=1
done
for log in build/tests-*.log; do
    [ -f "$log" ] && cat "$log"
done
set -- build/coverage.*
if [ -f "$1" ]; then
    export COVERAGE_FILE="$PWD/build/coverage"
    .venv/bin/python -m coverage combine --quiet && .venv/bin/python -m coverage report || failed=1
fi
exit "$failed"
