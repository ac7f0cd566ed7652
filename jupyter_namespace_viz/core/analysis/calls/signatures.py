"""Which calls does a function refuse, before its body runs?"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN_PLACE, Arguments, Origin
from jupyter_namespace_viz.core.analysis.function_effects import (
    ClassMembers,
    FunctionEffects,
    Shape,
    Signature,
)


def shape_of(node: ast.Call) -> Shape | None:
    """The arguments of the call, None where the text does not show how many there are."""
    keywords = frozenset(it.arg for it in node.keywords if it.arg is not None)
    has_others = len(keywords) < len(node.keywords)
    if has_others or any(isinstance(it, ast.Starred) for it in node.args):
        return None
    return Shape(len(node.args), keywords)


def signature_of(node: ast.arguments) -> Signature:
    """The arguments that a function with these parameters accepts."""
    positional = tuple(it.arg for it in (*node.posonlyargs, *node.args))
    defaults = zip(node.kwonlyargs, node.kw_defaults, strict=True)
    return Signature(
        positional,
        len(positional) - len(node.defaults),
        len(node.posonlyargs),
        frozenset(it.arg for it in node.kwonlyargs),
        frozenset(it.arg for it, default in defaults if default is None),
        node.vararg is not None,
        node.kwarg is not None,
    )


def refuses(value: Origin, shapes: Iterable[Shape | None]) -> bool:
    """Whether a call of the value with any of these arguments raises TypeError at once."""
    if not isinstance(value, FunctionEffects):
        return False
    signature, given = value.signature, 0
    if value.members is not None:
        init, given = dict(value.members.values).get("__init__"), 1
        is_plain = value.members.is_plain and not value.members.bases
        is_known = is_plain and isinstance(init, FunctionEffects) and not value.members.is_dataclass
        signature = init.signature if is_known else None  # type: ignore[attr-defined]
    return signature is not None and not any(
        it is None or _accepts(signature, Shape(it.places + given, it.keywords)) for it in shapes
    )


def refuses_arguments(function: FunctionEffects, arguments: Arguments) -> bool:
    """Whether a call of the function with these arguments raises TypeError at once."""
    if function.signature is None or not _are_all_known(arguments):
        return False
    keywords = frozenset(place for place, _ in arguments if isinstance(place, str))
    return not _accepts(function.signature, Shape(len(arguments) - len(keywords), keywords))


def fields_given(members: ClassMembers, arguments: Arguments) -> frozenset[str] | None:
    """The fields of a dataclass that a call of the class gives, None where that is not known."""
    if not arguments:
        return frozenset()
    if members.bases or not _are_all_known(arguments):
        return None  # the fields of the bases come first
    places = sum(isinstance(place, int) for place, _ in arguments)
    return frozenset(
        [*members.fields[:places], *(it for it, _ in arguments if isinstance(it, str))]
    )


def _are_all_known(arguments: Arguments) -> bool:
    return not any(place in ("*", UNKNOWN_PLACE) for place, _ in arguments)


def _accepts(signature: Signature, shape: Shape) -> bool:
    if shape.places > len(signature.positional) and not signature.any_position:
        return False
    by_position = frozenset(signature.positional[: shape.places])
    by_keyword = frozenset(signature.positional[signature.by_position_only :])
    if shape.keywords & by_position & by_keyword:
        return False
    missing = set(signature.positional[shape.places : signature.required])
    if missing - (shape.keywords & by_keyword):
        return False
    if not signature.required_keywords <= shape.keywords:
        return False
    return signature.any_keyword or shape.keywords <= by_keyword | signature.keywords
