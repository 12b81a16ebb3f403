#!/usr/bin/env bash
# The journey of a newcomer with the packaged jar: the lines of README, kill -9, start again; the demo.
# Run by ./check, from the root of the repository.
set -euo pipefail

home=$(mktemp -d)
port=$((10000 + RANDOM % 20000))
url=http://127.0.0.1:$port
server=

stop() {
  if [ -n "$server" ] && kill "$1" "$server" 2>/dev/null; then
    wait "$server" 2>/dev/null || true
  fi
  server=
}
cleanup() {
  stop -TERM
  rm -rf "$home"
}
trap cleanup EXIT

fail() {
  echo "smoke: $1" >&2
  tail -n 20 "$home/server.log" >&2 || true
  exit 1
}

# The command that serves, and the name of its data directory.
start() {
  PORT=$port FRESHET_HOME=$home/$2 ./freshet "$1" >>"$home/server.log" 2>&1 &
  server=$!
  for _ in $(seq 1 120); do
    if curl -sf "$url/health/ready" >/dev/null; then return; fi
    kill -0 "$server" 2>/dev/null || fail "the server ended while it started"
    sleep 0.5
  done
  fail "the server is not ready after a minute"
}

# The block of README that follows the mark, for our port.
readme_lines() {
  sed -n '/<!-- run by .\/check -->/,/^```$/p' README.md | sed '/^```/d; /^<!--/d' |
    sed "s|http://localhost:8080|$url|"
}

shows_the_post() { grep -q '"text":"The first post of the day"' <<<"$1"; }

start serve data
echo "started; registering, following and posting as README says"
lines=$(readme_lines)
[ -n "$lines" ] || fail "README has no lines to run"
set +u
eval "$lines" >"$home/readme.out" || fail "a line of README failed"
set -u
shows_the_post "$(tail -n 1 "$home/readme.out")" || fail "the feed does not show the post"

echo "opening the page that is in the jar"
curl -sf "$url/" >"$home/page.html" || fail "the page is not answered"
script=$(sed -n 's|.*src="\(/assets/[^"]*\.js\)".*|\1|p' "$home/page.html")
if [ -z "$script" ] || ! grep -q 'id="boot"' "$home/page.html"; then
  fail "this is not the page: $(head -c 300 "$home/page.html")"
fi
curl -sf -H 'Accept-Encoding: br' -o "$home/page.js" -w '%{content_type} %{size_download}\n' "$url$script" | grep -q '^text/javascript; charset=utf-8 [1-9]' ||
  fail "the page's script $script is not answered"

echo "refusing a second server on the same port"
if PORT=$port FRESHET_HOME=$home/other ./freshet serve >"$home/second.log" 2>&1; then
  fail "a second server started on the same port"
fi
tail -n 1 "$home/second.log" | grep -q "$port is in use" || fail "the last word is: $(tail -n 1 "$home/second.log")"
! grep -q '^[[:space:]]*at ' "$home/second.log" || fail "the refusal comes with a stack trace"

echo "killing the server right after a post, and starting it again"
curl -sf "$api/posts" -H "$json" -H "Authorization: Bearer $ada" -d '{"text":"Written before the crash"}' >/dev/null ||
  fail "the second post failed"
stop -KILL
start serve data
feed=$(curl -sf "$api/feed" -H "Authorization: Bearer $charles") || fail "the feed cannot be read after the crash"
shows_the_post "$feed" || fail "the first post is lost"
grep -q '"text":"Written before the crash"' <<<"$feed" || fail "the second post is lost"

echo "verifying every feed"
FRESHET_HOME=$home/data PORT=$port ./freshet feeds verify --all --json >"$home/verify.json" ||
  fail "feeds verify failed: $(cat "$home/verify.json")"
grep -q '"differences":0' "$home/verify.json" || fail "feeds differ: $(cat "$home/verify.json")"

stop -TERM

echo "making the demo's town, and looking at its status as the demo says"
start demo town
for _ in $(seq 1 60); do
  if grep -q "serves a demo town on http://localhost:$port" "$home/server.log"; then break; fi
  sleep 0.5
done
grep -q "serves a demo town on" "$home/server.log" || fail "the demo does not say where it is"
handle=$(sed -n 's/.*handle \([a-z]*\), password .*/\1/p' "$home/server.log")
password=$(sed -n 's/.*, password \([a-z-]*\) .*/\1/p' "$home/server.log")
session=$(curl -sf "$url/api/v1/sessions" -H "$json" -d "{\"handle\":\"$handle\",\"password\":\"$password\"}" |
  sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
[ -n "$handle" ] && [ -n "$session" ] || fail "$handle cannot sign in with the password $password"
status=$(curl -sf "$url/api/v1/status" -H "Authorization: Bearer $session") || fail "the demo's guide may not see the status"
grep -q '"figures":\[{' <<<"$status" || fail "this is no status: $status"
question=$(curl -sf "$url/api/v1/questions" | sed -n 's/^{"items":\[{"id":"\([0-9]*\)".*/\1/p')
page=$(curl -sf "$url/questions/$question") || fail "the demo's question $question has no page"
grep -q '<meta property="og:title"' <<<"$page" || fail "the page of the demo's question $question has no title for previews"

stop -TERM
echo "smoke: passed"
