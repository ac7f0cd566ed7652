"""Is it known which path an expression gives?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.imports.path_values import CWD, path_value, resolved

VALUES: dict[str, str | None] = {
    # {} stands for the working directory
    "'src'": "src",
    "root": "lib",
    "other": None,
    "root + '/x'": "lib/x",
    "root / 'x' / 'y'": "lib/x/y",
    "f'{root}/x'": "lib/x",
    "f'{root!r}/x'": None,
    "f'{other}/x'": None,
    "os.getcwd()": "{}",
    "getcwd() + '/src'": "{}/src",
    "os.path.abspath('src')": "{}/src",
    "os.path.abspath('/src')": "/src",
    "os.path.join(os.getcwd(), '..', 'src')": "{}/../src",
    "os.path.join('a', '/b')": "/b",
    "os.path.dirname('a/b')": "a",
    "os.path.dirname(os.getcwd())": "{}/..",
    "os.path.dirname(os.path.abspath('src/x'))": "{}/src",
    "os.path.expanduser('~/x')": None,
    "os.path.expanduser('x')": "x",
    "os.path.realpath(os.path.join('..'))": "{}/..",
    "Path()": ".",
    "Path('a', 'b')": "a/b",
    "pathlib.Path('a') / 'b'": "a/b",
    "Path.cwd()": "{}",
    "str(Path.cwd().parent)": "{}/..",
    "str(Path.cwd().parent.parent / 'x')": "{}/../../x",
    "Path('..').resolve()": "{}/..",
    "Path('..').resolve().parent": "{}/../..",
    "Path('a/b').parent": "a",
    "Path('a').parent": ".",
    "Path('a/b/c').parents[1]": "a",
    "Path.cwd().parents[1]": "{}/../..",
    "Path('a').joinpath('b', 'c').as_posix()": "a/b/c",
    "Path('a').absolute()": "{}/a",
    "', '.join(['a'])": None,
    "os.environ['HOME']": None,
    "Path(__file__).parent": None,
    "f(root)": None,
    "root.upper()": None,
    "3": None,
}


@pytest.mark.parametrize("expression", VALUES)
def test_a_path(expression: str) -> None:
    value = path_value(ast.parse(expression, mode="eval").body, {"root": "lib"})
    assert (None if value is None else value.replace(CWD, "{}")) == VALUES[expression]


def test_where_a_path_is() -> None:
    assert resolved("src", ".") == "src"
    assert resolved(f"{CWD}/../src", "a") == "src"
    assert resolved(CWD, "a/b") == "a/b"
    assert resolved("..", "a") == "."
    assert resolved("/src", "a") == "/src"
