"""What do calls do to names?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.analysis.calls.callees import CONSUMERS, may_call
from jupyter_namespace_viz.core.analysis.calls.contents import ADDING_METHODS
from jupyter_namespace_viz.core.analysis.calls.held_values import Literal
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Arguments, Origin, Step
from jupyter_namespace_viz.core.analysis.calls.signatures import refuses, shape_of
from jupyter_namespace_viz.core.analysis.cell_names import PassedArgument
from jupyter_namespace_viz.core.analysis.mutations import (
    arguments_of_call,
    may_mutate,
    mutated_by_call,
)
from jupyter_namespace_viz.core.analysis.random_numbers import Draw, draw_of
from jupyter_namespace_viz.core.analysis.rules.classes import super_of
from jupyter_namespace_viz.core.analysis.rules.constant_values import Returns
from jupyter_namespace_viz.core.analysis.rules.containers.parts import argument_of
from jupyter_namespace_viz.core.analysis.rules.errors import (
    CONTEXTS_OF_ERRORS,
    error_of_call,
    errors_caught_by_context,
    note_failure,
)
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
from jupyter_namespace_viz.core.analysis.rules.truth import (
    CALLING_FOR_ITEMS,
    calls_nothing,
    value_at,
)
from jupyter_namespace_viz.core.analysis.scopes import FunctionScope, running_scope
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

MOST_ARGUMENTS = 12
"""The functions among further arguments of a call are not followed."""

_NOTHING: frozenset[str] = frozenset()
_HANDLING_NAME_ERRORS = frozenset({"NameError", "all"})
_HARMLESS = frozenset("bool callable float int isinstance len print range str".split())
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
    leaking = walker.record.steps.leaking
    before = frozenset(leaking) if leaking else _NOTHING
    arguments = _walk_arguments(walker, node, consumes)
    if leaking and _is_builtin(walker, callee):
        leaking.intersection_update(before)
    keywords = [keyword.arg for keyword in node.keywords] if node.keywords else []
    if "return_exceptions" in keywords:
        arguments = ()  # `asyncio.gather` returns the errors of what it awaits
    may_call_nothing = name in CALLING_FOR_ITEMS and callee is not None
    if may_call_nothing and arguments and calls_nothing(walker, node):
        arguments = (("*", UNKNOWN),)
    handled = errors_caught_by_context(walker, node) if name in CONTEXTS_OF_ERRORS else None
    if handled and not handled.isdisjoint(_HANDLING_NAME_ERRORS):
        arguments = (("*", UNKNOWN),)  # `pytest.raises(NameError, f)` handles what `f` raises
    if arguments and name == "sort" and type(function) is ast.Attribute:
        arguments = _walk_sort(walker, node, function.value, arguments)
    if type(callee) is str and callee not in BUILTINS and _is_refused(walker, node, callee):
        note_failure(walker, "TypeError")
        return None
    if type(callee) is Step and callee.kind[1:] in ADDING_METHODS and type(callee.of) is str:
        walker.record.steps.filled.add(callee.of)
    result = walker.take(callee, "()", line, arguments)
    if callee is None and arguments and may_call(name or ""):
        for _, origin in arguments:
            if origin is not UNKNOWN and type(origin) is not Literal:
                walker.take(origin, "?", line)
    walk_dynamic_call(walker, node)
    if walker.resolver.constants and not _is_harmless(walker, function):
        walker.resolver.constants.clear()  # a function of another cell may bind them
    for rule in _rules_by_name(name) if name is not None else ():
        rule(walker, node)
    if "inplace" in keywords:
        _mutate(walker, node)
    draw = draw_of(node)
    if draw is not None:
        _draw(walker, draw)
    if type(function) is ast.Name:
        for passed in arguments_of_call(node):
            _pass_argument(walker, passed)
        note_failure(walker, error_of_call(walker, node))
    return result


@lru_cache(maxsize=10_000)
def _rules_by_name(name: str) -> tuple[Callable[[Walker, ast.Call], None], ...]:
    """What else a function of this name may do; most do nothing of that kind."""
    rules = (walk_file_call, is_of_files), (walk_import_call, IMPORTING.__contains__)
    return tuple(rule for rule, concerns in (*rules, (_mutate, may_mutate)) if concerns(name))


def _mutate(walker: Walker, node: ast.Call) -> None:
    walker.resolver.mutate(*mutated_by_call(node))


def _pass_argument(walker: Walker, argument: PassedArgument) -> None:
    """The called function may mutate the argument."""
    resolver = walker.resolver
    own_function = resolver.cell.functions.get(argument.function)
    if own_function is not None and argument.parameter in own_function.mutated_parameters:
        resolver.mutate(argument.name)
    elif own_function is None and resolver.scope is resolver.cell:
        walker.record.passed_arguments.add(argument)


def _draw(walker: Walker, draw: Draw) -> None:
    """The call draws random numbers, or seeds them."""
    random, scope = walker.record.random, running_scope(walker.resolver.scope)
    if isinstance(scope, FunctionScope):
        scope.draws.add(draw.numbers)
    elif draw.seed is not None and walker.resolver.certain and draw.numbers not in random.draws:
        random.seed(draw.numbers, draw.seed)
    else:
        random.draw([draw.numbers])


def _is_builtin(walker: Walker, callee: Origin) -> bool:
    """Whether it is one of Python's own functions: these do not change what they are given."""
    is_name = isinstance(callee, str) and callee in BUILTINS
    return is_name and walker.resolver.cell.flow.boundness(callee) == "free"  # type: ignore[arg-type]


def _is_refused(walker: Walker, node: ast.Call, callee: str) -> bool:
    """Whether the function of this cell does not accept the arguments; those for functions of other
    cells are recorded."""
    shape = shape_of(node)
    value = walker.record.steps.values.get(callee)
    if value is None:
        walker.shapes.setdefault(callee, set()).add(shape)
        return False
    return walker.resolver.scope is walker.resolver.cell and refuses(value, [shape])


def _walk_sort(walker: Walker, node: ast.Call, of: ast.expr, given: Arguments) -> Arguments:
    """`rows.sort(key=f)` calls `f` for each item, if the list is known; returns what else may be
    called."""
    rows = value_at(walker, of)
    if not isinstance(rows, list):
        return given
    for _, origin in given if rows else ():
        if origin is not UNKNOWN and type(origin) is not Literal:
            walker.take(origin, "()", walker.line_of(node))
    return ()


def _is_harmless(walker: Walker, function: ast.expr) -> bool:
    """Whether the call certainly binds and changes nothing."""
    constants = walker.resolver.constants
    if isinstance(function, ast.Attribute):
        of = function.value.id if isinstance(function.value, ast.Name) else ""
        is_of_dict = isinstance(constants.get(of), dict)
        return is_of_dict and function.attr in {"get", "items", "keys", "values"}
    if not isinstance(function, ast.Name):
        return False
    is_builtin = function.id in _HARMLESS
    is_free = is_builtin and walker.resolver.cell.flow.boundness(function.id) == "free"
    return is_free or isinstance(constants.get(function.id), Returns)


def _walk_arguments(walker: Walker, node: ast.Call, consumes: bool) -> Arguments:
    """Walk the arguments of a call; with `consumes` it iterates over a generator among them."""
    found: list[tuple[int | str, Origin]] = []
    places_are_known = True
    for index, argument in enumerate(node.args):
        kind = type(argument)
        if kind is ast.Starred:
            places_are_known = False
            walk_consumed(walker, argument.value)  # type: ignore[attr-defined]
        elif consumes and kind is ast.GeneratorExp:
            walk_comprehension(walker, argument)  # type: ignore[arg-type]
        else:
            origin = argument_of(walker, argument)
            if places_are_known and index < MOST_ARGUMENTS:
                found.append((index, UNKNOWN if origin is None else origin))
    for keyword in node.keywords:
        origin = argument_of(walker, keyword.value)
        places_are_known &= keyword.arg is not None
        if keyword.arg is not None and len(found) < MOST_ARGUMENTS:
            found.append((keyword.arg, UNKNOWN if origin is None else origin))
    if not places_are_known or len(node.args) + len(node.keywords) > MOST_ARGUMENTS:
        found.append(("*", UNKNOWN))
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
