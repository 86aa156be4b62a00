#!/usr/bin/env bash
# Packs every library into artifacts/packages. Usage: bash eng/pack.sh [version]
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf artifacts/packages
dotnet pack Selfservice.sln -c Release --nologo -o artifacts/packages ${1:+-p:Version=$1}
ls artifacts/packages
