"""Does every reason have its sentence, and who ran some code, in words?"""

from __future__ import annotations

from typing import get_args

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import Origin
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName
from jupyter_namespace_viz.core.verdicts import explanations, module_explanations
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from jupyter_namespace_viz.core.vocabulary import Reason, StaleReason


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
    ("other_import",
     explanations.other_import(HELD, None, "cell 3", "import m as x", 1, "never_run"),
     "`x` is of type `int`, from cell 3; in order it comes from `import m as x` in cell 2, which "
     "has not run."),
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
     "`x` was defined by a deleted cell; a restart will lose it."),
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
     "Used `x` from a console or another program; in order it comes from cell 2."),
    (StaleCell("deleted", "x", 1), "Cell 2, further up, deletes `x`, which this cell read."),
    (StaleCell("later_cell", "x", 4), "It read the `x` of cell 5, further down."),
    (StaleCell("cell_deleted", "x"), "Used `x` from a deleted cell; a restart will lose it."),
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


@pytest.mark.parametrize(
    ("origin", "subject"),
    [
        (Origin("cell", 2), "cell 3"),
        (Origin("deleted_cell"), "a deleted cell"),
        (Origin("restored_import"), "a restored import"),
        (Origin("other_notebook"), "another notebook"),
        (Origin("console"), "a console or another program"),
        (Origin("outside"), "code outside the notebook"),
        (Origin("unseen"), "code that was not seen"),
    ],
)
def test_who_ran_some_code(origin: Origin, subject: str) -> None:
    assert explanations.subject_of(origin) == subject
