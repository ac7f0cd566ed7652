"""Does the table `[tool.namespace-viz]` set the options of the commands?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.check.test_check import write
from tests.cli.command_line import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, below one that may hold the table."""
    folder = tmp_path / "notebooks"
    write(folder / "late.ipynb", "late", "import not_there_at_all")
    write(folder / "drafts" / "draft.ipynb", "%%mine\nx = 1")
    monkeypatch.chdir(folder)
    return folder


def configure(folder: Path, table: str) -> None:
    text = f"[project]\nname = 'x'\n\n[tool.namespace-viz]\n{table}\n"
    (folder.parent / "pyproject.toml").write_text(text, encoding="utf-8")


def kinds_found(*arguments: str) -> list[str]:
    answer = json.loads(run("check", "--json", *arguments).stdout)
    return [it["status"] for notebook in answer["notebooks"] for it in notebook["findings"]]


def test_options_of_check(folder: Path) -> None:
    assert kinds_found(".") == ["missing", "not_installed"]
    configure(folder, "ignore = ['missing']\nexit-zero = true\nquiet = true")
    assert kinds_found(".") == ["not_installed"]
    result = run("check", ".")
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_command_line_counts_more(folder: Path) -> None:
    configure(folder, "select = ['missing']")
    assert kinds_found(".") == ["missing"]
    assert kinds_found("--select", "not_installed", ".") == ["not_installed"]


def test_options_of_all_commands_that_read_files(folder: Path) -> None:
    configure(folder, "exclude = ['late.ipynb']\nmagic = ['%%mine=python']")
    for command in ("names", "check", "graph"):
        (notebook,) = json.loads(run(command, "--json", ".").stdout)["notebooks"]
        assert notebook["path"] == str(Path("drafts", "draft.ipynb"))
    assert "defines  x" in run("names", ".").stdout


def test_the_path_of_a_python_starts_at_the_file(folder: Path) -> None:
    configure(folder, "python = 'no/such/python'")
    result = run("check", ".")
    assert result.exit_code == 2
    assert f"{folder.parent / 'no/such/python'} cannot be asked" in result.stderr


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("colour = 1", "has no 'colour'; it has exclude, exit-zero, "),
        ("exclude = 'drafts'", "exclude has to be a list of texts."),
        ("exclude = [1]", "exclude has to be a list of texts."),
        ("jobs = true", "jobs has to be a number."),
        ("quiet = 1", "quiet has to be true or false."),
    ],
)
def test_a_table_that_says_something_else(folder: Path, table: str, reason: str) -> None:
    configure(folder, table)
    result = run("check", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    start = f"Error: {folder.parent / 'pyproject.toml'}: [tool.namespace-viz] {reason}"
    assert result.stderr.startswith(start)


def test_a_kind_that_is_none(folder: Path) -> None:
    result = run("check", "--select", "missing,odd", ".")
    assert result.exit_code == 2
    assert "'odd' is not one of missing, not_installed, clobbered, syntax_error." in result.stderr


@pytest.mark.parametrize("text", ["", "[tool", "[tool.other]\nx = 1"])
def test_a_file_without_the_table(folder: Path, text: str) -> None:
    (folder.parent / "pyproject.toml").write_text(text, encoding="utf-8")
    assert kinds_found(".") == ["missing", "not_installed"]


def test_exit_zero_does_not_hide_what_cannot_be_read(folder: Path) -> None:
    assert run("check", ".").exit_code == 1
    assert run("check", "--exit-zero", ".").exit_code == 0
    assert run("check", "--exit-zero", "gone.ipynb").exit_code == 2


def test_names_only(folder: Path) -> None:
    assert kinds_found("--names-only", ".") == ["missing"]
    assert run("check", "--names-only", ".").stderr == (
        "2 notebooks checked: 1 error would be raised.\n"
    )
