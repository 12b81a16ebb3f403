#!/usr/bin/env bash
# Builds the page from web/ into target/classes/web/page, unless what is there is newer than all that
# it is made of. Maven runs it before the tests; with "all" it also installs what judges the page.
set -euo pipefail
cd "$(dirname "$0")/.."
. .mvn/jdk.sh

built=target/classes/web/page/index.html
stamp=target/page.built
log=target/page.log
types=web/src/api/schema.d.ts
lock=web/node_modules/.package-lock.json
parts=${1:-page}

# The stamp is as old as the beginning of the build, so that what changed meanwhile counts.
is_fresh() {
  [ -f "$built" ] && [ -f "$stamp" ] && [ ! src/main/resources/web/openapi.yaml -nt "$stamp" ] &&
    [ -z "$(find web/* -path web/node_modules -prune -o ! -path "$types" -newer "$stamp" -print | head -n 1)" ]
}

is_installed() {
  [ -f "$lock" ] && [ ! web/package-lock.json -nt "$lock" ] && { [ "$parts" = page ] || [ -d web/node_modules/eslint ]; }
}

# Runs a step of the build in web/ and shows what it said only if it failed.
step() {
  if ! (cd web && "$@") >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "The page could not be built: \`$*\` failed in web/." >&2
    exit 1
  fi
}

# Waits while another build is at it; a lock whose owner is gone is taken over.
alone() {
  local lock=web/.building waited=0 owner
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/owner" 2>/dev/null || true)
    waited=$((waited + 1))
    if [ $waited -gt 1200 ] || { [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; }; then
      rm -rf "$lock"
    else
      sleep 0.5
    fi
  done
  trap 'rm -rf web/.building' EXIT
  echo $$ >"$lock/owner"
}

if is_fresh && { [ "$parts" = page ] || is_installed; }; then exit 0; fi
find_node || { echo "$NO_NODE" >&2; exit 1; }
alone
mkdir -p target
if ! is_installed; then
  kinds=--omit=dev
  if [ "$parts" = all ]; then kinds=--include=dev; fi
  step npm ci "$kinds" --ignore-scripts --no-audit --no-fund
fi
if ! is_fresh; then
  rm -f "$stamp"
  mkdir -p "$(dirname "$types")"
  touch "$types" "$stamp.begun"
  step npm run build
  mv "$stamp.begun" "$stamp"
fi
