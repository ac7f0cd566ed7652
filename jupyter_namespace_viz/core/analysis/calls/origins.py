"""How is it represented where a value comes from, and what is done with it?

The text `A(x).size` takes three steps from the name `A`:

    Step(Step("A", "()", ((0, "x"),)), ".size")

A string stands for the global name, a `Parameter` for what a function is given. The other values
are what these turn out to be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import NamedTuple

from jupyter_namespace_viz.core.analysis.calls.callees import is_library
from jupyter_namespace_viz.core.analysis.calls.held_values import Contents, Several
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.frozen import frozen

Origin = Hashable
"""A name (str), `OuterName`, `Parameter`, `Step`, `FunctionEffects`, or one of the values below."""

Arguments = tuple[tuple[int | str, Origin], ...]
"""The arguments of a call, each with its index or keyword; "*" for those of which not even that is
known."""


@frozen
class Parameter:
    """What the function `owner` is given for its parameter `name`."""

    name: str
    owner: str


@frozen
class OuterName:
    """A name as it was before the cell that mentions it, whose index is `before`."""

    name: str
    before: int | None = None


class Step(NamedTuple):
    """What is done with the value `of`.

    `kind` is one of

        "()"           it is called with `arguments`
        "@"            the same, as the decorator of its only argument
        ".size"        its attribute is read, "=size" set
        "*"            it is iterated over, "*?" perhaps not to its end, "*1" up to its first item
        "await"        it is awaited
        "__add__"      Python calls this special method of its class
        "each"         what a loop over it binds its target to, "any" where it may stop before
        "super A"      `super()` in a method of the class `A`
        "?"            anything may be done with it
    """

    of: Origin
    kind: str
    arguments: Arguments = ()


@frozen
class Instance:
    """An object of a class of the notebook, with the attributes that it holds itself, as far as
    they are known."""

    cls: FunctionEffects
    attributes: tuple[tuple[str, Origin], ...] = ()


@frozen
class SuperOf:
    """`super()` in a method of the class `after`."""

    instance: Instance
    after: str


@frozen
class Bound:
    """A method with the object that it belongs to."""

    function: FunctionEffects
    of: Origin


@frozen
class Suspended:
    """A generator or coroutine: the body of its function runs when it is consumed."""

    function: FunctionEffects
    arguments: Arguments


@frozen
class Lazy:
    """An iterator, awaitable or future that calls `called` and consumes `consumed`, to the `extent`
    of `Step.kind`, when it is consumed itself."""

    called: tuple[Origin, ...]
    consumed: tuple[Origin, ...] = ()
    extent: str = "*"


@frozen
class Caller:
    """A function of a library that calls `function` when it is called: `partial(f)`.

    With `is_lazy` it returns an iterator or a context manager that calls `function` when used.
    """

    function: Origin
    is_lazy: bool = False


@frozen
class Known:
    """What a module provides, by its dotted path: `functools.partial`."""

    path: str


UNKNOWN = Known("")
"""An argument of which nothing is known. `("*", UNKNOWN)` stands for any number of them."""

UNKNOWN_PLACE = "?"
ANY_ARGUMENTS: Arguments = ((UNKNOWN_PLACE, UNKNOWN),)
"""The arguments of a call that the text does not show."""


@frozen
class Managed:
    """A function that runs in the `context` that decorates it."""

    context: Origin
    function: Origin


@frozen
class ObjectOf:
    """An object that a library has returned; `method` is the one that was taken of it."""

    package: str
    method: str = ""


class ItemAdded(NamedTuple):
    """The list or dict of a name gets another item, by this method."""

    name: str
    method: str
    arguments: Arguments
    certain: bool
    line: int = 0


@frozen
class PendingStep:
    """A step that the cell takes, starting at a name that another cell binds.

    `via` is the function of the cell that takes it, if one does. `order` is the same as in `Use`.
    """

    step: Step
    certain: bool
    line: int
    via: str | None = None
    order: int | None = None


def step_from(of: Origin, kind: str, arguments: Arguments = ()) -> Step:
    """The same as `Step(of, kind, arguments)`, made in a third of the time."""
    return tuple.__new__(Step, (of, kind, arguments))


@lru_cache(maxsize=20_000)
def attribute_of(name: str, attribute: str) -> Step:
    """The step that reads an attribute of a name: `plt.show`. Equal ones are one object, as many
    cells keep them.
    """
    return Step(name, "." + attribute)


@lru_cache(maxsize=20_000)
def outer_name(name: str) -> OuterName:
    """The name as it was before its cell, for which the same holds."""
    return OuterName(name)


def may_be_own(origin: Origin) -> bool:
    """Whether the origin may begin in a module of the user's own."""
    root = root_of(origin)
    return type(root) is Known and bool(root.path) and not is_library(root.path)


MAX_DEPTH = 12
"""Origins with more steps than this are not followed."""


def root_of(origin: Origin) -> Origin:
    """Where the first step of the origin starts."""
    while type(origin) is Step:
        origin = origin.of
    return origin


def with_root(origin: Origin, root: Origin) -> Origin:
    """The origin that starts at `root` instead."""
    if isinstance(origin, Step):
        return step_from(with_root(origin.of, root), origin.kind, origin.arguments)
    return root


def names_called_by(step: Step) -> list[str]:
    """The names that the step calls, or passes to a call."""
    if step.kind not in {"()", "@"}:
        return []
    names = [argument for _, argument in step.arguments if type(argument) is str]
    if type(step.of) is str:
        names.append(step.of)
    elif type(step.of) is OuterName:
        names.append(step.of.name)
    return names


def leaves_of(origin: Origin) -> Iterator[Origin]:
    """Where the origin and the arguments in it start."""
    while isinstance(origin, Step):
        for _, argument in origin.arguments:
            yield from leaves_of(argument)
        origin = origin.of
    if isinstance(origin, (Contents, Several)):
        for value in origin.values:
            yield from leaves_of(value)
        if isinstance(origin, Contents) and origin.factory is not None:
            yield from leaves_of(origin.factory)
    else:
        yield origin


def is_unresolved(origin: Origin) -> bool:
    """Whether the origin begins at a name whose value is not known here."""
    root = root_of(origin)
    if isinstance(root, Several):
        return any(map(is_unresolved, root.values))
    return isinstance(root, (str, OuterName))


def length_of(origin: Origin) -> int:
    """How many steps the origin takes."""
    length = 0
    while type(origin) is Step:
        origin = origin.of
        length += 1
    return length


def is_deeper_than(origin: Origin, depth: int) -> bool:
    """Whether the origin nests steps and arguments deeper than `depth`."""
    if depth < 0:
        return True
    parts: tuple[Origin, ...] = ()
    if isinstance(origin, Step):
        parts = (origin.of, *(value for _, value in origin.arguments))
    elif isinstance(origin, Suspended):
        parts = tuple(value for _, value in origin.arguments)
    elif isinstance(origin, Lazy):
        parts = origin.called + origin.consumed
    elif isinstance(origin, Caller):
        parts = (origin.function,)
    elif isinstance(origin, (Contents, Several)):
        parts = origin.values
    elif isinstance(origin, Instance):
        parts = tuple(value for _, value in origin.attributes)
    return any(is_deeper_than(part, depth - 1) for part in parts)


def as_method(arguments: Arguments) -> Arguments:
    """The arguments of a method, after the object."""
    return tuple((it + 1 if isinstance(it, int) else it, value) for it, value in arguments)


def name_of_callee(origin: Origin) -> str:
    """The last name of what is called: `on_click` for `button.on_click`."""
    if isinstance(origin, Step):
        return origin.kind[1:] if origin.kind[0] == "." else name_of_callee(origin.of)
    root = root_of(origin)
    return root if isinstance(root, str) else ""
