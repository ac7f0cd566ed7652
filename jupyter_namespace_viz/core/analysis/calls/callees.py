"""What does a function of a library do with the functions and iterables that it is given?

`Behaviour` says that of functions that are known by the module they are imported from; a name alone
says nothing. Python's own modules call nothing but what is listed here. What a function of another
library does with a function is not known: it may call it, unless its name says that it keeps it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import Literal

Result = Literal["same", "caller", "lazy_caller", "lazy", "identity", "dataclass"] | None
Place = int | str
Extent = Literal["*", "*?", "*1"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a call does with its arguments, which are given by index or keyword.

    It calls the arguments of `calls` and iterates over those of `consumes`, or does both when its
    result is iterated over, where `result` is `lazy`. The other results: `same`, its first
    argument; `caller`, a function that calls the first argument, and `lazy_caller`, one whose
    result runs it when used; `identity`, a function that returns what it is given.
    `dataclass` is that of the decorator of this name. `extent` is how much of the iterables it
    consumes: "*" all, "*?" perhaps not all, "*1" the first item. `special` are the special methods
    of which it calls the first that its first argument has.
    """

    calls: tuple[Place, ...] = ()
    consumes: tuple[Place, ...] = ()
    result: Result = None
    special: tuple[str, ...] = ()
    extent: Extent = "*"


_ALL = tuple(range(12))
_EXTENTS: dict[str, Extent] = {"~": "*?", "^": "*1"}


def _table(text: str) -> dict[str, Behaviour]:
    """`path: f! it* -> result`: calls `f`, consumes `it`, which are indexes or keywords; `it~`
    consumes a part, `it^` the first item."""
    found = {}
    for line in text.strip().splitlines():
        names, _, rest = line.partition(":")
        arguments, _, result = rest.partition("->")
        calls: list[Place] = []
        consumes: list[Place] = []
        extent: Extent = "*"
        for word in arguments.split():
            places = _ALL if word[:-1] == "all" else [_place(word[:-1])]
            (calls if word[-1] == "!" else consumes).extend(places)
            extent = _EXTENTS.get(word[-1], extent)
        module, *functions = names.split()
        for function in functions:
            found[f"{module}.{function}"] = Behaviour(
                tuple(calls),
                tuple(consumes),
                result.strip() or None,  # type: ignore[arg-type]
                extent=extent,
            )
    return found


def _place(word: str) -> Place:
    return int(word) if word.isdigit() else word


_KNOWN = _table(
    """
builtins sorted: key! 0*
builtins min max: key! 0*
builtins list tuple set frozenset dict sum bytes bytearray: 0*
builtins any all: 0~
builtins next: 0^
builtins map: 0! 1* 2* 3* -> lazy
builtins filter: 0! 1* -> lazy
builtins enumerate reversed: 0* -> lazy
builtins iter: 0! 0* -> lazy
builtins zip: all~ -> lazy
functools reduce: 0! function! 1*
functools partial cmp_to_key: -> caller
functools wraps: -> identity
functools cache lru_cache update_wrapper: -> same
contextlib contextmanager asynccontextmanager: -> lazy_caller
itertools dropwhile filterfalse starmap: 0! 1* -> lazy
itertools takewhile: 0! 1~ -> lazy
itertools groupby accumulate: key! func! 1! 0* -> lazy
itertools chain zip_longest product: all* -> lazy
itertools cycle permutations combinations: 0* -> lazy
itertools islice: 0~ -> lazy
collections deque Counter OrderedDict: 0*
heapq nsmallest nlargest: key! 2! 1*
heapq merge: key! all* -> lazy
asyncio run: 0*
re sub subn: 1! repl!
json loads: object_hook! object_pairs_hook!
asyncio wait_for shield ensure_future create_task: 0* -> lazy
asyncio gather: all* -> lazy
asyncio to_thread: 0! -> lazy
timeit timeit repeat: 0! stmt!
statistics mean median stdev: 0*
math fsum prod: 0*
pandas read_csv: usecols!
numpy apply_along_axis: 0! func1d!
numpy apply_over_axes: 0! func!
numpy fromfunction: 0! function!
numpy fromiter: 0*
numpy vectorize frompyfunc: -> caller
scipy.optimize minimize minimize_scalar root root_scalar fsolve brentq bisect newton: 0! fun! f!
scipy.optimize least_squares leastsq curve_fit differential_evolution basinhopping: 0! fun! func! f!
scipy.integrate quad dblquad odeint solve_ivp: 0! func! fun!
functools total_ordering: -> same
enum unique: -> same
dataclasses dataclass: -> dataclass
typing overload final no_type_check: -> same
abc abstractmethod: -> same
atexit register: -> same
torch no_grad inference_mode enable_grad: -> identity
"""
)
_SPECIAL = {
    "len": ("__len__",),
    "str": ("__str__", "__repr__"),
    "print": ("__str__", "__repr__"),
    "repr": ("__repr__",),
    "format": ("__format__", "__str__", "__repr__"),
    "bool": ("__bool__", "__len__"),
    "int": ("__int__", "__index__"),
    "float": ("__float__",),
    "hash": ("__hash__",),
    "abs": ("__abs__",),
    "round": ("__round__",),
    "next": ("__next__",),
    "dir": ("__dir__",),
}
for _name, _methods in _SPECIAL.items():
    _path = f"builtins.{_name}"
    _KNOWN[_path] = replace(_KNOWN.get(_path, Behaviour()), special=_methods)

OBJECTS_OF = {
    "pandas": frozenset(
        "agg aggregate apply applymap assign groupby map mask pipe rename sort_index sort_values "
        "where".split()
    ),
    "contextvars": frozenset({"run"}),
}
"""The methods with which objects that a library has made call the functions they are given."""

LAZY_METHODS = {"concurrent": frozenset({"map", "submit"})}
"""The methods with which objects of a package call a function once their result is asked for."""

STANDARD_METHODS = frozenset("apply assertRaises map run starmap sub subn".split())
"""The methods with which objects of Python's own modules may call the functions they are given."""

CONSUMERS = frozenset(
    "all any bytearray bytes dict frozenset list max min set sorted sum tuple".split()
)
"""The builtins that iterate over a generator that they are given."""

_STANDARD = sys.stdlib_module_names | {"builtins"}
_KEEPING = re.compile(
    r"_*(?:[A-Z].*|(?:add|append|attach|bind|button|cache|clip|connect|create|decorate|defer|delay|"
    r"dump|extend|format|handle|hook|insert|is|install|make|mock|new|observe|on|patch|pickle|push|"
    r"put|register|remove|schedule|serialize|set|show|store|submit|subscribe|update|use|wrap)"
    r"(?:$|ed$|s$|_.*|[A-Z].*))"
)
"""Names of functions that keep what they are given, or write it down. They only decide that nothing
is said: `handlers.append(f)`, `Button(f)`, `create_function("f", 1, f)`."""


def behaviour_of(path: str) -> Behaviour | None:
    """What the function with this dotted path does, None where that is not known."""
    found = _KNOWN.get(path)
    if found is None and path.partition(".")[0] in _STANDARD:
        return Behaviour()
    return found


_LIBRARIES = frozenset(path.partition(".")[0] for path in _KNOWN).union(
    _STANDARD, OBJECTS_OF, LAZY_METHODS
)


def is_library(path: str) -> bool:
    """Whether the dotted path belongs to Python's own modules, or a library of the tables."""
    return path.partition(".")[0] in _LIBRARIES


def is_standard(path: str) -> bool:
    """Whether the dotted path belongs to Python's own modules."""
    return path.partition(".")[0] in _STANDARD


def may_call(name: str) -> bool:
    """Whether a function of this name, about which nothing is known, may call what it is given."""
    return _KEEPING.match(name) is None
