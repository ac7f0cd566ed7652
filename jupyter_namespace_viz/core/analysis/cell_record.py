"""What is recorded about a cell while its text is walked?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement, RecordedBinding
from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.calls.body_orders import function_called, orders_in_call
from jupyter_namespace_viz.core.analysis.calls.cell_steps import CellSteps
from jupyter_namespace_viz.core.analysis.calls.origins import Origin, Step
from jupyter_namespace_viz.core.analysis.cell_names import (
    Import,
    PassedArgument,
    TakenName,
    Use,
    add_import,
    merged_use,
)
from jupyter_namespace_viz.core.analysis.flow import CERTAINLY_PRESENT, deleted_here, is_unbound
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    Doubt,
    FunctionEffects,
    add_read,
)
from jupyter_namespace_viz.core.analysis.random_numbers import RecordedDraws
from jupyter_namespace_viz.core.analysis.scopes import CellScope
from jupyter_namespace_viz.core.syntax.name_sources import NameSource
from jupyter_namespace_viz.core.vocabulary import DefinitionKind

MAX_FOLLOWED_READS = 50_000
"""The most reads of called functions that are followed in one cell. Real cells have a few hundred;
a malicious text would take minutes."""


class CellRecord:
    """The reads, bindings and mutations that take effect in the kernel's namespace.

    `line` is that of the current statement, `order` how many names have been bound or deleted so
    far. `last_followed_line` is None unless the cell exceeds MAX_FOLLOWED_READS: then it is the
    line up to which the reads of called functions are recorded.
    """

    def __init__(self) -> None:
        self.scope = CellScope()
        self.steps = CellSteps(self.scope.flow)
        self.line = 1
        self.order = 0
        self.uses: dict[str, Use] = {}
        self.deferred: dict[str, BodyRead] = {}
        self.deferred_bound: dict[str, BodyRead] = {}
        self.bindings: dict[str, RecordedBinding] = {}
        self.imports: dict[str, Import] = {}
        self.name_sources: set[NameSource] = set()
        self.deleted: dict[str, int | None] = {}
        self.rebound: set[str] = set()
        self.mutated: set[str] = set()
        self.aliases: set[tuple[str, str]] = set()
        self.read_files: set[str] = set()
        self.written_files: set[str] = set()
        self.random = RecordedDraws()
        self.passed_arguments: set[PassedArgument] = set()
        self.clears_namespace = False
        self.last_followed_line: int | None = None
        self._followed_reads = 0
        self._is_discarding = False
        self._replaced: Origin = None

    # Reads

    def read(
        self,
        name: str,
        line: int,
        certain: bool,
        guarded: bool,
        assumes: bool = False,
        via: str | None = None,
        doubt: Doubt = None,
        order: int | None = None,
    ) -> None:
        """Record that the cell reads a global name, or that the function `via` does which it calls.

        With `assumes` the name is known to be present after this read: otherwise an exception
        handler would have run.
        """
        boundness = self.scope.flow.boundness(name)
        if boundness == "bound":
            return
        old = self.uses.get(name)
        is_cleared = self.clears_namespace and boundness == "free" and not is_unbound(name)
        if boundness == "deleted" or is_cleared:
            if not (guarded or self.name_sources or is_predefined(name)):
                deleted = deleted_here(name)
                self.read(deleted, line, certain, guarded, via=via, doubt=doubt, order=order)
            if assumes:
                self.scope.flow.assume(name)
            return
        if old is None or not old.is_plain:
            may_be_bound = boundness == "maybe"
            is_optional = may_be_bound and self._is_only_imported(name)
            use = Use(
                name,
                "immediate",
                certain and boundness == "free",
                via,
                # A branch that uses what may not have been imported asks for it by its test.
                guarded or boundness in CERTAINLY_PRESENT or (is_optional and not certain),
                bool(self.name_sources) and not is_unbound(name),
                line,
                doubt,
                may_be_bound=may_be_bound,
                unless_imported=is_optional and certain,
                order=self.order if order is None else order,
            )
            self.uses[name] = use if old is None else merged_use(old, use)
        if assumes:
            self.scope.flow.assume(name)

    def _is_only_imported(self, name: str) -> bool:
        """Whether one import has bound the name so far, unless it has failed."""
        binding = self.bindings.get(name)
        if binding is None or binding.kind != "import" or name in self.rebound:
            return False
        return binding.line is not None

    # Steps

    def take(
        self, step: Step, line: int, certain: bool, guarded: bool, import_guarded: bool
    ) -> None:
        """Record that the cell does something with a value, such as calling it: what the functions
        read and import that run then, the cell reads and imports now. With `import_guarded` a
        failing import is handled here.
        """
        if self._followed_reads > MAX_FOLLOWED_READS:
            self.last_followed_line = self.last_followed_line or line
            return
        start = self.steps.order = self.order
        follower = self.steps.take(step, line, certain, guarded)
        if follower is None or not follower.called:
            return
        via = self.steps.via(step)
        called = function_called(step, self.scope.functions, follower.called)
        assigned: dict[str, bool] = {}
        deleted: set[str] = set()
        orders = orders_in_call(follower.called, called)
        for function, is_certain, doubt in follower.called:
            self._followed_reads += len(function.uses) or 1
            via = via or (function.name if function.name in self.scope.functions else None)
            if function.members is not None:
                continue  # its methods follow where they run
            for use in function.uses:
                if not use.is_nested:
                    is_sure = use.certain and is_certain and use.name not in assigned
                    is_guarded = guarded or use.guarded
                    at = start + orders.of_read(function, use.name)
                    why = "handled" if use.handled else doubt
                    self.read(use.name, line, is_sure, is_guarded, via=via, doubt=why, order=at)
            for one in function.imports if is_certain else ():
                self.import_module(one.module, line, [], one.certain, import_guarded, one.names)
            self._followed_reads += len(function.assigned_globals) + len(function.mutated_globals)
            assigned.update(dict.fromkeys(function.assigned_globals, is_certain))
            self.mutate(function.mutated_globals)
            self.steps.forget(set(function.mutated_globals) - self.steps.filled)
            self.random.draw(function.draws)
            if is_certain or function is called:
                deleted.update(function.deleted_globals)
        for name, is_certain in assigned.items():
            self.bind(name, "global", [], is_certain, start + orders.assigned.get(name, 0))
        self.order = max(self.order, start + orders.length)
        for name in deleted - assigned.keys():
            self.scope.flow.unbind(name)
            self.delete(name, certain)

    def defer(self, function: FunctionEffects) -> None:
        """Record that the body of the function may run later."""
        self.steps.has_functions = True
        if self._is_discarding:
            return
        for use in function.uses:
            if is_unbound(use.name):
                continue
            # A name that is bound here is also bound when the function is called, because the
            # function exists only if this branch has run. The exception: the cell deletes the name.
            is_bound = self.scope.flow.boundness(use.name) == "bound"
            add_read(self.deferred_bound if is_bound else self.deferred, use)

    # Bindings

    def bind(
        self,
        name: str,
        kind: DefinitionKind,
        imports: list[ImportStatement],
        certain: bool,
        order: int | None = None,
    ) -> None:
        """Record that the cell binds the name in the kernel's namespace."""
        self.scope.flow.bind(name)
        self.scope.functions.pop(name, None)
        self._replaced = self.steps.values.pop(name, None)
        self.steps.displays.discard(name)
        if self._is_discarding:
            return
        self.order += 1
        binding = self.bindings.get(name)
        if binding is not None:
            self.rebound.add(name)
        if binding is None or binding.kind != kind:
            line, first = (None, order) if binding is None else (binding.line, binding.order)
            first = self.order if first is None else first
            binding = self.bindings[name] = RecordedBinding(kind, line, first)
        if binding.line is None and certain:
            binding.line = self.line
        if imports and certain:  # replaces earlier imports, unless they bind the same package
            bound_module = imports[0].bound_module
            binding.imports = {
                one: None for one in binding.imports if one.bound_module == bound_module is not None
            }
        if imports:
            binding.imports.update(dict.fromkeys(imports))

    def bind_function(self, effects: FunctionEffects) -> None:
        """Record that the cell has bound a function or class with these effects."""
        self.scope.functions[effects.name] = effects
        self.defer(effects)

    def bind_value(self, name: str, value: Origin, certain: bool) -> None:
        """Record the value that the cell has just bound to the name."""
        self.steps.bind(name, value, self._replaced, certain)
        self._replaced = None

    def read_to_delete(self, name: str) -> None:
        """Record that the last read of the name was that of `del`."""
        use = self.uses.get(name)
        if use is not None and self.scope.flow.boundness(name) == "free":
            self.uses[name] = replace(use, deletes=True)

    def delete(self, name: str, certain: bool) -> None:
        """Record that the cell deletes the name."""
        self.scope.functions.pop(name, None)
        self.steps.values.pop(name, None)
        self.steps.displays.discard(name)
        if not self._is_discarding:
            self.order += 1
            if self.deleted.get(name) is None:
                self.deleted[name] = self.order if certain else None
            self.rebound.add(name)

    def import_module(
        self,
        module: str,
        line: int,
        statements: list[ImportStatement],
        certain: bool,
        guarded: bool,
        names: Sequence[str] = (),
    ) -> None:
        """Record that the cell imports the module, and takes `names` from it; `statements` bind
        names in the kernel's namespace.
        """
        bound = () if self._is_discarding else tuple(statements)
        numbered = enumerate(names, self.order)
        taken = tuple([TakenName(it, certain, guarded, line, at) for at, it in numbered])
        new = Import(module, certain, guarded, line, bound, taken=taken, order=self.order)
        add_import(self.imports, new)

    def clear_namespace(self) -> None:
        """Record that the cell deletes all names, its own so far and those of other cells."""
        self.clears_namespace = True
        for name in self.scope.flow.names():
            self.scope.flow.unbind(name)
        self.scope.functions.clear()
        self.steps.values.clear()

    @contextmanager
    def discarding(self) -> Iterator[None]:
        """Bindings inside this context have no effect after it."""
        functions, values = dict(self.scope.functions), dict(self.steps.values)
        was_discarding = self._is_discarding
        self.scope.flow.begin_branch()
        self._is_discarding = True
        yield
        self._is_discarding = was_discarding
        self.scope.flow.undo_branch()
        self.scope.functions, self.steps.values = functions, values

    def mutate(self, names: Iterable[str]) -> None:
        """Record that the cell may mutate the objects of these names."""
        self.mutated.update(self.steps.mutate(names))
