"""What may a cell look like while it is edited?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

AWKWARD = [
    *"()[]{}'\"\\%!?;:=*@#$.\n\r\t\f\0é",
    "'''", '"""', "\\\n", "\r\n", "    ", "\ufeff", "\u2028", "\U0001f600", "ｘ", "ﬁ",
    "%%", "%%time ", "%%capture c\n", "%timeit ", "!ls $x ", "x = !", "??", ">>> ", "In [1]: ",
    "f'{", "f'''{", "{x!r:{", "$x", ":=", "**", "lambda: ", "lambda *a: ", "await ", "async ",
    "global x\n", "nonlocal x\n", "del ", "import *", "from m import *\n", "yield ", "return\n",
    "from __future__ import annotations\n", "break\n", "try:\n", "finally:\n", "else:\n",
    "except* E as e:\n", "match x:\n", "case ", "with a as ", "class A:\n", "def f():\n",
    "def f[T](", "type X = ", "if 0:\n", "@a\n", "exec('", "globals()['x'] = ", "0777", "1_",
    "1e9999", "\N{NO-BREAK SPACE}",
]  # fmt: skip
"""Brackets and quotes that nothing closes, notebook syntax, letters that Python or IPython treat
in a way of their own, words that begin something."""

Edit = Callable[[st.DrawFn, str], str]


def _put(draw: st.DrawFn, text: str) -> str:
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.sampled_from(AWKWARD)) + text[place:]


def _take(draw: st.DrawFn, text: str) -> str:
    place = draw(st.integers(0, len(text)))
    return text[:place] + text[place + draw(st.integers(1, 20)) :]


def _end(draw: st.DrawFn, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def _edited_lines(edit: Callable[[st.DrawFn, list[str], int], None]) -> Edit:
    def edited(draw: st.DrawFn, text: str) -> str:
        lines = text.split("\n")
        edit(draw, lines, draw(st.integers(0, len(lines) - 1)))
        return "\n".join(lines)

    return edited


def _delete(_: st.DrawFn, lines: list[str], place: int) -> None:
    del lines[place]


def _double(draw: st.DrawFn, lines: list[str], place: int) -> None:
    lines[place:place] = lines[place : place + draw(st.integers(1, 4))]


def _swap(draw: st.DrawFn, lines: list[str], place: int) -> None:
    other = draw(st.integers(0, len(lines) - 1))
    lines[place], lines[other] = lines[other], lines[place]


def _indent(_: st.DrawFn, lines: list[str], place: int) -> None:
    lines[place] = "    " + lines[place]


def _dedent(_: st.DrawFn, lines: list[str], place: int) -> None:
    lines[place] = lines[place].removeprefix("    ")


_EDITS = st.lists(
    st.sampled_from(
        [_put, _take, _end, *map(_edited_lines, [_delete, _double, _swap, _indent, _dedent])]
    ),
    max_size=5,
)


def edited(texts: Sequence[str]) -> st.SearchStrategy[str]:
    """One of the texts, or two in one cell, with some edits: parts put in, taken out, cut off;
    lines deleted, doubled, swapped, indented."""
    cells = st.lists(st.sampled_from(texts), min_size=1, max_size=2).map("\n".join)

    @st.composite
    def after_edits(draw: st.DrawFn) -> str:
        text = draw(cells)
        for edit in draw(_EDITS):
            text = edit(draw, text)
        return text

    return after_edits()
