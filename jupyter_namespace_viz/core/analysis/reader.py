"""How is a cell's text turned into `CellNames`?"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, TypeVar

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.calls.origins import names_called_by
from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Import, Use
from jupyter_namespace_viz.core.analysis.cell_record import CellRecord
from jupyter_namespace_viz.core.analysis.flow import BOUND_ON_SOME_PATH
from jupyter_namespace_viz.core.analysis.function_effects import (
    A_FUNCTION,
    BodyText,
    Constants,
    FunctionEffects,
)
from jupyter_namespace_viz.core.analysis.path_state import Given
from jupyter_namespace_viz.core.analysis.rules.assignments import ASSIGNMENT_RULES
from jupyter_namespace_viz.core.analysis.rules.calls import CALL_RULES
from jupyter_namespace_viz.core.analysis.rules.classes import CLASS_RULES
from jupyter_namespace_viz.core.analysis.rules.constant_values import CHANGEABLE, some_function
from jupyter_namespace_viz.core.analysis.rules.containers.displays import DISPLAY_RULES
from jupyter_namespace_viz.core.analysis.rules.containers.parts import PART_RULES
from jupyter_namespace_viz.core.analysis.rules.control_flow import CONTROL_FLOW_RULES
from jupyter_namespace_viz.core.analysis.rules.exceptions import EXCEPTION_RULES
from jupyter_namespace_viz.core.analysis.rules.expressions import EXPRESSION_RULES
from jupyter_namespace_viz.core.analysis.rules.functions import FUNCTION_RULES
from jupyter_namespace_viz.core.analysis.rules.loops import LOOP_RULES
from jupyter_namespace_viz.core.analysis.rules.match import MATCH_RULES
from jupyter_namespace_viz.core.analysis.rules.text_arguments.magic_calls import (
    walk_automagic,
    walk_magic_cell,
)
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.syntax import magics
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.parser import takes_too_long
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text
from jupyter_namespace_viz.core.syntax.work import TooMuchWork

T = TypeVar("T")
Sortable = TypeVar("Sortable", str, tuple[str, str])

RULES = {
    **ASSIGNMENT_RULES,
    **CONTROL_FLOW_RULES,
    **EXCEPTION_RULES,
    **LOOP_RULES,
    **MATCH_RULES,
    **FUNCTION_RULES,
    **CLASS_RULES,
    **CALL_RULES,
    **EXPRESSION_RULES,
    **DISPLAY_RULES,
    **PART_RULES,
}

_NOTHING: frozenset[Any] = frozenset()

UNREAD = CellNames(problems=(takes_too_long(),))
"""What is known of a text that takes too long."""

MAX_SOURCE_CHARS = 200_000
"""Longer cells contain data, not code, and reading one would block everything else for seconds."""


def size_of_names(names: CellNames) -> int:
    """About how many bytes these names take."""
    found = (names.definitions, names.uses, names.imports, names.functions, names.mutated)
    in_functions = sum([len(function.uses) for function in names.functions])
    return 1_000 + 250 * (in_functions + sum(map(len, found)))


@cached_by_text(size_of_names, PYTHON, (), unread=UNREAD)
def read_cell(source: str, dialect: Dialect = PYTHON, constants: Constants = ()) -> CellNames:
    """The names of one cell. Unusual text results in a `Problem`, never in an exception.

    `constants` are the names that other cells bind whose values are known.

    >>> [use.name for use in read_cell("total = total + np.sum(x)").uses]
    ['np', 'total', 'x']
    """
    if not source.strip():
        return CellNames(empty=True)
    if dialect.language is not None:
        return CellNames(language=dialect.language)
    if len(source) > MAX_SOURCE_CHARS:
        message = sentence(
            "This cell is longer than {limit} characters and is not read.",
            limit=f"{MAX_SOURCE_CHARS:,}",
        )
        return CellNames(problems=(Problem(None, "too_large", message),))
    magic = magics.read_cell_magic(source, dialect.magics)
    automagic = magics.automagic(source, dialect.magics)
    walker = Walker(RULES, dialect)
    walker.read_body = read_body
    if constants:
        kept, changeable = _values_of(constants)
        walker.resolver.constants, walker.resolver.outer_constants = changeable, kept
    has_code = True
    try:
        if magic is not None:
            has_code = walk_magic_cell(walker, magic)
        elif automagic is not None:
            walk_automagic(walker, *automagic)
        else:
            has_code = walker.text(source, compiled=True)
    except TooMuchWork:
        return UNREAD
    except RecursionError:
        message = sentence("This cell is nested too deeply to be read.")
        return CellNames(problems=(Problem(1, "too_deep", message),))
    if magic is not None and magic.body in {"other", "unknown"}:
        return _names_of(walker, language=magic.language)
    names = _names_of(walker, empty=not has_code, constants=constants)
    keeps_errors = magic is not None and magic.keeps_errors
    return replace(names, keeps_errors=True) if keeps_errors else names


def _values_of(
    constants: Constants, rebound: frozenset[str] = _NOTHING
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that the names keep, and those that may change."""
    kept = {
        name: some_function if text == A_FUNCTION else ast.literal_eval(text)
        for name, text in constants
    }
    is_kept = {
        name: name not in rebound and not isinstance(kept[name], CHANGEABLE) for name in kept
    }
    changing = {name: kept.pop(name) for name, it in is_kept.items() if not it}
    return kept, changing


def read_body(body: BodyText, constants: Constants) -> FunctionEffects | None:
    """What a function does where its parameters have these values, None where its text does not
    tell."""
    found = _effects_of_text(body.text, body, constants)
    return found[0] if found else None


def _size_of_effects(found: tuple[FunctionEffects, ...]) -> int:
    return 1_000 + 250 * sum(len(it.uses) + len(it.steps) for it in found)


@cached_by_text(_size_of_effects, unread=())
def _effects_of_text(
    text: str, body: BodyText, constants: Constants
) -> tuple[FunctionEffects, ...]:
    """The same, none or one."""
    header = "if 1:" if body.class_name is None else f"class {body.class_name}:"
    is_indented = text[:1].isspace()
    before = [""] * (body.first_line - 1 - is_indented) + [header] * is_indented
    walker = Walker(RULES, PYTHON)
    walker.given = given = Given(body.owner, *_values_of(constants, body.deciding.rebound))
    try:
        walker.text("\n".join([*before, text]))
    except (TooMuchWork, RecursionError):
        return ()
    return () if given.effects is None else (given.effects,)


def read_statements(body: Sequence[ast.stmt], dialect: Dialect = PYTHON) -> CellNames:
    """The names of statements that are parsed already, such as those of a module; raises
    RecursionError where they are nested too deeply."""
    walker = Walker(RULES, dialect)
    walker.block(body)
    return _names_of(walker)


def _names_of(
    walker: Walker, language: str | None = None, empty: bool = False, constants: Constants = ()
) -> CellNames:
    record = walker.record
    boundness = record.scope.flow.boundness
    problems = walker.problems
    definitions = [
        Definition(
            name,
            binding.kind,
            bound == "bound",
            tuple(binding.imports),
            binding.line,
            binding.order,
        )
        for name, binding in sorted(record.bindings.items())
        if (bound := boundness(name)) in BOUND_ON_SOME_PATH
    ]
    uses = record.uses
    if record.deferred or record.deferred_bound:
        uses = {**_deferred_uses(record), **uses}
    sources = tuple(sorted(record.name_sources, key=str)) if record.name_sources else ()
    if record.last_followed_line is not None:
        message = sentence(
            "This cell calls too many functions: what they use is followed only up to here."
        )
        problems.append(Problem(record.last_followed_line, "too_large", message))
    return CellNames(
        definitions=tuple(definitions),
        uses=tuple([uses[name] for name in sorted(uses)]),
        called=_frozen([name for step in record.steps.pending for name in names_called_by(step)]),
        steps=tuple(record.steps.pending.values()),
        values=tuple(sorted(record.steps.values.items(), key=itemgetter(0))),
        set_attributes=_sorted(record.steps.set_attributes),
        intended_names=_frozen(walker.intended_names),
        tested=_frozen([it for it in walker.resolver.tested if boundness(it) == "free"]),
        constants=constants,
        mutated=_frozen(record.mutated),
        rebound=_frozen(record.rebound),
        aliases=_frozen(record.aliases),
        read_files=_frozen(record.read_files),
        written_files=_frozen(record.written_files),
        draws=_frozen(record.random.draws),
        seeds=tuple(record.random.seeds.items()),
        passed_arguments=_frozen(record.passed_arguments),
        shapes=tuple([(name, frozenset(walker.shapes[name])) for name in _sorted(walker.shapes)]),
        deletions=_sorted([it for it in record.deleted if boundness(it) != "bound"]),
        certain_deletions=_frozen([it for it in record.deleted if boundness(it) == "deleted"]),
        first_deletions=_first_deletions(record) if record.deleted else (),
        imports=tuple(sorted(record.imports.values(), key=_module_of)) if record.imports else (),
        name_sources=sources,
        unknown_sources=sources,
        functions=tuple([record.scope.functions[it] for it in _sorted(record.scope.functions)]),
        problems=tuple(sorted(problems, key=_line_of)) if problems else (),
        handled_lines=tuple(walker.handled_lines),
        language=language,
        empty=empty,
        clears_namespace=record.clears_namespace,
        automagic=walker.automagic,
        dialect_after=_dialect_after(walker),
    )


def _first_deletions(record: CellRecord) -> tuple[tuple[str, int, int | None], ...]:
    """The names that the cell certainly deletes, with the orders of deletion and binding."""
    bindings, deleted = record.bindings, record.deleted.items()
    orders = {name: binding.order for name, binding in bindings.items()}
    return tuple([(name, order, orders.get(name)) for name, order in deleted if order])


def _frozen(found: Collection[T]) -> frozenset[T]:
    """The set of these; all empty ones are one object, as most are."""
    return frozenset(found) if found else _NOTHING


def _sorted(found: Collection[Sortable]) -> tuple[Sortable, ...]:
    """These in their order; most are empty."""
    return tuple(sorted(found)) if found else ()


def _dialect_after(walker: Walker) -> Dialect | None:
    dialect = walker.dialect
    is_same = walker.magics is dialect.magics and walker.annotations_run == dialect.annotations_run
    if is_same and not walker.has_aliases:
        return None
    aliases = tuple(sorted(walker.aliases.items()))
    after = Dialect(dialect.language, walker.magics, walker.annotations_run, aliases)
    return None if after == dialect else after


def _module_of(imported: Import) -> str:
    return imported.module


def _line_of(problem: Problem) -> int:
    return problem.line or 0


def _deferred_uses(record: CellRecord) -> dict[str, Use]:
    """The names that the cell's functions read and that the cell itself does not certainly bind."""
    uses = {}
    deleted = {name: it for name, it in record.deferred_bound.items() if name in record.deleted}
    for name, read in {**deleted, **record.deferred}.items():
        boundness = record.scope.flow.boundness(name)
        if boundness != "bound":
            certain = read.certain and boundness != "maybe"
            uses[name] = Use(
                name, "deferred", certain, guarded=read.guarded, star=bool(record.name_sources)
            )
    return uses
