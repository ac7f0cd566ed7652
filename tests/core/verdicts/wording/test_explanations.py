"""Does every reason why a name is not live have its sentence?"""

from __future__ import annotations

from typing import get_args

import pytest

from jupyter_namespace_viz.core.analysis.flow import (
    deleted_here,
    missing_in_text,
    unbound_local,
)
from jupyter_namespace_viz.core.kernel_state.cell_runs import RunOrigin
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from jupyter_namespace_viz.core.sentences import Sentence, sentence
from jupyter_namespace_viz.core.verdicts.wording import (
    explanations,
    missing_explanations,
    module_explanations,
)
from jupyter_namespace_viz.core.verdicts.wording.mentions import subject_of
from jupyter_namespace_viz.core.vocabulary import Reason


def missing(reason: Reason, error: str | None = None) -> str:
    return missing_explanations.missing("x", None, reason, 1, "cell 3", "started", error)


def ghost(reason: Reason) -> str:
    return explanations.ghost("x", None, reason, "cell 3")


def stale_name(reason: Reason) -> str:
    return explanations.stale_name("x", None, reason, 1, "cell 3")


HELD = HeldName("x", "instance", "int")
ONE_OF = subject_of(RunOrigin("one_of_cells", indexes=(1, 3)))

NAME_SENTENCES: list[tuple[Reason, str, str]] = [
    ("never_run", missing("never_run"),
     "`x` is missing: cell 2 has not run since the kernel started."),
    ("lost_at_restart", missing("lost_at_restart"),
     "`x` is missing: the kernel was restarted and cell 2 has not run since."),
    ("deleted", missing("deleted"), "`x` is missing: cell 3 deleted it."),
    ("deleted", missing_explanations.will_be_deleted("x", None, 1),
     "`x` will be missing: cell 2 runs first and deletes it."),
    ("provider_failed", missing("provider_failed"),
     "`x` is missing: cell 2 failed before defining it."),
    ("provider_failed", missing("provider_failed", "ZeroDivisionError"),
     "`x` is missing: cell 2 raised `ZeroDivisionError` before defining it."),
    ("provider_failed", missing("provider_failed", "KeyboardInterrupt"),
     "`x` is missing: cell 2 was interrupted before defining it."),
    ("provider_failed", stale_name("provider_failed"),
     "`x` may be stale: cell 2 failed when it last ran."),
    ("provider_edited", missing("provider_edited"),
     "`x` is missing: cell 2 was edited after it ran and has not run since."),
    ("provider_edited", stale_name("provider_edited"),
     "`x` is stale: cell 2 was edited after defining it."),
    ("provider_edited", ghost("provider_edited"),
     "`x` is no longer defined by any cell: cell 3 was edited after defining it. "
     "A restart will lose it."),
    ("not_bound", missing("not_bound"),
     "`x` is missing: cell 2 ran without defining it."),
    ("one_of_cells",
     missing_explanations.after_one_of_cells("x", None, ONE_OF, Run(1, None, 1, "x", False)),
     "`x` is missing: one of cells 2 and 4 failed before defining it; which one is not known."),
    ("one_of_cells",
     explanations.other_import(HELD, None, "cell 3", "import m as x", 1, "one_of_cells"),
     "`x` is an `int`, from cell 3; in order it comes from `import m as x` in cell 2. It or "
     "another cell with the same text ran without importing it; which one is not known."),
    ("later_cell", missing("later_cell"),
     "`x` is missing: only cell 2, further down, defines it."),
    ("not_parsed", missing("not_parsed"),
     "`x` is missing: cell 2, which would define it, has a syntax error."),
    ("no_provider",
     missing_explanations.missing("x", None, "no_provider", None, "", "started", None),
     "`x` is missing: no cell defines it."),
    ("no_provider", missing("no_provider"),
     "`x` is missing: cell 2 defines it only in a branch that does not run."),
    ("no_provider", ghost("no_provider"),
     "`x` comes from cell 3; no cell defines it. A restart will lose it."),
    ("not_built_in", missing("not_built_in"),
     "`x` is missing: it is a deleted builtin or one of a newer Python."),
    ("unbound", missing_explanations.unbound(unbound_local("f", "x"), None),
     "`x` is a local name of `f` that is read before it is bound."),
    ("unbound", missing_explanations.unbound(deleted_here("x"), None),
     "`x` is missing: the cell itself deletes it before it reads it."),
    ("unbound", missing_explanations.unbound(missing_in_text("x"), None),
     "`x` is missing: the text that reads it runs in a namespace of its own."),
    ("not_installed", module_explanations.cannot_be_imported("x", None, 1, "m", "/python"),
     "`x` is missing, and cell 2 cannot import it: "
     "`m` is not installed in the kernel's environment (`/python`)."),
    ("import_fails", module_explanations.lacks_new_name("m", "x"),
     "`m` has no `x` in this kernel: its file changed after it was imported. "
     "Restart the kernel or reload it with `importlib.reload`."),
    ("clobbered", explanations.clobbered("x", None, "m", HELD, "cell 3"),
     "`x` should be the module `m`, but cell 3 set it to an `int`."),
    ("other_import",
     explanations.other_import(HELD, None, "cell 3", "import m as x", 1, "never_run"),
     "`x` is an `int`, from cell 3; in order it comes from `import m as x` in cell 2, which "
     "has not run."),
    ("cannot_ask", missing_explanations.cannot_ask("x", None),
     "It is unknown whether `x` exists: the kernel has not answered."),
    ("star_import", missing("star_import"),
     "`x` is missing: cell 2, which may define it, has not run."),
    ("star_import", missing_explanations.own_star_import("x", None),
     "It is unknown whether this cell itself defines `x`."),
    ("in_flight", missing_explanations.will_be_bound("x", None, 1),
     "`x` will be there when cell 2 finishes."),
    ("in_flight", explanations.will_be_bound_again("x", None, 1),
     "`x` will be redefined when cell 2 finishes."),
    ("input_changed", stale_name("input_changed"),
     "In order, cell 2 may give `x` another value."),
    ("bound_elsewhere", stale_name("bound_elsewhere"),
     "`x` comes from cell 3, not from cell 2."),
    ("cell_deleted", ghost("cell_deleted"),
     "`x` was defined by a deleted cell; a restart will lose it."),
]  # fmt: skip
"""A reason, the sentence that the core makes of it, and the sentence that it should make."""


@pytest.mark.parametrize(("reason", "sentence", "expected"), NAME_SENTENCES)
def test_every_reason_has_a_sentence(reason: Reason, sentence: str, expected: str) -> None:
    assert sentence == expected


def test_no_reason_is_without_a_sentence() -> None:
    assert {reason for reason, _, _ in NAME_SENTENCES} == set(get_args(Reason))


@pytest.mark.parametrize(
    ("error", "cause", "expected"),
    [
        ("ZeroDivisionError", None,
         "Raised `ZeroDivisionError` when it last ran. Neither the cell nor a name that could have "
         "caused this has changed since."),
        ("KeyboardInterrupt", None, "Was interrupted when it last ran."),
        (None, None,
         "Raised an error when it last ran. Neither the cell nor a name that could have caused "
         "this has changed since."),
        ("NameError", sentence("`x` is missing."),
         "Raised `NameError` when it last ran. `x` is missing."),
    ],
)  # fmt: skip
def test_that_a_cell_failed(error: str | None, cause: Sentence | None, expected: str) -> None:
    assert explanations.failed(error, cause) == expected
