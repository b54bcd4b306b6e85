#!/bin/bash
# First contact with an executor, as root: sudo -n bash -s VERSION ARCHIVE < bootstrap.sh
# ARCHIVE is the content (tar.gz, its root is this folder's parent), on this machine already; it is removed. Several portals may do this at once: one waits for the other.
# Ends with one JSON line on standard output; everything else goes to standard error. Repeating it changes nothing.
set -euo pipefail

version=${1:?VERSION is missing}
archive=${2:?ARCHIVE is missing}
staging=$(mktemp -d)
trap 'rm -rf "$staging" "$archive"' EXIT
exec 9>/run/hostingportal-bootstrap.lock
flock 9

if command -v cloud-init >/dev/null; then cloud-init status --wait >&2 || true; fi

if ! dpkg-query -W -f '${db:Status-Status}\n' ansible-core git python3 2>/dev/null | grep -c '^installed$' | grep -qx 3; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q -o DPkg::Lock::Timeout=120 update >&2
  apt-get -qy -o DPkg::Lock::Timeout=120 --no-install-recommends install ansible-core git python3 >&2
fi

# The archive unpacks itself with the program it brings: one place that knows what an acceptable archive is.
tar -xzf "$archive" -C "$staging" --no-same-owner --wildcards '*roles/executor/files/*'
program=$staging/roles/executor/files/portal-executor
python3 -I "$program" content "$version" <"$archive" >&2
python3 -I "$program" install "$version"
