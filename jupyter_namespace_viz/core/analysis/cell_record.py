"""What is recorded of the cell while its text is walked?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.cell_names import Import, PassedArgument, Use, merged
from jupyter_namespace_viz.core.analysis.flow import CERTAINLY_PRESENT
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    FunctionEffects,
    add_read,
    follow_calls,
)
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers, Seed
from jupyter_namespace_viz.core.analysis.scopes import CellScope
from jupyter_namespace_viz.core.syntax.name_sources import NameSource
from jupyter_namespace_viz.core.vocabulary import DefinitionKind

MOST_FOLLOWED = 200_000
"""Reads of called functions in one cell. Real cells have a few hundred; a text made to be slow
would take minutes."""


@dataclass(slots=True)
class RecordedBinding:
    """The bindings of one name in the cell so far: the last kind, and its imports.

    `line` is that of the first certain binding.
    """

    kind: DefinitionKind
    line: int | None
    imports: list[ImportStatement] = field(default_factory=list)


class CellRecord:
    """The reads, bindings and mutations that take effect in the kernel's namespace.

    `line` is that of the statement being walked. `last_followed_line` is None unless the cell calls
    so much that the reads of its functions were followed up to that line only.
    """

    def __init__(self) -> None:
        self.scope = CellScope()
        self.line = 1
        self.uses: dict[str, Use] = {}
        self.deferred: dict[str, BodyRead] = {}
        self.deferred_bound: dict[str, BodyRead] = {}
        self.bindings: dict[str, RecordedBinding] = {}
        self.imports: dict[str, Import] = {}
        self.name_sources: set[NameSource] = set()
        self.deleted: set[str] = set()
        self.mutated: set[str] = set()
        self.draws: set[RandomNumbers] = set()
        self.seeds: dict[RandomNumbers, Seed] = {}
        self.passed_arguments: set[PassedArgument] = set()
        self.clears_namespace = False
        self.last_followed_line: int | None = None
        self._followed = 0
        self._is_discarding = False

    # Reads

    def read(
        self,
        read: BodyRead,
        line: int,
        certain: bool,
        guarded: bool,
        assumes: bool = False,
        via: str | None = None,
    ) -> None:
        """The cell reads a global name; `certain` when the text here runs whenever the cell does.

        With `assumes` the name is present from here on: else a handler would have taken over.
        """
        name = read.name
        boundness = self.scope.flow.boundness(name)
        if boundness in {"free", "assumed", "present", "maybe"}:
            use = Use(
                name,
                "immediate",
                read.certain and boundness == "free",
                via,
                read.called,
                guarded or boundness in CERTAINLY_PRESENT,
                bool(self.name_sources),
                line,
                read.is_consumed,
            )
            old = self.uses.get(name)
            self.uses[name] = use if old is None else _merged(old, use)
            if assumes:
                self.scope.flow.assume(name)
        if via is None and boundness != "free" and name in self.scope.functions:
            self._follow(read, line, certain, guarded)

    def _follow(self, read: BodyRead, line: int, certain: bool, guarded: bool) -> None:
        """The cell uses a function of its own: it reads now what the function reads."""
        name = read.name
        if self._followed > MOST_FOLLOWED:
            self.last_followed_line = self.last_followed_line or line
            return
        reads = {name: read}
        follow_calls(reads, self.scope.functions, [name])
        del reads[name]
        self._followed += len(reads)
        for use in reads.values():
            self.read(use, line, certain, guarded, via=name)
        if read.called:
            for assigned in self.scope.functions[name].assigned_globals:
                self.bind(assigned, "global", [], certain)
            self.mutate(self.scope.functions[name].mutated_globals)
            self.draw(self.scope.functions[name].draws)

    # Bindings

    def bind(
        self, name: str, kind: DefinitionKind, imports: list[ImportStatement], certain: bool
    ) -> None:
        """The cell binds the name in the kernel's namespace."""
        self.scope.flow.bind(name)
        self.scope.functions.pop(name, None)
        if self._is_discarding:
            return
        binding = self.bindings.get(name)
        if binding is None or binding.kind != kind:
            line = binding.line if binding is not None else None
            binding = self.bindings[name] = RecordedBinding(kind, line)
        if binding.line is None and certain:
            binding.line = self.line
        if imports and certain:  # what it was before is lost, but for parts of one package
            gives = imports[0].gives
            binding.imports = [one for one in binding.imports if one.gives == gives is not None]
        binding.imports += [one for one in imports if one not in binding.imports]

    def bind_function(self, effects: FunctionEffects) -> None:
        """The cell has bound a function or class whose call does this."""
        self.scope.functions[effects.name] = effects
        if self._is_discarding:
            return
        for use in effects.uses:
            # Where the name is bound already it still is when the function is called: the function
            # exists only if this branch has run. Unless the cell deletes the name later on.
            is_bound = self.scope.flow.boundness(use.name) == "bound"
            add_read(self.deferred_bound if is_bound else self.deferred, use)

    def delete(self, name: str) -> None:
        """The cell deletes the name."""
        self.scope.functions.pop(name, None)
        if not self._is_discarding:
            self.deleted.add(name)

    def import_module(
        self,
        module: str,
        line: int,
        statements: list[ImportStatement],
        certain: bool,
        guarded: bool,
    ) -> None:
        """The cell imports the module; `statements` bind names in the kernel's namespace."""
        kept = () if self._is_discarding else tuple(statements)
        new = Import(module, certain, guarded, line, kept)
        old = self.imports.get(module)
        self.imports[module] = new if old is None else merged(old, new)

    def clear_namespace(self) -> None:
        """The cell deletes all names: those of this cell so far, and those of all before it."""
        self.clears_namespace = True
        for name in self.scope.flow.names():
            self.scope.flow.unbind(name)
        self.scope.functions.clear()

    @contextmanager
    def discarding(self) -> Iterator[None]:
        """What is bound inside is lost afterwards."""
        functions, was_discarding = dict(self.scope.functions), self._is_discarding
        self.scope.flow.begin_branch()
        self._is_discarding = True
        yield
        self._is_discarding = was_discarding
        self.scope.flow.take_back_branch()
        self.scope.functions = functions

    # Mutations

    def mutate(self, names: Iterable[str]) -> None:
        """The cell may mutate the objects of these names."""
        self.mutated.update(names)

    def draw(self, draws: Iterable[RandomNumbers]) -> None:
        """The cell draws these random numbers."""
        for numbers in self.seeds.keys() & draws:
            self.seeds[numbers] = replace(self.seeds[numbers], is_drawn_from=True)
        self.draws.update(draws)

    def seed(self, numbers: RandomNumbers, seed: str) -> None:
        """The cell seeds the random numbers before it draws from them."""
        self.draws.add(numbers)
        self.seeds[numbers] = Seed(seed)


def _merged(old: Use, new: Use) -> Use:
    """Two uses of one name: the first certain one leads, a direct one before one by a call."""
    first = new if (new.certain, new.via is None) > (old.certain, old.via is None) else old
    called = old.called or new.called
    guarded = old.guarded and new.guarded
    star = old.star and new.star
    is_consumed = old.is_consumed or new.is_consumed
    flags = (first.called, first.guarded, first.star, first.is_consumed)
    if (called, guarded, star, is_consumed) == flags:
        return first
    return replace(first, called=called, guarded=guarded, star=star, is_consumed=is_consumed)
