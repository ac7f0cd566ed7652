"""Are branches for other Pythons left out?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.environment.version_tests import Target, running_statements

TARGET = Target((3, 9, 1), "linux")

TRUE = (
    "sys.version_info >= (3, 8)", "sys.version_info < (3, 10)", "sys.version_info[0] == 3",
    "sys.version_info.minor == 9", "sys.version_info[:2] == (3, 9)", "sys.platform == 'linux'",
    "sys.platform.startswith('lin')", "os.name == 'posix'", "__name__ != '__main__'",
    "not TYPE_CHECKING", "sys.version_info > (3,) and sys.platform != 'win32'",
    "sys.platform in ('linux', 'darwin')", "1", "unknown or True",
)  # fmt: skip
FALSE = (
    "sys.version_info >= (3, 10)", "sys.platform == 'win32'", "os.name == 'nt'",
    "__name__ == '__main__'", "typing.TYPE_CHECKING", "unknown and sys.version_info < (3,)", "0",
    "sys.version_info.major == 2 or sys.version_info >= (3, 12)",
    "unknown and TYPE_CHECKING is None",
)  # fmt: skip
OPEN = (
    "x", "sys.version_info > other", "sys.version_info >= '3'", "f()", "sys.version_info[9]",
    "unknown and x is None", "hasattr(os, 'fork')", "sys.platform == x", "x or y",
)  # fmt: skip


@pytest.mark.parametrize(
    ("test", "expected"),
    [(it, "a") for it in TRUE] + [(it, "b") for it in FALSE]
    + [(it, f"if {it}:\n    a\nelse:\n    b") for it in OPEN],
)  # fmt: skip
def test_which_branch_runs(test: str, expected: str) -> None:
    body = running_statements(ast.parse(f"if {test}: a\nelse: b").body, TARGET, "mine")
    assert ast.unparse(ast.Module(body, [])) == ast.unparse(ast.parse(expected))


def test_branches_inside_branches() -> None:
    text = (
        "try:\n    if TYPE_CHECKING: a\nexcept E:\n    if 1: b\n"
        "if x:\n    if 0: c\nelif sys.version_info < (3,): d"
    )
    body = running_statements(ast.parse(text).body, TARGET)
    assert ast.unparse(ast.Module(body, [])) == (
        "try:\n    pass\nexcept E:\n    b\nif x:\n    pass"
    )
