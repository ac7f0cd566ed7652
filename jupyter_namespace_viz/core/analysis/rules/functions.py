"""What do functions do to names, when they are defined and when they are called?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.calls.origins import Origin, Step, root_of
from jupyter_namespace_viz.core.analysis.calls.signatures import signature_of
from jupyter_namespace_viz.core.analysis.cell_record import CellRecord
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyText,
    FunctionEffects,
    ImplicitValues,
    MethodKind,
)
from jupyter_namespace_viz.core.analysis.rules.constant_values import (
    UNKNOWN_VALUE,
    Returns,
    constant_returned,
)
from jupyter_namespace_viz.core.analysis.rules.function_bodies import (
    deciding_parameters,
    effects_of_body,
)
from jupyter_namespace_viz.core.analysis.scopes import (
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    mangled,
)
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

MOST_CHARACTERS = 4_000
"""Longer functions are not read again for certain arguments."""

MOST_DECORATORS = 5
"""What further decorators of one function do is not followed."""


def walk_function(walker: Walker, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """`def`: decorators, defaults and annotations run now, the body when it is called."""
    decorators = [walker.expression(decorator) for decorator in node.decorator_list]
    defaults = _walk_defaults(walker, node.args)
    with type_parameters(walker, node):
        _walk_annotations(walker, node.args)
        if node.returns is not None:
            walker.annotation(node.returns)
        effects = _walk_body(walker, node, node.name, defaults)
    if decorators:
        effects = replace(effects, kind=_kind_of(decorators))
        walker.resolver.constants.clear()  # a decorator may call the function
    if _is_setter(decorators):
        _bind_setter(walker, effects)
        return
    value = decorated(walker, effects, decorators, walker.line_of(node))
    walker.resolver.bind(node.name, "function")
    walker.resolver.bind_function(effects)
    walker.resolver.bind_value(node.name, value)
    returned = constant_returned(node)
    if returned is not UNKNOWN_VALUE and walker.resolver.scope is walker.resolver.cell:
        walker.resolver.remember_constant([node.name], Returns(returned))


def _kind_of(decorators: Iterable[Origin]) -> MethodKind:
    """What a method is by its decorators."""
    for decorator in decorators:
        name = decorator.kind[1:] if isinstance(decorator, Step) else decorator
        if name in {"property", "cached_property", "abstractproperty"}:
            return "property"
        if name in {"classmethod", "staticmethod"}:
            return "classmethod" if name == "classmethod" else "staticmethod"
    return "function"


def _is_kind(decorator: Origin) -> bool:
    return _kind_of([decorator]) != "function"


def _is_setter(decorators: Sequence[Origin]) -> bool:
    last = decorators[-1] if decorators else None
    return isinstance(last, Step) and last.kind in {".setter", ".getter", ".deleter"}


def _bind_setter(walker: Walker, effects: FunctionEffects) -> None:
    """`@x.setter`: the class keeps the property `x`, and calls this function when `x` is set."""
    resolver, scope = walker.resolver, walker.resolver.binding_scope()
    getter = scope.values.get(effects.name) if isinstance(scope, ClassScope) else None
    resolver.bind(effects.name, "function")
    resolver.bind_function(effects)
    if isinstance(scope, ClassScope):
        scope.values[effects.name] = getter
        scope.values[f"{effects.name}.setter"] = replace(effects, kind="property")


def decorated(
    walker: Walker, effects: FunctionEffects, decorators: Sequence[Origin], line: int
) -> Origin:
    """What the decorators make of the function or class; those that the notebook defines run."""
    origin: Origin = effects
    for depth, decorator in enumerate(reversed(decorators)):
        if _is_kind(decorator):
            continue
        step = Step(decorator, "@", ((0, origin),) if depth < MOST_DECORATORS else ())
        if decorator is not None:
            walker.resolver.take(step, line)
        origin = walker.resolver.value_of(step)
    return origin


def walk_lambda(walker: Walker, node: ast.Lambda) -> Origin:
    """A lambda: its body runs when it is called."""
    defaults = _walk_defaults(walker, node.args)
    effects = _walk_body(walker, node, "", defaults)
    walker.resolver.defer(effects)
    return effects


def walk_named_lambda(walker: Walker, node: ast.Lambda, names: Iterable[str]) -> None:
    """`f = lambda: x` defines a function of that name."""
    defaults = _walk_defaults(walker, node.args)
    for name in names:
        body = _walk_body(walker, node, name, defaults)
        walker.resolver.bind(name, "assignment")
        walker.resolver.bind_function(body)
        walker.resolver.bind_value(name, body)


def walk_later(walker: Walker, node: ast.expr, walk: Callable[[], None]) -> Origin:
    """Walk the body of a generator expression, which runs when the generator is consumed."""
    scope = FunctionScope(walker.resolver.scope, "", _owner_of(node, ""), is_lazy=True)
    with _body_of(walker, scope):
        walk()
    scope.unbound_reads.clear()  # what it binds belongs to the scope around it
    effects = effects_of_body(scope)
    walker.resolver.defer(effects)
    return Step(effects, "()")


def _walk_defaults(walker: Walker, arguments: ast.arguments) -> tuple[tuple[str, Origin], ...]:
    """Defaults are evaluated where the function is defined, and do not see its type parameters;
    returns the parameters whose default is known."""
    positional = [*arguments.posonlyargs, *arguments.args]
    first = len(positional) - len(arguments.defaults)
    values = [walker.expression(default) for default in arguments.defaults]
    known = list(zip(positional[first:], values, strict=True))
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            known.append((parameter, walker.expression(default)))
    value_of = walker.resolver.value_of
    return tuple((it.arg, value_of(value)) for it, value in known if value is not None)


def _implicit_values(
    arguments: ast.arguments, defaults: tuple[tuple[str, Origin], ...]
) -> ImplicitValues | None:
    variadic, keywords = arguments.vararg, arguments.kwarg
    if not defaults and variadic is None and keywords is None:
        return None
    return ImplicitValues(
        defaults,
        None if variadic is None else variadic.arg,
        None if keywords is None else keywords.arg,
        tuple(it.arg for it in arguments.kwonlyargs),
    )


def _walk_annotations(walker: Walker, arguments: ast.arguments) -> None:
    """Annotations are evaluated where the function is defined."""
    for argument in _all_arguments(arguments):
        if argument.annotation is not None:
            walker.annotation(argument.annotation)


def _walk_body(
    walker: Walker,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
    name: str,
    defaults: tuple[tuple[str, Origin], ...],
) -> FunctionEffects:
    """Walk the body of a function; returns what a call of the function does."""
    scope = FunctionScope(walker.resolver.scope, name, _owner_of(node, name))
    scope.positional = len(node.args.posonlyargs) + len(node.args.args)
    scope.parameters = tuple(mangled(it.arg, scope) for it in _all_arguments(node.args))
    for parameter in scope.parameters:
        scope.bind(parameter)
    if len(set(scope.parameters)) < len(scope.parameters):
        walker.doubt(node)
    scope.implicit = _implicit_values(node.args, defaults)
    scope.is_lazy = isinstance(node, ast.AsyncFunctionDef)
    statement, given = walker.current, walker.given
    if given is not None and given.owner != scope.owner:
        given = None
    with _body_of(walker, scope):
        if given is not None:
            walker.resolver.give(given)
        if isinstance(node, ast.Lambda):
            scope.returns.append(walker.expression(node.body))
            always_returns = True
        else:
            walker.block(node.body)
            always_returns = walker.is_unreachable
    effects = replace(effects_of_body(scope, always_returns), signature=signature_of(node.args))
    if given is not None:
        given.effects = effects
    if (scope.tested or scope.iterated) and statement is not None and walker.read_body is not None:
        deciding = deciding_parameters(scope, effects, node.args)
        text = walker.lines_of(statement) if deciding is not None else ""
        if deciding is not None and len(text) <= MOST_CHARACTERS and "nonlocal" not in text:
            class_name = getattr(scope.parent, "name", None)
            body = BodyText(
                text, statement.lineno, class_name, scope.owner, deciding, walker.read_body
            )
            return replace(effects, body=body)
    return effects


def walk_text_in_body(walker: Walker, text: str, first_line: int) -> CellRecord:
    """Walk a text that runs in a function: it reads local variables, but binds none.

    Returns what it does besides.
    """
    inner = Walker(walker.rules, walker.dialect)
    inner.text(text, first_line)
    walker.problems += inner.problems
    for use in inner.record.uses.values():
        with nullcontext() if use.certain else walker.conditional_code():
            walker.resolver.read(use.name, first_line)
    for pending in inner.record.steps.pending.values():
        if isinstance(root_of(pending.step), str):
            with nullcontext() if pending.certain else walker.conditional_code():
                walker.resolver.take(pending.step, first_line)
    return inner.record


def _owner_of(node: ast.stmt | ast.expr, name: str) -> str:
    return f"{name}@{node.lineno}:{node.col_offset}"


@contextmanager
def _body_of(walker: Walker, scope: FunctionScope) -> Iterator[None]:
    """What is walked in this context is the body of the function with this scope."""
    resolver = walker.resolver
    outer = resolver.scope
    outer_guards = resolver.guarded, resolver.import_guarded, resolver.in_try
    was_handled, resolver.handled = resolver.handled, False
    outer_path = walker.is_unreachable, walker.may_have_returned, walker.loop
    outer_values = resolver.loop_items, resolver.constants
    resolver.loop_items, resolver.constants = {}, {}
    resolver.scope = scope
    walker.is_unreachable, walker.may_have_returned, walker.loop = False, False, None
    with resolver.branch():
        resolver.certain, resolver.guarded, resolver.import_guarded = True, False, False
        resolver.in_try = False
        yield
    resolver.scope = outer
    resolver.loop_items, resolver.constants = outer_values
    resolver.guarded, resolver.import_guarded, resolver.in_try = outer_guards
    resolver.handled = was_handled
    walker.is_unreachable, walker.may_have_returned, walker.loop = outer_path


@contextmanager
def type_parameters(walker: Walker, node: ast.stmt) -> Iterator[None]:
    """`def f[T](…)`: the parameters are visible only in the signature and the body."""
    parameters = getattr(node, "type_params", [])
    if not parameters:
        yield
        return
    walker.doubt(node)
    outer = walker.resolver.scope
    walker.resolver.scope = ComprehensionScope(outer, {p.name for p in parameters}, sees_class=True)
    yield
    walker.resolver.scope = outer


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]


FUNCTION_RULES: dict[type[ast.AST], Rule] = {
    ast.FunctionDef: walk_function,
    ast.AsyncFunctionDef: walk_function,
    ast.Lambda: walk_lambda,
}
