"""What does `jupyter namespace-viz live` print once, and with which exit status?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.cli.command_line import run
from tests.cli.live.conftest import live, write
from tests.running_server import RunningServer

NOTEBOOK = ("import colorsys as cs", "cs.rgb_to_hsv(r, 0, 0)", "r = len('a')", "if r: print(mode)")


def python_of(server: RunningServer, kernel_id: str) -> str:
    """What the kernel calls its own Python."""
    answer = server.ask(
        "jupyter-namespace-viz/api/report", "POST", {"kernel_id": kernel_id, "cells": []}
    )
    return str(answer["kernel"]["python"])


def test_lines(server: RunningServer) -> None:
    path = write(server.root / "lines.ipynb", *NOTEBOOK)
    kernel_id = server.open("lines.ipynb")
    result = live(path)  # it asks until the kernel has answered
    python = python_of(server, kernel_id)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "Nothing has run in this kernel yet: 1 cell would raise an error, "
        "1 cell waits for the cells above.",
        f"The kernel is idle. {python}",
        "cell 1    [ ]    ready           import colorsys as cs",
        "cell 2    [ ]    blocked         `r` is missing: only cell 3, further down, defines it. "
        "`cs` is missing: cell 1 has not run since the kernel started.",
        "cell 3    [ ]    ready           r = len('a')",
        "cell 4    [ ]    not run yet     `r` is missing: cell 3 has not run since the "
        "kernel started. `mode` is missing: no cell defines it.",
    ]
    assert server.run(kernel_id, NOTEBOOK[0], "c1") == "ok"
    assert server.run(kernel_id, NOTEBOOK[2], "c3") == "ok"
    result = live(path)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2:] == [
        "cell 1    [1]    fresh           import colorsys as cs",
        "cell 2    [ ]    ready           cs.rgb_to_hsv(r, 0, 0)",
        "cell 3    [2]    fresh           r = len('a')",
        "cell 4    [ ]    at risk         `mode` is missing: no cell defines it.",
    ]


def test_a_cell_that_only_waits_does_not_count(server: RunningServer) -> None:
    path = write(server.root / "waits.ipynb", *NOTEBOOK[:1], "cs.rgb_to_hsv(1, 0, 0)")
    server.open("waits.ipynb")
    result = live(path)
    assert result.exit_code == 0
    assert "cell 2    [ ]    not run yet     `cs` is missing" in result.stdout
    write(path, *NOTEBOOK[:1], "cs.rgb_to_hsv(1, 0, 0)", counts=True)
    assert live(path).exit_code == 0  # whatever counts it shows, of an earlier kernel


def test_a_cell_that_failed(server: RunningServer) -> None:
    path = write(server.root / "failed.ipynb", "x = int(str(None))", "print(x)")
    kernel_id = server.open("failed.ipynb")
    live(path)  # it asks until the kernel has answered
    assert server.run(kernel_id, "x = int(str(None))", "c1") == "error"
    result = live(path)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [lines[0], *lines[2:]] == [
        "1 cell failed, 1 cell waits for the cells above.",
        "cell 1    [1]    failed          Raised `ValueError` when it last ran. Neither the cell "
        "nor a name that could have caused this has changed since.",
        "cell 2    [ ]    not run yet     `x` is missing: cell 1 raised "
        "`ValueError` before defining it.",
    ]


def test_a_cell_that_is_no_longer_code_is_not_called_deleted(server: RunningServer) -> None:
    path = write(server.root / "text.ipynb", "kept = [41]", "print(kept)")
    kernel_id = server.open("text.ipynb")
    live(path)  # it asks until the kernel has answered
    assert server.run(kernel_id, "kept = [41]", "c1") == "ok"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1] = nbformat.v4.new_raw_cell("kept = [41]", id="c1")
    nbformat.write(notebook, path)
    assert live(path).stdout.splitlines()[2:] == [
        "cell 1    [ ]    at risk         `kept` comes from a cell that is no longer code; no cell "
        "defines it. A restart will lose it.",
    ]


def test_json_is_the_answer_of_the_rest_api(server: RunningServer) -> None:
    path = write(server.root / "json.ipynb", *NOTEBOOK)
    kernel_id = server.open("json.ipynb")
    request = {
        "kernel_id": kernel_id,
        "cells": [{"id": f"c{n}", "source": source} for n, source in enumerate(NOTEBOOK, 1)],
    }
    live(path)  # it asks until the kernel has answered
    answer = server.ask("jupyter-namespace-viz/api/report", "POST", request)

    def without_time(answer: Any) -> Any:
        return {**answer, "kernel": {**answer["kernel"], "as_of": None}}

    for arguments in (["--json"], ["--format", "json"], ["--json", "--format", "json"]):
        result = live(*arguments, path)
        assert result.exit_code == 1
        printed = json.loads(result.stdout)
        assert printed.pop("schema_version") == 1
        assert without_time(printed) == without_time(answer)


def test_the_other_formats(server: RunningServer) -> None:
    """Lines where no terminal reads, a table where it is asked for."""
    path = write(server.root / "table.ipynb", "x = 1")
    server.open("table.ipynb")
    lines = live(path).stdout
    assert lines.splitlines()[-1] == "cell 1    [ ]    ready           x = 1"
    assert live("--format", "text", path).stdout == lines
    table = live("--format", "table", path).stdout.splitlines()
    assert table[:2] == lines.splitlines()[:2]
    assert [line.split() for line in table if line.startswith(("  cell", "     1"))] == [
        ["cell", "run", "status", "code,", "and", "what", "is", "missing"],
        ["1", "[", "]", "ready", "x", "=", "1"],
    ]


def test_a_kernel_that_is_named(server: RunningServer, tmp_path: Path) -> None:
    """By the beginning of its id, for a notebook that is not open at all."""
    kernel_id = server.open("another.ipynb")
    path = write(tmp_path / "elsewhere.ipynb", "print(named)")
    assert live(path, "--kernel", kernel_id[:8]).exit_code == 1
    server.run(kernel_id, "named = 1")
    assert live(path, "--kernel", kernel_id[:8]).exit_code == 0


def test_a_server_that_is_named(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(server.root / "named.ipynb", "print(1)")
    server.open("named.ipynb")
    assert live(path, "--server", server.url + "lab?token=" + server.token).exit_code == 0
    assert live(path, "--server", server.url.replace("localhost", "127.0.0.1")).exit_code == 0
    # As if it ran on another machine: nothing is known of it but the URL.
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(server.root))
    assert live(path, "--server", server.url, "--token", server.token).exit_code == 0
    monkeypatch.setenv("JUPYTER_TOKEN", server.token)
    assert live(path, "--server", server.url).exit_code == 0


def test_a_notebook_whose_cells_have_no_ids_or_the_same(server: RunningServer) -> None:
    path = write(server.root / "ids.ipynb", "a = 1", "print(b)", "print(a)")
    notebook = json.loads(path.read_text())
    del notebook["cells"][1]["id"]
    notebook["cells"][3]["id"] = "c2"
    path.write_text(json.dumps(notebook))
    server.open("ids.ipynb")
    result = live(path)
    assert result.exit_code == 1
    statuses = [line[14:30].strip() for line in result.stdout.splitlines()[2:]]
    assert statuses == ["ready", "blocked", "not run yet"]


def test_a_notebook_that_is_piped(server: RunningServer, tmp_path: Path) -> None:
    path = write(server.root / "piped.ipynb", "x = 1")
    kernel_id = server.open("piped.ipynb")
    output = tmp_path / "report.txt"
    piped = path.read_text(encoding="utf-8")
    result = run("live", "-", "--kernel", kernel_id, "--output", output, input=piped)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text(encoding="utf-8") == live(path).stdout
    refused = run("live", "-", input=piped)
    assert refused.exit_code == 2
    assert "- needs --kernel ID" in refused.stderr


def test_a_kernel_that_cannot_be_asked(server: RunningServer) -> None:
    """It is busy before it was ever asked: its names are unknown, and the status is not 0."""
    path = write(server.root / "busy.ipynb", "a = 1", "print(a)")
    kernel_id = server.open("busy.ipynb")
    with server.running(kernel_id, "import time; time.sleep(3600)"):
        result = live(path)
    assert result.exit_code == 2
    assert result.stdout.splitlines()[0] == "The kernel has not answered."
