#!/usr/bin/env bash
# Builds everything and runs every test. Ends with 'N passed, N failed' alone on a line.
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp); trap 'rm -f "$log"' EXIT
dotnet test Selfservice.sln --nologo 2>&1 | tee "$log"; status=${PIPESTATUS[0]}
passed=$(grep -oE 'Passed: +[0-9]+' "$log" | awk '{n += $2} END {print n + 0}')
failed=$(grep -oE 'Failed: +[0-9]+' "$log" | awk '{n += $2} END {print n + 0}')
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
