"""Is what was said compared rightly with what happened?"""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from benchmarks.walks.happenings import Happening, Said, compare, what_happened

NAME = Happening("name", "np")
OTHER_ERROR = Happening("other")


def said(status: str, *missing: str) -> Said:
    return Said(status, missing, None, (), ())


@pytest.mark.parametrize(
    ("said", "happening", "expected"),
    [
        (said("blocked", "np"), NAME, "foretold"),
        (said("blocked", "np", "pd"), NAME, "foretold"),
        (said("blocked", "pd"), NAME, "surprise"),
        (said("at_risk", "np"), NAME, "surprise"),
        (said("ready"), NAME, "surprise"),
        (said("blocked", "np"), Happening("ran"), "false_alarm"),
        (said("blocked", "np"), OTHER_ERROR, "left_out"),
        (said("blocked", "np"), Happening("elsewhere", "np"), "left_out"),
        (said("ready"), Happening("elsewhere", "np"), "quiet"),
        (said("ready"), OTHER_ERROR, "quiet"),
        (said("blocked", "np"), Happening("hidden"), "left_out"),
        (said("fresh"), Happening("ran"), "quiet"),
        (said("blocked", "nowhere"), Happening("module", "nowhere"), "foretold"),
    ],
)
def test_compare(said: Said, happening: Happening, expected: str) -> None:
    assert compare(said, happening) == expected


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> InteractiveShell:
    return InteractiveShell()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", Happening("ran")),
        ("nowhere_here", Happening("name", "nowhere_here")),
        ("def f(): return nowhere_here\nf()", Happening("name", "nowhere_here")),
        ("exec('nowhere_here')", Happening("name", "nowhere_here")),
        ("%timeit nowhere_here", Happening("name", "nowhere_here")),
        ("import nowhere_here", Happening("module", "nowhere_here")),
        ("import nowhere_here.inner", Happening("module", "nowhere_here")),
        ("import json.nowhere_here", Happening("module", "json.nowhere_here")),
        ("import importlib\nimportlib.import_module('nowhere_here')",
         Happening("elsewhere", "nowhere_here")),
        ("1 / 0", Happening("other")),
        ("def f():\n    x += 1\nf()", Happening("other")),
        ("raise NameError('of my own')", Happening("other")),
        ("raise KeyboardInterrupt", Happening("too_long")),
        ("a b", Happening("other")),
        ("%%capture\nnowhere_here", Happening("hidden")),
    ],
)  # fmt: skip
def test_what_happened(source: str, expected: Happening, shell: InteractiveShell) -> None:
    found = what_happened(reply_of(shell, source), source)
    assert (found.kind, found.name) == (expected.kind, expected.name)


def reply_of(shell: InteractiveShell, source: str) -> dict[str, Any]:
    """What ipykernel makes of a run."""
    shown: list[list[str]] = []
    shell._showtraceback = lambda kind, value, lines: shown.append(lines)  # type: ignore[method-assign]
    result = shell.run_cell(source)
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return {"status": "ok"}
    lines = shown[-1] if shown else []
    return {
        "status": "error",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": lines,
    }
