"""Does docs/statuses.md explain every status and reason, and does every reason have a sentence?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import Origin
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName
from jupyter_namespace_viz.core.verdicts import explanations, module_explanations
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from jupyter_namespace_viz.core.vocabulary import (
    CellStatus,
    ImportState,
    NameStatus,
    Reason,
    StaleReason,
)

PAGE = Path(__file__).parents[2] / "docs" / "statuses.md"

WORDS: dict[str, tuple[Any, dict[str, str]]] = {
    "a name's status": (NameStatus, {
        "missing": "| missing |",
        "not_installed": "| not installed |",
        "clobbered": "| clobbered |",
        "ghost": "| ghost |",
        "stale": "| stale |",
        "unknown": "| unknown |",
        "live": "| live |",
    }),
    "a name's reason": (Reason, {
        "never_run": "_never ran_ in this kernel",
        "lost_at_restart": "_lost at a restart_",
        "deleted": "a cell _deleted_ it",
        "provider_failed": "_failed_ before it bound it",
        "provider_edited": "_edited_ after it ran",
        "not_bound": "ran and _did not bind_ it",
        "later_cell": "_only a later cell_ defines it",
        "not_parsed": "_cannot be parsed_",
        "no_provider": "_no cell_ defines it",
        "not_built_in": "a _builtin_ that was deleted",
        "not_installed": "a module that is _not installed_",
        "clobbered": "| clobbered |",
        "cannot_ask": "the kernel has not answered",
        "star_import": "_may bind_ it (star import, `exec`)",
        "in_flight": "a cell that is queued before this one will bind it",
        "input_changed": "_stale itself_",
        "bound_elsewhere": "_other code_ bound it",
        "cell_deleted": "_cell was deleted_",
    }),
    "a cell's status": (CellStatus, {
        "blocked": "| blocked |",
        "at_risk": "| at risk |",
        "stale": "| stale |",
        "ready": "| ready |",
        "fresh": "| fresh |",
        "empty": "| empty,",
        "not_python": "not Python,",
        "syntax_error": "syntax error |",
    }),
    "a stale cell's reason": (StaleReason, {
        "edited": "_edited_ since",
        "ran_again": "_bound it again_",
        "mutated": "_may have mutated_ it",
        "not_run": "_has not run_",
        "failed": "_failed_",
        "other_value": "_read another value_",
        "deleted": "_deletes_ the name",
        "later_cell": "_only a cell below_ binds it",
        "no_cell": "_no cell_ above does",
        "input": "_is stale_",
        "other_draws": "_other random numbers_",
    }),
    "an import's state": (ImportState, {
        "not_installed": "| not installed |",
        "shadowed": "| shadowed |",
        "unknown": "| unknown |",
        "missing": "| missing |",
        "clobbered": "| clobbered |",
        "changed_on_disk": "| changed on disk |",
        "live": "| live |",
    }),
}  # fmt: skip
"""By title: the members of a literal, each with the words that explain it on the page."""

SECTIONS = {
    "a name's status": "A name that a cell needs",
    "a name's reason": "A name that a cell needs",
    "a cell's status": "A cell",
    "a stale cell's reason": "A cell",
    "an import's state": "An import",
}


def section(heading: str) -> str:
    """The text below a heading of the page, each run of white space as one space."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    return re.sub(r"\s+", " ", rest.partition("\n## ")[0])


@pytest.mark.parametrize("title", WORDS)
def test_every_member_is_explained(title: str) -> None:
    literal, words = WORDS[title]
    assert set(words) == set(get_args(literal))
    text = section(SECTIONS[title])
    assert [it for it in words.values() if it not in text] == []


def missing(reason: Reason) -> str:
    return explanations.missing("x", None, reason, 1, "cell 3", "started")


def ghost(reason: Reason) -> str:
    return explanations.ghost("x", None, reason, "cell 3")


def stale_name(reason: Reason) -> str:
    return explanations.stale_name("x", None, reason, 1, "cell 3")


HELD = HeldName("x", "instance", "int")

NAME_SENTENCES: list[tuple[Reason, str, str]] = [
    ("never_run", missing("never_run"),
     "`x` is not in the kernel: cell 2 has not run since the kernel started."),
    ("lost_at_restart", missing("lost_at_restart"),
     "`x` is not in the kernel: it was restarted, and cell 2 has not run since."),
    ("deleted", missing("deleted"), "`x` is not in the kernel: cell 3 deleted it."),
    ("deleted", explanations.will_be_deleted("x", None, 1),
     "`x` will not be there: cell 2, which runs first, deletes it."),
    ("provider_failed", missing("provider_failed"),
     "`x` is not in the kernel: cell 2 failed before it bound it."),
    ("provider_failed", stale_name("provider_failed"),
     "`x` may be out of date: cell 2 failed when it last ran."),
    ("provider_edited", missing("provider_edited"),
     "`x` is not in the kernel: cell 2 was edited after it ran, and has not run since."),
    ("provider_edited", stale_name("provider_edited"),
     "`x` is out of date: cell 2 was edited after it bound it."),
    ("provider_edited", ghost("provider_edited"),
     "`x` is defined by no cell any more: cell 3, which bound it, was edited. "
     "It will be gone after a restart."),
    ("not_bound", missing("not_bound"),
     "`x` is not in the kernel: cell 2 ran but did not bind it."),
    ("later_cell", missing("later_cell"),
     "`x` is not in the kernel: only cell 2, further down, defines it."),
    ("not_parsed", missing("not_parsed"),
     "`x` is not in the kernel: cell 2, which would define it, cannot be parsed."),
    ("no_provider", missing("no_provider"), "`x` is not in the kernel, and no cell defines it."),
    ("no_provider", ghost("no_provider"),
     "`x` is defined by no cell: cell 3 bound it. It will be gone after a restart."),
    ("not_built_in", missing("not_built_in"),
     "`x` is not in the kernel: it is a builtin that was deleted, or of a newer Python."),
    ("not_installed", module_explanations.cannot_be_imported("x", None, 1, "m", "/python"),
     "`x` is not in the kernel, and cell 2 cannot import it: "
     "`m` is not installed in the kernel's environment (`/python`)."),
    ("clobbered", explanations.clobbered("x", None, "m", HELD, "cell 3"),
     "`x` should be the module `m`, but cell 3 made it of type `int`."),
    ("cannot_ask", explanations.cannot_ask("x", None),
     "Whether `x` is in the kernel cannot be told: it has not answered."),
    ("star_import", missing("star_import"),
     "`x` is not in the kernel: cell 2, which may bind it, has not run."),
    ("star_import", explanations.own_star_import("x", None),
     "Whether `x` is bound by this cell itself cannot be told."),
    ("in_flight", explanations.will_be_bound("x", None, 1),
     "`x` will be there: cell 2, which runs first, binds it."),
    ("input_changed", stale_name("input_changed"),
     "`x` may be out of date: cell 2, which bound it, is."),
    ("bound_elsewhere", stale_name("bound_elsewhere"),
     "`x` is not what cell 2 gives: cell 3 bound it."),
    ("cell_deleted", ghost("cell_deleted"),
     "`x` is defined by no cell any more: cell 3 bound it. It will be gone after a restart."),
]  # fmt: skip
"""A reason, the sentence that the core makes of it, and the sentence that it should make."""

CONSOLE = Change(2, None)
CELL_SENTENCES: list[tuple[StaleCell, str]] = [
    (StaleCell("edited"), "This cell was edited after it ran."),
    (StaleCell("ran_again", "x", 1), "Cell 2 bound `x` again after this cell ran."),
    (StaleCell("mutated", "x", 1), "Cell 2 may have changed `x` after this cell ran."),
    (StaleCell("not_run", "x", 1), "Cell 2, which should give it `x`, has not run."),
    (StaleCell("failed", "x", 1), "Cell 2, which should give it `x`, failed when it last ran."),
    (StaleCell("other_value", "x", 1, CONSOLE),
     "It read the `x` of a console or another program, where cell 2 would give it another."),
    (StaleCell("deleted", "x", 1), "Cell 2, further up, deletes `x`, which this cell read."),
    (StaleCell("later_cell", "x", 4), "It read the `x` of cell 5, further down."),
    (StaleCell("no_cell", "x"), "It read a `x` that no cell above gives it."),
    (StaleCell("input", "x", 1), "Cell 2, which gives it `x`, is out of date itself."),
    (StaleCell("other_draws", "numpy's random numbers"),
     "It drew from numpy's random numbers: a run in order may give it others."),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "sentence", "expected"), NAME_SENTENCES)
def test_every_reason_has_a_sentence(reason: Reason, sentence: str, expected: str) -> None:
    assert sentence == expected


@pytest.mark.parametrize(("stale", "expected"), CELL_SENTENCES)
def test_every_stale_cell_has_a_sentence(stale: StaleCell, expected: str) -> None:
    reader = None if stale.read is None else Origin("console")
    assert explanations.stale_cell(stale, reader, index=3) == expected


def test_no_reason_is_without_a_sentence() -> None:
    assert {reason for reason, _, _ in NAME_SENTENCES} == set(get_args(Reason))
    assert {stale.reason for stale, _ in CELL_SENTENCES} == set(get_args(StaleReason))
