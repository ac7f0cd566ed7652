"""Which texts are the same code, and which is the beginning of another?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.run_texts import (
    can_stand_alone,
    code_of,
    first_line,
    rest_after,
)


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
    assert can_stand_alone(source) == is_so
