"""Do the workflows call what the Makefile and the repository have?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packaging.project import PYPROJECT, ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][\w-]*):", MAKEFILE, flags=re.MULTILINE))


def content(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def commands(workflow: Any) -> Iterator[str]:
    """The commands of all jobs, with the values of their matrix."""
    for job in workflow["jobs"].values():
        matrix = job.get("strategy", {}).get("matrix", {})
        for step in job["steps"]:
            run = step.get("run", "")
            values = re.findall(r"make \$\{\{ matrix\.(\w+) \}\}", run)
            yield from (f"make {target}" for name in values for target in matrix[name])
            yield re.sub(r"make \$\{\{.*?\}\}", "", run)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda it: it.name)
def test_a_workflow(file: Path) -> None:
    workflow = content(file)
    assert workflow["name"]
    assert workflow[True]
    for job in workflow["jobs"].values():
        assert all(("run" in step) != ("uses" in step) for step in job["steps"])
        assert all("@" in step["uses"] for step in job["steps"] if "uses" in step)
    for command in commands(workflow):
        assert set(re.findall(r"\bmake ([\w-]+)", command)) <= TARGETS
        assert all((ROOT / it).exists() for it in re.findall(r"scripts/\S+", command))


def test_what_is_tried_locally_is_tried_there() -> None:
    (build,) = (it for it in WORKFLOWS if it.name == "build.yml")
    called = {
        target
        for command in commands(content(build))
        for target in re.findall(r"\bmake ([\w-]+)", command)
    }
    (test,) = re.findall(r"^test:\n((?:\t.*\n)+)", MAKEFILE, flags=re.MULTILINE)
    assert set(re.findall(r"\btest-[\w-]+", test)) <= called
    assert "lint" in called


@pytest.mark.parametrize("file", sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")), ids=str)
def test_an_issue_template(file: Path) -> None:
    form = content(file)
    if file.name == "config.yml":
        assert form == {"blank_issues_enabled": True}
        return
    assert form["name"]
    assert form["description"]
    ids = [it["id"] for it in form["body"]]
    assert len(set(ids)) == len(ids)
    assert all(it["attributes"]["label"] for it in form["body"])


RELEASER_STEPS = set(
    """
    prep-git bump-version extract-changelog build-changelog draft-changelog build-python
    check-python build-npm check-npm tag-release populate-release delete-release extract-release
    publish-assets publish-release ensure-sha forwardport-changelog publish-changelog
    """.split()
)
"""The steps of Jupyter Releaser that can be skipped or have hooks."""


def test_the_releaser_knows_the_steps() -> None:
    releaser = PYPROJECT["tool"]["jupyter-releaser"]
    assert set(releaser) <= {"skip", "options", "hooks"}
    assert set(releaser["skip"]) <= RELEASER_STEPS
    hooked = {re.sub("^(before|after)-", "", name) for name in releaser["hooks"]}
    assert hooked <= RELEASER_STEPS


def test_the_releaser_finds_the_notes() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    start, end = "<!-- <START NEW CHANGELOG ENTRY> -->", "<!-- <END NEW CHANGELOG ENTRY> -->"
    assert (changelog.count(start), changelog.count(end)) == (1, 1)
    assert changelog[changelog.index(start) + len(start) :].lstrip().startswith("## ")


def test_no_file_of_the_release_names_a_registry() -> None:
    release = [ROOT / name for name in ("RELEASE.md", "Makefile", "pyproject.toml", "package.json")]
    for file in (*WORKFLOWS, *release):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://[^\s)]*(pypi|npmjs|yarnpkg|anaconda)", text), file.name
