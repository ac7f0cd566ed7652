"""Does the score of benchmarks/accuracy.py count what was read and what happened correctly?"""

from __future__ import annotations

from typing import Any

from benchmarks.scoring import MEASURES, Score

SOURCES = ["# Title", "from os import *\nx = 1", "%%time\nx\nf()\nsep\nprint(y)", "1 / 0"]


def ran(index: int, status: str = "ok", **happened: Any) -> dict[str, Any]:
    """A cell of an oracle; fields that are not in `happened` are empty."""
    empty: dict[str, Any] = {key: {} for key in ("uses", "use_kinds", "deferred_uses", "deletes")}
    empty |= dict.fromkeys(("foreign_uses", "defs", "transient", "foreign_defs"), ())
    return {"index": index, "cell_index": index + 1, "status": status, **empty, **happened}


ORACLE = {
    "cells": [
        ran(0, defs=["x", "sep", "_"], foreign_defs=["sep"]),
        ran(
            1,
            uses={"x": 0, "sep": 0, "print": "ipython", "In": 0},
            use_kinds={"x": "exec"},
            deferred_uses={"late": [2], "x": [0]},
            foreign_uses=["data"],
            deletes={"gone": 0, "print": "ipython"},
        ),
        ran(2, status="error", defs=["z"]),
    ]
}
READING = {
    "cells": [
        {"index": 1, "definitions": [{"name": "x"}, {"name": "w"}], "uses": []},
        {
            "index": 2,
            "definitions": [],
            "uses": [
                {"name": name, "phase": phase}
                for name, phase in (
                    ("x", "immediate"),
                    ("y", "immediate"),  # never read
                    ("sum", "immediate"),  # a builtin: not counted
                    ("data", "deferred"),
                    ("gone", "deferred"),
                    ("In", "deferred"),  # IPython's: not counted
                )
            ],
            "deletions": ["late"],
        },
    ],
    "edges": [
        {"provider": 1, "consumer": 2, "names": ["x"]},
        {"provider": 2, "consumer": 1, "names": ["y"]},
        {"provider": 1, "consumer": 3, "names": ["x"]},  # which did not run to its end
    ],
}


def test_a_notebook_is_counted() -> None:
    score = Score()
    score.add(READING, ORACLE, SOURCES)
    assert (score.notebooks, score.cells) == (1, 2)
    counts = {
        name: (it.happened, it.happened_and_read, it.read, it.read_and_happened)
        for name, it in score.measures.items()
    }
    assert counts == {
        "definitions": (1, 1, 2, 1),
        "immediate": (1, 0, 2, 1),
        "deferred": (1, 1, 2, 2),
        "magic-body": (1, 1, 0, 0),
        "edges": (2, 1, 2, 1),
    }
    assert [(it.recall, it.precision) for it in score.measures.values()] == [
        (100.0, 50.0),
        (0.0, 50.0),
        (100.0, 100.0),
        (100.0, None),
        (50.0, 50.0),
    ]


def test_nothing_is_no_percentage() -> None:
    assert [(it.recall, it.precision) for it in Score().measures.values()] == [(None, None)] * len(
        MEASURES
    )
