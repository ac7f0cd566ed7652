"""Do all commands take their output format in the same way?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from jupyter_namespace_viz.cli.main import main
from tests.cli.check.test_check import write
from tests.cli.command_line import run

OFFLINE = ["names", "check", "graph"]
"""The commands that need no server; those of `live` are in `live/test_live.py`."""

FORMATS = {
    "names": ["text", "json"],
    "check": ["text", "json", "github", "sarif", "junit"],
    "graph": ["text", "dot", "mermaid", "json", "svg"],
    "live": ["table", "text", "json"],
}
JSON = [["--json"], ["--format", "json"], ["--json", "--format", "json"]]


def command_named(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write(tmp_path / "book.ipynb", "a = 1", "a, b")


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
@pytest.mark.parametrize("command", OFFLINE)
def test_json(notebook: Path, command: str, arguments: list[str]) -> None:
    result = run(command, *arguments, notebook)
    assert [it["path"] for it in json.loads(result.stdout)["notebooks"]] == [str(notebook)]
    assert result.stdout == run(command, *JSON[0], notebook).stdout


@pytest.mark.parametrize("command", OFFLINE)
def test_text_is_the_default(notebook: Path, command: str) -> None:
    result = run(command, "--format", "text", notebook)
    assert result.stdout.startswith(str(notebook))
    assert result.stdout == run(command, notebook).stdout


def test_json_counts_more_than_the_suffix_of_the_file(notebook: Path, tmp_path: Path) -> None:
    assert run("graph", notebook, "--json", "--output", tmp_path / "a.svg").exit_code == 0
    assert (tmp_path / "a.svg").read_text() == run("graph", notebook, "--json").stdout


@pytest.mark.parametrize("command", FORMATS)
def test_formats(command: str) -> None:
    (option,) = (it for it in command_named(command).params if "--format" in it.opts)
    assert list(option.to_info_dict()["type"]["choices"]) == FORMATS[command]


@pytest.mark.parametrize(
    ("command", "other"),
    [(command, it) for command, formats in FORMATS.items() for it in formats if it != "json"],
)
def test_json_and_another_format(notebook: Path, command: str, other: str) -> None:
    result = run(command, "--json", "--format", other, notebook)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Usage: jupyter namespace-viz {command} ")
    assert result.stderr.splitlines()[-1] == (
        f"Error: --json is short for --format json: it contradicts --format {other}."
    )


@pytest.mark.parametrize("command", FORMATS)
def test_a_format_that_is_not_there(notebook: Path, command: str) -> None:
    result = run(command, "--format", "yaml", notebook)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--format': 'yaml' is not one of " in result.stderr


@pytest.mark.parametrize("command", FORMATS)
def test_options_of_all_commands(command: str) -> None:
    options = {name for it in command_named(command).params for name in it.opts}
    assert {"--format", "--json", "--output", "-q"} <= options
    assert run(command, "-h").stdout == run(command, "--help").stdout


@pytest.mark.parametrize("command", OFFLINE)
def test_options_of_the_commands_that_read_files(command: str) -> None:
    options = {name for it in command_named(command).params for name in it.opts}
    assert {"--python", "--magic", "--exclude"} <= options


@pytest.mark.parametrize("command", OFFLINE)
def test_an_answer_in_a_file(notebook: Path, tmp_path: Path, command: str) -> None:
    output = tmp_path / "answer.json"
    result = run(command, "--json", "--output", output, notebook)
    assert result.stdout == ""
    assert output.read_text(encoding="utf-8") == run(command, "--json", notebook).stdout
    refused = run(command, "--output", tmp_path / "no" / "such.json", notebook)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "such.json could not be written: No such file or directory" in refused.stderr


@pytest.mark.parametrize("command", OFFLINE)
def test_standard_input(notebook: Path, command: str) -> None:
    for arguments in (["--json"], ["--format", "text"]):
        piped = run(command, *arguments, "-", input=notebook.read_bytes())
        named = run(command, *arguments, notebook)
        assert piped.exit_code == named.exit_code
        assert piped.stdout == named.stdout.replace(str(notebook), "-")
    empty = run(command, "-", input="")
    assert empty.exit_code == 2
    assert empty.stderr.startswith("- could not be read as a notebook: it is not a notebook's JSON")


@pytest.mark.parametrize("output_format", ["github", "sarif", "junit"])
def test_lines_of_standard_input(notebook: Path, output_format: str) -> None:
    piped = run("check", "--format", output_format, "-", input=notebook.read_bytes())
    named = run("check", "--format", output_format, notebook)
    places = [re.findall(r'(?:line=|Line": |cell )\d+', it.stdout) for it in (piped, named)]
    assert places[0] == places[1] != []


@pytest.mark.parametrize("command", OFFLINE)
def test_quiet(notebook: Path, command: str) -> None:
    assert run(command, "-q", notebook).stderr == ""
    assert run(command, "--quiet", notebook.parent / "gone.ipynb").stderr != ""


def test_as_a_module(notebook: Path) -> None:
    program = [sys.executable, "-m", "jupyter_namespace_viz"]
    ran = subprocess.run([*program, "names", notebook], capture_output=True, text=True, check=True)
    assert ran.stdout == run("names", notebook).stdout
    usage = subprocess.run([*program, "-h"], capture_output=True, text=True, check=True)
    assert usage.stdout.startswith("Usage: python -m jupyter_namespace_viz [OPTIONS] COMMAND")
