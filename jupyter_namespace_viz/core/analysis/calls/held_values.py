"""How is it represented what a list or dict holds, and which of several values one is?

These are origins as those of `origins.py`, of values whose text is written out: `[f, g]`.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal as OneOf

from jupyter_namespace_viz.core.frozen import frozen

Origin = Hashable

DisplayKind = OneOf["list", "tuple", "dict"]


@frozen
class Literal:
    """A text or number that is written out, such as a key."""

    value: Hashable


@frozen
class Contents:
    """What a list, tuple or dict holds that is written out: the origins of its items, each with its
    index or key, None where nothing is known of an item.

    Where it is not `is_whole` it may hold more, and the indexes from there on are unknown.
    `factory` is what a `defaultdict` calls for an item that it does not have.
    """

    kind: DisplayKind
    items: tuple[tuple[Hashable, Origin], ...] = ()
    is_whole: bool = True
    factory: Origin = None

    @property
    def values(self) -> tuple[Origin, ...]:
        """The known items."""
        return tuple([value for _, value in self.items if value is not None])


@frozen
class MethodOf:
    """A method of a list or dict."""

    contents: Contents
    name: str


@frozen
class Several:
    """One of these values, or each in turn: the first `certain` of them certainly."""

    values: tuple[Origin, ...]
    certain: int = 0
