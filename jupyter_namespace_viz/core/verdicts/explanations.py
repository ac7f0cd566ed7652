"""How does a verdict read in English?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jupyter_namespace_viz.core.kernel_state.cell_runs import Origin
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.verdicts.staleness import StaleCell
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.vocabulary import Beginning, Reason


def cell_number(position: int) -> str:
    """How messages name the cell at a place among the code cells, which counts from 0."""
    return f"cell {position + 1}"


def missing(
    name: str,
    via: str | None,
    reason: Reason,
    provider: int | None,
    culprit: str,
    beginning: Beginning,
) -> str:
    """Why the kernel does not hold a name, and so what would help."""
    cell = "" if provider is None else cell_number(provider)
    restarted = "it died and was started again" if beginning == "died" else "it was restarted"
    explanation = {
        "never_run": f": {cell} has not run since the kernel started",
        "lost_at_restart": f": {restarted}, and {cell} has not run since",
        "deleted": f": {culprit} deleted it",
        "provider_failed": f": {cell} failed before it bound it",
        "provider_edited": f": {cell} was edited after it ran, and has not run since",
        "not_bound": f": {cell} ran but did not bind it",
        "later_cell": f": only {cell}, further down, defines it",
        "star_import": f": {cell}, which may bind it, has not run",
        "not_parsed": f": {cell}, which would define it, cannot be parsed",
        "no_provider": ", and no cell defines it",
        "not_built_in": ": it is a builtin that was deleted, or of a newer Python",
    }[reason]
    return f"{_mention(name, via)} is not in the kernel{explanation}."


def would_be_missing(name: str, via: str | None, reason: Reason, provider: int | None) -> str:
    """Why a name would not be there when all cells run in order, and the remedy."""
    cell = "" if provider is None else cell_number(provider)
    explanation = {
        "later_cell": f"would not be there yet: only {cell}, further down, defines it. Move it up",
        "deleted": f"would not be there any more: {cell} deletes it. Define it again, or keep it",
    }.get(reason, "would not be there: no cell defines it. Define or import it above")
    return f"{_mention(name, via)} {explanation}."


def not_running(name: str, via: str | None) -> str:
    """There is no kernel, so nothing is held."""
    return f"{_mention(name, via)} is not there: no kernel is running."


def not_installed(module: str, python: str | None) -> str:
    """An import that the kernel's environment cannot serve: of a package, or of a part of one that
    it has.
    """
    where = f" (`{python}`)" if python else ""
    package, _, part = module.rpartition(".")
    if package:
        return f"`{package}` in the kernel's environment{where} has no module `{part}`."
    return f"`{module}` is not installed in the kernel's environment{where}."


def not_seen(module: str, python: str | None) -> str:
    """A part of a package that only the package's own code could bring along."""
    package, _, part = module.rpartition(".")
    where = f" (`{python}`)" if python else ""
    return f"`{package}` in the kernel's environment{where} shows no module `{part}`."


def cannot_be_imported(
    name: str, via: str | None, provider: int, module: str, python: str | None
) -> str:
    """A name that only an import could bring back which the kernel's environment cannot serve."""
    subject, cell = _mention(name, via), cell_number(provider)
    cause = not_installed(module, python)
    return f"{subject} is not in the kernel, and {cell} cannot import it: {cause}"


def not_imported(module: str, python: str | None, server_has_it: bool, guarded: bool) -> str:
    """An import that the kernel's environment cannot serve, and what that means."""
    server = " The server's environment has it: this kernel runs in another." * server_has_it
    return not_installed(module, python) + server + " The cell goes on without it." * guarded


def shadowed(module: str, file: str | None, other: str) -> str:
    """A file of the user's own that is imported instead of an installed module."""
    return (
        f"`{module}` is imported from `{file}`, not from `{other}`. Rename `{file}` unless it is "
        "meant."
    )


def namesake(module: str, file: str | None, other: str, is_next: bool) -> str:
    """A file that has the name of a module and is not imported, or not in this kernel yet."""
    if is_next:
        return f"A new kernel would import `{module}` from `{other}`."
    where = "there without a file" if file is None else f"found in `{file}` first"
    return f"`{other}` is not imported: `{module}` is {where}."


def changed_on_disk(module: str, changed: Sequence[str], reloads: bool, gone: bool) -> str:
    """The files of loaded modules that changed since they were imported."""
    if gone:
        return f"The file of `{module}` is gone since it was imported: a new kernel will lack it."
    names = ", ".join(f"`{name}`" for name in changed)
    was = "it was" if len(changed) == 1 else "they were"
    remedy = "Restart the kernel, or load it again with `importlib.reload`."
    if reloads:
        remedy = "The next run brings that in, by autoreload."
    return f"{names} changed on disk since {was} imported. {remedy}"


def uncertain_module(module: str, is_loaded: bool) -> str:
    """A module that was not found and may be there all the same."""
    package, _, part = module.rpartition(".")
    if package and not is_loaded:
        return f"Whether `{package}` has a module `{part}` is known when it is loaded."
    return (
        f"Python does not find `{module}`; whether a finder of somebody else has it is not known."
    )


def relative_import(code: str) -> str:
    """An import that works in a package only."""
    return f"`{code}` works inside a package; in a notebook it raises ImportError."


def star_not_run(code: str) -> str:
    """A star import whose cell has not run, or failed."""
    return f"`{code}` has not run to its end in this kernel."


def is_another(held: HeldName) -> str:
    """A name that another import of the same cell has bound."""
    what = f"the module `{held.module}`" if held.kind == "module" else f"of type `{held.type}`"
    return f"Another import of this cell made `{held.name}` {what}."


def clobbered(name: str, via: str | None, module: str, held: HeldName, binder: str) -> str:
    """A name that should be a module and is something else."""
    if held.kind == "module":
        what = f"the module `{held.module}`"
    else:
        what = f"a {held.kind}" if held.kind != "instance" else f"of type `{held.type}`"
    return f"{_mention(name, via)} should be the module `{module}`, but {binder} made it {what}."


def cannot_ask(name: str, via: str | None) -> str:
    """The kernel did not tell what it holds."""
    return f"Whether {_mention(name, via)} is in the kernel cannot be told: it has not answered."


def own_star_import(name: str, via: str | None) -> str:
    """The cell's own star import may give the name."""
    return f"Whether {_mention(name, via)} is bound by this cell itself cannot be told."


def will_be_there(name: str, via: str | None, place: int) -> str:
    """A name that a cell in flight binds."""
    return f"{_mention(name, via)} will be there: {cell_number(place)}, which runs first, binds it."


def will_be_gone(name: str, via: str | None, place: int) -> str:
    """A name that a cell in flight deletes."""
    cell = cell_number(place)
    return f"{_mention(name, via)} will not be there: {cell}, which runs first, deletes it."


def ghost(name: str, via: str | None, reason: Reason, binder: str) -> str:
    """A held name that no cell of the notebook defines, or not any more."""
    any_more = "" if reason == "no_provider" else " any more"
    edited = reason == "provider_edited"
    cause = f"{binder}, which bound it, was edited" if edited else f"{binder} bound it"
    return (
        f"{_mention(name, via)} is defined by no cell{any_more}: {cause}. "
        "It will be gone after a restart."
    )


def stale(name: str, via: str | None, reason: Reason, place: int, binder: str) -> str:
    """A held name that is not what the cell at `place` would give by now."""
    cell = cell_number(place)
    cause = {
        "provider_edited": f"is out of date: {cell} was edited after it bound it",
        "provider_failed": f"may be out of date: {cell} failed when it last ran",
        "input_changed": f"may be out of date: {cell}, which bound it, is",
        "bound_elsewhere": f"is not what {cell} gives: {binder} bound it",
    }[reason]
    return f"{_mention(name, via)} {cause}."


def who(origin: Origin) -> str:
    """Who ran some code, as the subject of a sentence."""
    if origin.place is not None:
        return cell_number(origin.place)
    return {
        "deleted_cell": "a cell that is gone",
        "restored_import": "a restored import",
        "other_notebook": "another notebook",
        "console": "a console or another program",
        "outside": "code from outside the notebook",
    }.get(origin.kind, "code that was not seen")


def outdated(why: StaleCell, reader_of: Origin | None, position: int) -> str:
    """Why the cell at `position`, which ran, is out of date.

    `reader_of` is who made the value that it read instead of that of the cell at `why.place`.
    """
    name = f"`{why.name}`"
    cell = "" if why.place is None else cell_number(why.place)
    subject = cell.capitalize()
    if reader_of is not None and reader_of.place == position:
        other = f"It ran again, on the {name} that it had made itself."
    elif reader_of is not None:
        other = f"It read the {name} of {who(reader_of)}, where {cell} would give it another."
    else:
        other = ""
    return {
        "edited": "This cell was edited after it ran.",
        "ran_again": f"{subject} bound {name} again after this cell ran.",
        "touched": f"{subject} may have changed {name} after this cell ran.",
        "not_run": f"{subject}, which should give it {name}, has not run.",
        "failed": f"{subject}, which should give it {name}, failed when it last ran.",
        "deleted": f"{subject}, further up, deletes {name}, which this cell read.",
        "later_cell": f"It read the {name} of {cell}, further down.",
        "no_cell": f"It read a {name} that no cell above gives it.",
        "input": f"{subject}, which gives it {name}, is out of date itself.",
        "other_value": other,
        "other_draws": f"It drew from {why.name}: a run in order may give it others.",
    }[why.reason]


def summary(
    verdicts: Sequence[CellVerdict],
    namespace: Namespace,
    running: bool,
    answered: bool,
    silent: bool,
    importers: Sequence[int],
) -> str:
    """The one line at the top: what the notebook is waiting for, or what needs attention.

    `importers` are the places of the cells whose imports the waiting cells need.
    """
    waiting = sum(verdict.waiting for verdict in verdicts)
    stale_cells = sum(verdict.status == "stale" for verdict in verdicts)
    blocked = sum(verdict.status == "blocked" for verdict in verdicts) - waiting
    at_risk = sum(verdict.status == "at_risk" for verdict in verdicts)
    parts = []
    if blocked:
        parts.append(f"{_cells(blocked)} would raise an error")
    if at_risk:
        parts.append(f"{_cells(at_risk)} at risk")
    if waiting:
        imports = f"the imports of {_list_of_cells(importers)}" if importers else "the cells above"
        parts.append(f"{_cells(waiting)} {'waits' if waiting == 1 else 'wait'} for {imports}")
    if stale_cells:
        parts.append(f"{_cells(stale_cells)} out of date")
    if silent:
        text = ", ".join(parts) or "everything this notebook needs was live"
        return f"When the kernel last answered: {text}."
    if not parts:
        return "Everything this notebook needs is live." if verdicts else "No code cells."
    text = ", ".join(parts) + "."
    if not running:
        return f"No kernel is running: {text}"
    if not answered:
        return f"The kernel has not answered: {text}"
    has_run = bool(namespace.runs or namespace.other_runs)
    if has_run or not all(held.initial for held in namespace.names.values()):
        return text
    if namespace.beginning in {"restarted", "died"}:
        return f"The kernel was restarted: {text}"
    return f"Nothing has run in this kernel yet: {text}"


def provides(verb: str, consumers: Mapping[str, Iterable[int]]) -> str:
    """What a step of a plan is for; `consumers` are the places of the cells that need each name."""
    # Random numbers stand among the names; they are none.
    names = ", ".join(f"`{it}`" if it.isidentifier() else it for it in sorted(consumers))
    places = sorted({place for these in consumers.values() for place in these})
    need = "needs" if len(places) == 1 else "need"
    return f"{verb} {names}, which {_list_of_cells(places)} {need}."


THE_CELL_ITSELF = "This is the cell itself."
"""Why a cell runs of which the user said that it shall."""


def uses(providers: Mapping[str, Iterable[int]]) -> str:
    """Why a cell is to run after others; `providers` are the places that give it each name."""
    names = ", ".join(f"`{name}`" for name in sorted(providers))
    places = sorted({place for these in providers.values() for place in these})
    return f"Uses {names} of {_list_of_cells(places)}."


def _mention(name: str, via: str | None) -> str:
    return f"`{name}`" if via is None else f"`{name}`, which `{via}` reads,"


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _list_of_cells(places: Sequence[int]) -> str:
    """At most three cells by number."""
    numbers = [str(place + 1) for place in places]
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    if len(numbers) > 3:
        return f"cells {', '.join(numbers[:3])} and more"
    return f"cells {', '.join(numbers[:-1])} and {numbers[-1]}"
