"""Is a large object received in pieces that are small?"""

from __future__ import annotations

import io
import pickle
from itertools import pairwise
from typing import Any

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.notebook.reading.pickled_pieces import PIECE, receive, send

NAMES = ", ".join(f"a_name_{number}" for number in range(10 * PIECE))


def sent(message: object) -> io.BytesIO:
    stream = io.BytesIO()
    send(stream, message)
    stream.seek(0)
    return stream


@pytest.mark.parametrize(
    "message",
    [
        True,
        None,
        ("x", [1], {}),
        frozenset(range(3 * PIECE)),
        *map(read_cell, ["x", f"f({NAMES})"]),
    ],
    ids=range(6),
)
def test_what_is_sent_is_received(message: Any) -> None:
    stream = sent(message)
    assert receive(stream) == message
    with pytest.raises(EOFError):
        receive(stream)


@pytest.mark.parametrize("text", [f"f({NAMES})", f"import {NAMES}", f"def f(): return {NAMES}"])
def test_no_piece_is_large(text: str) -> None:
    names = read_cell(text)
    stream = sent(names)
    unpickler = pickle.Unpickler(stream)
    ends = [len(stream.read(1))]
    while ends[-1] < len(stream.getvalue()):
        unpickler.load()
        ends.append(stream.tell())
    sizes = [end - begin for begin, end in pairwise(ends)]
    assert len(sizes) > 10
    assert max(sizes) < len(pickle.dumps(names)) / 3
