"""How is the text of a cell compared with the texts that ran, and did these have its effect?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import ReadSource
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED


def can_stand_alone(source: str, read: ReadSource) -> bool:
    """Whether the text can be parsed, and is not the inside of a block."""
    problems = read(source).problems
    return not source[:1].isspace() and not any(it.kind in UNPARSED for it in problems)


def code_of(source: str) -> str:
    """The text without blank lines, unless they may be part of a string or of another language."""
    if '"""' in source or "'''" in source or source.lstrip().startswith("%%"):
        return source.strip("\n")
    return "\n".join(line for line in source.split("\n") if line.strip())


def first_line(source: str) -> str:
    """The first line that is not empty."""
    return source.lstrip("\n").partition("\n")[0]


def rest_after(whole: str, part: str) -> str | None:
    """What follows the lines of `part` in a text that begins with them; None where it does not."""
    whole, part = whole.strip("\n"), part.strip("\n")
    if not whole.startswith(part):
        return None
    rest = whole[len(part) :]
    return None if rest and rest[0] != "\n" else rest.strip("\n")


def text_before(whole: str, part: str) -> str | None:
    """What precedes the lines of `part` in a text that ends with them; None where it does not."""
    whole, part = whole.strip("\n"), part.strip("\n")
    if not part or not whole.endswith("\n" + part):
        return None
    return whole[: -len(part)].strip("\n")


def whole_and_rest(
    source: str, wholes: Iterable[Run], rests: Iterable[Run]
) -> tuple[Run, Run] | None:
    """A run of the text as a whole, and a later one of the same cell, of the end of the text; None
    where there are none. So it is after a split, a run of the lower part, and a merge.
    """
    code = code_of(source)
    for rest in rests:
        for whole in wholes:
            is_before = whole.cell_id == rest.cell_id and whole.serial < rest.serial
            if is_before and code_of(whole.source) == code and text_before(source, rest.source):
                return (whole, rest) if whole.succeeded and rest.succeeded else None
    return None


def ran_as_one(parts: Sequence[Run], names: Mapping[str, HeldName], read: ReadSource) -> bool:
    """Whether the runs had the effect of one: nothing that they read was changed in between."""
    first, last = parts[0].serial, parts[-1].serial
    serials = {run.serial for run in parts}
    texts = [read(run.source) for run in parts]
    if any(it.draws for it in texts) and last - first >= len(parts):
        return False
    held = (names.get(use.name) for it in texts for use in it.uses)
    return not any(
        first < change.serial < last and change.serial not in serials
        for it in held
        if it is not None
        for change in it.changes
    )


def repeats_alone(whole: Run, rest: Run, names: Mapping[str, HeldName], read: ReadSource) -> bool:
    """Whether the run of the end of the text did again what it had done in the run of the whole:
    what it reads, and what the text above it binds, is as that run left it.
    """
    above = text_before(whole.source, rest.source) or ""
    of_rest = read(rest.source)
    defined = {it.name for it in read(above).definitions}
    held = (names.get(name) for name in defined.union(it.name for it in of_rest.uses))
    return not of_rest.draws and not any(
        whole.serial < change.serial <= rest.serial
        for it in held
        if it is not None
        for change in it.changes
    )
