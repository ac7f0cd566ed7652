"""What does one cell define, use and delete?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.bindings import Definition, ImportStatement
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers, Seed
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.name_sources import NameSource, StarImport
from jupyter_namespace_viz.core.vocabulary import Phase


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: the unit of dependency.

    `id` is unique in its notebook; `source` is the text as the user sees it, magics included.
    `has_result` says whether it shows an execution count or an output, of whatever kernel.
    """

    id: str
    source: str
    has_result: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A free name: the cell uses it before it has certainly bound it.

    `certain` is False when the use is in a branch, or the cell may have bound the name before.
    `via` is the function of this cell whose body reads the name when the cell calls it. `called`
    when the cell calls the name or passes it on; `guarded` when a failure is handled or cannot
    happen, so that the name is used but not needed. `star` when a star import of the cell itself
    may have bound it before. `is_consumed` unless what each call of it gives is kept or dropped as
    it is: that tells whether a generator runs.
    """

    name: str
    phase: Phase
    certain: bool
    via: str | None = None
    called: bool = False
    guarded: bool = False
    star: bool = False
    line: int | None = None
    is_consumed: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """A module that the cell imports when it runs, with leading dots when relative.

    `certain` is False in a branch, `guarded` where a failure is handled. `statements` bind names at
    module level, in the order of the text; `*` stands for all those that a star import gives.
    """

    module: str
    certain: bool
    guarded: bool
    line: int
    statements: tuple[ImportStatement, ...] = ()

    @property
    def top_level_module(self) -> str | None:
        """The module that must be found first; None for a relative import."""
        return self.module.partition(".")[0] or None


@dataclass(frozen=True, slots=True)
class PassedArgument:
    """The cell calls `function` with the object of `name`, or a part of it, as the argument
    `parameter`: its position or its name.
    """

    function: str
    parameter: int | str
    name: str


@dataclass(frozen=True, slots=True)
class CellNames:
    """One cell as it was read: the answer depends on its text and its dialect alone.

    All tuples are sorted by name, except `problems` (by line). `uses` has one entry for each name:
    the immediate one where there are both. `functions` have what the cell's functions and classes
    read when they are called. `name_sources` bind names that the text does not show;
    `unknown_sources` are those of them that may bind any name, once `graph/star_imports` has looked
    up the others. `language` is None for Python, else the cell's
    language. `called` are the names that the cell calls or passes on when it runs. `mutated` are
    the names whose objects it may mutate. `draws` are the random numbers that it draws from or
    seeds, `seeds` those that it certainly seeds first.
    `passed_arguments` are the arguments that it passes to functions of other cells.
    `intended_names` are the names that statements which do not parse would bind.
    `clears_namespace` when it deletes all names that were there before, `stops_annotations` when
    later cells do not evaluate annotations.
    """

    definitions: tuple[Definition, ...] = ()
    uses: tuple[Use, ...] = ()
    deletions: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()
    name_sources: tuple[NameSource, ...] = ()
    unknown_sources: tuple[NameSource, ...] = ()
    functions: tuple[FunctionEffects, ...] = ()
    called: frozenset[str] = frozenset()
    mutated: frozenset[str] = frozenset()
    draws: frozenset[RandomNumbers] = frozenset()
    seeds: tuple[tuple[RandomNumbers, Seed], ...] = ()
    passed_arguments: frozenset[PassedArgument] = frozenset()
    intended_names: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    language: str | None = None
    empty: bool = False
    clears_namespace: bool = False
    stops_annotations: bool = False
    automagic: str | None = None

    def definition_of(self, name: str) -> Definition | None:
        """How the cell defines the name, None when it does not."""
        return next((d for d in self.definitions if d.name == name), None)

    def function_of(self, name: str) -> FunctionEffects | None:
        """What the cell's function (or class) of that name reads when it is called."""
        return next((f for f in self.functions if f.name == name), None)


def restoring_imports(names: CellNames, name: str) -> tuple[ImportStatement, ...]:
    """The import statements that bring the name back without running the rest of the cell."""
    definition = names.definition_of(name)
    if definition is None or definition.kind not in {"import", "star_import"}:
        return ()
    return definition.imports


def restoring_codes(names: CellNames, name: str) -> list[str]:
    """What to run to have the name again; nothing where the cell chooses between modules."""
    imports = restoring_imports(names, name)
    if not imports:
        return [one.code for one in names.unknown_sources if isinstance(one, StarImport)]
    modules = {one.gives or one.code for one in imports}
    return [one.code for one in imports] if len(modules) == 1 else []


def top_level_imports(names: CellNames) -> tuple[Import, ...]:
    """The modules that must be found first for all that the cell imports, sorted by name."""
    found: dict[str, Import] = {}
    for one in names.imports:
        top = one.top_level_module
        if top is not None:
            before = found.get(top)
            found[top] = replace(one, module=top) if before is None else merged(before, one)
    return tuple(found[top] for top in sorted(found))


def merged(old: Import, new: Import) -> Import:
    """Two imports of one module as one."""
    return replace(
        old,
        certain=old.certain or new.certain,
        guarded=old.guarded and new.guarded,
        line=min(old.line, new.line),
        statements=tuple(dict.fromkeys(old.statements + new.statements)),
    )
