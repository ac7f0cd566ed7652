"""Is a verdict compared correctly with the outcome of a run?"""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from benchmarks.walks.outcomes import Outcome, Verdict, compare, outcome_of

NAME = Outcome("name", "np")
OTHER_ERROR = Outcome("other")


def verdict(status: str, *missing: str) -> Verdict:
    return Verdict(status, missing, None, (), ())


@pytest.mark.parametrize(
    ("verdict", "outcome", "expected"),
    [
        (verdict("blocked", "np"), NAME, "predicted"),
        (verdict("blocked", "np", "pd"), NAME, "predicted"),
        (verdict("blocked", "pd"), NAME, "surprise"),
        (verdict("at_risk", "np"), NAME, "surprise"),
        (verdict("ready"), NAME, "surprise"),
        (verdict("blocked", "np"), Outcome("ran"), "false_alarm"),
        (verdict("blocked", "np"), OTHER_ERROR, "left_out"),
        (verdict("blocked", "np"), Outcome("elsewhere", "np"), "left_out"),
        (verdict("ready"), Outcome("elsewhere", "np"), "quiet"),
        (verdict("ready"), OTHER_ERROR, "quiet"),
        (verdict("blocked", "np"), Outcome("hidden"), "left_out"),
        (verdict("fresh"), Outcome("ran"), "quiet"),
        (verdict("blocked", "nowhere"), Outcome("module", "nowhere"), "predicted"),
    ],
)
def test_compare(verdict: Verdict, outcome: Outcome, expected: str) -> None:
    assert compare(verdict, outcome) == expected


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> InteractiveShell:
    return InteractiveShell()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", Outcome("ran")),
        ("nowhere_here", Outcome("name", "nowhere_here")),
        ("def f(): return nowhere_here\nf()", Outcome("name", "nowhere_here")),
        ("exec('nowhere_here')", Outcome("name", "nowhere_here")),
        ("%timeit nowhere_here", Outcome("name", "nowhere_here")),
        ("import nowhere_here", Outcome("module", "nowhere_here")),
        ("import nowhere_here.inner", Outcome("module", "nowhere_here")),
        ("import json.nowhere_here", Outcome("module", "json.nowhere_here")),
        ("import importlib\nimportlib.import_module('nowhere_here')",
         Outcome("elsewhere", "nowhere_here")),
        ("1 / 0", Outcome("other")),
        ("def f():\n    x += 1\nf()", Outcome("other")),
        ("raise NameError('of my own')", Outcome("other")),
        ("raise KeyboardInterrupt", Outcome("too_long")),
        ("a b", Outcome("other")),
        ("%%capture\nnowhere_here", Outcome("hidden")),
    ],
)  # fmt: skip
def test_what_happened(source: str, expected: Outcome, shell: InteractiveShell) -> None:
    found = outcome_of(reply_of(shell, source), source)
    assert (found.kind, found.name) == (expected.kind, expected.name)


def reply_of(shell: InteractiveShell, source: str) -> dict[str, Any]:
    """The content of the reply that ipykernel would send for a run."""
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
