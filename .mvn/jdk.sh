# Sourced by ./freshet, ./check and page.sh: finds a JDK of version 25 or newer, Maven, and Node.js.

# Prints the feature version of the JDK in directory $1, or nothing if there is none.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  local version=""
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  printf '%s' "$version"
}

# Prints the directories a JDK may be in, the most wanted first.
jdk_places() {
  if [ -n "${JAVA_HOME:-}" ]; then printf '%s\n' "$JAVA_HOME"; fi
  local java
  if java=$(command -v java); then
    while [ -L "$java" ]; do
      local link
      link=$(readlink "$java")
      case $link in /*) java=$link ;; *) java=$(dirname "$java")/$link ;; esac
    done
    (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P) || true
  fi
  if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v 25+ 2>/dev/null || true; fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*
}

# Sets and exports JAVA_HOME, or returns 1.
find_jdk() {
  local place version
  while IFS= read -r place; do
    version=$(jdk_version "$place")
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      export JAVA_HOME=$place
      return 0
    fi
  done <<PLACES
$(jdk_places)
PLACES
  return 1
}

# Sets MAVEN, or returns 1.
find_maven() {
  command -v mvn >/dev/null 2>&1 && MAVEN=mvn
}

# Returns 1 unless there is npm, and a Node.js that can build the page: what Vite runs on.
find_node() {
  command -v npm >/dev/null 2>&1 &&
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
      process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

NO_JDK="Freshet needs JDK 25 or newer and found none: install one (for example Eclipse Temurin 25) or set JAVA_HOME to it."
NO_MAVEN="Freshet builds itself with Maven and found none: install Maven 3.8 or newer."
NO_NODE="Freshet builds its page with Node.js 20.19, 22.12 or newer and its npm, and did not find both: install them (a finished jar needs neither)."
