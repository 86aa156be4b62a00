#!/usr/bin/env bash
# Packs every library. Usage: bash eng/pack.sh [folder, artifacts/packages where not given] [options of dotnet pack, -c Release where not given]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-artifacts/packages} options=("${@:2}")
# The folder may hold packages of others.
rm -f "$folder"/Selfservice*.nupkg "$folder"/Selfservice*.snupkg
dotnet pack Selfservice.sln --nologo -o "$folder" ${options[@]:--c Release}
ls "$folder"
