"""What happened when a cell ran, and had it been said?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["ran", "name", "module", "elsewhere", "other", "too_long", "hidden"]
"""It ran · a NameError or ModuleNotFoundError of the notebook's own code · one that a library
raised · another error · it was interrupted · `%%capture` keeps to itself what was raised."""

Comparison = Literal["foretold", "surprise", "false_alarm", "quiet", "left_out"]

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"^(?:File |Cell In|Input In|<ipython)(?P<where>.*)", re.MULTILINE)
_LIBRARY = re.compile(r"[/\\](?:site-packages|dist-packages|python3[\w.]*)[/\\]|<frozen ")
_NAME = re.compile(r"^name '([^']+)' is not defined")
_MODULE = re.compile(r"^No module named '([^']+)'")


@dataclass(frozen=True, slots=True)
class Happening:
    """How one run ended; `name` is what was missing, `error` the first line of what was raised."""

    kind: Kind
    name: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the report said of a cell: its status, and the names that it would miss, those that it
    reads `perhaps` among them.
    """

    status: str
    missing: tuple[str, ...]
    message: str | None
    repairs: tuple[str, ...]
    definitions: tuple[str, ...]
    perhaps: tuple[str, ...] = ()


def said_of(report: Mapping[str, Any]) -> Said:
    """What a cell's report says, as far as it is compared."""
    missing = {
        need["name"]: need["certain"]
        for need in report["needs"]
        if need["phase"] == "immediate" and need["status"] in {"missing", "not_installed"}
    }
    return Said(
        report["status"],
        tuple(missing),
        report["message"],
        tuple(report["repairs"]),
        tuple(definition["name"] for definition in report["definitions"]),
        tuple(name for name, certain in missing.items() if not certain),
    )


def what_happened(reply: Mapping[str, Any], source: str) -> Happening:
    """Reads the content of the `execute_reply` to a run of this text."""
    if reply["status"] == "ok":
        return Happening("hidden" if source.lstrip().startswith("%%capture") else "ran")
    if reply["status"] != "error":
        return Happening("other", error=reply["status"])
    raised, message = reply["ename"], reply["evalue"]
    error = f"{raised}: {message}".split("\n")[0][:200]
    if raised == "KeyboardInterrupt":
        return Happening("too_long", error=error)
    kind: Kind
    for kind, expected, pattern in (
        ("name", "NameError", _NAME),
        ("module", "ModuleNotFoundError", _MODULE),
    ):
        missing = pattern.match(message)
        if raised == expected and missing:
            own = is_raised_by_the_notebook(reply["traceback"])
            return Happening(kind if own else "elsewhere", missing[1], error)
    return Happening("other", error=error)


def is_raised_by_the_notebook(traceback: Sequence[str]) -> bool:
    """Whether the innermost frame is the notebook's own code."""
    frames = _FRAME.findall(_COLOUR.sub("", "\n".join(traceback)))
    return not (frames and is_library(frames[-1]))


def is_library(file: str) -> bool:
    """Whether a file (or a traceback's line about it) belongs to something installed."""
    return _LIBRARY.search(file) is not None


def compare(said: Said, happening: Happening) -> Comparison:
    """Was it said beforehand?

    A cell that was said to be blocked, and raised for a name that is not among those that it was
    said to miss, was not foretold. One that failed for another reason tells nothing.
    """
    blocked = said.status == "blocked"
    if happening.kind in {"name", "module"}:
        return "foretold" if blocked and happening.name in said.missing else "surprise"
    if not blocked:
        return "quiet"
    return "false_alarm" if happening.kind == "ran" else "left_out"
