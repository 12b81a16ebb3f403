# Sourced by ./check and bench/cluster-demo: sees to it that servers are installed. Only private
# ones are ever started.

# Debian puts rabbitmq-server into /usr/sbin, which is not on everybody's PATH.
export PATH=$PATH:/usr/sbin

# Installs a package that brings a service of the system, and keeps that service from running now
# and at the next boot: the tests start private servers, and nobody asked for public ones.
install_without_service() {
  local policy=/usr/sbin/policy-rc.d ours=no code=0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install the package $1 (its service need not run)." >&2
    return 1
  fi
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && ours=yes
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$1"; } >/dev/null || code=$?
  if [ "$ours" = yes ]; then
    rm -f "$policy"
    trap - EXIT
  fi
  if [ $code = 0 ] && [ -d /run/systemd/system ]; then systemctl disable -q --now "$1" || true; fi
  return $code
}

# Installs those of these that are missing; each has a package of its name.
install_servers() {
  local server
  for server in "$@"; do
    command -v $server >/dev/null 2>&1 || install_without_service $server || return 1
  done
}
