"""Is what a kernel holds sent in pieces, however much it is?"""

from __future__ import annotations

import json

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.serialization import NAMES_AT_ONCE, namespace_pieces


def view_of(count: int) -> KernelView:
    names = [f"name_{number:06}" for number in reversed(range(count))]
    held = {it: HeldName(it, "instance", "int", None, None, "1", None) for it in names}
    namespace = Namespace(generation=3, names=held)
    return KernelView("k", "idle", None, None, namespace, shares_files=True, message=None)


def test_each_piece_has_some_of_the_names_and_all_are_sorted() -> None:
    count = 2 * NAMES_AT_ONCE + 1
    pieces = list(namespace_pieces(view_of(count)))
    assert [piece.count(b'"name"') for piece in pieces] == [0, NAMES_AT_ONCE, NAMES_AT_ONCE, 1, 0]
    answer = json.loads(b"".join(pieces))
    assert (answer["kernel_id"], answer["generation"], answer["state"]) == ("k", 3, "idle")
    assert [it["name"] for it in answer["names"]] == [f"name_{it:06}" for it in range(count)]


def test_a_kernel_that_holds_nothing() -> None:
    assert json.loads(b"".join(namespace_pieces(view_of(0))))["names"] == []
