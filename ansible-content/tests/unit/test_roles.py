"""Every role says what it takes: README, defaults and argument_specs name the same variables."""
import os
import re
import unittest

import yaml

from content import ROOT

ROLES = sorted(os.listdir(f"{ROOT}/roles"))


def read(path):
    with open(f"{ROOT}/{path}", encoding="utf-8") as file:
        return file.read()


class RoleTest(unittest.TestCase):
    def test_there_are_roles(self):
        self.assertGreaterEqual(len(ROLES), 11)

    def test_defaults_are_described_in_the_specs(self):
        for role in ROLES:
            with self.subTest(role):
                defaults = yaml.safe_load(read(f"roles/{role}/defaults/main.yml")) or {}
                options = yaml.safe_load(read(f"roles/{role}/meta/argument_specs.yml"))["argument_specs"]["main"]["options"]
                self.assertEqual(set(), set(defaults) - set(options), "a default without a spec")
                for name, option in options.items():
                    self.assertTrue(option.get("type") and option.get("description"), f"{name} has no type or description")
                    self.assertTrue(option.get("required") or name in defaults or "default" in option, f"{name} is neither required nor has a default")

    def test_readme_names_every_variable_and_no_other(self):
        for role in ROLES:
            with self.subTest(role):
                options = yaml.safe_load(read(f"roles/{role}/meta/argument_specs.yml"))["argument_specs"]["main"]["options"]
                readme = read(f"roles/{role}/README.md")
                own = set(re.findall(rf"`({role}_[a-z0-9_]+)`", readme))
                self.assertEqual(set(), own - set(options), "a variable that is not there")
                if "`meta/argument_specs.yml` lists the variables" not in readme:
                    self.assertEqual(set(), {name for name in options if name.startswith(f"{role}_")} - own, "a variable that is not told")


if __name__ == "__main__":
    unittest.main()
