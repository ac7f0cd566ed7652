"""What do calls do to names?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.calls.callees import CONSUMERS, may_call
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN_ARGUMENTS, Arguments, Origin
from jupyter_namespace_viz.core.analysis.mutations import (
    arguments_of_call,
    may_mutate,
    mutated_by_call,
)
from jupyter_namespace_viz.core.analysis.random_numbers import draw_of
from jupyter_namespace_viz.core.analysis.rules.classes import super_of
from jupyter_namespace_viz.core.analysis.rules.expressions import walk_comprehension, walk_consumed
from jupyter_namespace_viz.core.analysis.rules.text_arguments.dynamic_names import walk_dynamic_call
from jupyter_namespace_viz.core.analysis.rules.text_arguments.files import (
    is_of_files,
    name_of_callee,
    walk_file_call,
)
from jupyter_namespace_viz.core.analysis.rules.text_arguments.import_calls import (
    IMPORTING,
    walk_import_call,
)
from jupyter_namespace_viz.core.analysis.rules.text_arguments.magic_calls import (
    SHELL_METHODS,
    calls_magic,
    walk_magic_call,
)
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

MOST_ARGUMENTS = 12
"""The functions among further arguments of a call are not followed."""

_HARMLESS = frozenset("bool float int len print range str".split())
_MAY_CONSUME = CONSUMERS | {"join"}


def walk_call(walker: Walker, node: ast.Call) -> Origin:
    """`f(a, b=c)`: functions among the arguments may be called as well."""
    function = node.func
    name = name_of_callee(node)
    if name in SHELL_METHODS and calls_magic(walker, node):
        walk_magic_call(walker, node)
        walker.resolver.constants.clear()
        return None
    callee = walker.callee(function)
    line = walker.line_of(node)
    if callee == "super" and not node.args:
        return super_of(walker)
    consumes = name in _MAY_CONSUME and _consumes_generators(walker, function, callee)
    arguments = _walk_arguments(walker, node, consumes)
    keywords = [keyword.arg for keyword in node.keywords]
    if "return_exceptions" in keywords:
        arguments = ()  # `asyncio.gather` returns the errors of what it awaits
    if not arguments and type(callee) is str and (node.args or node.keywords):
        arguments = UNKNOWN_ARGUMENTS
    result = walker.take(callee, "()", line, arguments)
    if callee is None and arguments and may_call(name or ""):
        for _, origin in arguments:
            walker.take(origin, "?", line)
    walk_dynamic_call(walker, node)
    if walker.resolver.constants and not _is_harmless(walker, function):
        walker.resolver.constants.clear()  # a function of another cell may bind them
    for rule in _rules_by_name(name) if name is not None else ():
        rule(walker, node)
    if "inplace" in keywords:
        _mutate(walker, node)
    for passed in arguments_of_call(node):
        walker.resolver.pass_argument(passed)
    draw = draw_of(node)
    if draw is not None:
        walker.resolver.draw(draw)
    return result


@lru_cache(maxsize=10_000)
def _rules_by_name(name: str) -> tuple[Callable[[Walker, ast.Call], None], ...]:
    """What else a function of this name may do; most do nothing of that kind."""
    rules = (walk_file_call, is_of_files), (walk_import_call, IMPORTING.__contains__)
    return tuple(rule for rule, concerns in (*rules, (_mutate, may_mutate)) if concerns(name))


def _mutate(walker: Walker, node: ast.Call) -> None:
    walker.resolver.mutate(*mutated_by_call(node))


def _is_harmless(walker: Walker, function: ast.expr) -> bool:
    is_named = isinstance(function, ast.Name) and function.id in _HARMLESS
    return is_named and walker.resolver.cell.flow.boundness(function.id) == "free"  # type: ignore[attr-defined]


def _walk_arguments(walker: Walker, node: ast.Call, consumes: bool) -> Arguments:
    """Walk the arguments of a call; with `consumes` it iterates over a generator among them."""
    found: list[tuple[int | str, Origin]] = []
    places_are_known = True
    for index, argument in enumerate(node.args):
        kind = type(argument)
        if kind is ast.Constant:
            continue
        if kind is ast.Starred:
            places_are_known = False
            walk_consumed(walker, argument.value)  # type: ignore[attr-defined]
        elif consumes and kind is ast.GeneratorExp:
            walk_comprehension(walker, argument)  # type: ignore[arg-type]
        else:
            origin = walker.expression(argument)
            if origin is not None and places_are_known and index < MOST_ARGUMENTS:
                found.append((index, origin))
    for keyword in node.keywords:
        if type(keyword.value) is ast.Constant:
            continue
        origin = walker.expression(keyword.value)
        if origin is not None and keyword.arg is not None and len(found) < MOST_ARGUMENTS:
            found.append((keyword.arg, origin))
    if len(node.keywords) > 1:
        keywords = [keyword.arg for keyword in node.keywords if keyword.arg is not None]
        if len(set(keywords)) < len(keywords):
            walker.doubt(node)
    return tuple(found)


def _consumes_generators(walker: Walker, node: ast.expr, callee: Origin) -> bool:
    """Whether the callee is a builtin, or `"".join`, that iterates over a generator at once."""
    if isinstance(node, ast.Attribute):
        return node.attr == "join" and isinstance(node.value, ast.Constant)
    return (
        isinstance(callee, str)
        and callee in CONSUMERS
        and walker.resolver.cell.flow.boundness(callee) == "free"
    )


CALL_RULES: dict[type[ast.AST], Rule] = {ast.Call: walk_call}
