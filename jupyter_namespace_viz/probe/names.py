"""Which names of the namespace changed since the last look?"""

from __future__ import annotations

import re
from functools import partial
from itertools import compress, count, islice, repeat
from operator import is_, ne
from typing import Any, Callable, Dict, Iterable, List, Optional, Set, Tuple

from jupyter_namespace_viz.probe.mentionable import SHELL_NAMES
from jupyter_namespace_viz.probe.objects import Json, describe
from jupyter_namespace_viz.probe.originals import (
    as_dict,
    by_text,
    counted_seconds,
    dict_contains,
    dict_get,
    dict_keys,
    dict_length,
    dict_reversed,
    dict_values,
    steady_seconds,
)

LARGE = 20_000  # with more names than this, full looks may take at most 1 % of the time

NOT_HELD = object()

_words = re.compile(r"[^\W\d]\w*").findall


class Look:
    """The differences between the namespace and the last committed look.

    It becomes the basis of the next comparison only when it is committed. `names` and `ids` cover
    the whole namespace; in a partial look they cover only the new names, and `rebound` has the
    addresses of the known names that changed.
    """

    __slots__ = ("changed", "gone", "grew", "ids", "mentioned", "names", "partial", "rebound")

    def __init__(self, names: List[str], ids: List[int], partial: bool, grew: bool) -> None:
        self.names, self.ids, self.partial, self.grew = names, ids, partial, grew
        self.changed: Set[str] = set()
        self.mentioned: Set[str] = set()
        self.gone: Set[str] = set()
        self.rebound: Dict[str, int] = {}


class NamespaceWatch:
    """Compares the namespace with its state at the last committed look.

    It reads the names and the addresses of their values in two passes in C, each atomic under the
    GIL: `for name, value in namespace.items()` fails when a thread adds a name meanwhile, and its
    tuples would cause garbage collections.
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.names: List[str] = []
        self.ids: List[int] = []
        self.odd_keys = False
        self.places: Dict[str, int] = {}  # name → its index, only filled in a large namespace
        self.full_look_at = 0.0
        self.full_look_took = 0.0

    def fingerprint(self) -> Tuple[List[str], List[int], bool]:
        """The names, the addresses of their values in the same order, and whether names were only
        added since the last committed look.

        Names that existed before are the same string objects, so only the types of new ones are
        checked. Where some are of a subclass of `str`, see `by_text`.
        """
        known = self.names
        names, ids = self.read(lambda values: list(map(id, values)))
        grew = len(names) >= len(known) and all(map(is_, names, known))
        unseen = names[len(known) :] if grew else names
        self.odd_keys = not all(map(is_, map(type, unseen), repeat(str)))
        if self.odd_keys:
            addresses = by_text(names, ids)
            return list(addresses), list(addresses.values()), False
        return names, ids, grew

    def read(self, listed: Callable[[Iterable[Any]], List[Any]]) -> Tuple[List[Any], List[Any]]:
        """The keys of the namespace, and in the same order what `listed` makes of its values.

        Raises `RuntimeError` when threads change the namespace during each of 20 attempts.
        """
        namespace = self.shell.user_ns
        for _ in range(20):
            try:
                keys, values = list(dict_keys(namespace)), listed(dict_values(namespace))
            except RuntimeError:  # resized by another thread meanwhile
                continue
            if len(keys) == len(values):
                return keys, values
        raise RuntimeError("the namespace changes too fast to be read")

    def value_of(self) -> Callable[[str], Any]:
        """A function that returns the value of a name, `NOT_HELD` where it has none."""
        if self.odd_keys:  # a lookup in the namespace could run their `__eq__`
            values = by_text(*self.read(list))
            return lambda name: values.get(name, NOT_HELD)
        namespace = self.shell.user_ns
        return lambda name: dict_get(namespace, name, NOT_HELD)

    def look(self, text: Optional[str] = None) -> Look:
        """Finds what changed since the last committed look, and which names `text` mentions."""
        words = set(_words(text)) if text else set()
        next_full = self.full_look_at + 100 * self.full_look_took
        if self.places and steady_seconds() < next_full:
            look = self.partial_look(words)
            if look is not None:
                return look
        began = counted_seconds()
        names, ids, grew = self.fingerprint()
        look = Look(names, ids, partial=False, grew=grew)
        old_names, old_ids = self.names, self.ids
        if grew:
            count = len(old_names)
            for start in range(0, count, 512):  # compare name by name only where a slice differs
                new, old = ids[start : start + 512], old_ids[start : start + 512]
                if new[: len(old)] != old:
                    slice_names = names[start : min(start + 512, count)]
                    look.changed.update(compress(slice_names, map(ne, new, old)))
            look.changed.update(names[count:])
        else:
            before = dict(zip(old_names, old_ids))
            look.changed.update(compress(names, map(ne, ids, map(before.get, names))))
            look.gone.update(before.keys() - set(names))
        look.mentioned = self.held_of(words, names)
        self.full_look_at = steady_seconds()
        self.full_look_took = counted_seconds() - began
        return look

    def partial_look(self, words: Set[str]) -> Optional[Look]:
        """Looks at new and mentioned names only; None where names were removed, which needs a full
        look.

        A dictionary keeps insertion order. As long as the last known name keeps its index, no name
        before it was removed, with one exception: the last name was removed as well, and was added
        again after just as many new names. The next full look finds these, or this one does where
        the text mentions them.
        """
        namespace, known = self.shell.user_ns, len(self.names)
        added = dict_length(namespace) - known
        try:
            newest = list(islice(dict_reversed(namespace), added + 1)) if added >= 0 else []
        except RuntimeError:  # resized by another thread meanwhile
            return None
        new = newest[-2::-1]
        if not newest or newest[-1] is not self.names[-1] or self.odd_keys:
            return None
        if not all(map(is_, map(type, new), repeat(str))):
            return None
        mentioned = self.held_of(words, self.names)
        if any((word in self.places) != (word in mentioned) for word in words.difference(new)):
            return None
        look = Look(new, [id(dict_get(namespace, name)) for name in new], partial=True, grew=True)
        for name in mentioned.difference(new):
            address = id(dict_get(namespace, name))
            if self.ids[self.places[name]] != address:
                look.rebound[name] = address
        look.changed.update(new, look.rebound)
        look.mentioned = mentioned
        return look

    def commit(self, look: Look) -> None:
        """Makes this look the basis of the next comparison."""
        known = len(self.names)
        if look.partial:
            for name, address in look.rebound.items():
                self.ids[self.places[name]] = address
            self.names += look.names
            self.ids += look.ids
        else:
            self.names, self.ids = look.names, look.ids
        if len(self.names) <= LARGE or self.odd_keys:
            self.places = {}
        elif look.grew and self.places:
            self.places.update(zip(self.names[known:], count(known)))
        else:
            self.places = dict(zip(self.names, count()))

    def holds_the_same_names(self, look: Look) -> bool:
        """Whether no name was added or removed since the last committed look."""
        known = 0 if look.partial else len(self.names)
        return look.grew and len(look.names) == known

    def held_of(self, words: Set[str], names: List[str]) -> Set[str]:
        """The words that are held names: a mutation does not change the address of a value."""
        if self.odd_keys:  # a lookup in the namespace could run their `__eq__`
            return words.intersection(names)
        return set(filter(partial(dict_contains, self.shell.user_ns), words))

    def is_visible(self, name: str, value: Any) -> bool:
        """Whether the name is not one of IPython's own, or is one that the user bound anew."""
        return not (name in SHELL_NAMES and self.is_initial(name, value))

    def is_initial(self, name: str, value: Any) -> bool:
        """Whether the name still has the value that IPython or a startup file gave it."""
        return dict_get(as_dict(self.shell.user_ns_hidden), name, NOT_HELD) is value

    def is_users(self, name: str) -> bool:
        """Whether the user bound this name, one of IPython's own, to something else."""
        value = self.value_of()(name)
        return value is not NOT_HELD and self.is_visible(name, value)

    def describe(self, names: Iterable[str], most: int, seconds: float) -> Tuple[Json, List[str]]:
        """Describes those of the names that are held, at most `most`, within about `seconds`.

        Returns the descriptions by name, and the names for which the limits left no room.
        """
        value_of = self.value_of()
        deadline = counted_seconds() + seconds
        described: Json = {}
        for_later: List[str] = []
        remaining = iter(names)
        for number, name in enumerate(remaining):
            if number >= most or (number & 63 == 63 and counted_seconds() > deadline):
                for_later = [name, *remaining]
                break
            value = value_of(name)
            if value is not NOT_HELD and self.is_visible(name, value):
                described[name] = record = describe(value)
                record["initial"] = self.is_initial(name, value)
            del value
        return described, for_later
