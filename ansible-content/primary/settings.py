"""Keeps what ./portal install was told: NAME=VALUE on standard input, each ended by a zero byte, into /etc/hostingportal/install.json.

`primary_settings.NAME=VALUE` sets one setting of the portal, an empty value takes it away; a value of `primary_ssh_sources` is a list with commas.
"""
import json
import os
import sys

PATH = "/etc/hostingportal/install.json"


def main():
    os.makedirs(os.path.dirname(PATH), 0o755, exist_ok=True)
    settings = {}
    if os.path.exists(PATH):
        with open(PATH, encoding="utf-8") as file:
            settings = json.load(file)
    before = json.dumps(settings, sort_keys=True)
    for pair in filter(None, sys.stdin.buffer.read().decode().split("\0")):
        name, value = pair.split("=", 1)
        group, _, member = name.partition(".")
        if member:
            settings.setdefault(group, {}).pop(member, None)
            settings[group] |= {member: value} if value else {}
        else:
            settings[name] = value.split(",") if name == "primary_ssh_sources" else value
    missing = [name for name in ("primary_name", "primary_email") if not settings.get(name)]
    if missing:
        sys.exit("The first installation needs --name and --email.")
    if json.dumps(settings, sort_keys=True) != before:
        with open(os.open(f"{PATH}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(settings, file, indent=2, sort_keys=True)
        os.replace(f"{PATH}.new", PATH)


main()
