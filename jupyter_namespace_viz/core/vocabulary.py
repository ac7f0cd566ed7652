"""Which statuses, reasons and kinds are there?

Each literal is defined here once, for the core and for the wire: `protocol/` imports it. A new
member needs a sentence in `verdicts/explanations.py` and a line in `docs/statuses.md`.
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
    "star_import",
    "type_alias",
    "walrus",
    "with",
]
"""What binds a name."""

Phase = Literal["immediate", "deferred"]
"""The cell reads a name when it runs · in a function's body, so when that is called."""

ProblemKind = Literal["syntax", "python2", "newer_python", "too_large", "too_deep"]
"""Does not parse · does not parse because it is written for Python 2 · parsed, though only a newer
Python than the server's has the syntax · longer than the limit · nested too deeply."""

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
"""What the kernel does, as far as the server can tell.

none: the notebook has no kernel · connecting: not asked yet since something watches it · starting:
its process starts, or starts again · idle · busy · dead: its process ended and nothing starts it
again · not_python: not IPython's kernel · unreachable: no transport reaches it · silent: it does
not answer, and the server keeps asking.
"""

Beginning = Literal["unknown", "started", "restarted", "died"]
"""How a generation began: not seen · first start · restarted by the user · the process died and was
started again."""

HeldKind = Literal["module", "function", "class", "instance"]
"""What sort of object a name is bound to, as far as its type alone shows."""

ChangeKind = Literal["bound", "touched", "outside"]
"""Bound to another object · perhaps mutated, judging by the text that ran · bound to another object
by no run: by a thread, a widget's callback, silent code."""

OriginKind = Literal[
    "cell", "deleted_cell", "restored_import", "other_notebook", "console", "outside", "unseen"
]
"""Who ran some code: a cell of this notebook · a cell that was deleted from it · an import that was
restored for it · another notebook on the same kernel · a console, or another program whose code
comes in cells · code from elsewhere · not seen."""

# --- the verdict on a name

NameStatus = Literal["missing", "not_installed", "clobbered", "stale", "ghost", "unknown", "live"]
"""How the kernel holds a name that a cell needs; `docs/statuses.md` says when each applies."""

Reason = Literal[
    "never_run",
    "lost_at_restart",
    "deleted",
    "provider_failed",
    "provider_edited",
    "not_bound",
    "later_cell",
    "not_parsed",
    "no_provider",
    "not_built_in",
    "not_installed",
    "clobbered",
    "cannot_ask",
    "star_import",
    "in_flight",
    "input_changed",
    "bound_elsewhere",
    "cell_deleted",
]
"""Why a name has its status."""

ImportState = Literal[
    "not_installed", "shadowed", "unknown", "missing", "clobbered", "changed_on_disk", "live"
]
"""How an import of the notebook stands, the first that applies: the kernel's environment does not
have the module · a file of the user's is imported instead of the installed module · it cannot be
known · the kernel does not hold the name · the name is bound to something else · a file changed
since it was imported · none of these."""

FindingStatus = NameStatus | Literal["syntax_error"]
"""What a forecast finds: the status that a name would have, or text that is not Python."""

# --- the verdict on a cell

CellStatus = Literal[
    "blocked", "at_risk", "stale", "ready", "fresh", "empty", "not_python", "syntax_error"
]
"""Whether the cell would run now; `docs/statuses.md` says when each applies."""

StaleReason = Literal[
    "edited", "ran_again", "touched", "not_run", "failed", "other_value", "deleted", "later_cell",
    "no_cell", "input", "other_draws",
]  # fmt: skip
"""Why a cell that ran is stale: its text was edited since · a cell above bound the name again since
· or may have mutated it since · has not run · failed · the cell read a value of another cell · a
cell above deletes the name · only a cell below binds it · no cell binds it · the cell above is
stale itself · the cell would draw other random numbers in order."""

# --- what to run

RepairMode = Literal["cells", "imports"]
"""Run the cells that provide what is missing · run their import statements alone."""

PlanMode = RepairMode | Literal["with_cell", "stale", "dependents"]
"""A repair · a repair, then the cell itself · the stale cells · the cells that use what the cell
gives, directly or not; the last three together with what they miss."""
