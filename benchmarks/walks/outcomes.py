"""How did the run of a cell end, and did the report predict it?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["ran", "name", "module", "elsewhere", "other", "too_long", "hidden"]
"""In this order: it ran · a NameError, a ModuleNotFoundError that the notebook's own code raised ·
one that a library raised · another error · it was interrupted · `%%capture` hides errors."""

Comparison = Literal["predicted", "surprise", "false_alarm", "quiet", "left_out"]

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"^(?:File |Cell In|Input In|<ipython)(?P<where>.*)", re.MULTILINE)
_LIBRARY = re.compile(r"[/\\](?:site-packages|dist-packages|python3[\w.]*)[/\\]|<frozen ")
_NAME = re.compile(r"^name '([^']+)' is not defined")
_MODULE = re.compile(r"^No module named '([^']+)'")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run ended; `name` is what was missing, `error` the first line of what was raised."""

    kind: Kind
    name: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the report says about a cell: its status, and the names that it would miss.

    `conditional` are the missing names that the cell may not read. `agreed` is whether an agent
    got the same answer; None where none has asked.
    """

    status: str
    missing: tuple[str, ...]
    message: str | None
    repairs: tuple[str, ...]
    definitions: tuple[str, ...]
    conditional: tuple[str, ...] = ()
    agreed: bool | None = None

    @property
    def would_raise(self) -> bool:
        """Whether the cell is said to raise NameError or ModuleNotFoundError."""
        lacks = self.status == "failed" and set(self.missing) > set(self.conditional)
        return self.status == "blocked" or lacks


def verdict_of(report: Mapping[str, Any]) -> Verdict:
    """The part of a cell's report that is compared."""
    missing = {
        need["name"]: need["certain"]
        for need in report["needs"]
        if need["phase"] == "immediate" and need["status"] in {"missing", "not_installed"}
    }
    return Verdict(
        report["status"],
        tuple(missing),
        report["message"],
        tuple(report["repairs"]),
        tuple(definition["name"] for definition in report["definitions"]),
        tuple(name for name, certain in missing.items() if not certain),
    )


def outcome_of(reply: Mapping[str, Any], source: str) -> Outcome:
    """The outcome of a run of `source`, from the content of its `execute_reply`."""
    if reply["status"] == "ok":
        return Outcome("hidden" if source.lstrip().startswith("%%capture") else "ran")
    if reply["status"] != "error":
        return Outcome("other", error=reply["status"])
    raised, message = reply["ename"], reply["evalue"]
    error = f"{raised}: {message}".split("\n")[0][:200]
    if raised == "KeyboardInterrupt":
        return Outcome("too_long", error=error)
    kind: Kind
    for kind, expected, pattern in (
        ("name", "NameError", _NAME),
        ("module", "ModuleNotFoundError", _MODULE),
    ):
        missing = pattern.match(message)
        if raised == expected and missing:
            own = is_raised_by_the_notebook(reply["traceback"])
            return Outcome(kind if own else "elsewhere", missing[1], error)
    return Outcome("other", error=error)


def is_raised_by_the_notebook(traceback: Sequence[str]) -> bool:
    """Whether the innermost frame of the traceback is the notebook's own code."""
    frames = _FRAME.findall(_COLOUR.sub("", "\n".join(traceback)))
    return not (frames and is_library(frames[-1]))


def is_library(file: str) -> bool:
    """Whether a file (or a line of a traceback that names it) belongs to an installed package."""
    return _LIBRARY.search(file) is not None


def compare(verdict: Verdict, outcome: Outcome) -> Comparison:
    """Compares the verdict before a run with its outcome.

    When a blocked cell raises for a name that is not in `verdict.missing`, it is a surprise. When
    it fails for another reason, it is left out.
    """
    if outcome.kind in {"name", "module"}:
        return (
            "predicted" if verdict.would_raise and outcome.name in verdict.missing else "surprise"
        )
    if not verdict.would_raise:
        return "quiet"
    return "false_alarm" if outcome.kind == "ran" else "left_out"
