"""Which names does a cell give to code that may change what their objects hold?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.leaks import first_leaks

SHOWN = [
    "d['a']()", "d['a'] = f", "for f in d: f()", "[f() for f in d]", "print(d, len(d))", "d",
    "d.get('a')", "d.append(f)", "if d: pass", "'a' in d", "f'{d}'", "[*d]", "d = e['a']",
    "while d: pass",
]  # fmt: skip
GIVEN = {
    "e = d": 1,
    "1\nfill(d)": 2,
    "del d['a']": 1,
    "d.update(a=f)": 1,
    "d.sort()": 1,
    "[d]": 1,
    "def f():\n    return d": 2,
    "a.b = d": 1,
    "for f in e:\n    use(d)": 2,
    "d[0](d)": 1,
}


@pytest.mark.parametrize("source", SHOWN)
def test_the_text_shows_what_is_done(source: str) -> None:
    assert "d" not in first_leaks(source)


@pytest.mark.parametrize(("source", "line"), GIVEN.items(), ids=GIVEN)
def test_the_first_line_that_gives_it_away(source: str, line: int) -> None:
    assert first_leaks(source)["d"] == line


def test_deep_nesting_is_no_error() -> None:
    assert first_leaks("(" * 5_000 + "d" + ")" * 5_000) == {}
