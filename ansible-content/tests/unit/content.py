"""Lets the unit tests import the content's programs and plugins as they lie in the repository."""
import importlib.util
import os
import sys
import types
from importlib.machinery import SourceFileLoader

ROOT = os.path.realpath(f"{os.path.dirname(__file__)}/../..")
sys.path.insert(0, f"{ROOT}/roles/executor/files")


def load(path, name=None):
    """A module from a file of the content, whatever its ending."""
    name = name or os.path.basename(path).replace("-", "_").removesuffix(".py")
    loader = SourceFileLoader(name, f"{ROOT}/{path}")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    sys.modules[name] = module
    loader.exec_module(module)
    return module


def load_util(name):
    """A file of module_utils under the name modules know it by."""
    module = load(f"plugins/module_utils/{name}.py", f"ansible.module_utils.{name}")
    import ansible.module_utils
    setattr(ansible.module_utils, name, module)
    return module


class Box(types.SimpleNamespace):
    """Stands for Ansible's own objects where a plugin reads a few attributes of them."""
