"""What does `jupyter namespace-viz check` print, and with which exit status?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import nbformat
import pytest
from click.testing import Result

from jupyter_namespace_viz.environment import interpreters
from tests.cli.command_line import run

DEFINES_LATE = ("print(total)\n\nprint(np.pi)", "total = 1")
BOUND_LATER = "`total` would be missing: only cell 2, further down, defines it. Move it up."
BOUND_NOWHERE = "`np` would be missing: no cell defines it. Define or import it above."


def check(*arguments: str | Path) -> Result:
    return run("check", *arguments)


@pytest.fixture(autouse=True)
def _kernelspecs_are_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreters, "_kernelspec", interpreters._kernelspec.__wrapped__)


def write(
    path: Path, *sources: str, language: str = "python", kernel_name: str = "python3"
) -> Path:
    """A notebook with a text cell and then these code cells."""
    new = nbformat.v4
    cells = [new.new_markdown_cell("# Title", id="title")]
    cells += [new.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources, 1)]
    metadata = {"kernelspec": {"name": kernel_name, "display_name": "N", "language": language}}
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new.new_notebook(cells=cells, metadata=metadata), path)
    return path


def test_nothing_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "good.ipynb", "import os\nfrom math import *", "os.sep, pi, sum([1])")
    result = check(path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 notebook checked: nothing is certain to be raised.\n"


def test_text(tmp_path: Path) -> None:
    path = write(tmp_path / "late.ipynb", *DEFINES_LATE)
    result = check(path)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{path}: cell 1, line 3: NameError: {BOUND_NOWHERE}\n"
        f"{path}: cell 1, line 1: NameError: {BOUND_LATER}\n"
    )
    assert result.stderr == "1 notebook checked: 2 errors would be raised.\n"


def test_json(tmp_path: Path) -> None:
    path = write(tmp_path / "late.ipynb", *DEFINES_LATE)
    result = check("--format", "json", path)
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "schema_version": 1,
        "notebooks": [
            {
                "path": str(path),
                "language": "python",
                "unknown_kernel": None,
                "findings": [
                    {
                        "index": 1, "id": "c1", "name": "np", "status": "missing",
                        "reason": "no_provider", "certain": True, "provider": None,
                        "message": BOUND_NOWHERE, "line": 3, "is_consequence": False,
                    },
                    {
                        "index": 1, "id": "c1", "name": "total", "status": "missing",
                        "reason": "later_cell", "certain": True, "provider": 2,
                        "message": BOUND_LATER, "line": 1, "is_consequence": False,
                    },
                ],
            }
        ],
        "unreadable": [],
    }  # fmt: skip
    assert result.stderr == "1 notebook checked: 2 errors would be raised.\n"


def test_an_error_that_is_expected(tmp_path: Path) -> None:
    path = write(tmp_path / "expected.ipynb", "x = absent", "print(x)")
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    notebook["cells"][1]["metadata"]["tags"] = ["raises-exception"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    result = check(path)
    assert result.stdout == (
        f"{path}: cell 2, line 1: NameError: `x` would be missing: cell 1 raises before it defines "
        "it.\n"
    )
    for odd in (None, "raises-exception", [["raises-exception"], 3]):
        notebook["cells"][1]["metadata"]["tags"] = odd
        path.write_text(json.dumps(notebook), encoding="utf-8")
        assert "`absent` would be missing" in check(path).stdout


def test_a_star_import_may_bind_what_its_stub_does_not_show(tmp_path: Path) -> None:
    (tmp_path / "stubbed.py").write_text("import re\nx = 1\n__all__ = sorted(dir())")
    (tmp_path / "stubbed.pyi").write_text("x: int")
    path = write(tmp_path / "star.ipynb", "from stubbed import *", "x, re")
    assert (check(path).exit_code, check(path).stdout) == (0, "")


def test_what_might_be_raised_does_not_count(tmp_path: Path) -> None:
    result = check(write(tmp_path / "may.ipynb", "if len(''):\n    total"))
    assert result.exit_code == 0
    assert "might be a NameError" in result.stdout


def test_modules_of_another_environment(tmp_path: Path) -> None:
    path = write(tmp_path / "modules.ipynb", "import msgspec, os, beside")
    (tmp_path / "beside.py").write_text("", encoding="utf-8")
    assert check(path).exit_code == 0
    bare = tmp_path / "bare-python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    result = check("--python", bare, path)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{path}: cell 1, line 1: ModuleNotFoundError: "
        f"`msgspec` is not installed in the kernel's environment (`{bare}`). "
        "Install the package that provides it.\n"
    )


def test_a_module_that_is_shadowed(tmp_path: Path) -> None:
    for name in ("msgspec.py", "random.py", "mine.py"):
        (tmp_path / name).write_text("", encoding="utf-8")
    path = write(tmp_path / "shadow.ipynb", "import random, mine", "import msgspec")
    result = check(path)
    assert result.exit_code == 0
    assert result.stdout == (
        f"{path}: cell 2, line 1: might be an AttributeError: `msgspec` is imported from "
        f"`msgspec.py` in the notebook's folder, not from the installed `{msgspec.__file__}`. "
        "Rename `msgspec.py` unless this is intended.\n"
    )
    (finding,) = json.loads(check("--format", "json", path).stdout)["notebooks"][0]["findings"]
    assert (finding["status"], finding["reason"]) == ("clobbered", "clobbered")


def test_modules_that_another_python_has_built_in(tmp_path: Path) -> None:
    python = tmp_path / "python"
    facts = {
        "version": [3, 9, 1], "platform": "linux", "paths": [], "built_in": ["there"], "loaded": [],
        "builtins": ["len"], "sys": ["path"], "served": {}, "served_first": [], "is_open": False,
        "extensions": [],
    }  # fmt: skip
    python.write_text(f"#!/bin/sh\necho '{json.dumps(facts)}'\n", encoding="utf-8")
    python.chmod(0o755)
    path = write(tmp_path / "modules.ipynb", "import there, math")
    assert check("--python", python, path).stdout == (
        f"{path}: cell 1, line 1: ModuleNotFoundError: "
        f"`math` is not installed in the kernel's environment (`{python}`). "
        "Install the package that provides it.\n"
    )


@pytest.mark.parametrize(
    ("program", "reason"),
    [(None, "No such file or directory."), ("#!/bin/sh\necho no\n", "it is no Python.")],
)
def test_a_python_that_is_none(tmp_path: Path, program: str | None, reason: str) -> None:
    python = tmp_path / "python"
    if program is not None:
        python.write_text(program, encoding="utf-8")
        python.chmod(0o755)
    result = check("--python", python, write(tmp_path / "any.ipynb", "1"))
    assert result.exit_code == 2
    assert f"{python} cannot be asked where it looks for modules: {reason}" in result.stderr


def test_another_language_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "other.ipynb", "x <- y", language="R")
    result = check(path)
    assert (result.exit_code, result.stdout) == (0, f"{path}: not checked, its language is r\n")


def test_a_notebook_for_python_2(tmp_path: Path) -> None:
    path = write(tmp_path / "old.ipynb", "print 'a'", "print 'b'")
    for metadata, errors in (
        ({"language_info": {"name": "python", "version": "2.7.9"}}, 1),
        ({"kernelspec": {"name": "python2", "display_name": "Python 2"}}, 1),
        ({"kernelspec": {"name": "python3", "display_name": "Python 3"}}, 2),
        ({}, 1),
    ):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata = nbformat.from_dict(metadata)
        nbformat.write(notebook, path)
        result = check(path)
        assert result.stderr.startswith(f"1 notebook checked: {errors} error")
        assert ("is written for Python 2: 2 of its cells are" in result.stdout) == (errors == 1)


def test_folders_are_searched(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "late.ipynb", "late")
    write(tmp_path / "good.ipynb", "1")
    write(tmp_path / ".ipynb_checkpoints" / "old.ipynb", "late")
    result = check(tmp_path)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        f"{tmp_path / 'deep' / 'late.ipynb'}: cell 1, line 1: NameError"
    )
    assert result.stderr == "2 notebooks checked: 1 error would be raised.\n"


def test_patterns_are_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.ipynb", "deep/c.ipynb", ".ipynb_checkpoints/b.ipynb", "[a].ipynb"):
        write(Path(name), "late")
    write(Path("deep/notes.md"), "late")
    found = {
        ("**/*.ipynb",): ["[a].ipynb", "b.ipynb", "deep/c.ipynb"],
        ("d*",): ["deep/c.ipynb"],
        ("[a].ipynb",): ["[a].ipynb"],
        ("?.ipynb", "[a].ipynb"): ["b.ipynb", "[a].ipynb"],
    }
    for patterns, expected in found.items():
        lines = check(*patterns).stdout.splitlines()
        assert [line.partition(":")[0] for line in lines] == [str(Path(path)) for path in expected]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone/*.ipynb", "no file matches this pattern."),
        ("gone.ipynb", "there is no such file."),
    ],
)
def test_a_path_that_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = check(path, write(Path("late.ipynb"), "late"))
    assert result.exit_code == 2
    assert result.stderr == (
        f"{path} could not be read as a notebook: {reason} "
        'Name a notebook, a folder or a pattern such as "notebooks/**/*.ipynb".\n'
        "1 notebook checked: 1 error would be raised.\n"
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No notebook was checked.\n"


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_where_a_terminal_reads(tmp_path: Path, no_color: str, coloured: bool) -> None:
    path = write(tmp_path / "late.ipynb", "late\nif len(''):\n    total")
    result = run("check", path, color=True, env={"NO_COLOR": no_color})
    assert ("\x1b[31mNameError\x1b[0m" in result.stdout) == coloured
    assert ("\x1b[33mmight be a NameError\x1b[0m" in result.stdout) == coloured
    assert ("\x1b" in result.stdout) == coloured


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "no.ipynb").write_text("no", encoding="utf-8")
    result = check(tmp_path / "no.ipynb", write(tmp_path / "late.ipynb", "late"))
    assert result.exit_code == 2
    assert "no.ipynb could not be read as a notebook" in result.stderr
    assert "NameError" in result.stdout


RUN_AS_A_PROGRAM = "from jupyter_namespace_viz.cli.main import main; main()"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_files_in_the_order_of_the_arguments(tmp_path: Path, jobs: str) -> None:
    files = [write(tmp_path / f"{n}.ipynb", f"late{n}") for n in range(40)]
    (tmp_path / "7.ipynb").write_text("no", encoding="utf-8")
    # A program of its own: the threads of other tests would be forked with this one.
    program = [sys.executable, "-W", "error", "-c", RUN_AS_A_PROGRAM, "check", "--jobs", jobs]
    result = subprocess.run(
        [*program, *map(str, reversed(files))],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.stderr == (
        f"{tmp_path / '7.ipynb'} could not be read as a notebook: it is not a notebook's JSON.\n"
        "39 notebooks checked: 39 errors would be raised.\n"
    )
    assert result.returncode == 2
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        str(file) for file in reversed(files) if file.name != "7.ipynb"
    ]


def kernelspec(folder: Path, name: str, *argv: str, **variables: str) -> None:
    """A kernel that Jupyter finds in the folder."""
    spec = {"argv": argv, "display_name": "N", "language": "python", "env": variables}
    (folder / "kernels" / name).mkdir(parents=True)
    (folder / "kernels" / name / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def test_a_kernel_whose_python_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = str(tmp_path / "gone" / "python")
    kernelspec(tmp_path, "nobody", python, "-m", "ipykernel_launcher")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    path = write(tmp_path / "late.ipynb", "late", kernel_name="nobody")
    result = check(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{path} could not be read as a notebook: {python} cannot be asked where it "
        "looks for modules: No such file or directory. Name another with --python.\n"
        "No notebook was checked.\n"
    )
    assert check("--python", sys.executable, path).exit_code == 1


@pytest.mark.parametrize("argv", [None, ("/usr/bin/env", "python"), ("conda", "run", "python")])
def test_a_kernel_that_is_not_known_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...] | None
) -> None:
    if argv is not None:
        kernelspec(tmp_path, "theirs", *argv)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    cells = ("import nowhere_at_all, mine", "mine, late")
    paths = [write(tmp_path / f"{n}.ipynb", *cells, kernel_name="theirs") for n in range(2)]
    result = check(*paths)
    assert [line.split(": ")[1:4] for line in result.stdout.splitlines()] == [
        ["cell 2, line 1", "NameError", "`late` would be missing"]
    ] * 2
    assert result.stderr == (
        f"{paths[0]}: the kernel theirs is not known here, so it is not known which modules it "
        "has. Name its Python with --python.\n"
        "2 notebooks checked: 2 errors would be raised.\n"
    )
    said = json.loads(check("--json", paths[0]).stdout)["notebooks"][0]
    assert said["unknown_kernel"] == "theirs"
    assert check("--python", sys.executable, paths[0]).stdout.count("nowhere_at_all") == 1


def test_the_variables_of_a_kernelspec_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in (("one", "first"), ("two", "second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("PROJECT", str(tmp_path))
    kernelspec(tmp_path, "with", sys.executable, "-m", "i", PYTHONPATH="${PROJECT}/one:two")
    kernelspec(tmp_path, "plain", "python3", "-m", "i")
    cells = ("import first, second",)
    assert check(write(tmp_path / "a.ipynb", *cells, kernel_name="with")).stdout == ""
    found = check(write(tmp_path / "b.ipynb", *cells, kernel_name="plain")).stdout
    assert found.count("ModuleNotFoundError") == 2
