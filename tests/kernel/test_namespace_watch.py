"""Does the probe's look at the namespace see every change, and each one once?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jupyter_namespace_viz.probe import names
from jupyter_namespace_viz.probe.names import NamespaceWatch

NAMES = [f"name_{number}" for number in range(8)]


class OddKey(str):
    """A name that is not an exact `str`: comparing it would run the user's code."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise AssertionError("the user's code was called")

    def __hash__(self) -> int:
        return hash(str(self))


# Steps of a cell: each value is a new object, and so has an address of its own while it is kept.
BIND, DELETE, ODD = "bind", "delete", "odd"
STEP = st.tuples(st.sampled_from([BIND, BIND, DELETE]), st.sampled_from(NAMES))
CELL = st.tuples(st.lists(STEP, max_size=5), st.booleans())


def watch_of(namespace: dict[Any, Any]) -> NamespaceWatch:
    watch = NamespaceWatch(SimpleNamespace(user_ns=namespace, user_ns_hidden={}))
    watch.commit(watch.look())
    return watch


def run(namespace: dict[Any, Any], kept: list[object], steps: list[tuple[str, str]]) -> str:
    """Runs the steps, and returns a text that mentions what they do."""
    for step, name in steps:
        if step == DELETE:
            namespace.pop(name, None)
        else:
            namespace[name] = object()
            kept.append(namespace[name])
    return " ".join(f"{step} {name}" for step, name in steps)


def differences(
    before: dict[str, int], namespace: dict[Any, Any]
) -> tuple[set[str], set[str], dict[str, int]]:
    """What is bound to another object and what is gone, told the simple way."""
    texts = ((str.__str__(name), value) for name, value in namespace.items())
    after = {name: id(value) for name, value in texts}
    changed = {name for name, address in after.items() if before.get(name) != address}
    return changed, before.keys() - after.keys(), after


@settings(max_examples=300, deadline=None)
@given(st.lists(CELL, max_size=12), st.sampled_from([0, 3, 100]), st.integers(0, 12))
def test_a_full_look_sees_every_change_once(
    cells: list[tuple[list[tuple[str, str]], bool]], large: int, odd_at: int
) -> None:
    namespace: dict[Any, Any] = {"first": 1, "second": 2}
    kept: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "LARGE", large)
        watch = watch_of(namespace)
        before = differences({}, namespace)[2]
        for number, (steps, is_mentioned) in enumerate(cells):
            if number == odd_at:
                namespace[OddKey("odd")] = 1
            if number == odd_at + 3:
                del namespace[next(key for key in namespace if type(key) is OddKey)]
            text = run(namespace, kept, steps)
            watch.full_look_took = 0.0  # however long it took, the next look may be a full one
            look = watch.look(text if is_mentioned else None)
            changed, gone, before = differences(before, namespace)
            assert (look.changed, look.gone) == (changed, gone)
            assert not look.partial
            if is_mentioned:
                assert look.mentioned == {name for _, name in steps} & before.keys()
            watch.commit(look)


ONE_FOR_ANOTHER = [
    ([(BIND, "name_1"), (BIND, "name_2")], False),
    ([(BIND, "name_0"), (DELETE, "name_2"), (BIND, "name_2"), (DELETE, "name_1")], False),
    ([(BIND, "name_0")], True),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(CELL, max_size=12))
@example(ONE_FOR_ANOTHER)  # looks as if nothing had come or gone
def test_partial_looks_see_what_is_mentioned_and_the_next_full_one_the_rest(
    cells: list[tuple[list[tuple[str, str]], bool]],
) -> None:
    namespace: dict[Any, Any] = {"first": 1, "second": 2}
    kept: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "LARGE", 1)
        watch = watch_of(namespace)
        told: dict[str, int] = differences({}, namespace)[2]
        for steps, is_mentioned in cells:
            text = run(namespace, kept, steps)
            watch.full_look_took = 1e9  # a long one: all looks are partial that can be
            look = watch.look(text if is_mentioned else None)
            changed, gone, now = differences(told, namespace)
            assert look.changed <= changed, "nothing is told twice"
            assert look.gone <= gone
            if is_mentioned:
                mentioned = {name for _, name in steps}
                assert mentioned & changed <= look.changed
                assert mentioned & gone <= look.gone
            for name in look.changed:
                told[name] = now[name]
            for name in look.gone:
                del told[name]
            watch.commit(look)
        watch.full_look_took = 0.0
        look = watch.look()
        changed, gone, _ = differences(told, namespace)
        assert (look.changed, look.gone) == (changed, gone)


def test_an_odd_key_in_a_large_namespace_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "LARGE", 1)
    namespace: dict[Any, Any] = {"first": 1, "second": 2}
    watch = watch_of(namespace)
    watch.full_look_took = 1e9
    namespace[OddKey("odd")] = 3
    namespace["third"] = 4
    look = watch.look("first, odd, third")
    assert (look.changed, look.mentioned) == ({"odd", "third"}, {"first", "odd", "third"})


def test_a_look_at_a_large_namespace_does_not_take_longer_the_larger_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counts the names that are looked at: a time would depend on the machine."""
    monkeypatch.setattr(names, "LARGE", 1)
    namespace: dict[Any, Any] = {f"held_{number}": number for number in range(1000)}
    watch = watch_of(namespace)
    watch.full_look_took = 1e9
    namespace["a"] = 1
    look = watch.look("a = held_7")
    assert look.partial
    assert (look.names, look.changed, look.mentioned) == (["a"], {"a"}, {"a", "held_7"})
    watch.commit(look)
    assert watch.look("a = held_7").changed == set()
