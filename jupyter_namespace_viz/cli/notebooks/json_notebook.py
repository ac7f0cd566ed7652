"""How is Jupyter's JSON read?

nbformat takes half a second to import, and is asked only about files that it has to convert or
repair: those of other versions, and those that are not valid.
"""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

_NEWEST_MINOR = 5
_MINOR_WITH_IDS = 5
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class NoNotebook(Exception):
    """Text that is not a notebook's JSON; the message says so."""

    def __init__(self) -> None:
        super().__init__("it is not a notebook's JSON.")


def parsed_json(text: str) -> Any:
    """The notebook in version 4; raises NoNotebook, or what nbformat raises on damaged files."""
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise NoNotebook from error
    return notebook if _is_valid(notebook) else _by_nbformat(text)


def source_of(cell: dict[str, Any]) -> str:
    """The text of a cell: the file may have a string, or a list with a string per line."""
    source = cell["source"]
    text = "".join(source) if isinstance(source, list) else source
    if not isinstance(text, str):
        raise TypeError("the source of a cell is no text")
    return text


def _is_valid(notebook: Any) -> bool:
    """Whether nbformat would leave everything that is read of the notebook as it is."""
    if not (isinstance(notebook, dict) and notebook.get("nbformat") == 4):
        return False
    minor, cells = notebook.get("nbformat_minor"), notebook.get("cells")
    if not (type(minor) is int and 0 <= minor <= _NEWEST_MINOR and isinstance(cells, list)):
        return False
    if not (isinstance(notebook.get("metadata"), dict) and all(map(_is_valid_cell, cells))):
        return False
    if minor < _MINOR_WITH_IDS:
        return True
    ids = [cell.get("id") for cell in cells]
    are_valid = all(isinstance(it, str) and _ID.fullmatch(it) for it in ids)
    return are_valid and len(set(ids)) == len(ids)


def _is_valid_cell(cell: Any) -> bool:
    if not (isinstance(cell, dict) and cell.get("cell_type") in {"code", "markdown", "raw"}):
        return False
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return isinstance(cell.get("metadata"), dict) and all(isinstance(it, str) for it in lines)


def _by_nbformat(text: str) -> Any:
    import nbformat  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings():
            # About missing and repeated cell ids, which nbformat repairs.
            warnings.simplefilter("ignore")
            return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise NoNotebook from error
