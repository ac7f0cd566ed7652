"""On which line of a notebook's file does a line of a cell stand?

Git, code scanning and editors know a notebook as the text of its file.
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


class _Placed(str):
    """A text of the JSON that knows where it begins."""

    __slots__ = ("begin",)
    begin: int


class _Decoder(json.JSONDecoder):
    """Reads JSON as ever, but every text that is a value is placed."""

    def __init__(self) -> None:
        super().__init__()
        self.parse_string = _placed
        self.scan_once = py_make_scanner(self)


def _placed(text: str, end: int, strict: bool) -> tuple[_Placed, int]:
    value, next_end = scanstring(text, end, strict)
    placed = _Placed(value)
    placed.begin = end
    return placed, next_end


class FileLines(Protocol):
    """The lines of one file; it is read when they are asked for."""

    def line_of(self, cell_index: int, line: int | None) -> int:
        """The file's line, from 1, of a cell's line, which counts from 1 too; None is the first."""


def file_lines(path: Path) -> FileLines:
    """The lines of a notebook's file."""
    return _TextLines(path) if is_text_notebook(path) else _JsonLines(path)


class _JsonLines:
    """The file is JSON, whose texts are placed."""

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
        for text in self._sources(cell_index):
            begin = text.begin
            lines_left -= text.count("\n")
            if lines_left <= 0:
                break
        return self._text.count("\n", 0, begin) + 1

    def _sources(self, cell_index: int) -> list[_Placed]:
        """nbformat writes a text for each line; one text for all lines is allowed as well."""
        cell = self._cells[cell_index]
        source = cell.get("source", cell.get("input", []))
        return source if isinstance(source, list) else [source]


class _TextLines:
    """The file is text: the lines of all cells stand there in order, with others between them.

    A line that is not Python, of a magic for instance, stands there as a comment.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _lines(self) -> list[list[int]]:
        """The file's line of each line of each cell."""
        text = self._path.read_text(encoding="utf-8")
        file_lines = [line.strip() for line in text.split("\n")]
        found: list[list[int]] = []
        last = 0
        for cell in parsed_text(text, self._path.suffix).cells:
            found.append([])
            for line in map(str.strip, cell.source.split("\n")):
                below = range(last, len(file_lines))
                there = (n + 1 for n in below if file_lines[n] in {line, f"# {line}"})
                last = next(there, last)  # else, written in some other way, with the line before
                found[-1].append(max(last, 1))
        return found

    def line_of(self, cell_index: int, line: int | None) -> int:
        return self._lines[cell_index][(line or 1) - 1]


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells in document order; before version 4 they were in worksheets."""
    for part in notebook.get("worksheets", [notebook]):
        yield from part["cells"]
