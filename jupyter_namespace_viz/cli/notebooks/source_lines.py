"""On which line of a notebook's file is a line of a cell?

Git, code scanners and editors see a notebook as the text of its file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, Protocol

from jupyter_namespace_viz.cli.notebooks.text_notebook import is_text_notebook, parsed_text


class _LocatedString(str):
    """A string of the JSON with the offsets in the file where it begins and ends."""

    __slots__ = ("begin", "end")
    begin: int
    end: int


class _Decoder(json.JSONDecoder):
    """Decodes JSON; every string that is a value becomes a _LocatedString."""

    def __init__(self) -> None:
        super().__init__()
        self.parse_string = _located_string
        self.scan_once = py_make_scanner(self)


def _nothing() -> _LocatedString:
    nothing = _LocatedString()
    nothing.begin = nothing.end = 0
    return nothing


def _located_string(text: str, end: int, strict: bool) -> tuple[_LocatedString, int]:
    value, next_end = scanstring(text, end, strict)
    located = _LocatedString(value)
    located.begin, located.end = end, next_end
    return located, next_end


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file and, where a word was found in it, the columns of that, all from 1; the end
    is behind the word."""

    line: int
    column: int | None = None
    end_column: int | None = None


class FileLines(Protocol):
    """The lines of one file, which is read on first use."""

    def place_of(self, cell_index: int, line: int | None, word: str | None) -> Place:
        """Where a word in a line of a cell is; lines count from 1, None means the first."""


def file_lines(path: Path, piped: str | None = None) -> FileLines:
    """The lines of a notebook's file, or of the text that was piped."""
    return _TextLines(path) if is_text_notebook(path) else _JsonLines(path, piped)


class _JsonLines:
    """The lines of a file in Jupyter's JSON format."""

    def __init__(self, path: Path, piped: str | None) -> None:
        self._path = path
        self._piped = piped

    @cached_property
    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8") if self._piped is None else self._piped

    @cached_property
    def _cells(self) -> list[dict[str, Any]]:
        return list(_cells(_Decoder().decode(self._text)))

    def place_of(self, cell_index: int, line: int | None, word: str | None) -> Place:
        part = _nothing()
        lines_left = line or 1
        for part in self._source_parts(cell_index):
            lines_left -= part.count("\n")
            if lines_left <= 0:
                break
        if "\n" in part[:-1]:
            word = None  # one text for several lines
        return _place_in(self._text, part.begin, part.end, word)

    def _source_parts(self, cell_index: int) -> list[_LocatedString]:
        """nbformat writes a string per line; one string for all lines is valid as well."""
        cell = self._cells[cell_index]
        source = cell.get("source", cell.get("input", []))
        return source if isinstance(source, list) else [source]


class _TextLines:
    """The lines of a text notebook: those of all cells in order, with others between them.

    Lines that are not Python, such as magics, are comments in the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8")

    @cached_property
    def _lines(self) -> list[list[int]]:
        """The line of the file, per cell and line of the cell."""
        file_lines = [line.strip() for line in self._text.split("\n")]
        found: list[list[int]] = []
        last = 0
        for cell in parsed_text(self._text, self._path.suffix).cells:
            found.append([])
            for line in map(str.strip, cell.source.split("\n")):
                below = range(last, len(file_lines))
                matches = (n + 1 for n in below if file_lines[n] in {line, f"# {line}"})
                last = next(matches, last)  # written differently: the line before it will do
                found[-1].append(max(last, 1))
        return found

    def place_of(self, cell_index: int, line: int | None, word: str | None) -> Place:
        number = self._lines[cell_index][(line or 1) - 1]
        lines = self._text.split("\n")
        begin = sum(len(it) + 1 for it in lines[: number - 1])
        return _place_in(self._text, begin, begin + len(lines[number - 1]), word)


def _place_in(text: str, begin: int, end: int, word: str | None) -> Place:
    """The place of a word between two offsets. It has columns only where the word is there once:
    the first of several might be in a text or a comment."""
    line = text.count("\n", 0, begin) + 1
    if word is None:
        return Place(line)
    pattern = re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w)")
    found = list(pattern.finditer(text, begin, end))
    if len(found) != 1:
        return Place(line)
    start = text.rfind("\n", 0, begin)
    return Place(line, found[0].start() - start, found[0].end() - start)


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells in document order; before version 4 they were in worksheets."""
    for part in notebook.get("worksheets", [notebook]):
        yield from part["cells"]
