"""Does the example session end without an error, where the naive one has some?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running_server import PATIENCE, RunningServer

EXAMPLE = Path(__file__).parents[2] / "examples" / "agent-session"


@pytest.fixture
def folder(server: RunningServer) -> Path:
    """The example in the folder of a running server."""
    return Path(shutil.copytree(EXAMPLE, server.root / "agent-session", dirs_exist_ok=True))


def lines_of(server: RunningServer, folder: Path, *options: str) -> list[str]:
    """What the script prints, with a new kernel."""
    for session in server.ask("api/sessions"):
        if session["path"] == "agent-session/sales.ipynb":
            server.ask(f"api/sessions/{session['id']}", "DELETE")
    ran = subprocess.run(
        [sys.executable, str(folder / "agent_session.py"), *options],
        env={**os.environ, "JUPYTER_RUNTIME_DIR": str(server.runtime)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_the_naive_order(server: RunningServer, folder: Path) -> None:
    assert lines_of(server, folder, "--naive") == [
        "Run best-month: NameError",
        "Run average: NameError",
        "The kernel is restarted.",
        "Run report: NameError",
        "Run average: NameError",
        "4 runs raised an error. NameError",
    ]


def test_asking_before_each_run(server: RunningServer, folder: Path) -> None:
    lines = lines_of(server, folder)
    assert [line for line in lines if line.startswith(("Run ", "The kernel is r"))] == [
        "Run sales: ok",
        "Run total: ok",
        "Run totals: ok",
        "Run best-month: ok",
        "Run imports: ok",
        "Run average: ok",
        "The kernel is restarted.",
        "Run sales: ok",
        "Run total: ok",
        "Run totals: ok",
        "Run best-month: ok",
        "Run report: ok",
        "Run imports: ok",
        "Run average: ok",
    ]
    assert lines[-1] == "0 runs raised an error."
