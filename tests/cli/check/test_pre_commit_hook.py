"""Does the hook for other repositories call a command that is there?"""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import yaml

from jupyter_namespace_viz.cli.main import COMMANDS, main

HOOKS = Path(__file__).parents[3] / ".pre-commit-hooks.yaml"


def test_the_hook() -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program, command, option = hook["entry"].split()
    (script,) = entry_points(group="console_scripts", name=program)
    assert script.load() is main
    assert command in COMMANDS
    assert option == "--names-only"  # its environment does not have the notebooks' modules
    assert (hook["id"], hook["language"]) == ("namespace-viz-check", "python")
    assert hook["types_or"] == ["jupyter"]
