"""On which line of a notebook's file is a line of a cell?

Git, code scanners and editors see a notebook as the text of its file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, Protocol

from jupyter_namespace_viz.cli.notebooks.text_notebook import is_text_notebook, parsed_text


class _LocatedString(str):
    """A string of the JSON with the offset in the file where it begins."""

    __slots__ = ("begin",)
    begin: int


class _Decoder(json.JSONDecoder):
    """Decodes JSON; every string that is a value becomes a _LocatedString."""

    def __init__(self) -> None:
        super().__init__()
        self.parse_string = _located_string
        self.scan_once = py_make_scanner(self)


def _located_string(text: str, end: int, strict: bool) -> tuple[_LocatedString, int]:
    value, next_end = scanstring(text, end, strict)
    located = _LocatedString(value)
    located.begin = end
    return located, next_end


class FileLines(Protocol):
    """The lines of one file, which is read on first use."""

    def line_of(self, cell_index: int, line: int | None) -> int:
        """The line of the file for a line of a cell; both count from 1, None means the first."""


def file_lines(path: Path) -> FileLines:
    """The lines of a notebook's file."""
    return _TextLines(path) if is_text_notebook(path) else _JsonLines(path)


class _JsonLines:
    """The lines of a file in Jupyter's JSON format."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8")

    @cached_property
    def _cells(self) -> list[dict[str, Any]]:
        return list(_cells(_Decoder().decode(self._text)))

    def line_of(self, cell_index: int, line: int | None) -> int:
        begin = 0
        lines_left = line or 1
        for part in self._source_parts(cell_index):
            begin = part.begin
            lines_left -= part.count("\n")
            if lines_left <= 0:
                break
        return self._text.count("\n", 0, begin) + 1

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
    def _lines(self) -> list[list[int]]:
        """The line of the file, per cell and line of the cell."""
        text = self._path.read_text(encoding="utf-8")
        file_lines = [line.strip() for line in text.split("\n")]
        found: list[list[int]] = []
        last = 0
        for cell in parsed_text(text, self._path.suffix).cells:
            found.append([])
            for line in map(str.strip, cell.source.split("\n")):
                below = range(last, len(file_lines))
                matches = (n + 1 for n in below if file_lines[n] in {line, f"# {line}"})
                last = next(matches, last)  # written differently: the line before it will do
                found[-1].append(max(last, 1))
        return found

    def line_of(self, cell_index: int, line: int | None) -> int:
        return self._lines[cell_index][(line or 1) - 1]


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells in document order; before version 4 they were in worksheets."""
    for part in notebook.get("worksheets", [notebook]):
        yield from part["cells"]
