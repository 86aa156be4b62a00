#!/usr/bin/env bash
# Builds everything and runs every test. Ends with 'N passed, N failed' alone on a line, and before it 'N skipped'.
# With SELFSERVICE_CONTRACT (a folder with data/ and tools/) the recorded exchanges of the contract's origin are replayed against the sample host, too.
set -uo pipefail
cd "$(dirname "$0")/.."
# The words counted below are those of English output; elsewhere the SDK speaks the machine's language.
export DOTNET_CLI_UI_LANGUAGE=en
log=$(mktemp); trap 'rm -f "$log"' EXIT

# What a bare Debian machine lacks: a browser for the page tests, Node.js for the replay, the reference program for Argon2id, a mail server for the courier.
missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
command -v node >/dev/null || missing+=(nodejs npm)
command -v argon2 >/dev/null || missing+=(argon2)
/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || missing+=(python3-aiosmtpd)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 \
      || echo "Could not install ${missing[*]}: the tests that need them say so."
  else
    echo "Not installed: ${missing[*]}. The tests that need them say so."
  fi
fi

# axe-core for the accessibility scan and a certified OpenID provider, as the lock file has them; without them the tests install them for themselves, or say what is missing.
modules=$PWD/tests/Selfservice.Browser.Tests
npm ci --prefix "$modules" --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 && export SELFSERVICE_TEST_NODE=$modules \
  || echo "npm ci failed in $modules: the tests that need its packages say so."

dotnet build Selfservice.sln --nologo || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }
dotnet test Selfservice.sln --no-build --nologo 2>&1 | tee "$log"; status=${PIPESTATUS[0]}
# -a: answers under test hold bytes that are no text.
passed=$(grep -aoE 'Passed: +[0-9]+' "$log" | awk '{n += $2} END {print n + 0}')
failed=$(grep -aoE 'Failed: +[0-9]+' "$log" | awk '{n += $2} END {print n + 0}')
skipped=$(grep -aoE 'Skipped: +[0-9]+' "$log" | awk '{n += $2} END {print n + 0}')
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1

if [ -n "${SELFSERVICE_CONTRACT:-}" ]; then
  profiles=(base cors one-step one-step-legacy identifier-first enumeration enumeration-unified no-session-hook short-lived short-session login-hints
    registration-disabled password-disabled password-policy return-urls revoke-others cacheable schemas traits
    account-after-urls account-choose-address account-code account-courier-fail account-disabled account-enumeration account-link account-no-transitions account-notify-unknown
    account-notify-unknown-link account-privileged account-short account-short-code account-short-link account-short-token account-sms-http account-verified-login
    account-verified-login-legacy core-hooks legacy-flags hooks
    oidc oidc-enumeration oidc-id-token oidc-identifier-first oidc-legacy-node-group oidc-lifespan oidc-link-conflict oidc-link-conflict-no-hints oidc-mapper oidc-method-disabled
    oidc-missing-trait oidc-native oidc-native-no-session oidc-no-session oidc-pkce oidc-privileged oidc-registration-disabled oidc-return-urls oidc-verified)
  echo "Replaying recorded exchanges. What waits for parts that do not exist yet is listed in tests/contract/pending."
  timeout 1800 node "$SELFSERVICE_CONTRACT/tools/replay/run.mjs" \
    --start "dotnet $PWD/samples/Selfservice.SampleHost/bin/Debug/net10.0/Selfservice.SampleHost.dll" \
    --modules "$modules" \
    --map tests/contract/origin-defaults.json \
    --differences "$SELFSERVICE_CONTRACT/data/recorded/differences,tests/contract/differences,tests/contract/pending" \
    "${profiles[@]/#/$SELFSERVICE_CONTRACT/data/recorded/}" 2>&1 | tee "$log"
  sum=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -1)
  if [ -n "$sum" ]; then
    passed=$((passed + $(awk '{print $1}' <<<"$sum"))); failed=$((failed + $(awk '{print $3}' <<<"$sum")))
  else
    failed=$((failed + 1))
  fi
else
  echo "SELFSERVICE_CONTRACT is not set: the recorded exchanges and the contract's test suites are left out."
fi

echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
