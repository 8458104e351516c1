#!/usr/bin/env bash
# The one test command: installs what is missing where it can (Debian, as root), builds, runs every test,
# and ends with one line "N passed, N failed, N skipped". Exit code 0 only when nothing failed.
#   tests/run.sh                 everything
#   tests/run.sh Scriban         only tests whose full name holds this
# CRANKMAILER_CI=1: what the machine lacks fails instead of being skipped (absent corpora apart).
# CRANKMAILER_CORPORA: folder of the foreign test data, relative to the solution's folder; default ../shared/corpora.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

missing_packages() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || echo postgresql
  [ -x /usr/bin/chromium ] || echo chromium
  /usr/bin/python3 -c 'import dkim' >/dev/null 2>&1 || echo python3-dkim
  /usr/bin/python3 -c 'import nacl' >/dev/null 2>&1 || echo python3-nacl
}

install_missing() {
  local packages
  packages=$(missing_packages | tr '\n' ' ')
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $packages"
    # The distribution's PostgreSQL would start a server of its own; the tests start theirs.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } >/tmp/crankmailer-apt.log 2>&1 \
      || { echo "Could not install $packages:"; tail -n 5 /tmp/crankmailer-apt.log; }
  else
    echo "Not installed, and this is no Debian machine with root: $packages(tests that need them are skipped)"
  fi
}

count() { grep -h -o "<UnitTestResult [^>]*outcome=\"$1\"" "$results"/*.trx 2>/dev/null | wc -l; }

install_missing
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

echo "Building"
dotnet build CrankMailer.sln -v q -clp:NoSummary || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

failed_projects=0
for project in CrankMailer.Tests CrankMailer.Scenarios CrankMailer.Browser; do
  echo "== $project"
  # What only makes pictures for a person (tests/screenshots.sh) is no test of a run.
  filter="Category!=OnDemand"
  [ $# -gt 0 ] && filter="(FullyQualifiedName~$1)&$filter"
  dotnet test "tests/$project" --no-build -v q --logger "trx;LogFileName=$project.trx" --results-directory "$results" --filter "$filter" || failed_projects=1
done

failed=$(count Failed)
# A project that ended badly without a failed test (a crash, no results) must not look green.
[ "$failed_projects" = 1 ] && [ "$failed" = 0 ] && failed=1
grep -h -o -E 'The corpus [^<]* is absent|The tool [^<]* is absent|[^>]* is not installed here' "$results"/*.trx 2>/dev/null | sort | uniq -c | sort -rn | sed 's/^/skipped: /'
echo "$(count Passed) passed, $failed failed, $(count NotExecuted) skipped"
[ "$failed" = 0 ]
