"""Does each requirement have the lower bound that `make test-lower-bounds` tries?"""

from __future__ import annotations

import re

import pytest

from tests.packaging.project import EXTRAS, PROJECT, ROOT

USED = [*PROJECT["dependencies"], *EXTRAS["graph"], *EXTRAS["jupytext"]]


@pytest.mark.parametrize("requirement", USED)
def test_a_requirement_has_a_lower_bound_to_try(requirement: str) -> None:
    assert re.fullmatch(r"[\w-]+>=[\d.]+(,<\d+)?(; .+)?", requirement)


def test_the_readme_says_what_is_required() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (jupyterlab,) = (it for it in USED if it.startswith("jupyterlab>="))
    version = jupyterlab.removeprefix("jupyterlab>=").partition(",")[0]
    assert f"JupyterLab {version} or later" in readme
    python = PROJECT["requires-python"].removeprefix(">=")
    assert f"Python {python} or later" in readme


def test_the_oldest_python_is_the_first_that_is_named() -> None:
    versions = [it.rpartition(" :: ")[2] for it in PROJECT["classifiers"] if "Python :: 3." in it]
    assert f">={versions[0]}" == PROJECT["requires-python"]
