"""How are the definitions, uses and imports of one cell represented?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from operator import attrgetter, itemgetter

from jupyter_namespace_viz.core.analysis.bindings import Definition, ImportStatement, find_sorted
from jupyter_namespace_viz.core.analysis.calls.origins import Origin, PendingStep
from jupyter_namespace_viz.core.analysis.function_effects import (
    Constants,
    Doubt,
    FunctionEffects,
    Shape,
    weaker_doubt,
)
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers, Seed
from jupyter_namespace_viz.core.frozen import frozen
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED, Problem
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.name_sources import NameSource, StarImport
from jupyter_namespace_viz.core.vocabulary import Phase

_name_of = attrgetter("name")
_module_of = attrgetter("module")
_first_of = itemgetter(0)


@frozen
class Cell:
    """One code cell: the unit of dependency.

    `id` is unique in its notebook. `source` is the text that the user sees, magics included.
    """

    id: str
    source: str


@frozen
class Use:
    """A free name: the cell uses it before it has certainly bound it.

    `certain` is False where the use is in a branch, or where the cell may have bound the name
    before. `via` is the function of this cell whose body reads the name when the cell calls it.
    `guarded` is True where a NameError is handled or cannot happen, so that the name is used but
    not needed. `star` is True where a star import of the same cell may have bound it before.
    `doubt` is why it may do no harm where it is missing. `deletes` is True where the cell deletes
    the name: a builtin cannot be deleted. `may_be_bound` is True where the cell has bound the name
    before on some path, `unless_imported` where the only such path is one on which an import has
    succeeded whose failure it handles. `order` is that of the last binding or deletion of the cell
    before it (`Definition.order`), None where that is not known.
    """

    name: str
    phase: Phase
    certain: bool
    via: str | None = None
    guarded: bool = False
    star: bool = False
    line: int | None = None
    doubt: Doubt = None
    deletes: bool = False
    may_be_bound: bool = False
    unless_imported: bool = False
    order: int | None = field(default=None, compare=False)

    @property
    def is_plain(self) -> bool:
        """Whether no other use of the name says more."""
        return self.certain and self.via is None and not (self.guarded or self.star or self.doubt)


@frozen
class TakenName:
    """A name that `from m import name` takes from a module; the other fields are those of the
    import."""

    name: str
    certain: bool
    guarded: bool
    line: int
    order: int | None = field(default=None, compare=False)


@frozen
class Import:
    """A module that the cell imports when it runs, with leading dots when relative.

    `certain` is False in a branch. `guarded` is True where a failure is handled. `statements` bind
    names at module level, in the order of the text; `*` stands for all names of a star import.
    It is imported only where one of the modules `unless` cannot be. `taken` are the names that must
    be in the module. `order` is the same as in `Use`.
    """

    module: str
    certain: bool
    guarded: bool
    line: int
    statements: tuple[ImportStatement, ...] = ()
    unless: tuple[str, ...] = ()
    taken: tuple[TakenName, ...] = ()
    order: int | None = field(default=None, compare=False)

    @property
    def top_level_module(self) -> str | None:
        """The module that Python imports first; None for a relative import."""
        return self.module.partition(".")[0] or None


@frozen
class PassedArgument:
    """The cell calls `function` with the object of `name`, or a part of it, as an argument.

    `parameter` is the index of a positional argument, or the keyword.
    """

    function: str
    parameter: int | str
    name: str


@frozen
class CellNames:
    """The names of one cell. They depend only on its text, its dialect, and the values of the names
    `constants` that other cells bind, which its branches test.

    All tuples are sorted by name, except `problems` (by line) and `seeds` (in the order of the
    text).

    `certain_deletions` are those of the `deletions` that happen on every path. `first_deletions`
    are the names that the cell certainly deletes, each with the orders (`Definition.order`) of its
    first such deletion and of its first binding, None where it has none.

    `uses` has one entry per name, the immediate one where there are both. `called` are the names of
    other cells that the cell calls or passes to calls when it runs, `steps` all that it does with
    values of other cells (`calls/origins.py`). `functions` are the effects of calls of the cell's
    functions and classes, `values` the origins of the values that it binds, as far as they are
    known. `set_attributes` are attributes that it sets of objects of other cells, each with the
    name of the object. `mutated` are the names whose objects the cell may mutate, `rebound` those
    that it binds more than once, or deletes. `aliases` are pairs of names: mutating the object of
    the first mutates that of the second. `read_files` and `written_files` are the paths that its
    text has whole.
    `passed_arguments` are the arguments that it passes to functions of other cells, `shapes` how
    many it gives to each name that it calls.

    `name_sources` bind names that the text does not show. `unknown_sources` are those of them that
    may bind any name, after `graph/enrichment/star_imports` has looked up the others.
    `intended_names` are the names that unparsed statements would bind.

    `draws` are the random numbers that the cell draws from or seeds, `seeds` those that it
    certainly seeds before it draws from them.

    `handled_lines` are lines of whose errors none leaves the cell.

    `tested` are the names of other cells whose values would decide which branches run.

    `language` is the cell's language, None for Python. `clears_namespace` is True where the cell
    deletes all names that were bound before, `keeps_errors` where its errors do not leave it, as
    `%%capture` keeps them. `automagic` is set where the text is analysed as
    Python, but runs as a magic if the kernel does not hold its first word, which is `automagic`.
    `dialect_after` is the dialect of the cells below, None where it is the cell's own.
    """

    definitions: tuple[Definition, ...] = ()
    uses: tuple[Use, ...] = ()
    deletions: tuple[str, ...] = ()
    certain_deletions: frozenset[str] = frozenset()
    first_deletions: tuple[tuple[str, int, int | None], ...] = field(default=(), compare=False)
    imports: tuple[Import, ...] = ()
    name_sources: tuple[NameSource, ...] = ()
    unknown_sources: tuple[NameSource, ...] = ()
    functions: tuple[FunctionEffects, ...] = ()
    values: tuple[tuple[str, Origin], ...] = ()
    set_attributes: tuple[tuple[str, str], ...] = ()
    called: frozenset[str] = frozenset()
    steps: tuple[PendingStep, ...] = ()
    mutated: frozenset[str] = frozenset()
    rebound: frozenset[str] = frozenset()
    aliases: frozenset[tuple[str, str]] = frozenset()
    read_files: frozenset[str] = frozenset()
    written_files: frozenset[str] = frozenset()
    draws: frozenset[RandomNumbers] = frozenset()
    seeds: tuple[tuple[RandomNumbers, Seed], ...] = ()
    passed_arguments: frozenset[PassedArgument] = frozenset()
    shapes: tuple[tuple[str, frozenset[Shape | None]], ...] = ()
    intended_names: frozenset[str] = frozenset()
    tested: frozenset[str] = frozenset()
    constants: Constants = ()
    problems: tuple[Problem, ...] = ()
    handled_lines: tuple[range, ...] = ()
    language: str | None = None
    empty: bool = False
    clears_namespace: bool = False
    keeps_errors: bool = False
    automagic: str | None = None
    dialect_after: Dialect | None = None

    @property
    def can_run(self) -> bool:
        """Whether the cell has Python code that can be parsed."""
        is_parsed = UNPARSED.isdisjoint(problem.kind for problem in self.problems)
        return is_parsed and not self.empty and self.language is None

    def definition_of(self, name: str) -> Definition | None:
        """The cell's definition of the name, None where it has none."""
        return find_sorted(self.definitions, name, _name_of)

    def concerns(self, name: str) -> bool:
        """Whether the cell may bind or delete the name, or mutate its object."""
        is_changed = name in self.mutated or name in self.deletions
        return is_changed or self.definition_of(name) is not None

    def function_of(self, name: str) -> FunctionEffects | None:
        """The effects of a call of the cell's function or class of that name, None where there is
        none.
        """
        return find_sorted(self.functions, name, _name_of)

    def import_of(self, module: str) -> Import | None:
        """The cell's import of the module, None where there is none."""
        return find_sorted(self.imports, module, _module_of)

    def value_of(self, name: str) -> Origin:
        """The origin of the value that the cell binds to the name, None where that is not known."""
        found = find_sorted(self.values, name, _first_of)
        return None if found is None else found[1]


def restoring_imports(names: CellNames, name: str) -> tuple[ImportStatement, ...]:
    """The import statements that bind the name again without running the rest of the cell."""
    definition = names.definition_of(name)
    if definition is None or definition.kind not in {"import", "star_import"}:
        return ()
    return definition.imports


def restoring_codes(names: CellNames, name: str) -> list[str]:
    """The code that binds the name again; empty where the cell chooses between modules."""
    imports = restoring_imports(names, name)
    if not imports:
        return [one.code for one in names.unknown_sources if isinstance(one, StarImport)]
    modules = {one.bound_module or one.code for one in imports}
    return [one.code for one in imports] if len(modules) == 1 else []


def top_level_imports(names: CellNames) -> tuple[Import, ...]:
    """The cell's imports, merged by top-level module and sorted by its name."""
    found: dict[str, Import] = {}
    for one in names.imports:
        top = one.top_level_module
        if top is not None:
            before = found.get(top)
            found[top] = replace(one, module=top) if before is None else merged_import(before, one)
    return tuple(found[top] for top in sorted(found))


def merged_import(old: Import, new: Import) -> Import:
    """Two imports of one module as one."""
    return replace(
        old,
        certain=old.certain or new.certain,
        guarded=old.guarded and new.guarded,
        line=min(old.line, new.line),
        order=new.order if new.certain and not old.certain else old.order,
        statements=tuple(dict.fromkeys(old.statements + new.statements)),
        unless=old.unless if old.unless == new.unless else (),
        taken=tuple(dict.fromkeys(old.taken + new.taken)),
    )


def add_import(imports: dict[str, Import], new: Import) -> None:
    """Add an import to those of a cell, by their modules."""
    old = imports.get(new.module)
    imports[new.module] = new if old is None else merged_import(old, new)


def note_fallbacks(
    imports: dict[str, Import], modules: Iterable[str], tried: tuple[str, ...]
) -> None:
    """These modules are imported only where one of `tried` cannot be."""
    for module in modules:
        imports[module] = replace(imports[module], unless=imports[module].unless or tried)


def may_run(imported: Import, is_there: Callable[[str], bool]) -> bool:
    """Whether the import may run; `is_there` tells which modules can be imported."""
    return not imported.unless or not all(map(is_there, imported.unless))


def merged_use(old: Use, new: Use) -> Use:
    """Two uses of one name as one: a certain use takes precedence, then one without `via`."""
    first = new if (new.certain, new.via is None) > (old.certain, old.via is None) else old
    guarded = old.guarded and new.guarded
    star = old.star and new.star
    doubt = weaker_doubt(old.doubt, new.doubt)
    if (guarded, star, doubt) == (first.guarded, first.star, first.doubt):
        return first
    return replace(first, guarded=guarded, star=star, doubt=doubt)
