"""What do lists, tuples and dicts hold that are written out, and what do their methods return?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    DisplayKind,
    Literal,
    Several,
)
from jupyter_namespace_viz.core.analysis.calls.origins import (
    UNKNOWN,
    Arguments,
    ItemAdded,
    Origin,
    OuterName,
    Step,
)

READING_METHODS = frozenset({"copy", "count", "get", "index", "items", "keys", "values"})
"""The methods of lists and dicts that leave them as they are."""

ADDING_METHODS = frozenset({"append", "setdefault"})
"""The methods whose change of what is held is followed."""

FOLLOWED_METHODS = READING_METHODS | ADDING_METHODS

MOST_ITEMS = 50
"""Longer displays are data: what they hold is not followed."""


def item_of(contents: Contents, key: Origin) -> Origin:
    """The item at this index or key: one of them where that is not known."""
    if not isinstance(key, Literal):
        return one_of(contents.values)
    if is_made_by_factory(contents, key):
        return Step(contents.factory, "()")
    index = key.value
    if contents.kind != "dict" and isinstance(index, int) and index < 0 and contents.is_whole:
        index += len(contents.items)
    return next((value for found, value in contents.items if found == index), None)


def is_made_by_factory(contents: Contents, key: Origin) -> bool:
    """Whether a `defaultdict` does not have the item, and makes it."""
    is_missing = not contents.items
    if isinstance(key, Literal):
        is_missing = all(key.value != found for found, _ in contents.items)
    return contents.factory is not None and contents.is_whole and is_missing


def one_of(values: tuple[Origin, ...]) -> Origin:
    """One of the values, which one is not known."""
    return Several(values) if values else None


def each_of(contents: Contents, *, every: bool) -> Origin:
    """What a loop over it binds its target to; `every` is False where it may stop before."""
    if contents.kind == "dict":
        values: tuple[Origin, ...] = tuple(Literal(key) for key, _ in contents.items)
    else:
        values = contents.values
    if len(values) == 1 and len(contents.items) == 1 and contents.is_whole:
        return values[0]
    is_first_known = bool(contents.items) and (
        contents.kind == "dict" or values[:1] == (contents.items[0][1],)
    )
    return Several(values, len(values) if every else int(is_first_known)) if values else None


def sequence(
    values: Iterable[Origin], kind: DisplayKind = "list", is_whole: bool = True
) -> Contents:
    """The contents of a list or tuple of these values."""
    return Contents(kind, tuple(enumerate(values)), is_whole)


def result_of_method(contents: Contents, method: str, arguments: Arguments) -> Origin:
    """What a method of the list or dict returns."""
    if contents.kind == "dict" and method in {"get", "pop", "setdefault"} and arguments:
        found = item_of(contents, arguments[0][1])
        is_missing = isinstance(arguments[0][1], Literal) and found is None and contents.is_whole
        return arguments[1][1] if is_missing and len(arguments) > 1 else found
    if contents.kind == "dict" and method == "values":
        return sequence((value for _, value in contents.items), is_whole=contents.is_whole)
    if contents.kind == "dict" and method == "items":
        pairs = (sequence((Literal(key), value), "tuple") for key, value in contents.items)
        return sequence(pairs, is_whole=contents.is_whole)
    if contents.kind == "list" and method == "pop":
        return item_of(contents, arguments[0][1] if arguments else Literal(-1))
    return contents if method == "copy" else None


def result_of_builtin(
    name: str, arguments: Arguments, reduce: Callable[[Origin], Origin]
) -> Contents | None:
    """What one of Python's own functions makes of these arguments, where that is a list or dict."""
    if name == "dict":
        if all(isinstance(place, str) and place != "*" for place, _ in arguments):
            return Contents("dict", tuple((str(place), it) for place, it in arguments))
        only = reduce(arguments[0][1]) if len(arguments) == 1 else None
        return only if isinstance(only, Contents) and only.kind == "dict" else None
    if name in {"list", "tuple"} and not arguments:
        return Contents("list" if name == "list" else "tuple")
    given = [reduce(origin) for place, origin in arguments if isinstance(place, int)]
    found = [it for it in given if isinstance(it, Contents) and it.kind != "dict"]
    if not found or len(found) < len(arguments):
        return None
    if name in {"list", "tuple"}:
        return Contents("list" if name == "list" else "tuple", found[0].items, found[0].is_whole)
    if name == "reversed" and found[0].is_whole:
        return sequence(value for _, value in reversed(found[0].items))
    if name == "enumerate" and len(found) == 1:
        pairs = (sequence((Literal(at), value), "tuple") for at, value in found[0].items)
        return sequence(pairs, is_whole=found[0].is_whole)
    if name == "zip" and all(it.is_whole for it in found):
        rows = zip(*([value for _, value in it.items] for it in found), strict=False)
        return sequence(sequence(row, "tuple") for row in rows)
    return None


def changed(contents: Contents, method: str, arguments: Arguments) -> Contents | None:
    """What it holds after `c[key] = value` (`__setitem__`) or `c.append(value)`; None where that
    is not known."""
    given = [origin if origin is not UNKNOWN else None for _, origin in arguments]
    if len(contents.items) >= MOST_ITEMS:
        return None
    if method == "append" and contents.kind == "list" and len(given) == 1:
        added = ((len(contents.items), given[0]),) if contents.is_whole else ()
        return Contents("list", contents.items + added, contents.is_whole)
    if method not in {"__setitem__", "setdefault"} or len(given) != 2:
        return None
    key, value = given
    if not isinstance(key, Literal) or contents.kind == "tuple":
        return None
    items = dict(contents.items)
    if method == "setdefault":
        items.setdefault(key.value, value)
    elif contents.kind == "dict" or key.value in items:
        items[key.value] = value
    else:
        return None
    return replace(contents, items=tuple(items.items()))


def change_by(step: Origin, certain: bool, line: int = 0) -> ItemAdded | None:
    """The change of the list or dict of a name that the step makes, if it makes one."""
    if type(step) is not Step:
        return None
    of: Origin = step.of
    method = step.kind
    if method == "()" and isinstance(of, Step) and of.kind[1:] in ADDING_METHODS:
        method, of = of.kind[1:], of.of
    elif method != "__setitem__":
        return None
    if not isinstance(of, (str, OuterName)):
        return None
    name = of if isinstance(of, str) else of.name
    return ItemAdded(name, method, step.arguments, certain, line)
