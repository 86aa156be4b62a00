#!/usr/bin/env bash
# Measures requests per second of the hot endpoints as shares of a bare JSON endpoint in the same process, round by round in one run.
# Needs wrk and curl; on a Debian machine it installs what is missing. Usage: bash eng/bench.sh [seconds per round] [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-4} rounds=${2:-3} port=5991
command -v wrk >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends wrk >/dev/null; }
dotnet build bench/Selfservice.BenchHost -c Release --nologo -v quiet
work=$(mktemp -d); url=http://127.0.0.1:$port
ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS=$url ConnectionStrings__Selfservice="Data Source=$work/bench.db" \
  Selfservice__Methods__Password__Config__HaveibeenpwnedEnabled=false \
  dotnet bench/Selfservice.BenchHost/bin/Release/net10.0/Selfservice.BenchHost.dll >"$work/log" 2>&1 &
host=$!
trap 'kill $host 2>/dev/null; wait $host 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do curl -fs $url/health/ready >/dev/null && break; sleep 0.1; done
memory() { awk '/VmRSS/ {printf "%d", $2 / 1024}' /proc/$host/status; }
echo "idle resident memory: $(memory) MB"
flow=$(curl -fs $url/self-service/registration/api | sed 's/.*"action":"\([^"]*\)".*/\1/')
token=$(curl -fs "$flow" -H 'Content-Type: application/json' -d '{"method":"password","traits":{"email":"bench@example.org"},"password":"a long bench password 4711"}' | sed 's/.*"session_token":"\([^"]*\)".*/\1/')
login=$(curl -fs $url/self-service/login/api | sed 's/{"id":"\([^"]*\)".*/\1/')
rate() { wrk -t1 -c32 -d"${seconds}s" "$@" | awk '/Requests\/sec/ {print $2} /Non-2xx/ {print "errors: " $0 > "/dev/stderr"}'; }
rate $url/bare >/dev/null; rate -H "Cookie: selfservice_session=$token" $url/sessions/whoami >/dev/null
printf '%-8s %10s %10s %10s %10s\n' round bare whoami create fetch
for round in $(seq "$rounds"); do
  bare=$(rate $url/bare); whoami=$(rate -H "Cookie: selfservice_session=$token" $url/sessions/whoami)
  create=$(rate $url/self-service/login/api); fetch=$(rate "$url/self-service/login/flows?id=$login")
  printf '%-8s %10.0f %10.0f %10.0f %10.0f\n' "$round" "$bare" "$whoami" "$create" "$fetch"
  awk -v b="$bare" -v w="$whoami" -v c="$create" -v f="$fetch" 'BEGIN {printf "%-8s %10s %10.2f %10.2f %10.2f\n", "share", "1.00", w / b, c / b, f / b}'
done
echo "resident memory after load: $(memory) MB"
dotnet bench/Selfservice.BenchHost/bin/Release/net10.0/Selfservice.BenchHost.dll courier
