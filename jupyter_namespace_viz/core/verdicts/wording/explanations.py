"""Which sentences explain a verdict on a name?"""

from __future__ import annotations

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName
from jupyter_namespace_viz.core.sentences import CellAt, Field, Sentence, in_sequence, sentence
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
                "{subject} is not in the kernel: cell {cell} has not run since the kernel started.",
                subject=subject,
                cell=cell,
            )
        case "lost_at_restart" if beginning == "died":
            return sentence(
                "{subject} is not in the kernel: it died and was started again, and cell {cell} "
                "has not run since.",
                subject=subject,
                cell=cell,
            )
        case "lost_at_restart":
            return sentence(
                "{subject} is not in the kernel: it was restarted, and cell {cell} has not run "
                "since.",
                subject=subject,
                cell=cell,
            )
        case "deleted":
            return sentence(
                "{subject} is not in the kernel: {deleter} deleted it.",
                subject=subject,
                deleter=deleter,
            )
        case "provider_failed" if error == "KeyboardInterrupt":
            return sentence(
                "{subject} is not in the kernel: cell {cell} was interrupted before defining it.",
                subject=subject,
                cell=cell,
            )
        case "provider_failed" if error is not None:
            return sentence(
                "{subject} is not in the kernel: cell {cell} raised `{error}` before defining it.",
                subject=subject,
                cell=cell,
                error=error,
            )
        case "provider_failed":
            return sentence(
                "{subject} is not in the kernel: cell {cell} failed before defining it.",
                subject=subject,
                cell=cell,
            )
        case "provider_edited":
            return sentence(
                "{subject} is not in the kernel: cell {cell} was edited after it ran, and has not "
                "run since.",
                subject=subject,
                cell=cell,
            )
        case "not_bound":
            return sentence(
                "{subject} is not in the kernel: cell {cell} ran but did not bind it.",
                subject=subject,
                cell=cell,
            )
        case "later_cell":
            return sentence(
                "{subject} is not in the kernel: only cell {cell}, further down, defines it.",
                subject=subject,
                cell=cell,
            )
        case "star_import":
            return sentence(
                "{subject} is not in the kernel: cell {cell}, which may bind it, has not run.",
                subject=subject,
                cell=cell,
            )
        case "not_parsed":
            return sentence(
                "{subject} is not in the kernel: cell {cell}, which would define it, cannot be "
                "parsed.",
                subject=subject,
                cell=cell,
            )
        case "not_built_in":
            return sentence(
                "{subject} is not in the kernel: it is a builtin that was deleted, or of a newer "
                "Python.",
                subject=subject,
            )
        case "no_provider":
            return sentence(
                "{subject} is not in the kernel, and no cell defines it.", subject=subject
            )
        case _:
            raise ValueError(f"A missing name has another reason than {reason}")


def would_be_missing(name: str, via: str | None, reason: Reason, provider: int | None) -> Sentence:
    """Why a name would be missing when all cells run in order, and the remedy."""
    subject, cell = mention(name, via), cell_field(provider)
    match reason:
        case "later_cell":
            return sentence(
                "{subject} would not be there yet: only cell {cell}, further down, defines it. "
                "Move it up.",
                subject=subject,
                cell=cell,
            )
        case "deleted":
            return sentence(
                "{subject} would not be there any more: cell {cell} deletes it. Define it again, "
                "or keep it.",
                subject=subject,
                cell=cell,
            )
        case _:
            return sentence(
                "{subject} would not be there: no cell defines it. Define or import it above.",
                subject=subject,
            )


def not_running(name: str, via: str | None) -> Sentence:
    """A name is missing because no kernel runs."""
    return sentence("{subject} is not there: no kernel is running.", subject=mention(name, via))


def bound_by_other_import(held: HeldName) -> Sentence:
    """Another import of the same cell bound the name."""
    if held.kind == "module":
        return sentence(
            "Another import of this cell made `{name}` the module `{module}`.",
            name=held.name,
            module=held.module or held.name,
        )
    return sentence(
        "Another import of this cell made `{name}` of type `{type}`.",
        name=held.name,
        type=held.type,
    )


def clobbered(name: str, via: str | None, module: str, held: HeldName, binder: str) -> Sentence:
    """A name that should be a module is bound to something else; `binder` bound it."""
    return sentence(
        "{subject} should be the module `{module}`, but {binder} made it {what}.",
        subject=mention(name, via),
        module=module,
        binder=binder,
        what=_what(held),
    )


def other_import(
    held: HeldName, via: str | None, binder: str, code: str, index: int, cause: Reason
) -> Sentence:
    """The import `code` of the cell at `index` would bind the name to another module than the
    kernel holds, and has not run, because of `cause`.
    """
    fields: dict[str, Field] = {
        "subject": mention(held.name, via),
        "what": _what(held),
        "binder": binder,
        "code": code,
        "cell": CellAt(index),
    }
    match cause:
        case "never_run":
            return sentence(
                "{subject} is {what}, from {binder}; in order it comes from `{code}` in cell "
                "{cell}, which has not run.",
                **fields,
            )
        case "provider_edited":
            return sentence(
                "{subject} is {what}, from {binder}; in order it comes from `{code}` in cell "
                "{cell}, which was edited and has not run since.",
                **fields,
            )
        case "provider_failed":
            return sentence(
                "{subject} is {what}, from {binder}; in order it comes from `{code}` in cell "
                "{cell}, which failed when it last ran.",
                **fields,
            )
        case "not_bound":
            return sentence(
                "{subject} is {what}, from {binder}; in order it comes from `{code}` in cell "
                "{cell}, which ran without importing it.",
                **fields,
            )
        case _:
            raise ValueError(f"An import has another reason for not having run than {cause}")


def _what(held: HeldName) -> Sentence:
    """What a name holds, as the last part of a sentence."""
    match held.kind:
        case "module":
            return sentence("the module `{module}`", module=held.module or held.name)
        case "class":
            return sentence("a class")
        case "function":
            return sentence("a function")
        case _:
            return sentence("of type `{type}`", type=held.type)


def cannot_ask(name: str, via: str | None) -> Sentence:
    """It is not known whether the kernel holds the name, as the kernel has not answered."""
    return sentence(
        "Whether {subject} is in the kernel cannot be told: it has not answered.",
        subject=mention(name, via),
    )


def own_star_import(name: str, via: str | None) -> Sentence:
    """The cell's own star import may bind the name."""
    return sentence(
        "Whether {subject} is bound by this cell itself cannot be told.",
        subject=mention(name, via),
    )


def will_be_bound(name: str, via: str | None, index: int) -> Sentence:
    """The running or queued cell at `index` will bind the name."""
    return sentence(
        "{subject} will be there when cell {cell} finishes.",
        subject=mention(name, via),
        cell=CellAt(index),
    )


def will_be_bound_again(name: str, via: str | None, index: int) -> Sentence:
    """The running or queued cell at `index` will bind a name that is held."""
    return sentence(
        "{subject} will be bound again when cell {cell} finishes.",
        subject=mention(name, via),
        cell=CellAt(index),
    )


def will_be_deleted(name: str, via: str | None, index: int) -> Sentence:
    """The queued cell at `index` will delete the name."""
    return sentence(
        "{subject} will not be there: cell {cell}, which runs first, deletes it.",
        subject=mention(name, via),
        cell=CellAt(index),
    )


def ghost(name: str, via: str | None, reason: Reason, binder: str) -> Sentence:
    """No cell of the notebook defines the held name, or none does any more."""
    subject = mention(name, via)
    match reason:
        case "cell_deleted":
            return sentence(
                "{subject} was defined by a deleted cell; a restart will lose it.", subject=subject
            )
        case "provider_edited":
            return sentence(
                "{subject} is defined by no cell any more: {binder}, which bound it, was edited. "
                "It will be gone after a restart.",
                subject=subject,
                binder=binder,
            )
        case "no_provider":
            return sentence(
                "{subject} is defined by no cell: {binder} bound it. It will be gone after a "
                "restart.",
                subject=subject,
                binder=binder,
            )
        case _:
            return sentence(
                "{subject} is defined by no cell any more: {binder} bound it. It will be gone "
                "after a restart.",
                subject=subject,
                binder=binder,
            )


def stale_name(name: str, via: str | None, reason: Reason, index: int, binder: str) -> Sentence:
    """The held name does not have the value that the cell at `index` would bind now."""
    subject, cell = mention(name, via), CellAt(index)
    match reason:
        case "provider_edited":
            return sentence(
                "{subject} is out of date: cell {cell} was edited after it bound it.",
                subject=subject,
                cell=cell,
            )
        case "provider_failed":
            return sentence(
                "{subject} may be out of date: cell {cell} failed when it last ran.",
                subject=subject,
                cell=cell,
            )
        case "input_changed":
            return sentence(
                "{subject} may be out of date: cell {cell}, which bound it, is.",
                subject=subject,
                cell=cell,
            )
        case "bound_elsewhere":
            return sentence(
                "{subject} is not what cell {cell} gives: {binder} bound it.",
                subject=subject,
                cell=cell,
                binder=binder,
            )
        case _:
            raise ValueError(f"A stale name has another reason than {reason}")


def failed(error: str | None, cause: Sentence | None) -> Sentence:
    """The cell raised `error` when it last ran; `cause` is a sentence on what it still lacks."""
    if error == "KeyboardInterrupt":
        what = sentence("Was interrupted when it last ran.")
    elif error is None:
        what = sentence("Raised an error when it last ran.")
    else:
        what = sentence("Raised `{error}` when it last ran.", error=error)
    return what if cause is None else in_sequence(what, cause)
