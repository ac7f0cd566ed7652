"""Which code raises for certain, which cannot, and which errors are handled?"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jupyter_namespace_viz.core.analysis.rules.constant_values import UNKNOWN_VALUE
from jupyter_namespace_viz.core.analysis.rules.truth import value_at
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    running_scope,
)
from jupyter_namespace_viz.core.analysis.walker import Walker

_NUMBERS = (bool, int, float)
_DIVISIONS = (ast.Div, ast.FloorDiv, ast.Mod)
_OPERANDS = frozenset({ast.Constant, ast.Name, ast.UnaryOp})
_MAY_BE_SHOWN = frozenset({ast.Dict, ast.List, ast.Name, ast.Tuple})
_HASHABLE = (bool, int, float, str, bytes, type(None))
_PARSED = {"int": int, "float": float}

_CAUGHT_BY: Mapping[str, frozenset[str]] = {
    "NameError": frozenset({"NameError"}),
    "UnboundLocalError": frozenset({"UnboundLocalError"}),
    "ModuleNotFoundError": frozenset(
        {"ModuleNotFoundError", "ImportError", "Exception", "BaseException"}
    ),
    "BaseException": frozenset({"Exception", "BaseException", "?"}),
    "all": frozenset({"Exception", "BaseException"}),
}
"""The errors that matter here, with the kinds of errors that catch them: a handler of NameError
means it, one of Exception need not. "BaseException" stands for any error, "?" for an error of
which nothing is known, "all" for every error where it is certain that it is handled."""

CONTEXTS_OF_ERRORS = frozenset(
    "assertRaises assertRaisesRegex assert_raises assert_raises_regex raises suppress".split()
)

_BUILTIN_ERRORS = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}


def note_failure(walker: Walker, error: str | None) -> None:
    """The expression that has just been walked certainly raises this error, unless it is None; the
    one of a comprehension, where that has any items."""
    if error is not None and not isinstance(walker.resolver.scope, ComprehensionScope):
        walker.resolver.suspend(error, walker.record.line)
        walker.is_unreachable = True


def error_of_operation(walker: Walker, node: ast.BinOp) -> str | None:
    """The error of `1 / 0` or `"a" + 1`, None where it need not raise."""
    if type(node.left) not in _OPERANDS or type(node.right) not in _OPERANDS:
        return None  # long sums are not looked at again and again
    left = value_at(walker, node.left)
    if left is UNKNOWN_VALUE:
        return None
    right = value_at(walker, node.right)
    if right is UNKNOWN_VALUE:
        return None
    are_numbers = isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS)
    if isinstance(node.op, _DIVISIONS):
        return "ZeroDivisionError" if are_numbers and right == 0 else None
    if isinstance(node.op, (ast.Add, ast.Sub)) and not are_numbers:
        is_sum = isinstance(node.op, ast.Add) and type(left) is type(right)
        has_known_types = _is_plain(left) and _is_plain(right)
        return "TypeError" if has_known_types and not is_sum else None
    return None


def _is_plain(value: Any) -> bool:
    return isinstance(value, (*_NUMBERS, str, bytes, type(None)))


def error_of_subscript(walker: Walker, node: ast.Subscript) -> str | None:
    """The error of `[][0]` or `{}["a"]`, None where it need not raise."""
    if type(node.value) not in _MAY_BE_SHOWN or not isinstance(node.ctx, ast.Load):
        return None
    of, key = value_at(walker, node.value), value_at(walker, node.slice)
    if key is UNKNOWN_VALUE:
        return None
    if isinstance(of, dict):
        return "KeyError" if isinstance(key, _HASHABLE) and key not in of else None
    if not isinstance(of, (list, tuple)) or type(key) is not int:
        return None
    return None if -len(of) <= key < len(of) else "IndexError"


def error_of_call(walker: Walker, node: ast.Call) -> str | None:
    """The error of `int("x")`, None where it need not raise."""
    function = node.func
    if type(function) is not ast.Name or function.id not in _PARSED or len(node.args) != 1:
        return None
    text = value_at(walker, node.args[0])
    if not isinstance(text, str) or node.keywords or not _is_builtin(walker, function.id):
        return None
    try:
        _PARSED[function.id](text)
    except ValueError:
        return "ValueError"
    return None


def _is_builtin(walker: Walker, name: str) -> bool:
    """Whether neither the cell nor a function around this point binds the name of a builtin."""
    scope = walker.resolver.scope
    while not isinstance(scope, CellScope):
        if not isinstance(scope, ClassScope) and name in scope.local_names:
            return False
        scope = scope.parent
    return name not in walker.record.bindings


def raised_class(walker: Walker, node: ast.Raise) -> str:
    """The class of the exception that the statement raises, "?" where the text does not show it."""
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    kinds = set(_kinds(walker, raised)) if isinstance(raised, ast.Name) else {"?"}
    return kinds.pop() if len(kinds) == 1 else "?"


def _only_raises(statement: ast.stmt) -> bool:
    """Whether nothing in the statement can raise another error before, as no other call is in
    it."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return False
    root = statement.exc if isinstance(statement, ast.Raise) else getattr(statement, "value", None)
    return not any(isinstance(it, ast.Call) and it is not root for it in ast.walk(statement))


def handler_of_raised(walker: Walker, node: ast.Try) -> ast.ExceptHandler | None:
    """The handler that runs for certain, as the first statement of the body that may raise does:
    `try: n = int("x")`. None where it is not known which one does."""
    raised = walker.resolver.raised
    first = next((it for it in node.body if not _is_harmless(it)), None)
    if raised is None or first is None or raised[1] != walker.line_of(first):
        return None
    others = [it for it in node.body if it.lineno == first.lineno and it is not first]
    if others or not _only_raises(first):
        return None
    error = _BUILTIN_ERRORS.get(raised[0])
    for handler in node.handlers if error is not None else ():
        kinds = [_BUILTIN_ERRORS.get(kind) for kind in _kinds(walker, handler.type)]
        if any(kind is not None and issubclass(error, kind) for kind in kinds):  # type: ignore[arg-type]
            return handler
        if None in kinds:
            return None
    return None


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
    """The errors of `_CAUGHT_BY` that the handlers catch and do not raise again; "BaseException"
    also where it is not known what they catch."""
    caught = set()
    kinds_of = [(it, set(_kinds(walker, it.type))) for it in handlers]
    for error, kinds in _CAUGHT_BY.items():
        handler = next((it for it, found in kinds_of if not kinds.isdisjoint(found)), None)
        if handler is not None and not _raises_again(handler):
            caught.add(error)
    if any(isinstance(it, ast.Raise) for handler in handlers for it in ast.walk(handler)):
        caught.discard("all")
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
    if name not in CONTEXTS_OF_ERRORS:
        return None
    arguments = node.args if name == "suppress" else node.args[:1]
    found = {kind for argument in arguments for kind in _kinds(walker, argument)}
    return {error for error, kinds in _CAUGHT_BY.items() if kinds & found}


def remember_errors(walker: Walker, names: Iterable[str], value: ast.expr) -> None:
    """The code has just bound the names to this value: `ERRORS = (NameError, KeyError)`."""
    groups = walker.resolver.error_groups
    if isinstance(value, (ast.Tuple, ast.Name, ast.BinOp)):
        kinds = set(_kinds(walker, value))
        if not kinds.isdisjoint(_BUILTIN_ERRORS):
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
        is_constant = node.attr[1:].isupper() or _is_member_of_own_class(walker, node.value)
        yield "?" if is_constant else node.attr
    else:
        yield "?"


def _kind_of_name(walker: Walker, name: str) -> str:
    """The name itself, unless the text binds it to a value that need not be a class."""
    scope = running_scope(walker.resolver.scope)
    is_local = isinstance(scope, FunctionScope) and name in scope.local_names
    if is_local or name[1:].isupper():  # a constant may hold several
        return "?"
    binding = walker.record.bindings.get(name)
    return name if binding is None or binding.kind in {"import", "class"} else "?"


def _is_member_of_own_class(walker: Walker, node: ast.expr) -> bool:
    binding = walker.record.bindings.get(node.id) if isinstance(node, ast.Name) else None
    return binding is not None and binding.kind != "import"
