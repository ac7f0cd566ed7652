"""Which options does the table `[tool.namespace-viz]` of pyproject.toml set?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_TABLE = "[tool.namespace-viz]"
_OFFLINE = ("names", "check", "graph")
_EVERY = (*_OFFLINE, "live")
_CHECK = ("check",)

_KEYS: dict[str, tuple[str, type, tuple[str, ...]]] = {
    "exclude": ("exclude", list, _OFFLINE),
    "exit-zero": ("exit_zero", bool, _CHECK),
    "ignore": ("ignore", list, _CHECK),
    "jobs": ("jobs", int, _CHECK),
    "magic": ("magics", list, _OFFLINE),
    "names-only": ("names_only", bool, _CHECK),
    "python": ("python", str, _OFFLINE),
    "quiet": ("quiet", bool, _EVERY),
    "select": ("select", list, _CHECK),
}
"""Per key, which is an option without its dashes: the parameter in our code, the type of the value,
and the commands that have it."""


class UnusableTable(click.ClickException):
    """The table does not say what it may say; the message names the file and the key."""

    exit_code = COULD_NOT_READ

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {_TABLE} {reason}")


def defaults(folder: Path) -> dict[str, dict[str, Any]]:
    """Per command its parameters that the nearest pyproject.toml sets, in the folder or above it;
    raises UnusableTable."""
    file = next((it / "pyproject.toml" for it in (folder, *folder.parents) if _is_in(it)), None)
    found: dict[str, dict[str, Any]] = {command: {} for command in _EVERY}
    if file is None:
        return found
    for key, value in _table_of(file).items():
        if key not in _KEYS:
            raise UnusableTable(file, f"has no {key!r}; it has {', '.join(_KEYS)}.")
        parameter, kind, commands = _KEYS[key]
        if not _is_a(value, kind):
            raise UnusableTable(file, f"{key} has to be {_NOUNS[kind]}.")
        for command in commands:
            found[command][parameter] = _from(file, value) if key == "python" else value
    return found


_NOUNS = {list: "a list of texts", bool: "true or false", int: "a number", str: "a text"}


def _is_a(value: object, kind: type) -> bool:
    if isinstance(value, list):
        return kind is list and all(isinstance(it, str) for it in value)
    return type(value) is kind  # a bool is no number


def _from(file: Path, python: str) -> str:
    """A relative path starts where the file is; `python3` is looked up as a terminal does."""
    return str(file.parent / python) if os.sep in python or "/" in python else python


def _is_in(folder: Path) -> bool:
    return (folder / "pyproject.toml").is_file()


def _table_of(file: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}  # other tools complain about a file that is no TOML
    table = content.get("tool", {}).get("namespace-viz", {})
    if not isinstance(table, dict):
        raise UnusableTable(file, "is no table.")
    return table
