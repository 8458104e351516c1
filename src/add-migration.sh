#!/usr/bin/env bash
# Adds a migration of the given name for both databases: src/add-migration.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: src/add-migration.sh NAME}
dotnet tool restore >/dev/null
for engine in Sqlite Postgres; do
  EfDesign=true dotnet tool run dotnet-ef migrations add "$name" --project "src/CrankMailer.Model.$engine" --startup-project "src/CrankMailer.Model.$engine" -o Migrations
done
