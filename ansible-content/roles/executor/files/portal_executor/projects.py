"""A project on this machine: its bare inventory repository and its two secrets."""
import os
import re
import shutil

from portal_executor.common import BASE, Refusal, command, lock, read_json, repository_of, write_atomically

PEM = r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+-----END [A-Z ]{0,20}PRIVATE KEY-----\n*"


def project(name):
    """Makes sure that a project's repository exists and stores the secrets given; an empty one is taken away."""
    body = read_json(64 << 10)
    key, vault, following = body.pop("private_key", None), body.pop("vault_password", None), body.pop("next_key", None)
    if body or not all(value is None or re.fullmatch(PEM, str(value)) for value in (key or None, following or None)):
        raise Refusal("usage", "private_key or next_key is not a key in PEM form, or a member is not known")
    if vault and not re.fullmatch(r"[!-~]{16,256}", str(vault)):
        raise Refusal("usage", "vault_password must be 16 to 256 printable characters")
    repository, secrets, changed = repository_of(name), f"{BASE}/secrets/{name}", False
    with lock(f"project-{name}"):
        os.makedirs(secrets, 0o700, exist_ok=True)
        for value, file in ((key, "key"), (vault, "vault"), (following, "next")):
            if value:
                changed |= write_atomically(f"{secrets}/{file}", value.rstrip("\n") + "\n", 0o600)
            elif value == "" and os.path.exists(f"{secrets}/{file}"):
                os.unlink(f"{secrets}/{file}")
                changed = True
        if not os.path.exists(repository):
            staging = f"{BASE}/inventories/.{name}.{os.getpid()}"
            os.mkdir(staging, 0o700)
            shutil.chown(staging, "portal", "portal")
            command("git", "init", "--quiet", "--bare", "--initial-branch=main", staging, user="portal")
            for setting in ("receive.denyNonFastForwards", "receive.denyDeletes", "receive.fsckObjects"):
                command("git", f"--git-dir={staging}", "config", setting, "true", user="portal")
            os.rename(staging, repository)
            changed = True
    return {"project": name, "repository": repository, "key": os.path.exists(f"{secrets}/key"),
            "vault": os.path.exists(f"{secrets}/vault"), "changed": changed}
