"""Which sentences explain a verdict on a name or a cell?"""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_namespace_viz.core.kernel_state.cell_runs import Origin
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from jupyter_namespace_viz.core.vocabulary import Beginning, Reason


def cell_number(index: int) -> str:
    """What messages call the cell at `index`: its number among the code cells, from 1."""
    return f"cell {index + 1}"


def missing(
    name: str,
    via: str | None,
    reason: Reason,
    provider: int | None,
    deleter: str,
    beginning: Beginning,
) -> str:
    """Why the kernel does not hold a name; `provider` is the index of the cell it is about."""
    cell = "" if provider is None else cell_number(provider)
    restarted = "it died and was started again" if beginning == "died" else "it was restarted"
    explanation = {
        "never_run": f": {cell} has not run since the kernel started",
        "lost_at_restart": f": {restarted}, and {cell} has not run since",
        "deleted": f": {deleter} deleted it",
        "provider_failed": f": {cell} failed before it bound it",
        "provider_edited": f": {cell} was edited after it ran, and has not run since",
        "not_bound": f": {cell} ran but did not bind it",
        "later_cell": f": only {cell}, further down, defines it",
        "star_import": f": {cell}, which may bind it, has not run",
        "not_parsed": f": {cell}, which would define it, cannot be parsed",
        "no_provider": ", and no cell defines it",
        "not_built_in": ": it is a builtin that was deleted, or of a newer Python",
    }[reason]
    return f"{mention(name, via)} is not in the kernel{explanation}."


def would_be_missing(name: str, via: str | None, reason: Reason, provider: int | None) -> str:
    """Why a name would be missing when all cells run in order, and the remedy."""
    cell = "" if provider is None else cell_number(provider)
    explanation = {
        "later_cell": f"would not be there yet: only {cell}, further down, defines it. Move it up",
        "deleted": f"would not be there any more: {cell} deletes it. Define it again, or keep it",
    }.get(reason, "would not be there: no cell defines it. Define or import it above")
    return f"{mention(name, via)} {explanation}."


def not_running(name: str, via: str | None) -> str:
    """A name is missing because no kernel runs."""
    return f"{mention(name, via)} is not there: no kernel is running."


def bound_by_other_import(held: HeldName) -> str:
    """Another import of the same cell bound the name."""
    what = f"the module `{held.module}`" if held.kind == "module" else f"of type `{held.type}`"
    return f"Another import of this cell made `{held.name}` {what}."


def clobbered(name: str, via: str | None, module: str, held: HeldName, binder: str) -> str:
    """A name that should be a module is bound to something else; `binder` bound it."""
    what = _kind_of(held)
    return f"{mention(name, via)} should be the module `{module}`, but {binder} made it {what}."


def other_import(
    held: HeldName, via: str | None, binder: str, code: str, index: int, cause: Reason
) -> str:
    """The import `code` of the cell at `index` would bind the name to another module than the
    kernel holds, and has not run, because of `cause`.
    """
    why = {
        "never_run": "has not run",
        "provider_edited": "was edited and has not run since",
        "provider_failed": "failed when it last ran",
        "not_bound": "ran without importing it",
    }[cause]
    name, cell = mention(held.name, via), cell_number(index)
    return (
        f"{name} is {_kind_of(held)}, from {binder}; in order it comes from `{code}` in {cell}, "
        f"which {why}."
    )


def _kind_of(held: HeldName) -> str:
    """What the held name is, after "is" or "made it"."""
    if held.kind == "module":
        return f"the module `{held.module}`"
    return f"a {held.kind}" if held.kind != "instance" else f"of type `{held.type}`"


def cannot_ask(name: str, via: str | None) -> str:
    """It is not known whether the kernel holds the name, as the kernel has not answered."""
    return f"Whether {mention(name, via)} is in the kernel cannot be told: it has not answered."


def own_star_import(name: str, via: str | None) -> str:
    """The cell's own star import may bind the name."""
    return f"Whether {mention(name, via)} is bound by this cell itself cannot be told."


def will_be_bound(name: str, via: str | None, index: int) -> str:
    """The queued cell at `index` will bind the name."""
    return f"{mention(name, via)} will be there: {cell_number(index)}, which runs first, binds it."


def will_be_deleted(name: str, via: str | None, index: int) -> str:
    """The queued cell at `index` will delete the name."""
    cell = cell_number(index)
    return f"{mention(name, via)} will not be there: {cell}, which runs first, deletes it."


def ghost(name: str, via: str | None, reason: Reason, binder: str) -> str:
    """No cell of the notebook defines the held name, or none does any more."""
    if reason == "cell_deleted":
        return f"{mention(name, via)} was defined by a deleted cell; a restart will lose it."
    any_more = "" if reason == "no_provider" else " any more"
    edited = reason == "provider_edited"
    cause = f"{binder}, which bound it, was edited" if edited else f"{binder} bound it"
    return (
        f"{mention(name, via)} is defined by no cell{any_more}: {cause}. "
        "It will be gone after a restart."
    )


def stale_name(name: str, via: str | None, reason: Reason, index: int, binder: str) -> str:
    """The held name does not have the value that the cell at `index` would bind now."""
    cell = cell_number(index)
    cause = {
        "provider_edited": f"is out of date: {cell} was edited after it bound it",
        "provider_failed": f"may be out of date: {cell} failed when it last ran",
        "input_changed": f"may be out of date: {cell}, which bound it, is",
        "bound_elsewhere": f"is not what {cell} gives: {binder} bound it",
    }[reason]
    return f"{mention(name, via)} {cause}."


def subject_of(origin: Origin) -> str:
    """Who ran some code, as the subject or object of a sentence."""
    if origin.index is not None:
        return cell_number(origin.index)
    return {
        "deleted_cell": "a deleted cell",
        "restored_import": "a restored import",
        "other_notebook": "another notebook",
        "console": "a console or another program",
        "outside": "code outside the notebook",
    }.get(origin.kind, "code that was not seen")


def stale_cell(stale: StaleCell, read_from: Origin | None, index: int) -> str:
    """Why the cell at `index`, which ran, is stale.

    `read_from` is the origin of the value that it read instead of the value of the cell at
    `stale.index`.
    """
    name = f"`{stale.name}`"
    cell = "" if stale.index is None else cell_number(stale.index)
    subject = cell.capitalize()
    if read_from is not None and read_from.index == index:
        other = f"It ran again, on the {name} that it had made itself."
    elif read_from is not None:
        other = f"Used {name} from {subject_of(read_from)}; in order it comes from {cell}."
    else:
        other = ""
    return {
        "edited": "This cell was edited after it ran.",
        "ran_again": f"{subject} bound {name} again after this cell ran.",
        "mutated": f"{subject} may have changed {name} after this cell ran.",
        "not_run": f"{subject}, which should give it {name}, has not run.",
        "failed": f"{subject}, which should give it {name}, failed when it last ran.",
        "deleted": f"{subject}, further up, deletes {name}, which this cell read.",
        "later_cell": f"It read the {name} of {cell}, further down.",
        "cell_deleted": f"Used {name} from a deleted cell; a restart will lose it.",
        "no_cell": f"It read a {name} that no cell above gives it.",
        "input": f"{subject}, which gives it {name}, is out of date itself.",
        "other_value": other,
        "other_draws": f"It drew from {stale.name}: a run in order may give it others.",
    }[stale.reason]


def mention(name: str, via: str | None) -> str:
    """A name as the subject of a sentence, with the function `via` that reads it, if any."""
    return f"`{name}`" if via is None else f"`{name}`, which `{via}` reads,"


def list_of_cells(indexes: Sequence[int]) -> str:
    """The cells at `indexes` by number, at most three of them."""
    numbers = [str(index + 1) for index in indexes]
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    if len(numbers) > 3:
        return f"cells {', '.join(numbers[:3])} and more"
    return f"cells {', '.join(numbers[:-1])} and {numbers[-1]}"
