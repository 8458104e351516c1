#!/usr/bin/env bash
# Makes the README's pictures anew: starts the demonstration, walks it with chromium, writes PNGs into src/docs/screenshots.
# Needs chromium. Look at what changed before committing it.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export CRANKMAILER_SCREENSHOTS=${CRANKMAILER_SCREENSHOTS:-$PWD/src/docs/screenshots}
dotnet build tests/CrankMailer.Browser -v q -clp:NoSummary
dotnet tests/CrankMailer.Browser/bin/Debug/net10.0/CrankMailer.Browser.dll -explicit only -class CrankMailer.Browser.ReadmePictures
# Flat colours: 256 of them lose nothing the eye sees and keep each picture small.
if command -v pngquant >/dev/null 2>&1; then pngquant --force --ext .png --skip-if-larger "$CRANKMAILER_SCREENSHOTS"/*.png || true; fi
ls -l "$CRANKMAILER_SCREENSHOTS"
