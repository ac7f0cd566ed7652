"""What is known of an expression's outcome before it runs?"""

from __future__ import annotations

import ast
from typing import TypeGuard


def constant_truth(test: ast.expr) -> bool | None:
    """Whether a test is always true or false in a notebook, None when it depends."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name):
        right = test.comparators[0]
        if test.left.id == "__name__" and isinstance(right, ast.Constant):
            return (right.value == "__main__") == isinstance(test.ops[0], ast.Eq)
    return None


def always_fails(node: ast.expr) -> bool:
    """Whether it is a division by zero, or passes one on: `print(1 / 0)` as textbooks have it."""
    parts = node.args if type(node) is ast.Call else (node,)
    return any(type(part) is ast.BinOp and _is_division_by_zero(part) for part in parts)


def _is_division_by_zero(node: ast.BinOp) -> bool:
    return (
        isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod))
        and _is_number(node.left)
        and _is_number(node.right)
        and node.right.value == 0
    )


def _is_number(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
