"""How do tests call a command in this process, as a terminal would?"""

from __future__ import annotations

from inspect import signature
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from jupyter_namespace_viz.cli.main import main

# click before 8.2 mixes the two streams, unless told otherwise.
_SEPARATED = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}


def run(*arguments: str | Path, **settings: Any) -> Result:
    """What `jupyter namespace-viz` does with these arguments; the settings are click's."""
    return CliRunner(**_SEPARATED).invoke(main, list(map(str, arguments)), **settings)
