"""A running server, a notebook in its folder, and the command that is held against them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result

from jupyter_namespace_viz.cli.main import main
from tests.running_server import RunningServer

COMMAND = [sys.executable, "-c", "from jupyter_namespace_viz.cli.main import main; main()", "live"]


@pytest.fixture(autouse=True)
def _only_this_server(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command finds of Jupyter is this server, and not what else runs on the machine."""
    for name in list(os.environ):
        if name.startswith(("JUPYTER", "JPY")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(server.runtime))


def write(path: Path, *sources: str, counts: bool = False) -> Path:
    """A notebook with a text cell and then these code cells, whose ids are c1, c2, …"""
    new = nbformat.v4
    cells = [new.new_markdown_cell("# Title", id="title")]
    for number, source in enumerate(sources, 1):
        count = number if counts else None
        cells.append(new.new_code_cell(source, id=f"c{number}", execution_count=count))
    nbformat.write(new.new_notebook(cells=cells), path)
    return path


def live(*arguments: str | Path) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, ["live", *map(str, arguments)])
