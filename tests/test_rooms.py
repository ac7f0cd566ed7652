"""Is each folder small, and does its `__init__` state its question?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "jupyter_namespace_viz"
MOST_FILES = 16
MOST_LINES = 300

FILES = sorted(
    path.relative_to(PACKAGE)
    for path in PACKAGE.rglob("*.py")
    if not {"labextension", "__pycache__"} & set(path.parts)
)
ROOMS = sorted({path.parent for path in FILES})
CORE = Path("core")


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_room_has_few_files_and_says_what_it_answers(room: Path) -> None:
    assert sum(path.parent == room for path in FILES) <= MOST_FILES
    door = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(door)


def test_no_module_stands_outside_a_room() -> None:
    assert [path for path in FILES if path.parent == Path()] == [
        Path("__init__.py"),
        Path("__main__.py"),
    ]
    in_core = {path.name for path in FILES if path.parent == CORE}
    assert in_core == {"__init__.py", "frozen.py", "sentences.py", "vocabulary.py"}


# The probe's files share one namespace in the kernel, where what belongs together stays together.
SHORT = [path for path in FILES if path.parts[0] != "probe"]


@pytest.mark.parametrize("path", SHORT, ids=str)
def test_a_file_is_short_enough_for_one_question(path: Path) -> None:
    text = (PACKAGE / path).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert ast.get_docstring(ast.parse(text))


# What the rules do is tested by what happens in a cell, under those names.
TESTED_BY_TOPIC = {
    "analysis/rules/control_flow.py",
    "plan/plan_types.py",
    "problems/problem_types.py",
}


@pytest.mark.parametrize(
    "path",
    [it for it in FILES if it.parts[0] == "core" and len(it.parts) > 2 and it.name[0] != "_"],
    ids=str,
)
def test_the_tests_of_the_core_stand_in_the_same_rooms(path: Path) -> None:
    inside = path.relative_to(CORE)
    tests = Path(__file__).parent / "core" / inside.parent
    if inside.as_posix() not in TESTED_BY_TOPIC:
        assert (tests / f"test_{inside.name}").exists()


ROOT = PACKAGE.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MOST_STEPS = 25


def test_a_name_is_followed_through_few_files() -> None:
    steps = [int(number) for number in re.findall(r"^\| (\d+) +\|", PAGE, flags=re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    assert len(steps) <= MOST_STEPS


@pytest.mark.parametrize(
    ("file", "name"),
    re.findall(r"^\| \w+ +\| `([\w/]+\.py)` +\| `(\w+)`", PAGE, flags=re.MULTILINE),
)
def test_a_step_begins_with_a_name_of_its_file(file: str, name: str) -> None:
    text = (PACKAGE / file).read_text(encoding="utf-8")
    assert re.search(rf"^ *(?:async def|def|class) {name}\b", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`([\w/.-]+\.(?:py|ts|tsx|css|md))`", PAGE)))
)
def test_the_page_names_files_that_exist(name: str) -> None:
    folders = ("jupyter_namespace_viz", "src", "style", "tests", "docs", "scripts")
    within = (path for folder in folders for path in (ROOT / folder).rglob(Path(name).name))
    assert any(f"/{path.as_posix()}".endswith(f"/{name}") for path in within)
