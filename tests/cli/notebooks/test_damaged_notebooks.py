"""Is a file that is no notebook told in every format, and are the others answered?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jupyter_namespace_viz.cli.notebooks import notebook_file, reader
from tests.cli.check.test_check import check, write
from tests.cli.command_line import run

PROGRAM = [sys.executable, "-c", "from jupyter_namespace_viz.cli.main import main; main()"]
CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "x", "id": "a"}


def notebook(cell: dict[str, Any] = CELL, **fields: Any) -> str:
    return json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields}
    )


def cell_without(field: str) -> dict[str, Any]:
    return {name: value for name, value in CELL.items() if name != field}


DAMAGED = {
    "deep JSON": "[" * 100_000,
    "deep JSON in a notebook": notebook().replace('"x"', '{"a":' * 50_000 + "1" + "}" * 50_000),
    "no source": notebook(cell_without("source")),
    "a source that is a number": notebook({**CELL, "source": 5}),
    "a source that is null": notebook({**CELL, "source": None}),
    "no type of cell": notebook(cell_without("cell_type")),
    "a minor version that is no number": notebook(nbformat_minor="x"),
    "a version that is no number": notebook(nbformat="x"),
    "metadata that is a list": notebook(metadata=[]),
    "a cell that is no object": notebook().replace(json.dumps(CELL), "1"),
    "a huge number": notebook(nbformat=1).replace('"nbformat": 1', '"nbformat": ' + "9" * 9_999),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("output_format", ["text", "json", "github", "sarif", "junit"])
def test_a_damaged_notebook(tmp_path: Path, content: str, output_format: str) -> None:
    damaged = tmp_path / "damaged.ipynb"
    damaged.write_text(content, encoding="utf-8")
    result = check("--format", output_format, damaged, write(tmp_path / "late.ipynb", "late"))
    assert result.exit_code == 2
    assert "damaged.ipynb could not be read as a notebook: " in result.stderr
    assert "bug" not in result.stderr
    assert "NameError" in result.stdout or output_format == "json"
    assert "late.ipynb" in result.stdout
    assert ("damaged.ipynb" in result.stdout) == (output_format != "text")


@pytest.mark.parametrize("output_format", ["text", "json", "github", "sarif", "junit"])
def test_texts_and_names_that_are_not_utf_8(tmp_path: Path, output_format: str) -> None:
    surrogate = "\ud800"
    file = write(tmp_path / "surrogate.ipynb", "late")
    text = file.read_text(encoding="utf-8").replace('"late"', f'"late\\n", "%run {surrogate}"')
    file.write_text(text.replace(surrogate, "\\ud800"), encoding="utf-8")
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.ipynb")
    os.link(file, odd)
    result = subprocess.run(
        [*PROGRAM, "check", "--format", output_format, file, odd],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert result.returncode in {0, 1}, result.stderr.decode()
    assert result.stdout.decode().count("late") >= 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipes_and_devices(tmp_path: Path) -> None:
    pipe, zeros = tmp_path / "pipe.ipynb", tmp_path / "zeros.ipynb"
    os.mkfifo(pipe)
    zeros.symlink_to("/dev/zero")
    late = write(tmp_path / "late.ipynb", "late\n%run pipe.ipynb\n%run zeros.ipynb")
    result = subprocess.run(
        [*PROGRAM, "check", pipe, zeros, late], capture_output=True, check=False, timeout=300
    )
    assert result.returncode == 2
    assert result.stderr.decode().splitlines()[:2] == [
        f"{path} could not be read as a notebook: it is no regular file." for path in (pipe, zeros)
    ]
    assert "late" in result.stdout.decode()


def test_a_notebook_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook_file, "MAX_NOTEBOOK_BYTES", 100)
    result = check(write(tmp_path / "large.ipynb", "late" * 20))
    assert result.exit_code == 2
    assert "large.ipynb could not be read as a notebook: it is larger than " in result.stderr


@pytest.mark.parametrize("command", ["check", "names"])
def test_a_mistake_of_ours_takes_no_other_notebook_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def failing(path: Path) -> Any:
        if path.name == "odd.ipynb":
            raise LookupError("on purpose")
        return notebook_file.read_notebook_file(path)

    monkeypatch.setattr(reader, "read_notebook_file", failing)
    odd, late = write(tmp_path / "odd.ipynb", "x"), write(tmp_path / "late.ipynb", "late")
    result = run(command, odd, late)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"{odd} could not be read as a notebook: reading it failed (LookupError('on purpose')). "
    )
    assert str(late) in result.stdout
