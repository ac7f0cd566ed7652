"""What does `jupyter namespace-viz names` print?"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from click.testing import Result

from tests.cli.command_line import run


def names(*arguments: str | Path) -> Result:
    return run("names", *arguments)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Two code cells, the first after a text cell."""
    new = nbformat.v4
    cells = [
        new.new_markdown_cell("# Title", id="title"),
        new.new_code_cell("import numpy as np\nfrom math import *", id="imports"),
        new.new_code_cell("def f(): return np.pi + late\nx = f()\ndel y\nprint(", id="work"),
        new.new_code_cell("%%bash\nls", id="shell"),
    ]
    path = tmp_path / "story.ipynb"
    nbformat.write(new.new_notebook(cells=cells), path)
    return path


def test_json(notebook: Path) -> None:
    result = names("--json", notebook)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "schema_version": 1,
        "notebooks": [
            {
                "path": str(notebook),
                "language": "python",
                "cells": [
                    {
                        "index": 1,
                        "id": "imports",
                        "definitions": [{"name": "np", "kind": "import", "certain": True}],
                        "uses": [],
                        "deletions": [],
                        "star_imports": ["math"],
                        "problems": [],
                    },
                    {
                        "index": 2,
                        "id": "work",
                        "definitions": [
                            {"name": "f", "kind": "function", "certain": True},
                            {"name": "x", "kind": "assignment", "certain": True},
                        ],
                        "uses": [
                            {"name": "late", "phase": "immediate", "certain": True, "via": "f"},
                            {"name": "np", "phase": "immediate", "certain": True, "via": "f"},
                            {"name": "y", "phase": "immediate", "certain": True, "via": None},
                        ],
                        "deletions": ["y"],
                        "star_imports": [],
                        "problems": [
                            {"kind": "syntax", "message": "'(' was never closed.", "line": 4}
                        ],
                    },
                    {
                        "index": 3,
                        "id": "shell",
                        "definitions": [],
                        "uses": [],
                        "deletions": [],
                        "star_imports": [],
                        "problems": [],
                    },
                ],
                "edges": [{"provider": 1, "consumer": 2, "names": ["np"]}],
            }
        ],
        "unreadable": [],
    }


def test_text(notebook: Path) -> None:
    result = names(notebook)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        str(notebook),
        "  cell 1",
        "    defines  np",
        "  cell 2",
        "    defines  f, x",
        "    needs    late (no cell), np (cell 1), y (no cell)",
        "    problem  line 4: '(' was never closed.",
        "  cell 3",
        "    written in bash",
    ]


DAMAGED = [
    ("not JSON", "import numpy", "it is not a notebook's JSON."),
    ("not a notebook", '{"cells": 3, "nbformat": 4, "nbformat_minor": 5}', "it is "),
    ("a list", "[]", "it is "),
    ("not UTF-8", b"\xff\xfe", "it is not UTF-8 text."),
    ("not there", None, "there is no such file."),
]


@pytest.mark.parametrize(
    ("content", "reason"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED]
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    notebook: Path, tmp_path: Path, content: str | bytes | None, reason: str
) -> None:
    damaged = tmp_path / "damaged.ipynb"
    if content is not None:
        damaged.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = names("--json", damaged, notebook)
    assert result.exit_code == 2
    answer = json.loads(result.stdout)
    assert [one["path"] for one in answer["notebooks"]] == [str(notebook)]
    assert [one["path"] for one in answer["unreadable"]] == [str(damaged)]
    assert answer["unreadable"][0]["reason"].startswith(reason)
    assert result.stderr.startswith(f"{damaged} could not be read as a notebook: {reason}")


def test_an_old_format_and_doubled_ids_are_read(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["x = 1"], "id": "same"}
    twice = {"cells": [cell, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    old = {
        "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"], "outputs": []}]}],
        "metadata": {},
        "nbformat": 3,
        "nbformat_minor": 0,
    }
    for content in (twice, old):
        path = tmp_path / "notebook.ipynb"
        path.write_text(json.dumps(content))
        result = names("--json", path)
        assert result.exit_code == 0
        cells = json.loads(result.stdout)["notebooks"][0]["cells"]
        assert {one["definitions"][0]["name"] for one in cells} == {"x"}


def test_another_language_is_named(tmp_path: Path) -> None:
    path = tmp_path / "book.ipynb"
    cells = [nbformat.v4.new_code_cell("x <- 1"), nbformat.v4.new_code_cell("")]
    kernel = {"name": "ir", "language": "R", "display_name": "R"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    assert names(path).stdout == f"{path}\n  cell 1\n    written in r\n  cell 2\n"


def test_magics_of_the_user_s_own(tmp_path: Path) -> None:
    path = tmp_path / "book.ipynb"
    cells = [nbformat.v4.new_code_cell("%%spark\nx"), nbformat.v4.new_code_cell("%%mine\nx = 1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    result = names(path, "--magic", "%%spark=Scala", "--magic", "%%mine=python")
    assert result.stdout == (f"{path}\n  cell 1\n    written in Scala\n  cell 2\n    defines  x\n")
    result = names(path, "--magic", "mine=python")
    assert result.exit_code == 2
    assert "'mine' names no magic: write %name, or %%name for cells." in result.stderr
