"""A running server, a notebook in its folder, and the command that is compared with them."""

from __future__ import annotations

import codecs
import os
import select
import sys
import time
from pathlib import Path

import nbformat
import pytest
from click.testing import Result

from tests.cli.command_line import run
from tests.running_server import RunningServer

COMMAND = [sys.executable, "-c", "from jupyter_namespace_viz.cli.main import main; main()", "live"]

MINUTES = 240
"""Seconds until a wait fails the test and shows what was read so far: long enough for a busy
machine, and less than pytest's own limit.
"""


collect_ignore = ["test_signals.py"] if os.name == "nt" else []  # needs pseudo-terminals


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
    return run("live", *arguments)


class Output:
    """What a running command writes to a pipe or a terminal; `text` is what was read so far."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.text = ""

    def read_until(self, awaited: str) -> None:
        """Waits for the text; fails when it has not come within MINUTES, or cannot come."""
        deadline = time.monotonic() + MINUTES
        while awaited not in self.text:
            assert self._read(deadline), f"{awaited!r} is not in the whole output:\n{self.text}"

    def read_all(self) -> str:
        """The whole output; fails when it does not end within MINUTES."""
        deadline = time.monotonic() + MINUTES
        while self._read(deadline):
            pass
        return self.text

    def _read(self, deadline: float) -> bool:
        """Whether there was more to read."""
        left = max(0, deadline - time.monotonic())
        is_ready, _, _ = select.select([self._descriptor], [], [], left)
        assert is_ready, f"after {MINUTES} seconds the output is:\n{self.text}"
        try:
            read = os.read(self._descriptor, 65536)
        except OSError:  # which is how a terminal ends
            read = b""
        self.text += self._decoder.decode(read)
        return bool(read)
