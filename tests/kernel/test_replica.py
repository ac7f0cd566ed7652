"""Do the probe's messages add up to the right namespace?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.kernel_state.namespace import MOST_CHANGES, Change, ModuleAnswer
from jupyter_namespace_viz.kernel.replica.namespace_replica import NamespaceReplica
from jupyter_namespace_viz.protocol.probe_messages import (
    MOST_REMOVED,
    PROBE_PROTOCOL_VERSION,
    Delta,
    Described,
    Lost,
    NameRecord,
    RunRecord,
    Snapshot,
)


def run(
    serial: int, cell_id: str | None = None, source: str = "", succeeded: bool | None = True
) -> RunRecord:
    count = None if succeeded is None else serial
    return RunRecord(serial, cell_id, "client", True, count, source, succeeded, witnessed=True)


def held(bound_by: int | None = None, type_name: str = "int") -> NameRecord:
    return NameRecord("instance", type_name, "builtins", None, None, bound_by, False)


def snapshot(rev=0, names=None, runs=(), epoch="e", undescribed=(), removed_by=None) -> Snapshot:
    return Snapshot(
        v=PROBE_PROTOCOL_VERSION,
        epoch=epoch,
        rid=None,
        rev=rev,
        python="/python",
        version=(3, 9),
        names=names or {},
        undescribed=" ".join(undescribed),
        runs=list(runs),
        removed_by=removed_by or {},
        running=None,
        complete=True,
        builtins="len",
    )


def delta(
    base, the_run=None, names=None, removed=(), why="cell", epoch="e", undescribed=(), builtins=None
) -> Delta:
    return Delta(
        v=PROBE_PROTOCOL_VERSION,
        epoch=epoch,
        base=base,
        rev=base + 1,
        why=why,
        run=the_run,
        names=names or {},
        removed=" ".join(removed),
        undescribed=" ".join(undescribed),
        builtins=builtins,
    )


def replica_with(*messages: Snapshot | Delta | Lost) -> NamespaceReplica:
    replica = NamespaceReplica(read_cell)
    for message in messages:
        if isinstance(message, Snapshot):
            replica.apply_snapshot(message)
        else:
            replica.apply(message)
    return replica


def bound_by(replica: NamespaceReplica) -> dict[str, int | None]:
    names = replica.namespace.names
    return {name: it.bound_by and it.bound_by.serial for name, it in sorted(names.items())}


TWO = {"x": held(1), "y": held(2)}
TWO_RUNS = (run(1, "a", "x = 1"), run(2, "b", "y = 2"))

ATTRIBUTED = {
    "the run that changed a name": ([snapshot(0, TWO, TWO_RUNS)], {"x": 1, "y": 2}),
    "a delta's run": (
        [snapshot(), delta(0, run(1, "a", "f()"), {"x": held(1)})],
        {"x": 1},
    ),
    "the same object bound again": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "x = 1"), {"x": held(1)})],
        {"x": 3, "y": 2},
    ),
    "the same object bound again by a run that failed": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "x = 1", False), {"x": held(1)})],
        {"x": 1, "y": 2},
    ),
    "a name that is only mentioned": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "print(x)"), {"x": held(1)})],
        {"x": 1, "y": 2},
    ),
    "a mention after an attribution that the probe cannot know": (
        [
            snapshot(0, TWO, TWO_RUNS),
            delta(0, run(3, "c", "x = 1"), {"x": held(1)}),
            delta(1, run(4, "d", "print(x)"), {"x": held(1)}),
        ],
        {"x": 3, "y": 2},
    ),
    "runs of a snapshot, in their order": (
        [snapshot(0, {"x": held(1)}, (run(1, "a", "x = 1"), run(2, "b", "x = 1")))],
        {"x": 2},
    ),
    "runs that the probe did not witness": (
        [
            snapshot(
                0,
                {"x": held()},
                (RunRecord(1, None, None, False, 1, "x = 1", True, witnessed=False),),
            )
        ],
        {"x": None},
    ),
    "code that is no run": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, None, {"x": held()}, why="other")],
        {"x": None, "y": 2},
    ),
    "a run that goes on": (
        [snapshot(), delta(0, run(1, "a", "", None), {"x": held(1)}, why="tick")],
        {"x": 1},
    ),
}


@pytest.mark.parametrize("case", ATTRIBUTED)
def test_which_run_a_name_is_attributed_to(case: str) -> None:
    messages, expected = ATTRIBUTED[case]
    assert bound_by(replica_with(*messages)) == expected


CHANGES = {
    "bound to two objects, one after the other": (
        [snapshot(), delta(0, run(1, "a"), {"x": held(1)}), delta(1, run(2, "b"), {"x": held(2)})],
        [Change(1, "a"), Change(2, "b")],
    ),
    "the same object bound again": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "x = 1"), {"x": held(1)})],
        [Change(1, "a", again=(3,))],
    ),
    "changed in place": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "x.append(1)"), {"x": held(1)})],
        [Change(1, "a"), Change(3, "c", "mutated")],
    ),
    "perhaps changed in place by a run that failed": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "x.append(1)", False), {"x": held(1)})],
        [Change(1, "a"), Change(3, "c", "mutated")],
    ),
    "bound and changed in place by one run": (
        [snapshot(), delta(0, run(1, "a", "x = []\nx.append(1)"), {"x": held(1)})],
        [Change(1, "a")],
    ),
    "changed in place by one run, and bound to the same object": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, run(3, "c", "x = x; x.append(1)"), {"x": held(1)})],
        [Change(1, "a", again=(3,)), Change(3, "c", "mutated")],
    ),
    "bound outside any run": (
        [snapshot(0, TWO, TWO_RUNS), delta(0, None, {"x": held()}, why="other")],
        [Change(1, "a"), Change(2, None, "outside")],
    ),
    "bound while the run goes on, and told of again when it is over": (
        [
            snapshot(),
            delta(0, run(1, "a", "", None), {"x": held(1)}, why="tick"),
            delta(1, run(1, "a"), {"x": held(1)}),
        ],
        [Change(1, "a")],
    ),
    "deleted and bound again": (
        [
            snapshot(0, TWO, TWO_RUNS),
            delta(0, run(3, "c"), removed=["x"]),
            delta(1, run(4, "d"), {"x": held(4)}),
        ],
        [Change(1, "a"), Change(4, "d")],
    ),
    "a snapshot: what the texts of the last runs tell": (
        [
            snapshot(
                0, {"x": held(2)}, (run(1, "a", "x = 1"), run(2, "b"), run(3, "c", "x.append(1)"))
            )
        ],
        [Change(1, "a"), Change(2, "b"), Change(3, "c", "mutated")],
    ),
    "a further snapshot keeps what was known": (
        [
            snapshot(0, TWO, TWO_RUNS),
            delta(0, run(3, "c", "x.append(1)"), {"x": held(1)}),
            delta(1, run(4, "c"), {}),
            snapshot(3, {"x": held(5)}, (*TWO_RUNS, run(4, "c"), run(5, "d"))),
        ],
        [Change(1, "a"), Change(3, "c", "mutated"), Change(5, "d")],
    ),
    "another probe's snapshot keeps nothing": (
        [snapshot(0, TWO, TWO_RUNS), snapshot(0, {"x": held(7)}, (run(7, "z"),), epoch="f")],
        [Change(7, "z")],
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_the_changes_of_a_name(case: str) -> None:
    messages, expected = CHANGES[case]
    assert list(replica_with(*messages).namespace.names["x"].changes) == expected


def test_a_value_that_is_bound_again_and_again_is_remembered_in_bounded_space() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    for serial in range(3, 203):
        replica.apply(delta(serial - 3, run(serial, "a", "x = 1"), {"x": held(1)}))
    (change,) = replica.namespace.names["x"].changes
    assert (change.serial, change.again[-1], len(change.again)) == (1, 202, MOST_CHANGES)


IN_SYNC = {
    "nothing yet": ([], False),
    "a delta before any snapshot": ([delta(0)], False),
    "a snapshot": ([snapshot(3)], True),
    "the next delta": ([snapshot(3), delta(3)], True),
    "a delta that the snapshot holds already": ([snapshot(3), delta(1)], True),
    "a gap": ([snapshot(3), delta(4)], False),
    "a gap, and what comes after it": ([snapshot(3), delta(4), delta(5)], False),
    "a snapshot after a gap": ([snapshot(3), delta(4), snapshot(5)], True),
    "the probe lost track": ([snapshot(3), Lost(1, "e", "locked")], False),
    "another probe": ([snapshot(3), delta(3, epoch="other")], False),
}


@pytest.mark.parametrize("case", IN_SYNC)
def test_a_gap_asks_for_a_snapshot(case: str) -> None:
    messages, expected = IN_SYNC[case]
    assert replica_with(*messages).is_in_sync is expected


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([delta(0, names={"x": held()})], True),
        ([delta(0, names={"x": held()})] * 2, True),  # it came twice
        ([replace(delta(0), rev=1_000_000)], False),  # later ones would seem to be old
        ([delta(0, names={"lie": held()}), delta(0, names={"x": held()})], False),
        ([delta(0), delta(1), delta(0, names={"x": held()})], True),  # an old one that came late
    ],
)
def test_a_contradiction_asks_for_a_snapshot(messages: list[Delta], expected: bool) -> None:
    replica = replica_with(snapshot(), *messages)
    assert replica.is_in_sync is expected
    replica.apply_snapshot(snapshot(rev=2, names={"x": held()}))
    assert replica.is_in_sync
    assert replica.namespace.names.keys() == {"x"}


def test_more_removed_names_than_the_probe_tells_ask_for_a_snapshot() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    replica.apply(delta(0, run(3, "c"), removed=["x"] * (MOST_REMOVED + 1)))
    assert (replica.is_in_sync, replica.namespace.names.keys()) == (False, TWO.keys())


def test_a_gap_changes_nothing() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    before = replica.namespace
    replica.apply(delta(7, run(3, "c"), {"z": held(3)}))
    assert replica.namespace is before


OVERTAKEN = {
    "the first snapshot by a delta": [delta(0, run(1, "a"), {"x": held(1)}), snapshot(0)],
    "the first snapshot by two deltas": [
        delta(0, run(1, "a"), {"x": held(1)}),
        delta(1, run(2, "b"), {"y": held(2)}),
        snapshot(0),
    ],
    "the first snapshot by what it holds and by one more": [
        delta(0, run(1, "a"), {"x": held(1)}),
        delta(1, run(2, "b"), {"y": held(2)}),
        snapshot(1, {"x": held(1)}, [run(1, "a")]),
    ],
    "a further snapshot by a delta": [
        snapshot(0),
        delta(0, run(1, "a"), {"x": held(1)}),
        snapshot(0),
    ],
    "the one that mends a gap by a delta": [
        snapshot(0),
        delta(1, run(2, "b"), {"y": held(2)}),
        delta(2, run(3, "c"), {"z": held(3)}),
        snapshot(2, {"x": held(1), "y": held(2)}, [run(1, "a"), run(2, "b")]),
    ],
    "another probe's snapshot by its delta": [
        snapshot(5, {"old": held(1)}, [run(1, "o")]),
        delta(0, run(1, "a"), {"x": held(1)}, epoch="f"),
        delta(1, run(2, "b"), {"y": held(2)}, epoch="f"),
        snapshot(1, {"x": held(1)}, [run(1, "a")], epoch="f"),
    ],
}


@pytest.mark.parametrize("case", OVERTAKEN)
def test_a_snapshot_that_was_overtaken_loses_nothing(case: str) -> None:
    # Deltas come over iopub and answers over the control channel: the later may come first.
    *_, newest = (it for it in OVERTAKEN[case] if isinstance(it, Delta))
    replica = replica_with(*OVERTAKEN[case])
    assert replica.is_in_sync
    runs = {it.serial for it in replica.namespace.runs.values()}
    assert runs == set(range(1, newest.run.serial + 1))
    assert len(replica.namespace.names) == newest.run.serial


def test_a_snapshot_that_was_overtaken_by_a_loss_is_not_in_sync() -> None:
    lost = Lost(v=PROBE_PROTOCOL_VERSION, epoch="e", why="KeyboardInterrupt")
    assert not replica_with(lost, snapshot(0)).is_in_sync
    assert replica_with(lost, snapshot(0), snapshot(0)).is_in_sync


def test_what_an_earlier_probe_said_last_is_asked_about_once() -> None:
    replica = replica_with(delta(7, epoch="earlier"), snapshot(0))
    assert not replica.is_in_sync
    replica.apply_snapshot(snapshot(0))
    assert replica.is_in_sync


def test_the_same_value_while_nothing_changes() -> None:
    replica = replica_with(snapshot(3, TWO, TWO_RUNS))
    before = replica.namespace
    replica.apply(delta(1, run(1, "a"), {"old": held(1)}))
    replica.apply_modules({})
    replica.set_beginning("unknown")
    assert replica.namespace is before
    replica.apply_modules({"wave": ModuleAnswer("wave", True)})
    after = replica.namespace
    assert after is not before
    assert "wave" not in before.modules
    replica.apply_modules({"wave": ModuleAnswer("wave", True)})
    assert replica.namespace is after


def test_a_value_that_was_handed_out_never_changes() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    before = replica.namespace
    replica.apply(delta(0, run(3, "a", "del y"), {"x": held(1, "str")}, removed=["y"]))
    assert set(before.names) == {"x", "y"}
    assert before.names["x"].type == "int"
    assert before.runs["a"].serial == 1


def test_who_removed_a_name() -> None:
    replica = replica_with(
        snapshot(0, TWO, TWO_RUNS),
        delta(0, run(3, "c", "del x"), removed=["x"]),
        delta(1, None, removed=["y"], why="other"),
    )
    assert replica.namespace.names == {}
    assert replica.namespace.deleted_by == {"x": replica.namespace.runs["c"]}
    replica.apply(delta(2, run(4, "d", "x = 1"), {"x": held(4)}))
    assert replica.namespace.deleted_by == {}


def test_who_removed_a_name_is_in_a_snapshot() -> None:
    runs = (*TWO_RUNS, run(3, "c", "del z"))
    replica = replica_with(snapshot(5, TWO, runs, removed_by={"z": 3, "forgotten": 99}))
    assert replica.namespace.deleted_by == {"z": replica.namespace.runs["c"]}


def test_a_run_that_goes_on_is_listed_when_it_is_over() -> None:
    replica = replica_with(
        snapshot(0, TWO, TWO_RUNS),
        delta(0, run(3, "c", "…", None), {"z": held(3)}, removed=["y"], why="tick"),
    )
    assert "c" not in replica.namespace.runs
    replica.apply(delta(1, run(3, "c", "…"), {}))
    over = replica.namespace.runs["c"]
    assert over.execution_count == 3
    assert replica.namespace.names["z"].bound_by is over
    assert replica.namespace.deleted_by["y"] is over


def test_the_last_run_of_a_cell_and_all_others() -> None:
    replica = replica_with(
        snapshot(0, {}, (run(1, "a", "1"), run(2, None, "2"))),
        delta(0, run(3, "a", "3")),
        delta(1, run(4, None, "4")),
    )
    assert {cell: it.source for cell, it in replica.namespace.runs.items()} == {"a": "3"}
    assert [it.source for it in replica.namespace.other_runs] == ["2", "4"]


def test_a_restart_loses_what_was_held() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    replica.apply_modules({"wave": ModuleAnswer("wave", True, "wave")})
    replica.apply_stars({"wave": frozenset("ab")}, ("/lib",), "/home")
    python = replica.namespace.python
    replica.end_generation("restarted")
    namespace = replica.namespace
    assert (namespace.generation, namespace.beginning) == (2, "restarted")
    assert (namespace.names, namespace.runs) == ({}, {})
    assert namespace.modules == {"wave": ModuleAnswer("wave", True)}
    assert namespace.python == python is not None
    assert namespace.lost == {"x", "y"}
    assert (namespace.star_names, namespace.former_star_names) == ({}, {"wave": {"a", "b"}})
    assert not replica.is_in_sync


def test_how_long_a_cell_took_outlives_the_kernel() -> None:
    replica = replica_with(snapshot())
    replica.apply(delta(0, replace(run(1, "a"), seconds=1.5)))
    replica.apply(delta(1, replace(run(2, "b"), seconds=2.5)))
    replica.apply(delta(2, replace(run(3, "b", succeeded=False), seconds=0.1)))
    replica.apply(delta(3, replace(run(4), seconds=0.2)))
    assert replica.namespace.took == {"a": 1.5, "b": 2.5}
    replica.end_generation("restarted")
    assert replica.namespace.took == {"a": 1.5, "b": 2.5}


def test_what_was_lost_stays_lost_until_it_is_bound_again() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    replica.end_generation("restarted")
    replica.apply_snapshot(snapshot(0, epoch="f"))
    replica.apply(delta(0, run(1, "a"), {"x": held(1), "z": held(1)}, epoch="f"))
    replica.apply(delta(1, run(2, "b"), removed=["x"], epoch="f"))
    assert replica.namespace.lost == {"y"}
    replica.end_generation("died")
    assert replica.namespace.lost == {"y", "z"}
    assert replica.namespace.generation == 3


def test_names_that_took_too_long_are_held_once_described() -> None:
    replica = replica_with(snapshot(0, {"x": held(1)}, TWO_RUNS, undescribed=["y", "z"]))
    assert replica.undescribed(9) == ["y", "z"]
    assert replica.undescribed(1) == ["y"]
    replica.apply(delta(0, run(3, "c"), removed=["z"], undescribed=["w"]))
    assert replica.undescribed(9) == ["y", "w"]
    replica.apply_descriptions(
        Described(1, "e", rid=None, rev=4, names={"y": held(2)}), asked=["y", "w"]
    )
    assert replica.undescribed(9) == []
    assert bound_by(replica) == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("overtaking", "expected"),
    [
        (delta(0, run(3, "c"), {"y": held(3, "str")}), {"x": "int", "y": "str"}),
        (delta(0, run(3, "c"), removed=["y"]), {"x": "int"}),
        (delta(0, run(3, "c"), undescribed=["y"]), {"x": "int"}),
        (delta(0, run(3, "c"), {"z": held(3)}), {"x": "int", "y": "int", "z": "int"}),
    ],
)
def test_a_description_that_was_overtaken(overtaking: Delta, expected: dict[str, str]) -> None:
    replica = replica_with(snapshot(0, {"x": held(1)}, TWO_RUNS, undescribed=["y"]), overtaking)
    replica.apply_descriptions(Described(1, "e", None, 0, {"y": held(2)}), asked=["y"])
    assert {name: it.type for name, it in replica.namespace.names.items()} == expected
    assert replica.undescribed(9) == overtaking.undescribed.split()


def test_how_a_generation_began_may_be_told_later() -> None:
    replica = replica_with(snapshot(0, TWO, TWO_RUNS))
    replica.set_beginning("started")
    assert replica.namespace.beginning == "started"
    replica.apply_snapshot(snapshot(4, TWO, TWO_RUNS))
    assert replica.namespace.beginning == "started"


def test_builtins_are_those_last_told() -> None:
    replica = replica_with(snapshot())
    assert replica.namespace.builtins == {"len"}
    replica.apply(delta(0, run(1, "a"), builtins="len mine"))
    replica.apply(delta(1, run(2, "b")))
    assert replica.namespace.builtins == {"len", "mine"}
    replica.end_generation("restarted")
    assert replica.namespace.builtins is None
