"""Which names does the kernel hold that the probe had no time to describe?

There may be a million, which the probe sends as one text. It is taken apart only as far as names
are asked for: to enter them all would delay the event loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

SHORT = 100_000
"""Characters of a text that is taken apart at once."""

_NAME = re.compile(r"\S+")


class UndescribedNames:
    """The names, each with the `rev` of the message that told it."""

    def __init__(self) -> None:
        self._since: dict[str, int] = {}
        self._texts: list[tuple[str, int, int]] = []  # what is read of it, and its `rev`

    def add(self, text: str, rev: int) -> None:
        """Add the names of a text, which are separated by blanks."""
        if len(text) > SHORT or self._texts:
            self._texts.append((text, 0, rev))
        else:
            self._since.update(dict.fromkeys(text.split(), rev))

    def discard(self, name: str) -> None:
        """The name is described, or not held any more. One that is only in a text is asked for
        later: the answer says the same.
        """
        self._since.pop(name, None)

    def first(self, count: int) -> list[str]:
        """So many of the names, or all."""
        while self._texts and len(self._since) < count:
            text, begin, rev = self._texts.pop(0)
            missing = count - len(self._since)
            found = list(islice(_NAME.finditer(text, begin), missing))
            self._since.update((it[0], rev) for it in found)
            if len(found) == missing:
                self._texts.insert(0, (text, found[-1].end(), rev))
        return list(islice(self._since, count))

    def answered(self, asked: Iterable[str], rev: int) -> set[str]:
        """The names whose descriptions were asked for, without those that something newer than
        `rev` has settled or told again. They are no longer undescribed.
        """
        since = self._since
        due = {it for it in asked if it in since and since[it] <= rev}
        for name in due:
            del since[name]
        return due
