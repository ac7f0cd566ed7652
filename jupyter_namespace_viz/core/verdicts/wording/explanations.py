"""Which sentences explain what is wrong with a held name, and with a run?"""

from __future__ import annotations

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName
from jupyter_namespace_viz.core.sentences import CellAt, Field, Sentence, in_sequence, sentence
from jupyter_namespace_viz.core.verdicts.wording.mentions import mention
from jupyter_namespace_viz.core.vocabulary import Reason


def bound_by_other_import(held: HeldName) -> Sentence:
    """Another import of the same cell bound the name."""
    return sentence(
        "Another import in this cell set `{name}` to {what}.", name=held.name, what=_what(held)
    )


def clobbered(name: str, via: str | None, module: str, held: HeldName, binder: str) -> Sentence:
    """A name that should be a module is bound to something else; `binder` bound it."""
    return sentence(
        "{subject} should be the module `{module}`, but {binder} set it to {what}.",
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
        case "one_of_cells":
            return sentence(
                "{subject} is {what}, from {binder}; in order it comes from `{code}` in cell "
                "{cell}. It or another cell with the same text ran without importing it; which one "
                "is not known.",
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
        case _ if held.type[:1] in "aeiouAEIOU":
            return sentence("an `{type}`", type=held.type)
        case _:
            return sentence("a `{type}`", type=held.type)


def will_be_bound_again(name: str, via: str | None, index: int | None) -> Sentence:
    """The running or queued cell at `index`, or one that was deleted, will bind a held name."""
    if index is None:
        return sentence(
            "{subject} will be redefined when the deleted cell finishes.",
            subject=mention(name, via),
        )
    return sentence(
        "{subject} will be redefined when cell {cell} finishes.",
        subject=mention(name, via),
        cell=CellAt(index),
    )


def ghost(
    name: str, via: str | None, reason: Reason, binder: str, count: int | None = None
) -> Sentence:
    """No cell of the notebook defines the held name, or none does any more. `count` is that of the
    run that defined it, where its cell has run again since.
    """
    subject = mention(name, via)
    match reason:
        case "cell_deleted":
            return sentence(
                "{subject} was defined by a deleted cell; a restart will lose it.", subject=subject
            )
        case "provider_edited" if count is not None:
            return sentence(
                "{subject} is no longer defined by any cell: {binder} was edited after its run "
                "[{count}] defined it. A restart will lose it.",
                subject=subject,
                binder=binder,
                count=count,
            )
        case "provider_edited":
            return sentence(
                "{subject} is no longer defined by any cell: {binder} was edited after defining "
                "it. A restart will lose it.",
                subject=subject,
                binder=binder,
            )
        case "no_provider":
            return sentence(
                "{subject} comes from {binder}; no cell defines it. A restart will lose it.",
                subject=subject,
                binder=binder,
            )
        case _:
            return sentence(
                "{subject} comes from {binder}; no cell defines it any longer. A restart will "
                "lose it.",
                subject=subject,
                binder=binder,
            )


def stale_name(
    name: str,
    via: str | None,
    reason: Reason,
    index: int,
    binder: str,
    count: int | None = None,
) -> Sentence:
    """The held name does not have the value that the cell at `index` would bind now. `count` is
    that of the run that defined it, where the cell has run again since.
    """
    subject, cell = mention(name, via), CellAt(index)
    match reason:
        case "provider_edited" if count is not None:
            return sentence(
                "{subject} is stale: cell {cell} was edited after its run [{count}] defined it.",
                subject=subject,
                cell=cell,
                count=count,
            )
        case "provider_edited":
            return sentence(
                "{subject} is stale: cell {cell} was edited after defining it.",
                subject=subject,
                cell=cell,
            )
        case "provider_failed":
            return sentence(
                "{subject} may be stale: cell {cell} failed when it last ran.",
                subject=subject,
                cell=cell,
            )
        case "input_changed":
            return sentence(
                "In order, cell {cell} may give {subject} another value.",
                subject=subject,
                cell=cell,
            )
        case "bound_elsewhere":
            return sentence(
                "{subject} comes from {binder}, not from cell {cell}.",
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
        return what if cause is None else in_sequence(what, cause)
    if error is None:
        what = sentence("Raised an error when it last ran.")
    else:
        what = sentence("Raised `{error}` when it last ran.", error=error)
    if cause is None:
        cause = sentence(
            "Neither the cell nor a name that could have caused this has changed since."
        )
    return in_sequence(what, cause)
