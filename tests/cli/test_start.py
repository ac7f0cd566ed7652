"""How much does a command import before it answers? Importing is most of the time of a start."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.check.test_check import write

COMMAND = """
import sys
from jupyter_namespace_viz.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""
TRANSFORMER = """
import sys
import IPython.core.inputtransformer2
print(*sys.modules, file=sys.stderr)
"""
SLOW = {
    "jsonschema", "junitparser", "jupyter_server", "jupytext", "nbformat", "pydantic", "pygraphviz",
    "rich", "sarif_pydantic", "tqdm",
}  # fmt: skip


def loaded(program: str, *arguments: str | Path) -> set[str]:
    """The modules that a program has loaded when it ends."""
    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.splitlines()[-1].split())


def imported(*arguments: str | Path) -> set[str]:
    """The modules that are loaded when the command ends."""
    return loaded(COMMAND, *arguments)


@pytest.fixture(scope="module")
def unavoidable() -> set[str]:
    """Those of IPython's transformer, which reading cells needs: IPython 8 loads many more."""
    return loaded(TRANSFORMER)


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_reads_nothing(option: str) -> None:
    modules = imported(option)
    ours = {it for it in modules if it.startswith("jupyter_namespace_viz")}
    assert not modules & SLOW
    if option == "--version":
        assert ours == {
            "jupyter_namespace_viz", "jupyter_namespace_viz.cli", "jupyter_namespace_viz.cli.main",
        }  # fmt: skip
        assert len(modules) < 250


def test_the_package_alone() -> None:
    code = "import sys, jupyter_namespace_viz as it; print('importlib.metadata' in sys.modules)"
    code += "; print(it.__version__); print(hasattr(it, 'odd'))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", version("jupyter_namespace_viz"), "False"]


@pytest.mark.parametrize("command", ["names", "check", "graph"])
def test_a_small_notebook(tmp_path: Path, unavoidable: set[str], command: str) -> None:
    modules = imported(command, write(tmp_path / "good.ipynb", "import os", "os.sep"))
    assert not modules & (SLOW | {"jupyter_client", "pathspec", "zmq"})
    assert len(modules - unavoidable) < 300


@pytest.mark.parametrize("output_format", ["text", "json", "github"])
def test_formats_that_need_no_package(tmp_path: Path, output_format: str) -> None:
    path = write(tmp_path / "good.ipynb", "1")
    assert not imported("check", "--format", output_format, path) & SLOW


def test_a_file_that_has_to_be_converted(tmp_path: Path) -> None:
    path = write(tmp_path / "old.ipynb", "1")
    path.write_text('{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}')
    assert "nbformat" in imported("names", path)
