"""What does `pytest --namespace-viz` collect, and what fails?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.live.conftest import write

PLUGIN = "jupyter_namespace_viz.preflight.pytest_plugin"


def run(folder: Path, *options: str) -> str:
    """What pytest prints in the folder, whose only plugin is ours."""
    command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", *options]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return ran.stdout + ran.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    write(tmp_path / "good.ipynb", "a = 1", "a")
    write(tmp_path / "bad.ipynb", "a = len('')", "print(absent)", "if a:\n    perhaps")
    (tmp_path / "broken.ipynb").write_text("{")
    return tmp_path


def test_one_item_a_notebook(folder: Path) -> None:
    output = run(folder, "--namespace-viz", "--junit-xml=junit.xml", "-rA")
    assert "cell 2, line 1: NameError: `absent` would be missing: no cell defines it." in output
    assert "cell 3, line 2: might be a NameError: `perhaps` would be missing" in output
    assert "broken.ipynb could not be read as a notebook: it is not a notebook's JSON." in output
    assert "2 failed, 1 passed" in output
    cases = ElementTree.parse(folder / "junit.xml").getroot().iter("testcase")
    results = {case.get("classname"): [it.tag for it in case] for case in cases}
    assert results["good.ipynb"] == []
    assert results["bad.ipynb"][0] == "failure"


def test_nothing_without_the_option(folder: Path) -> None:
    assert "no tests ran" in run(folder)


def test_options_of_the_project(folder: Path) -> None:
    (folder / "drafts").mkdir()
    write(folder / "drafts" / "draft.ipynb", "absent")
    write(folder / "bad.ipynb", "import no_such_module_anywhere", "%%mine\nabsent")
    (folder / "pyproject.toml").write_text(
        "[tool.namespace-viz]\n"
        'exclude = ["drafts/", "broken.ipynb"]\n'
        'ignore = ["not_installed"]\n'
        'magic = ["%%mine=text"]\n'
    )
    assert "2 passed" in run(folder, "--namespace-viz")
    assert "1 failed" in run(folder, "--namespace-viz", "drafts/draft.ipynb")


def test_another_language(folder: Path) -> None:
    text = (folder / "good.ipynb").read_text()
    kernel = '"metadata": {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}'
    head, _, tail = text.rpartition('"metadata": {}')
    (folder / "good.ipynb").write_text(head + kernel + tail)
    assert "its language is r" in run(folder, "--namespace-viz", "-rs", "good.ipynb")
