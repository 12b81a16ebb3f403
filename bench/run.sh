# Sourced by the benchmarks: finds JDK 25 and Maven as ./freshet does, compiles when something has
# changed, and runs a class of the test class path: run_java CLASS ARGUMENTS...
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
. "$root/.mvn/jdk.sh"

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

classpath=$root/target/bench.classpath

is_compiled() {
  [ -f "$classpath" ] && [ -d "$root/target/test-classes/io/freshet/bench" ] &&
    [ -z "$(find "$root/pom.xml" "$root/src" -newer "$classpath" -type f -print 2>/dev/null | head -n 1)" ]
}

compile() {
  cd "$root"
  find_maven || fail "$NO_MAVEN"
  mkdir -p target
  printf 'Compiling (about a minute the first time)…\n' >&2
  if ! "$MAVEN" -B -ntp -Dquick test-compile dependency:build-classpath \
    -Dmdep.includeScope=test "-Dmdep.outputFile=$classpath.new" >target/bench-build.log 2>&1; then
    tail -n 30 target/bench-build.log >&2
    fail "The build failed; all of its output is in target/bench-build.log."
  fi
  mv "$classpath.new" "$classpath"
  touch "$classpath"
}

# The options are those of ./freshet, so that what is measured is what runs.
run_java() {
  # shellcheck disable=SC2086 # BENCH_JAVA_OPTS is a list of options
  "$JAVA_HOME/bin/java" \
    -XX:+UseParallelGC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=60 \
    -XX:+ExitOnOutOfMemoryError -Xshare:auto \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dlogback.configurationFile=logback.xml ${BENCH_JAVA_OPTS:-} \
    -cp "$root/target/test-classes:$root/target/classes:$(cat "$classpath")" "$@"
}

# Installs Debian packages if we can; otherwise says in one sentence what is missing.
need() {
  command -v "$1" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    printf 'Installing %s…\n' "$2" >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$2"; } >/dev/null 2>&1 || true
  fi
  command -v "$1" >/dev/null 2>&1 || fail "This benchmark needs $1: please install the package $2."
}

find_jdk || fail "$NO_JDK"
is_compiled || (compile) || exit 1
