"""Which magics and shell commands may change what imports find?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.imports.change_types import changes_of_magic, written_file


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("f.system('ls')", []),
        ("f.system('git pull')", ["unknown"]),
        ("f.getoutput(command)", ["unknown"]),
        ("f.run_line_magic('cd', 'src')", ["folder"]),
        ("f.run_line_magic('pip', 'install x')", ["unknown"]),
        ("f.run_line_magic('pip', 'list')", []),
        ("f.run_line_magic('time', 'x')", []),
        ("f.run_cell_magic('bash', '', 'ls')", ["unknown"]),
        ("f.run_cell_magic('time', '', 'x')", []),
        ("f.history()", []),
    ],
)
def test_a_magic(call: str, expected: list[str]) -> None:
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Attribute)
    assert [it.kind for it in changes_of_magic(node, node.func.attr, True)] == expected


def test_a_file() -> None:
    assert [it.kind for it in written_file(1, "m.py", None, True)] == ["file"]
    assert [it.kind for it in written_file(1, None, None, True)] == ["unknown"]
    assert list(written_file(1, "data.csv", None, True)) == []
