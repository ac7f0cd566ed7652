"""On which line of a notebook's file does a line of a cell stand?

Git, code scanning and editors know a notebook as its JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any


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


class FileLines:
    """The lines of one file; it is read when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8")

    @cached_property
    def _cells(self) -> list[dict[str, Any]]:
        return list(_cells(_Decoder().decode(self._text)))

    def line_of(self, cell_index: int, line: int | None) -> int:
        """The file's line, from 1, of a cell's line, which counts from 1 too; None is the first."""
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


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells in document order; before version 4 they were in worksheets."""
    for part in notebook.get("worksheets", [notebook]):
        yield from part["cells"]
