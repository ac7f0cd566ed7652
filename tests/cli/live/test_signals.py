"""How does `jupyter namespace-viz live --watch` end, and what does it leave on the terminal?"""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.live.conftest import COMMAND, MINUTES, Output, write
from tests.running_server import RunningServer

ENVIRONMENT = {"COLUMNS": "90", "LINES": "12", "TERM": "xterm-256color"}
ALTERNATE_SCREEN, MAIN_SCREEN, SHOWN_CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"
# Only a terminal that controls a session sends SIGHUP when it is closed. What runs the tests may
# ignore signals (`nohup` does), which the command would inherit.
TAKE_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); signal.signal(signal.SIGHUP, signal.SIG_DFL); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def ignoring(*names: str) -> list[str]:
    """What starts a command with these signals ignored, as a shell starts background jobs."""
    return ["sh", "-c", f"trap '' {' '.join(names)}; exec \"$@\"", "sh"] if names else []


class Terminal:
    """A terminal in which a command runs, alone in its session, as in a window of its own."""

    def __init__(self, *command: str | Path) -> None:
        self.descriptor, inner = pty.openpty()
        self.output = Output(self.descriptor)
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *command],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, **ENVIRONMENT},
            start_new_session=True,
        )
        os.close(inner)


@pytest.fixture(scope="module")
def notebook(server: RunningServer) -> Path:
    """A notebook that is open with a kernel in which nothing has run."""
    path = write(server.root / "signals.ipynb", "x = 1", "print(x)")
    server.open("signals.ipynb")
    return path


@pytest.fixture
def blocked_watch(server: RunningServer) -> Iterator[subprocess.Popen[bytes]]:
    """Watches a notebook with a blocked cell, as a background job that has survived a hangup."""
    path = write(server.root / "blocked.ipynb", "print(nobody)")
    server.open("blocked.ipynb")
    with subprocess.Popen(
        [*ignoring("INT", "HUP"), *COMMAND, "--watch", path],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        yield process
        process.kill()


def test_on_a_terminal_the_table_is_redrawn_in_place(server: RunningServer) -> None:
    first = "import colorsys as cs"
    path = write(server.root / "terminal.ipynb", first, "cs.rgb_to_hsv(1, 0, 0)")
    kernel_id = server.open("terminal.ipynb")
    terminal = Terminal(*COMMAND, "--watch", path)
    terminal.output.read_until("not run yet")
    assert ALTERNATE_SCREEN in terminal.output.text
    server.run(kernel_id, first, "c1")
    terminal.output.read_until("\x1b[32mfresh")
    terminal.process.send_signal(signal.SIGINT)
    stays = terminal.output.read_all().rpartition(MAIN_SCREEN)[2]
    assert terminal.process.wait(MINUTES) == 0
    assert "Everything this notebook needs is available." in stays
    assert "\x1b[32mfresh" in stays
    os.close(terminal.descriptor)


@pytest.mark.parametrize("ignored", [(), ("INT",)], ids=["", "SIGINT ignored"])
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_it_and_the_terminal_is_restored(
    notebook: Path, number: signal.Signals, ignored: tuple[str, ...]
) -> None:
    terminal = Terminal(*ignoring(*ignored), *COMMAND, "--watch", notebook)
    terminal.output.read_until("not run yet")
    terminal.process.send_signal(number)
    before, _, stays = terminal.output.read_all().rpartition(MAIN_SCREEN)
    assert terminal.process.wait(MINUTES) == 0
    assert ALTERNATE_SCREEN in before
    assert SHOWN_CURSOR in terminal.output.text
    assert "Nothing has run in this kernel yet" in stays
    assert "Traceback" not in stays
    os.close(terminal.descriptor)


def test_a_terminal_that_is_closed_ends_it(notebook: Path) -> None:
    terminal = Terminal(*COMMAND, "--watch", notebook)
    terminal.output.read_until("not run yet")
    os.close(terminal.descriptor)
    assert terminal.process.wait(MINUTES) == 0


def test_an_ignored_hangup_does_not_end_it_and_the_last_report_counts(
    server: RunningServer, blocked_watch: subprocess.Popen[bytes]
) -> None:
    assert blocked_watch.stdout is not None
    output = Output(blocked_watch.stdout.fileno())
    output.read_until("blocked")
    blocked_watch.send_signal(signal.SIGHUP)
    write(server.root / "blocked.ipynb", "print(nobody)", "print('saved again')")
    output.read_until("saved again")
    blocked_watch.send_signal(signal.SIGTERM)
    assert "Traceback" not in output.read_all()
    assert blocked_watch.wait(MINUTES) == 1
