"""Which cells does a notebook file hold?"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import Any

import nbformat

from jupyter_namespace_viz.cli.notebooks.text_notebook import (
    UnreadableText,
    is_text_notebook,
    parsed_text,
)
from jupyter_namespace_viz.core.analysis.cell_names import Cell

_REMEDY = 'Name a notebook, a folder or a pattern such as "notebooks/**/*.ipynb".'

_VERSIONS = {"python2": "2", "python3": "3"}
"""Kernels whose names say which Python they are for."""


class UnreadableNotebook(Exception):
    """A file that is no notebook; the message names it and says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} could not be read as a notebook: {self.reason}"


@dataclass(frozen=True, slots=True)
class NotebookFile:
    """The code cells of a file in document order, with their places among all its cells.

    `cells` have ids that are unique in the file even where the file's are not; `ids` are the
    file's own, None where a cell has none. `language` and its version are those of its
    kernel, as far as it says.
    """

    path: Path
    cells: tuple[Cell, ...]
    indexes: tuple[int, ...]
    ids: tuple[str | None, ...]
    kernel_name: str | None = None
    language: str = "python"
    language_version: str | None = None

    @property
    def is_python(self) -> bool:
        """Whether its cells are read; those of another language are left alone."""
        return is_python(self.language)


def is_python(language: str) -> bool:
    """Whether a kernel's language is Python, by whatever name: `python`, `ipython`, `python3`."""
    return "python" in language


def read_notebook_file(path: Path) -> NotebookFile:
    """The cells of a notebook file of any version, or of text; raises UnreadableNotebook."""
    is_text = is_text_notebook(path)
    try:
        text = path.read_text(encoding="utf-8")
        with warnings.catch_warnings():
            # Missing or doubled cell ids: nbformat mends them, and they are not our subject.
            warnings.simplefilter("ignore")
            if is_text:
                notebook = parsed_text(text, path.suffix)
            else:
                notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except UnreadableText as error:
        raise UnreadableNotebook(path, str(error)) from error
    except FileNotFoundError as error:
        reason = "no file matches this pattern." if _is_pattern(path) else "there is no such file."
        raise UnreadableNotebook(path, f"{reason} {_REMEDY}") from error
    except OSError as error:
        raise UnreadableNotebook(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableNotebook(path, "it is not UTF-8 text.") from error
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise UnreadableNotebook(path, "it is not a notebook's JSON.") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # nbformat's converters stumble over JSON that only looks like a notebook.
        raise UnreadableNotebook(path, f"it is damaged ({error!r}).") from error
    kernel, language = (
        found if isinstance(found, dict) else {}
        for found in map(notebook.metadata.get, ("kernelspec", "language_info"))
    )
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    return NotebookFile(
        path,
        cells=tuple(Cell(str(index), cell.source, _has_result(cell)) for index, cell in code),
        indexes=tuple(index for index, _ in code),
        # Text has none, but jupytext makes some up.
        ids=tuple(None if is_text else cell.get("id") for _, cell in code),
        kernel_name=_text(kernel.get("name")),
        language=(_text(kernel.get("language")) or _text(language.get("name")) or "python").lower(),
        language_version=_text(language.get("version"))
        or _VERSIONS.get(_text(kernel.get("name")) or ""),
    )


def _has_result(cell: Any) -> bool:
    return cell.get("execution_count") is not None or bool(cell.get("outputs"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def notebook_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are meant: those in folders, and those that a pattern matches, are sorted.

    In folders only `.ipynb` counts: text may be anything, or a notebook's other half.
    A path that leads nowhere is kept, to be named when it cannot be read.
    """
    for path in paths:
        if path.is_dir():
            found = path.rglob("*.ipynb")
            yield from sorted(it for it in found if ".ipynb_checkpoints" not in it.parts)
        elif _is_pattern(path) and (matches := sorted(glob(str(path), recursive=True))):
            yield from notebook_files(map(Path, matches))
        else:
            yield path


def _is_pattern(path: Path) -> bool:
    """Whether no file has this name, and a shell would have expanded it."""
    return has_magic(str(path)) and not path.exists()
