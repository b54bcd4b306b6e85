"""`value | portal_checked('cidr')`: the value itself if it wholly matches its pattern, else a failure that names the kind."""
from __future__ import annotations

import ipaddress
import re

from ansible.errors import AnsibleFilterError

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
PATTERNS = {
    "id": r"[a-z][a-z0-9-]{0,62}",
    "hostname": rf"(?=.{{1,253}}\Z){LABEL}(?:\.{LABEL})*",
    "ssh_key": r"ssh-ed25519 [A-Za-z0-9+/]{60,80}={0,2}( [ -~]{0,100})?",
    "php": r"[0-9]\.[0-9]{1,2}",
}


def portal_checked(value, kind):
    text = str(value)
    try:
        right = bool(ipaddress.ip_network(text, strict=False)) if kind == "cidr" else bool(re.fullmatch(PATTERNS[kind], text))
    except ValueError:
        right = False
    if not right:
        raise AnsibleFilterError(f"not a valid {kind}")
    return text


class FilterModule:
    def filters(self):
        return {"portal_checked": portal_checked}
