"""What has been found in a text before?

@cached_by_text(len)
def words(text: str) -> list[str]: ...

What follows from that may be kept, too, and is forgotten with it:

@cached_by(len)
def sorted_words(words: tuple[str, ...]) -> list[str]: ...

Where a long text would delay others, the function may be computed `elsewhere`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, Protocol, TypeVar

K = TypeVar("K")
P = ParamSpec("P")
T = TypeVar("T")

MAX_BYTES = 64_000_000
"""About what the results of one cache may take. Those of a notebook of 10,000 cells take a half."""


class Elsewhere(Protocol):
    """Another process, in which functions of long texts are computed."""

    def takes(self, text: str) -> bool:
        """Whether the text is long."""

    def compute(self, function: TextCache[Any, Any, T], text: str, *args: Any) -> T | None:
        """The result, which is `unread` where it takes too long; None where it cannot be awaited.

        Raises OSError where there is no other process.
        """


class TextCache(Generic[K, P, T]):
    """A function of a text, and perhaps of other things, that keeps its last results.

    Instead of a text, it may be what was found in one. `size_of` is about how many bytes a result
    takes, and `size_of_text` how many the text. `defaults` are the other arguments where only the
    text is given. `unread` is the result for a text that takes too long; a function without it is
    always computed here. All methods may be called in any thread.
    """

    elsewhere: ClassVar[Elsewhere | None] = None
    """Where functions of long texts are computed; here, where it is None."""

    def __init__(
        self,
        function: Callable[Concatenate[K, P], T],
        size_of: Callable[[T], int],
        defaults: tuple[Any, ...] = (),
        max_bytes: int = MAX_BYTES,
        size_of_text: Callable[[K], int] = len,  # type: ignore[assignment]
        unread: T | None = None,
    ) -> None:
        self._function = function
        self._size_of = size_of
        self._size_of_text = size_of_text
        self._defaults = defaults
        self._max_bytes = max_bytes
        self._results: OrderedDict[Any, tuple[T, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0
        self.misses = 0
        self.unread = unread
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__qualname__ = function.__qualname__
        _CACHES.append(self)

    def __reduce__(self) -> str:
        """Pickled by its name, as functions are."""
        return self.__qualname__

    def __call__(self, text: K, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result for the text, which is computed where it is not known."""
        known = self.known(text, *args)
        if known is not None:
            return known
        self.misses += 1
        if self.unread is not None and isinstance(text, str):
            elsewhere = TextCache.elsewhere
            if elsewhere is not None and elsewhere.takes(text):
                with suppress(OSError):
                    found = elsewhere.compute(self, text, *args)
                    return self.unread if found is None else self.keep(found, text, *args)
        return self.keep(self._function(text, *args, **kwargs), text, *args)

    def known(self, text: K, *args: Any) -> T | None:
        """The result for the text if it is kept, else None."""
        key = self._key_of(text, args)
        with self._lock:
            found = self._results.get(key)
            if found is None:
                return None
            self._results.move_to_end(key)
            return found[0]

    def keep(self, result: T, text: K, *args: Any) -> T:
        """Keep a result; returns it, or the one that is kept already."""
        key = self._key_of(text, args)
        size = self._size_of_text(text) + self._size_of(result)
        with self._lock:
            found = self._results.get(key)
            if found is not None:
                return found[0]
            self._results[key] = (result, size)
            self.bytes += size
            while self.bytes > self._max_bytes and len(self._results) > 1:
                _, (_, dropped) = self._results.popitem(last=False)
                self.bytes -= dropped
        return result

    def _key_of(self, text: K, args: tuple[Any, ...]) -> Any:
        # Without other arguments the text alone, as its hash is computed only once.
        return text if args == self._defaults[: len(args)] else (text, args)

    def cache_clear(self) -> None:
        """Forget all results."""
        with self._lock:
            self._results.clear()
            self.bytes = 0


_CACHES: list[TextCache[Any, Any, Any]] = []


def forget_texts() -> None:
    """Forget what has been found in all texts."""
    for cache in _CACHES:
        cache.cache_clear()


def cached_by_text(
    size_of: Callable[[T], int], *defaults: Any, unread: Any = None
) -> Callable[[Callable[Concatenate[str, P], T]], TextCache[str, P, T]]:
    """Decorates a function of a text whose results are to be kept."""
    return lambda function: TextCache(function, size_of, defaults, unread=unread)


def cached_by(
    size_of: Callable[[T], int],
) -> Callable[[Callable[Concatenate[T, P], T]], TextCache[T, P, T]]:
    """Decorates a function that makes another of what was found in a text; both have this size."""
    return lambda function: TextCache(function, size_of, size_of_text=size_of)
