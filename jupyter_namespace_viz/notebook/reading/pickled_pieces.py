"""How is a large object passed to another process without keeping the interpreter's lock?

The module `pickle` keeps it until the whole object is read. But what it has read it needs not read
again: so the parts of an object are sent first, a few at a time, and then the object, which by then
refers to parts that are known.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import IO, Any

from jupyter_namespace_viz.notebook.threads import GARBAGE

_BEGIN = b"!"
"""Before it, the receiver waits as long as it takes to find out what is sent."""

PIECE = 200
"""How many parts are read at once."""


def send(stream: IO[bytes], message: object) -> None:
    """Send the message, for `receive`."""
    stream.write(_BEGIN)
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    for piece in _pieces_of(message):
        pickler.dump((False, piece))
    pickler.dump((True, message))
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next message that was sent; raises EOFError where there is none."""
    if stream.read(len(_BEGIN)) != _BEGIN:
        raise EOFError
    unpickler = pickle.Unpickler(stream)
    with GARBAGE.not_collected():
        while True:
            is_message, found = unpickler.load()
            if is_message:
                return found


def _pieces_of(value: object) -> Iterator[list[object]]:
    """The parts of a value that has many, and of these parts."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _pieces_of(getattr(value, field.name))
    elif isinstance(value, (tuple, frozenset)):
        if any(map(is_dataclass, islice(value, 1))):
            for part in value:
                yield from _pieces_of(part)
        if len(value) > PIECE:
            parts = iter(value)
            while piece := list(islice(parts, PIECE)):
                yield piece
