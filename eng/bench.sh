#!/usr/bin/env bash
# Measures the figures of docs/performance.md and prints them as a table; takes about fifteen minutes. Needs wrk and libargon2; on a Debian machine it
# installs what is missing. Usage: bash eng/bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v wrk >/dev/null || missing+=(wrk)
ldconfig -p | grep -q libargon2.so.1 || missing+=(libargon2-1)
[ ${#missing[@]} -eq 0 ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for project in bench/Selfservice.BenchHost samples/Selfservice.SampleHost bench/Selfservice.Bench; do
  dotnet publish "$project" -c Release --nologo -v quiet -o "$work/$(basename "$project")" >&2
done
dotnet publish samples/Selfservice.SampleHost -c Release -p:PublishReadyToRunComposite=true --nologo -v quiet -o "$work/composite" >&2
echo "$(date -u +%F), $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET $(dotnet --version), $(. /etc/os-release && echo "$PRETTY_NAME")"
echo
dotnet "$work/Selfservice.Bench/Selfservice.Bench.dll" "$work/Selfservice.BenchHost" "$work/Selfservice.SampleHost" "$work/composite"
dotnet "$work/Selfservice.BenchHost/Selfservice.BenchHost.dll" courier
