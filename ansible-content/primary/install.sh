#!/bin/bash
# The half of ./portal install that runs on the server, as root: install.sh RELEASE [ansible-playbook's own options]
# The release lies below /opt/hostingportal/portal/releases; settings come on standard input as NAME=VALUE, each ended by a zero byte, and are kept
# in /etc/hostingportal/install.json, so that an upgrade needs none.
set -euo pipefail

release=${1:?RELEASE is missing}
shift
folder=/opt/hostingportal/portal/releases/$release
content=$folder/ansible-content
given=$(mktemp)
trap 'rm -f "$given"' EXIT
cat >"$given"

version=$(DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$folder/HostingPortal.Web" content-version)
archive=$(mktemp)
tar -C "$content" -czf "$archive" .
echo "Executor: Ansible and content $version"
bash "$content/executor/bootstrap.sh" "$version" "$archive" >/var/log/portal-install.log 2>&1 || { tail -n 20 /var/log/portal-install.log >&2; exit 1; }

python3 -I "$content/primary/settings.py" <"$given"
cd "$content"
export ANSIBLE_CONFIG=$content/ansible.cfg ANSIBLE_DISPLAY_OK_HOSTS=no ANSIBLE_DISPLAY_SKIPPED_HOSTS=no LC_ALL=C.UTF-8
ansible-playbook -c local -i localhost, -e @/etc/hostingportal/install.json -e "primary_release=$release" "$@" playbooks/install-primary.yml

link=/var/lib/hostingportal/portal/setup-link.txt
if [ -e "$link" ]; then
  printf '\nThe first visit creates the admin, once: %s\n' "$(cat "$link")"
fi
