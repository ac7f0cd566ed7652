"""What does a call of a function do to global names?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import field, replace
from typing import Literal, NamedTuple

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.frozen import frozen

Constants = tuple[tuple[str, str], ...]
"""Names with the literals that they are bound to, as Python writes them, or `A_FUNCTION`."""

A_FUNCTION = "..."
"""Stands for a function or class, of which a test only shows that it is there."""

MethodKind = Literal["function", "staticmethod", "classmethod", "property"]

Doubt = Literal["given", "handled"] | None
"""Why a read may do no harm: "given", only a function reads the name that a cell gives to a call,
which may not call it; "handled", a function reads it where it handles every error."""


class BodyRead(NamedTuple):
    """A global name that a function's body reads.

    `called` is True where the body calls it or passes it to a call. `is_nested` is True where only
    a function, class or generator inside the body reads it, and so not the body itself. `guarded`
    is True where the body handles the NameError, `handled` where it handles every error.
    `is_global` is True where a `global` statement holds for the name: it then is no name of an
    enclosing function.
    """

    name: str
    certain: bool
    called: bool = False
    is_nested: bool = False
    guarded: bool = False
    is_global: bool = False
    handled: bool = False


class Shape(NamedTuple):
    """How many arguments a call gives by position, and which by keyword."""

    places: int
    keywords: frozenset[str]


class Signature(NamedTuple):
    """Which arguments a function accepts.

    `positional` are the parameters that can be given by position, of which the first `required`
    must be given; `by_position_only` of them have no keyword. `keywords` are those that can only be
    given by keyword, `required_keywords` those of them that must be. With `any_position` and
    `any_keyword` it takes `*args` and `**kwargs`.
    """

    positional: tuple[str, ...]
    required: int
    by_position_only: int
    keywords: frozenset[str]
    required_keywords: frozenset[str]
    any_position: bool
    any_keyword: bool


@frozen
class BodyImport:
    """A module that a function's body imports, and the names that it takes from it. No handler in
    the body catches a failure."""

    module: str
    names: tuple[str, ...]
    certain: bool


@frozen
class ClassMembers:
    """What a class holds: each member's name and its origin (`calls/origins.py`), in which `None`
    stands for a value that is not known.

    `bases` are the origins of the base classes. `is_dataclass` is True where a call of the class
    calls `__post_init__`. `is_plain` is False where a decorator or a metaclass may have changed the
    class in a way that is not known. `metaclass` is the origin of that of the text, `fields` are
    the names that it annotates.
    """

    values: tuple[tuple[str, Hashable], ...] = ()
    bases: tuple[Hashable, ...] = ()
    is_dataclass: bool = False
    is_plain: bool = True
    metaclass: Hashable = None
    fields: tuple[str, ...] = ()


@frozen
class ImplicitValues:
    """What a function's parameters hold that a call does not name: the origins of the `defaults`,
    and the names of `*variadic` and `**keywords`."""

    defaults: tuple[tuple[str, Hashable], ...] = ()
    variadic: str | None = None
    keywords: str | None = None
    keyword_only: tuple[str, ...] = ()


@frozen
class DecidingParameters:
    """The parameters that decide what the body of a function does: the values of those `tested`, of
    those `iterated` whether they are empty. The body may bind those of `rebound` again. `defaults`
    are constants."""

    tested: frozenset[str]
    iterated: frozenset[str]
    rebound: frozenset[str]
    defaults: Constants


@frozen
class BodyText:
    """Where the body of the function `owner` is written whose branches depend on its parameters.

    `text` are the lines of its statement, of which the first is `first_line` of the cell, in a
    class body where `class_name` is not None. `read` returns what the function does where its
    parameters have these values, None where the text does not tell.
    """

    text: str
    first_line: int
    class_name: str | None
    owner: str
    deciding: DecidingParameters
    read: ReadBody


@frozen
class FunctionEffects:
    """What a call of a function (or class) of a cell does to global names.

    The call reads `uses`, binds `assigned_globals` through `global` statements, those of
    `certainly_assigned` on every path, and may mutate `mutated_globals`. It may also mutate the
    arguments of `mutated_parameters`, which are listed by name and, for positional ones, by index.
    `draws` are the random numbers that it draws from, `imports` what it imports. It certainly
    deletes `deleted_globals`.

    `steps` are what the body does with values, each with whether it certainly does, `handled` those
    of whose errors it handles every one, `returns` is where the result comes from
    (`calls/origins.py`). There the parameters are known by their name and by `owner`, which tells
    apart the functions of one cell; `parameters` are the positional ones, `implicit` is what others
    hold that a call does not name. `is_lazy` is True for a generator or coroutine: its body runs
    when the result of the call is consumed. `begun` is what a generator does until its first
    `yield`, None where it is no generator. `swallows` is True where the body, as the one of a
    context manager, may swallow an error. `read_before` are the `assigned_globals` that its own
    statements bind, each with the names that the body has certainly read before. `signature` is
    None where it is not known, `body` where arguments decide nothing. `members` are those of a
    class, None for a function. Lambdas and generator expressions have no name.
    """

    name: str
    uses: tuple[BodyRead, ...]
    assigned_globals: tuple[str, ...] = ()
    mutated_globals: tuple[str, ...] = ()
    mutated_parameters: tuple[int | str, ...] = ()
    is_lazy: bool = False
    draws: frozenset[RandomNumbers] = frozenset()
    deleted_globals: tuple[str, ...] = ()
    imports: tuple[BodyImport, ...] = ()
    steps: tuple[tuple[Hashable, bool], ...] = ()
    returns: Hashable = None
    parameters: tuple[str, ...] = ()
    implicit: ImplicitValues | None = None
    owner: str = ""
    kind: MethodKind = "function"
    members: ClassMembers | None = None
    begun: FunctionEffects | None = None
    swallows: bool = False
    handled: frozenset[Hashable] = field(default=frozenset(), compare=False)
    certainly_assigned: frozenset[str] = field(default=frozenset(), compare=False)
    read_before: tuple[tuple[str, frozenset[str]], ...] = field(default=(), compare=False)
    signature: Signature | None = field(default=None, compare=False)
    body: BodyText | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        return hash((self.name, self.owner))  # a hash of all that it contains would take long


ReadBody = Callable[[BodyText, Constants], FunctionEffects | None]


def weaker_doubt(one: Doubt, other: Doubt) -> Doubt:
    """The doubt about a name that is read twice."""
    return one and other and ("given" if one != other else one)


def effects_of_either(one: FunctionEffects, other: FunctionEffects) -> FunctionEffects:
    """The effects of a name that is bound to one of two functions; which one is not known."""
    assigned = {*one.assigned_globals, *other.assigned_globals}
    mutated = {*one.mutated_globals, *other.mutated_globals}
    return FunctionEffects(
        one.name,
        tuple(use._replace(certain=False) for use in (*one.uses, *other.uses)),
        tuple(sorted(assigned)),
        tuple(sorted(mutated)),
        draws=one.draws | other.draws,
        steps=tuple((step, False) for step, _ in (*one.steps, *other.steps)),
    )


def made_uncertain(function: FunctionEffects) -> FunctionEffects:
    """The effects where a call of the function may, or may not, run its body."""
    return replace(
        function,
        uses=tuple(use._replace(certain=False) for use in function.uses),
        steps=tuple((step, False) for step, _ in function.steps),
        begun=None,
        signature=None,
        body=None,
    )


def add_read(table: dict[str, BodyRead], use: BodyRead) -> bool:
    """Merge a read into a table; returns whether the table has changed.

    A name is certain or called as soon as one of its reads is.
    """
    old = table.get(use.name)
    if old == use:
        return False
    if old is not None:
        certain, called = old.certain or use.certain, old.called or use.called
        use = BodyRead(
            use.name,
            certain,
            called,
            old.is_nested and use.is_nested,
            old.guarded and use.guarded,
            old.is_global or use.is_global,
            old.handled and use.handled,
        )
        if use == old:
            return False
    table[use.name] = use
    return True


def with_callers(functions: Iterable[str], callers: Mapping[str, Iterable[str]]) -> set[str]:
    """The functions and all that call one of them, directly or indirectly."""
    found = set(functions)
    pending = list(found)
    while pending:
        for caller in callers.get(pending.pop(), ()):
            if caller not in found:
                found.add(caller)
                pending.append(caller)
    return found
