"""Which texts are the same code, and which is the beginning of another?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.kernel_state.namespace import Change, Run
from jupyter_namespace_viz.core.kernel_state.run_texts import (
    can_stand_alone,
    code_of,
    first_line,
    ran_as_one,
    repeats_alone,
    rest_after,
    text_before,
    whole_and_rest,
)
from tests.core.tools.notebooks import run, value


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a\nb", "a\nb"),
        ("\n\na\n  \n\nb\n", "a\nb"),
        ("a  # 1\n\n    b", "a  # 1\n    b"),
        ('\na = """\n\n"""\n', 'a = """\n\n"""'),
        ("a = '''\n\n'''", "a = '''\n\n'''"),
        ("%%bash\n\na", "%%bash\n\na"),
        ("", ""),
    ],
)
def test_the_text_without_blank_lines(source: str, code: str) -> None:
    assert code_of(source) == code


@pytest.mark.parametrize(
    ("whole", "part", "rest"),
    [
        ("a\nb", "a", "b"),
        ("a\nb", "a\nb", ""),
        ("\na\n\n\nb\nc\n", "a\n", "b\nc"),
        ("a\n    b", "a", "    b"),
        ("ab\nc", "a", None),
        ("a", "b", None),
        ("a", "a\nb", None),
    ],
)
def test_what_follows_a_part(whole: str, part: str, rest: str | None) -> None:
    assert rest_after(whole, part) == rest


@pytest.mark.parametrize(
    ("whole", "part", "before"),
    [
        ("a\nb", "b", "a"),
        ("a\n\nb\n", "\nb", "a"),
        ("a\nb", "a\nb", None),
        ("ab", "b", None),
        ("a\nb", "a", None),
        ("a\nb", "", None),
    ],
)
def test_what_precedes_a_part(whole: str, part: str, before: str | None) -> None:
    assert text_before(whole, part) == before


WHOLE = run(1, "c1", "a = 1\nb = a")

WHOLE_AND_REST: dict[str, tuple[str, Run, bool]] = {
    # the text of a cell, the later run, whether both made it
    "the lower part": ("a = 1\n\nb = a", run(2, "c1", "b = a"), True),
    "the upper part": ("a = 1\n\nb = a", run(2, "c1", "a = 1"), False),
    "another cell": ("a = 1\n\nb = a", run(2, "c2", "b = a"), False),
    "an earlier run": ("a = 1\n\nb = a", run(0, "c1", "b = a"), False),
    "a run that failed": ("a = 1\n\nb = a", run(2, "c1", "b = a", succeeded=False), False),
    "another text": ("a = 2\n\nb = a", run(2, "c1", "b = a"), False),
}


@pytest.mark.parametrize("case", WHOLE_AND_REST)
def test_a_whole_whose_rest_ran_again(case: str) -> None:
    source, rest, expected = WHOLE_AND_REST[case]
    assert whole_and_rest(source, [WHOLE], [rest]) == ((WHOLE, rest) if expected else None)


def test_a_run_between_two_that_would_be_one() -> None:
    parts = (run(1, "c1", "a = 1"), run(3, "c2", "b = a"))
    held = value("a", bound_by=parts[0])
    assert ran_as_one(parts, {"a": held}, read_cell)
    changed = replace(held, changes=(*held.changes, Change(2, None)))
    assert not ran_as_one(parts, {"a": changed}, read_cell)
    assert not ran_as_one((parts[0], run(3, "c2", "import random; random.random()")), {}, read_cell)


@pytest.mark.parametrize(
    ("rest", "changed", "expected"),
    [
        ("b = a", "", True),
        ("b = a", "b", True),
        ("b = a", "a", False),
        ("b = random()", "", True),
        ("import random; b = random.random()", "", False),
    ],
)
def test_a_rest_that_did_again_what_it_had_done(rest: str, changed: str, expected: bool) -> None:
    whole, again = run(1, "c1", f"a = 1\n{rest}"), run(2, "c1", rest)
    names = {name: value(name, bound_by=whole) for name in "ab"}
    if changed:
        names[changed] = replace(names[changed], changes=(Change(1, "c1"), Change(2, "c1")))
    assert repeats_alone(whole, again, names, read_cell) == expected


def test_the_first_line() -> None:
    assert [first_line(it) for it in ("a\nb", "\n\na", "", "\n")] == ["a", "a", "", ""]


@pytest.mark.parametrize(
    ("source", "is_so"),
    [
        ("a = 1", True),
        ("", True),
        ("%%bash\nfor", True),
        ("    a = 1", False),
        ("if a:", False),
        ("else:\n    a", False),
    ],
)
def test_a_text_that_stands_alone(source: str, is_so: bool) -> None:
    assert can_stand_alone(source, read_cell) == is_so
