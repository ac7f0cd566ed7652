"""How is a function of a text computed in another process, which can be abandoned?

No text is known that takes long. But Python's parser, and an expression that backtracks, keep the
interpreter's lock: in the server's own process they would stop it, and with it all kernels.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TypeVar

from jupyter_namespace_viz.core.syntax.text_cache import TextCache, forget_texts
from jupyter_namespace_viz.notebook.reading.pickled_pieces import receive, send

T = TypeVar("T")

READ_SECONDS = 5.0
"""How long the reading of one text may take, ten times as long as the slowest known."""

START_SECONDS = 60.0
"""How long the process may take to start."""

MAX_MEMORY = 2_000_000_000
"""The bytes that the process may address, where the system can limit that."""

# Isolated, because the current folder may hold a json.py; then with the paths of this Python.
_PROGRAM = (
    sys.executable,
    "-I",
    "-c",
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from jupyter_namespace_viz.notebook.reading.reading_process import answer; answer()",
    *sys.path,
)


class ReadingProcess:
    """A Python that reads one text after the other; it is started when it is needed.

    Only one thread at a time may use it.
    """

    def __init__(self, seconds: float = READ_SECONDS, program: Sequence[str] = _PROGRAM) -> None:
        self._seconds = seconds
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    def compute(self, function: TextCache[Any, Any, T], text: str, *args: Any) -> T | None:
        """What the function finds in the text; None where it takes too long, or ends the process.

        Raises OSError if no process can be started.
        """
        for _ in range(2):
            process = self._process or self._started()
            assert process.stdin is not None
            try:
                send(process.stdin, (function, text, args))
            except OSError:  # it was ended in the meantime
                self.close()
                continue
            found: T | None = self._answer(process, self._seconds)
            return found
        return None

    def stop(self) -> None:
        """End the process while another thread waits for its answer; that thread gets None."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process, if it runs; the next reading starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _started(self) -> subprocess.Popen[bytes]:
        self._process = process = subprocess.Popen(
            self._program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if not self._answer(process, START_SECONDS):
            raise OSError("The process that reads texts did not start.")
        return process

    def _answer(self, process: subprocess.Popen[bytes], seconds: float) -> Any:
        """The next answer; None if there is none in time, and then the process has ended."""
        assert process.stdout is not None
        timer = threading.Timer(seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            return receive(process.stdout)
        except (EOFError, OSError):
            self.close()
            return None
        finally:
            timer.cancel()


def answer() -> None:
    """Compute functions of the texts that another process sends, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # one that is meant for the server
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    send(answers, True)
    with suppress(EOFError, BrokenPipeError):
        while True:
            function, text, args = receive(sys.stdin.buffer)
            send(answers, function(text, *args))
            forget_texts()


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
