"""Which sentences explain that the kernel does not hold a name?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.flow import is_missing_in_text, owner, spelling
from jupyter_namespace_viz.core.kernel_state.namespace import Run
from jupyter_namespace_viz.core.sentences import CellAt, Field, Sentence, sentence
from jupyter_namespace_viz.core.verdicts.wording.mentions import cell_field, mention
from jupyter_namespace_viz.core.vocabulary import Beginning, Reason


def missing(
    name: str,
    via: str | None,
    reason: Reason,
    provider: int | None,
    deleter: str,
    beginning: Beginning,
    error: str | None,
) -> Sentence:
    """Why the kernel does not hold a name; `provider` is the index of the cell it is about, and
    `error` the name of the exception that it raised, where that is known."""
    subject, cell = mention(name, via), cell_field(provider)
    match reason:
        case "never_run":
            return sentence(
                "{subject} is missing: cell {cell} has not run since the kernel started.",
                subject=subject,
                cell=cell,
            )
        case "lost_at_restart" if beginning == "died":
            return sentence(
                "{subject} is missing: the kernel died and was restarted, and cell {cell} "
                "has not run since.",
                subject=subject,
                cell=cell,
            )
        case "lost_at_restart":
            return sentence(
                "{subject} is missing: the kernel was restarted and cell {cell} has not run since.",
                subject=subject,
                cell=cell,
            )
        case "deleted":
            return sentence(
                "{subject} is missing: {deleter} deleted it.",
                subject=subject,
                deleter=deleter,
            )
        case "provider_failed" if error == "KeyboardInterrupt":
            return sentence(
                "{subject} is missing: cell {cell} was interrupted before defining it.",
                subject=subject,
                cell=cell,
            )
        case "provider_failed" if error is not None:
            return sentence(
                "{subject} is missing: cell {cell} raised `{error}` before defining it.",
                subject=subject,
                cell=cell,
                error=error,
            )
        case "provider_failed":
            return sentence(
                "{subject} is missing: cell {cell} failed before defining it.",
                subject=subject,
                cell=cell,
            )
        case "provider_edited":
            return sentence(
                "{subject} is missing: cell {cell} was edited after it ran and has not run since.",
                subject=subject,
                cell=cell,
            )
        case "not_bound":
            return sentence(
                "{subject} is missing: cell {cell} ran without defining it.",
                subject=subject,
                cell=cell,
            )
        case "later_cell":
            return sentence(
                "{subject} is missing: only cell {cell}, further down, defines it.",
                subject=subject,
                cell=cell,
            )
        case "star_import":
            return sentence(
                "{subject} is missing: cell {cell}, which may define it, has not run.",
                subject=subject,
                cell=cell,
            )
        case "not_parsed":
            return sentence(
                "{subject} is missing: cell {cell}, which would define it, has a syntax error.",
                subject=subject,
                cell=cell,
            )
        case "not_built_in":
            return sentence(
                "{subject} is missing: it is a deleted builtin or one of a newer Python.",
                subject=subject,
            )
        case "no_provider" if provider is not None:
            return sentence(
                "{subject} is missing: cell {cell} defines it only in a branch that does not run.",
                subject=subject,
                cell=cell,
            )
        case "no_provider":
            return sentence("{subject} is missing: no cell defines it.", subject=subject)
        case _:
            raise ValueError(f"A missing name has another reason than {reason}")


def possible_provider_failed(
    name: str, via: str | None, provider: int, error: str | None
) -> Sentence:
    """The cell failed whose star import, `%run` or the like may define the name."""
    subject, cell = mention(name, via), cell_field(provider)
    if error is None or error == "KeyboardInterrupt":
        return sentence(
            "{subject} is missing: cell {cell}, which may define it, did not run to its end.",
            subject=subject,
            cell=cell,
        )
    return sentence(
        "{subject} is missing: cell {cell}, which may define it, raised `{error}`.",
        subject=subject,
        cell=cell,
        error=error,
    )


def after_one_of_cells(name: str, via: str | None, cells: Sentence, run: Run) -> Sentence:
    """A name is missing although one of several cells that define it has made this run."""
    fields: dict[str, Field] = {"subject": mention(name, via), "cells": cells}
    if run.succeeded:
        return sentence(
            "{subject} is missing: {cells} ran without defining it; which one is not known.",
            **fields,
        )
    if run.error == "KeyboardInterrupt":
        return sentence(
            "{subject} is missing: {cells} was interrupted before defining it; which one is not "
            "known.",
            **fields,
        )
    if run.error is None:
        return sentence(
            "{subject} is missing: {cells} failed before defining it; which one is not known.",
            **fields,
        )
    return sentence(
        "{subject} is missing: {cells} raised `{error}` before defining it; which one is not "
        "known.",
        error=run.error,
        **fields,
    )


def would_be_missing(name: str, via: str | None, reason: Reason, provider: int | None) -> Sentence:
    """Why a name would be missing when all cells run in order, and the remedy."""
    subject, cell = mention(name, via), cell_field(provider)
    match reason:
        case "later_cell":
            return sentence(
                "{subject} would be missing: only cell {cell}, further down, defines it. "
                "Move it up.",
                subject=subject,
                cell=cell,
            )
        case "deleted":
            return sentence(
                "{subject} would be missing: cell {cell} deletes it. Define it again or keep it.",
                subject=subject,
                cell=cell,
            )
        case "provider_failed":
            return sentence(
                "{subject} would be missing: cell {cell} raises before it defines it.",
                subject=subject,
                cell=cell,
            )
        case "no_provider" if provider is not None:
            return sentence(
                "{subject} would be missing: cell {cell} defines it only in a branch that does not "
                "run.",
                subject=subject,
                cell=cell,
            )
        case _:
            return sentence(
                "{subject} would be missing: no cell defines it. Define or import it above.",
                subject=subject,
            )


def bound_in_branch(name: str, via: str | None) -> Sentence:
    """The cell itself binds the name before it reads it, but only on some path."""
    return sentence(
        "{subject} may be missing: this cell defines it only in a branch.",
        subject=mention(name, via),
    )


def unbound(name: str, via: str | None) -> Sentence:
    """A name is read where it is certainly unbound; `name` is as `unbound_names` represents it."""
    function = owner(name)
    if is_missing_in_text(name):
        return sentence(
            "{subject} is missing: the text that reads it runs in a namespace of its own.",
            subject=mention(spelling(name), via),
        )
    if function is None:
        return sentence(
            "{subject} is missing: the cell itself deletes it before it reads it.",
            subject=mention(spelling(name), via),
        )
    return sentence(
        "`{name}` is a local name of `{function}` that is read before it is bound.",
        name=spelling(name),
        function=function,
    )


def would_not_be_imported(name: str, via: str | None, provider: int, module: str) -> Sentence:
    """A name would be missing as a cell continues without the module that it would import."""
    return sentence(
        "{subject} would be missing: cell {cell} continues without `{module}`, which is not "
        "installed.",
        subject=mention(name, via),
        cell=cell_field(provider),
        module=module,
    )


def has_to_run(name: str, via: str | None, provider: int | None) -> Sentence:
    """A name is missing as no kernel runs: true as well in the moment before one has started."""
    return sentence(
        "{subject} is missing: cell {cell} has to run first.",
        subject=mention(name, via),
        cell=cell_field(provider),
    )


def cannot_ask(name: str, via: str | None) -> Sentence:
    """It is not known whether the kernel holds the name, as the kernel has not answered."""
    return sentence(
        "It is unknown whether {subject} exists: the kernel has not answered.",
        subject=mention(name, via),
    )


def own_star_import(name: str, via: str | None) -> Sentence:
    """The cell's own star import may bind the name."""
    return sentence(
        "It is unknown whether this cell itself defines {subject}.", subject=mention(name, via)
    )


def will_be_bound(name: str, via: str | None, index: int | None) -> Sentence:
    """The running or queued cell at `index`, or one that was deleted, will bind the name."""
    if index is None:
        return sentence(
            "{subject} will be there when the deleted cell finishes.",
            subject=mention(name, via),
        )
    return sentence(
        "{subject} will be there when cell {cell} finishes.",
        subject=mention(name, via),
        cell=CellAt(index),
    )


def will_be_deleted(name: str, via: str | None, index: int | None) -> Sentence:
    """The queued cell at `index`, or one that was deleted, will delete the name."""
    if index is None:
        return sentence(
            "{subject} will be missing: the deleted cell runs first and deletes it.",
            subject=mention(name, via),
        )
    return sentence(
        "{subject} will be missing: cell {cell} runs first and deletes it.",
        subject=mention(name, via),
        cell=CellAt(index),
    )
