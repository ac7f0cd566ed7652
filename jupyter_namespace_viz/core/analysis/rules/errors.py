"""Which code raises for certain, which cannot, and which errors are handled?"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard

from jupyter_namespace_viz.core.analysis.rules.truth import constant_truth
from jupyter_namespace_viz.core.analysis.scopes import FunctionScope, running_scope
from jupyter_namespace_viz.core.analysis.walker import Walker

_CAUGHT_BY: Mapping[str, frozenset[str]] = {
    "NameError": frozenset({"NameError"}),
    "UnboundLocalError": frozenset({"UnboundLocalError"}),
    "ModuleNotFoundError": frozenset(
        {"ModuleNotFoundError", "ImportError", "Exception", "BaseException"}
    ),
    "BaseException": frozenset({"Exception", "BaseException", "?"}),
}
"""The errors that matter here, with the kinds of errors that catch them: a handler of NameError
means it, one of Exception need not. "BaseException" stands for any error, "?" for an error of
which nothing is known."""

_CONTEXTS_OF_ERRORS = frozenset(
    "assertRaises assertRaisesRegex assert_raises assert_raises_regex raises suppress".split()
)

_ERRORS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)


def always_fails(node: ast.expr) -> bool:
    """Whether the expression is a division by zero, or a call with one: `print(1 / 0)`."""
    for part in node.args if type(node) is ast.Call else (node,):
        if type(part) is ast.BinOp and _is_division_by_zero(part):
            return True
    return False


def _is_division_by_zero(node: ast.BinOp) -> bool:
    return (
        isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod))
        and _is_number(node.left)
        and _is_number(node.right)
        and node.right.value == 0
    )


def _is_number(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


def always_raises(statement: ast.stmt) -> bool:
    """Whether the statement raises whenever it runs: `raise E`, `assert False`, `1 / 0`."""
    if isinstance(statement, ast.Assert):
        return constant_truth(statement.test) is False
    if isinstance(statement, (ast.Expr, ast.Assign)):
        return always_fails(statement.value)
    return isinstance(statement, ast.Raise)


def cannot_raise(body: Iterable[ast.stmt]) -> bool:
    """Whether the statements only bind names to constants, so that no handler ever runs."""
    return all(map(_is_harmless, body))


def _is_harmless(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        has_names = all(isinstance(target, ast.Name) for target in statement.targets)
        return has_names and isinstance(statement.value, ast.Constant)
    is_constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass) or is_constant


def ends_session(walker: Walker, node: ast.expr) -> bool:
    """Whether the expression is a call that ends the kernel or the cell: `sys.exit()`, `quit()`."""
    function = node.func if type(node) is ast.Call else None
    if type(function) is ast.Attribute:
        module = function.value.id if type(function.value) is ast.Name else None
        return (module, function.attr) in {("sys", "exit"), ("os", "_exit"), ("os", "abort")}
    if type(function) is not ast.Name or function.id not in {"exit", "quit"}:
        return False
    bound = walker.record.bindings.get(function.id)
    return bound is None or [it.module for it in bound.imports] == ["sys"]


def caught_errors(walker: Walker, handlers: Sequence[ast.ExceptHandler]) -> set[str]:
    """Those of "NameError", "ModuleNotFoundError" and "BaseException" (any error) that the handlers
    catch and do not raise again; "BaseException" also where it is not known what they catch.
    """
    caught = set()
    kinds_of = [(it, set(_kinds(walker, it.type))) for it in handlers]
    for error, kinds in _CAUGHT_BY.items():
        handler = next((it for it, found in kinds_of if not kinds.isdisjoint(found)), None)
        if handler is not None and not _raises_again(handler):
            caught.add(error)
    return caught


def tried_modules(walker: Walker, node: ast.Try) -> tuple[str, ...]:
    """The modules that the body imports first, where a handler handles a failing import."""
    if "ModuleNotFoundError" not in caught_errors(walker, node.handlers):
        return ()
    modules: list[str] = []
    for statement in node.body:
        if isinstance(statement, ast.Import):
            modules += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            modules.append(statement.module or "")
    return tuple(modules)


def constant_names(node: ast.Try) -> set[str]:
    """The names that the statement binds to constants: they tell how it has ended."""
    handlers = (statement for handler in node.handlers for statement in handler.body)
    return {
        target.id
        for statement in (*node.body, *node.orelse, *handlers)
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether the handler always raises the error again, or another one of an import."""
    *before, last = handler.body
    if not isinstance(last, ast.Raise) or not all(isinstance(it, ast.Expr) for it in before):
        return False
    raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
    if raised is None:
        return True
    return isinstance(raised, ast.Name) and raised.id in {
        handler.name, "ImportError", "ModuleNotFoundError", "NameError",
    }  # fmt: skip


def discards_errors(body: Iterable[ast.stmt]) -> bool:
    """Whether the `finally` block drops an error that is on its way, by `return` or `break`."""
    return any(isinstance(it, (ast.Return, ast.Break, ast.Continue)) for it in body)


def errors_caught_by_context(walker: Walker, node: ast.expr) -> set[str] | None:
    """The same for a context manager, `suppress(NameError)`; None where it handles no errors."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", None)
    if name not in _CONTEXTS_OF_ERRORS:
        return None
    arguments = node.args if name == "suppress" else node.args[:1]
    found = {kind for argument in arguments for kind in _kinds(walker, argument)}
    return {error for error, kinds in _CAUGHT_BY.items() if kinds & found}


def remember_errors(walker: Walker, names: Iterable[str], value: ast.expr) -> None:
    """The code has just bound the names to this value: `ERRORS = (NameError, KeyError)`."""
    groups = walker.resolver.error_groups
    if isinstance(value, (ast.Tuple, ast.Name, ast.BinOp)):
        kinds = set(_kinds(walker, value))
        if not kinds.isdisjoint(_ERRORS):
            groups.update(dict.fromkeys(names, frozenset(kinds)))
            return
    for name in names if groups else ():
        groups.pop(name, None)


def _kinds(walker: Walker, node: ast.expr | None) -> Iterator[str]:
    """The names of the caught exceptions; a bare `except` catches BaseException. "?" stands for
    those that the text does not show."""
    if node is None:
        yield "BaseException"
    elif isinstance(node, ast.Tuple):
        for element in node.elts:
            yield from _kinds(walker, element)
    elif isinstance(node, ast.Starred):
        yield from _kinds(walker, node.value)
    elif isinstance(node, ast.BinOp):
        yield from _kinds(walker, node.left)
        yield from _kinds(walker, node.right)
    elif isinstance(node, ast.Name):
        yield from walker.resolver.error_groups.get(node.id) or [_kind_of_name(walker, node.id)]
    elif isinstance(node, ast.Attribute):
        yield "?" if _is_member_of_own_class(walker, node.value) else node.attr
    else:
        yield "?"


def _kind_of_name(walker: Walker, name: str) -> str:
    """The name itself, unless the text binds it to a value that need not be a class."""
    scope = running_scope(walker.resolver.scope)
    if isinstance(scope, FunctionScope) and name in scope.local_names:
        return "?"
    binding = walker.record.bindings.get(name)
    return name if binding is None or binding.kind in {"import", "class"} else "?"


def _is_member_of_own_class(walker: Walker, node: ast.expr) -> bool:
    binding = walker.record.bindings.get(node.id) if isinstance(node, ast.Name) else None
    return binding is not None and binding.kind != "import"
