#!/usr/bin/python
"""Writes what certificates shall be and has the node's own program bring them about."""
from __future__ import annotations

import json
import os
import re

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.portal_site_files import ID, NAME, is_text

DOCUMENTATION = """
module: portal_certificates
short_description: Obtain, keep and remove the certificates of a node
description:
  - The action plugin of the same name sends C(portal_certificates), C(portal_node.acme) and the broker's password.
options:
  state:
    description: C(present) obtains and keeps, C(absent) takes away what is no longer wanted.
    type: str
    choices: [present, absent]
    default: present
  wanted:
    description: The set and the authority as JSON.
    type: str
    required: true
  password:
    description: Password of the DNS broker.
    type: str
    required: true
author: HostingPortal
"""
EXAMPLES = """
- name: Obtain certificates
  portal_certificates:
    state: present
"""
RETURN = """
portal_certificates: {description: What became of each certificate., type: list, returned: with state present}
portal_certificates_removed: {description: Ids of certificates that are gone now., type: list, returned: with state absent}
"""
PROGRAM, FOLDER, STORE = "/usr/local/sbin/portal-certificates", "/etc/hostingportal", "/etc/hostingportal/certificates"
URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}(/[A-Za-z0-9._~/%-]{0,255})?")
EMAIL, BROKER_USER = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,253}"), re.compile(r"[A-Za-z0-9._-]{1,128}")
PEM = re.compile(r"(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?)+")


def problem_of(certificate):
    if not isinstance(certificate, dict) or set(certificate) != {"id", "names", "state"} or not is_text(certificate["id"], ID):
        return "the description has missing, unknown or wrong members"
    names = certificate["names"]
    if certificate["state"] not in ("present", "absent") or not isinstance(names, list):
        return "state is not known, or names are not a list"
    if certificate["state"] == "present" and not 1 <= len(names) <= 100:
        return "names are not 1 to 100"
    return "" if all(is_text(name, NAME) for name in names) else "a name is not a domain name in lower case"


def write(path, text):
    """Root alone may read it; returns whether it changed."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return False
    with open(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.new", path)
    return True


def status(module):
    """What the node's own timer has come to: changes nothing. Before the first converge there is no program, and content of before it knew the word is silent."""
    rc, out, _ = module.run_command([PROGRAM, "status"]) if os.path.exists(PROGRAM) else (1, "", "")
    return json.loads(out) if rc == 0 else []


def main():
    module = AnsibleModule(
        argument_spec={"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}, "wanted": {"type": "str", "required": True},
                       "password": {"type": "str", "required": True, "no_log": True}},
        supports_check_mode=True)
    wanted = json.loads(module.params["wanted"])
    acme, authority = {name: str(wanted["acme"].get(name, "")) for name in ("directory", "email", "broker_url", "broker_user")}, str(wanted["acme"].get("ca_pem", ""))
    authority = authority.replace("\r\n", "\n")
    for name, pattern in (("directory", URL), ("broker_url", URL), ("email", EMAIL), ("broker_user", BROKER_USER)):
        if not pattern.fullmatch(acme[name]):
            module.fail_json(msg=f"acme.{name} is not valid")
    if authority and not PEM.fullmatch(authority):
        module.fail_json(msg="acme.ca_pem is not a certificate")
    good, failed, ids = [], [], set()
    for number, certificate in enumerate(wanted["certificates"]):
        reason = problem_of(certificate)
        if not reason and certificate["id"] in ids:
            reason = "the id appears twice"
        if reason:
            name = certificate.get("id") if isinstance(certificate, dict) else None
            failed.append({"id": name if is_text(name, ID) else f"#{number + 1}", "state": "failed", "not_after": "", "error": reason})
        else:
            ids.add(certificate["id"])
            good.append(certificate)
    there = {certificate["id"] for certificate in good if os.path.lexists(f"{STORE}/{certificate['id']}")}
    unwanted = [certificate["id"] for certificate in good if certificate["state"] == "absent" and certificate["id"] in there]
    if module.check_mode:
        new = [certificate["id"] for certificate in good if certificate["state"] == "present" and certificate["id"] not in there]
        changed = unwanted if module.params["state"] == "absent" else new
        known = there - set(unwanted)
        told = [answer for answer in status(module) if answer["id"] in known] if module.params["state"] == "present" else []
        module.exit_json(changed=bool(changed), portal_certificates=told + failed, diff={"prepared": "".join(f"certificate {name}\n" for name in changed)})
    if module.params["state"] == "absent" and not unwanted:
        module.exit_json(changed=False)
    changed = write(f"{FOLDER}/certificates.json", json.dumps({"acme": acme, "certificates": good}))
    changed |= write(f"{FOLDER}/broker-password", module.params["password"])
    changed |= write(f"{FOLDER}/acme-ca.pem", authority) if authority else False
    if not authority and os.path.exists(f"{FOLDER}/acme-ca.pem"):
        os.unlink(f"{FOLDER}/acme-ca.pem")
    rc, out, err = module.run_command([PROGRAM, "converge" if module.params["state"] == "present" else "remove"])
    if rc:
        module.fail_json(msg=f"portal-certificates failed: {err.strip()[-500:]}", rc=rc)
    answers = json.loads(out)
    if module.params["state"] == "absent":
        removed = [answer["id"] for answer in answers if answer["state"] == "removed"]
        module.exit_json(changed=bool(removed), portal_certificates_removed=removed)
    gone = [certificate["id"] for certificate in good if certificate["state"] == "absent" and certificate["id"] not in there]
    answers += failed + [{"id": name, "state": "removed", "not_after": "", "error": ""} for name in gone]
    counts = {state: sum(answer["state"] == state for answer in answers) for state in ("ok", "obtained", "failed", "removed")}
    told = "; ".join(f"{answer['id']}: {answer['error']}" for answer in answers if answer["error"])
    module.exit_json(changed=changed or counts["obtained"] > 0, renewed=counts["obtained"] > 0, portal_certificates=answers,
                     msg=", ".join(f"{number} {state}" for state, number in counts.items() if number) + (f" ({told})" if told else ""))


if __name__ == "__main__":
    main()
