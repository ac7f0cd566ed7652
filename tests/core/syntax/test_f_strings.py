"""Are the expressions of an f-string found, whatever Python reads them?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.syntax.newer_python import with_fields_as_items

FIELDS = [
    # a text, and the names in it
    ("f'{a}'", "a"),
    ('f"{a["b"]}"', "a"),
    ("f'{a} and {b.c(d)}'", "a b d"),
    ("F'{a}' rf'{b}' Rf'{c}'", "a b c"),
    ("f'{{a}} {b}'", "b"),
    ("f'{a!r} {b!s:>10} {c:{d}.{e}}'", "a b c d e"),
    ("f'{a=} {b = } {c == d} {e != f} {g >= h}'", "a b c d e f g h"),
    ("f'{x:%Y-%m-%d}'", "x"),
    ("f'{a:=+10}'", "a"),
    ("f'{f(lambda: a)}'", "a f"),  # in brackets, where the colon is no format
    ("f'{ {k: v for k, v in a} }'", "a k v"),
    ("f'{'\\n'.join(a)}'", "a"),
    ("f'{a # a comment }\n}'", "a"),
    ("f'''{\na\n}'''", "a"),
    ("f'{f'{f'{a}'}'}'", "a"),
    ("'{a}' \"{b}\"; b'{c}' rb'{d}'", ""),
    ("t'{a} {b!r}'", "a b"),
    ("x = f'{a}' + y", "a x y"),
    ("f'{a}' 'b' f'{c}'", "a c"),
    ("f'# {a}'  # {b}", "a"),
    ("fun('a')", "fun"),
]


@pytest.mark.parametrize(("text", "names"), FIELDS)
def test_the_names_in_the_fields(text: str, names: str) -> None:
    plain = with_fields_as_items(text)
    found = {node.id for node in ast.walk(ast.parse(plain)) if isinstance(node, ast.Name)}
    assert " ".join(sorted(found)) == names
    assert plain.count("\n") == text.count("\n")


@pytest.mark.parametrize("text", ["f'{a", "f'{a}", "'a", "f'{a['b}'", "f'{'", "f'''{a}'"])
def test_a_text_that_is_not_closed_stays_as_it_is(text: str) -> None:
    assert with_fields_as_items(text) == text
