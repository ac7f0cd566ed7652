"""Which statuses, reasons and kinds exist?

Each literal is defined here once, for the core and for the wire: `protocol/` imports it. A new
member needs its words in `docs/statuses.md`, and a reason its sentence in `verdicts/wording/`.
`tests/core/test_vocabulary.py` checks the first, `test_explanations.py` in
`tests/core/verdicts/wording/` the second.
"""

from __future__ import annotations

from typing import Literal

# --- what a cell's text says

DefinitionKind = Literal[
    "assignment",
    "class",
    "function",
    "global",
    "import",
    "loop",
    "magic",
    "match",
    "observed",
    "star_import",
    "type_alias",
    "walrus",
    "with",
]
"""What binds a name; observed: a run did, and the text does not show how."""

Phase = Literal["immediate", "deferred"]
"""When a cell reads a name: when it runs · in a function's body, so when the function is called."""

ProblemKind = Literal["syntax", "python2", "newer_python", "too_large", "too_deep"]
"""The text does not parse · does not parse because it is written for Python 2 · was parsed, though
it has syntax of a newer Python than the server's · is longer than the limit · is nested too
deeply."""

# --- what the kernel holds

KernelState = Literal[
    "none",
    "connecting",
    "starting",
    "idle",
    "busy",
    "dead",
    "not_python",
    "unreachable",
    "silent",
]
"""What the kernel does, as far as the server knows.

none: the notebook has no kernel · connecting: the server has not asked it yet · starting: its
process starts or restarts · idle · busy · dead: its process ended and is not restarted ·
not_python: it is not an IPython kernel · unreachable: no transport can reach it · silent: it does
not answer, and the server keeps asking.
"""

Beginning = Literal["unknown", "started", "restarted", "died"]
"""How a generation began: not known · the first start · a restart by the user · a restart after the
process died."""

HeldKind = Literal["module", "function", "class", "instance"]
"""The kind of object that a name is bound to, as far as its type alone shows."""

ChangeKind = Literal["bound", "mutated", "outside"]
"""How a name's object changed: bound to another object · may have been mutated, judging by the text
that ran · bound to another object, but not by a run: by a thread, a widget's callback, or silent
code."""

OriginKind = Literal[
    "cell",
    "one_of_cells",
    "deleted_cell",
    "text_cell",
    "restored_import",
    "other_notebook",
    "console",
    "outside",
    "unseen",
]
"""Where a run came from: a cell of this notebook · one of several cells · a cell that was deleted
from it · a cell of it that is no longer code, such as Markdown · a restored import · another
notebook on the same kernel · a console, or another program that sends cell ids · code from
elsewhere · not seen."""

# --- the verdict on a name

NameStatus = Literal["missing", "not_installed", "clobbered", "stale", "ghost", "unknown", "live"]
"""Whether the kernel holds a name that a cell needs; `docs/statuses.md` defines each status."""

Reason = Literal[
    "never_run",
    "lost_at_restart",
    "deleted",
    "provider_failed",
    "provider_edited",
    "not_bound",
    "one_of_cells",
    "later_cell",
    "not_parsed",
    "no_provider",
    "not_built_in",
    "unbound",
    "not_installed",
    "import_fails",
    "clobbered",
    "other_import",
    "cannot_ask",
    "star_import",
    "in_flight",
    "input_changed",
    "bound_elsewhere",
    "cell_deleted",
]
"""Why a name has its status."""

NOT_RUN: frozenset[Reason] = frozenset({"never_run", "lost_at_restart"})
"""Reasons: the provider has not run in this generation."""

UNFIXABLE: frozenset[Reason] = frozenset({"import_fails", "not_installed", "not_parsed"})
"""Reasons: running the provider does not bind the name."""

ImportState = Literal[
    "not_installed", "shadowed", "unknown", "missing", "clobbered", "changed_on_disk", "live"
]
"""The state of an import of the notebook, the first that applies: the kernel's environment does not
have the module · a file of the user's is imported instead of the installed module · not known ·
the kernel does not hold the name · the name is bound to something else · a file changed since it
was imported · none of these."""

FindingStatus = NameStatus | Literal["syntax_error"]
"""What a forecast finds: the status that a name would have, or text that does not parse."""

# --- the verdict on a cell

CellStatus = Literal[
    "running",
    "queued",
    "failed",
    "blocked",
    "at_risk",
    "stale",
    "ready",
    "fresh",
    "empty",
    "not_python",
    "syntax_error",
]
"""Whether the cell runs now, raised, or would run; `docs/statuses.md` defines each status."""

StaleReason = Literal[
    "edited", "ran_again", "mutated", "not_run", "failed", "other_value", "deleted", "later_cell",
    "cell_deleted", "no_cell", "input", "other_draws", "one_of_cells",
]  # fmt: skip
"""Why a cell that ran is stale: it was edited · the provider above bound the name again · may have
mutated its object · has not run · failed · the cell read a value of another cell · a cell above
deletes the name · a cell below bound the value · a deleted cell did · no cell binds it · the
provider is stale itself · the cell would draw other random numbers in order · whether the cell, or
the provider above, has run since is not known."""

# --- what to run

RepairMode = Literal["cells", "imports"]
"""Run the cells that provide what is missing · run only their import statements."""

PlanMode = RepairMode | Literal["with_cell", "stale", "dependents"]
"""A repair · a repair, then the cell itself · the stale cells · the cells that depend on the cell,
directly or not; the last three together with the providers of what they lack."""

# --- what needs attention

AttentionKind = Literal[
    "failed",
    "missing_import",
    "not_installed",
    "missing",
    "clobbered",
    "syntax",
    "ghost",
    "unknown",
    "at_risk",
    "stale",
    "restart",
]
"""What needs attention in a notebook, most urgent first: a cell raised · imported names are missing
· modules are not installed · other names are missing · an import's name is bound to something else
· text does not parse · no cell defines a held name any more · whether a name is held is not known ·
a cell may raise for none of these reasons · cells ran, and would read something else in order · a
cell would raise after a restart."""

RemedyKind = Literal[
    "restore_imports",
    "run_needed",
    "run_stale",
    "insert_imports",
    "restore_cell",
    "install",
    "change_kernel",
]
"""What mends a problem: run import statements · run the cells that provide what is missing · run
the stale cells · insert import statements · insert the deleted cell · install packages in the
kernel's environment · use a kernel of another environment."""
