"""In which scope does a read or a binding take effect?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.calls.origins import Origin, Step, root_of, with_root
from jupyter_namespace_viz.core.analysis.cell_record import CellRecord
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyImport,
    BodyRead,
    FunctionEffects,
)
from jupyter_namespace_viz.core.analysis.path_state import PathState
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    binding_scope,
    mangled,
    running_scope,
    scope_of_object,
)
from jupyter_namespace_viz.core.vocabulary import DefinitionKind


class NameResolver(PathState):
    """Resolves each read and each binding in the scope where it happens.

    What takes effect in the kernel's namespace goes into `record`. The walker sets the other
    attributes as it goes, which are those of `PathState`.
    """

    def __init__(self) -> None:
        self.record = CellRecord()
        self.cell = self.record.scope
        super().__init__(self.cell)

    # Branches

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """The code in this context never runs: it only makes names local to the function."""
        outer, scope = self.scope, self.binding_scope()
        inner = self.scope = FunctionScope(outer, "")
        constants, self.constants = self.constants, {}
        with self.branch():
            yield
        self.scope, self.constants = outer, constants
        if isinstance(scope, FunctionScope):
            scope.add_statements_of(inner)

    def repeat_common(self, branches: Sequence[Mapping[str | Step, int]]) -> None:
        """Repeat what all of these branches do: exactly one of the branches runs."""
        first, *others = branches
        for done, line in first.items():
            if all(done in branch for branch in others):
                if isinstance(done, str):
                    self.read(done, line)
                else:
                    self.take(done, line)

    # Reading

    def read(self, name: str, line: int) -> None:
        """The code reads the name here."""
        if name[:2] == "__":
            name = mangled(name, self.scope)
        certain = self._certain and not self.guarded
        certain_in_branch = self.certain_in_branch and not self.guarded
        scope, innermost, is_global = self.scope, True, False
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                is_free = name not in scope.certainly_assigned and (
                    is_global or scope.flow.boundness(name) == "free"
                )
                if self._branch_reads is not None and certain_in_branch and is_free:
                    self._branch_reads[name] = line
                kind = (self.guarded, is_global, self.handled)
                scope.read(BodyRead(name, certain, False, False, *kind))
                return
            if isinstance(scope, ComprehensionScope):
                if name in scope.local_names:
                    return
                if scope.sees_class:
                    scope = scope.parent
                    continue
            elif innermost and name in scope.global_names:
                is_global = True
            elif innermost:
                boundness = scope.flow.boundness(name)
                if boundness == "bound":
                    return
                certain = certain and boundness != "maybe"
                certain_in_branch = certain_in_branch and boundness != "maybe"
            innermost = False
            scope = scope.parent
        if (
            self._branch_reads is not None
            and certain_in_branch
            and self.cell.flow.boundness(name) == "free"
        ):
            self._branch_reads[name] = line
        assumes = self.guarded and self._certain and isinstance(self.scope, CellScope)
        self.record.read(name, line, certain, self.guarded, assumes)

    def read_value(self, name: str, line: int) -> Origin:
        """The code reads the name here; returns the origin of its value, None if unknown."""
        if name[:2] == "__":
            name = mangled(name, self.scope)
        steps = self.record.steps
        is_known = name in steps.values
        if not isinstance(self.scope, CellScope):
            self.read(name, line)
            is_known = self.scope.may_have_value(name)
        elif self.cell.flow.boundness(name) != "bound":
            self.read(name, line)
            is_known = True
        if self.loop_items and name in self.loop_items:
            return self.loop_items[name]
        if name in steps.displays:
            steps.leaking.add(name)
        return name if is_known else None

    def take(self, step: Step, line: int) -> None:
        """The code does something with a value here; the read of its name is not included."""
        certain = self._certain and not self.guarded
        in_branch = self._branch_reads if self.certain_in_branch and not self.guarded else None
        scope, innermost = self.scope, True
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                if in_branch is not None:
                    in_branch[step] = line
                is_certain = certain and not self.import_guarded
                scope.take(step, is_certain, self.guarded, self.handled)
                return
            name = root_of(step)
            if isinstance(scope, ComprehensionScope):
                if name in scope.local_names:
                    return
                if scope.sees_class:
                    scope = scope.parent
                    continue
            elif innermost and isinstance(name, str) and scope.flow.boundness(name) != "free":
                value = scope.values.get(name)
                if value is None:
                    return
                changed = with_root(step, value)
                if not isinstance(changed, Step):
                    return
                step = changed
            innermost = False
            scope = scope.parent
        if in_branch is not None:
            in_branch[step] = line
        self.record.take(step, line, certain, self.guarded, self.import_guarded)

    def defer(self, function: FunctionEffects) -> None:
        """A lambda or a generator expression is only made here: its body may run later."""
        scope = running_scope(self.scope)
        if isinstance(scope, FunctionScope):
            scope.functions.append(function)
        else:
            self.record.defer(function)

    def read_interpolated(self, name: str, line: int) -> None:
        """IPython inserts the value of the name into a text here, if the kernel holds the name."""
        guarded, certain = self.guarded, self.certain
        self.guarded, self.certain = True, False
        self.read(name, line)
        self.guarded, self.certain = guarded, certain

    def assume(self, name: str) -> None:
        """The name is known to be present at this point."""
        if isinstance(self.scope, CellScope):
            self.cell.flow.assume(name)

    # Binding

    def bind(
        self, name: str, kind: DefinitionKind, imports: list[ImportStatement] | None = None
    ) -> None:
        """The code binds the name here."""
        if name[:2] == "__":
            name = mangled(name, self.scope)
        scope = self.binding_scope()
        self.forget_value(name)
        if isinstance(scope, FunctionScope):
            if name in scope.global_names:
                scope.assign_global(name, self.certain)
            elif name not in scope.outer_names:
                scope.bind(name)
                scope.rebound.add(name)
        elif isinstance(scope, ClassScope) and name not in scope.global_names:
            scope.flow.bind(name)
            scope.values.pop(name, None)
        else:
            self.record.bind(name, kind, imports or [], self._certain)

    def bind_global(self, name: str, kind: DefinitionKind) -> None:
        """The code binds the name in the kernel's namespace, whichever scope it is in."""
        scope = running_scope(self.scope)
        self.constants.pop(name, None)
        if isinstance(scope, FunctionScope):
            scope.assign_global(name, self.certain)
        else:
            self.record.bind(name, kind, [], self._certain)

    def bind_function(self, effects: FunctionEffects) -> None:
        """The code has just bound a function or class with these effects."""
        scope = self.binding_scope()
        if isinstance(scope, CellScope):
            self.record.bind_function(effects)
        else:
            scope.functions.append(effects)

    def value_of(self, origin: Origin) -> Origin:
        """What to bind as the value of this origin."""
        if origin is None:
            return None
        scope = self.binding_scope()
        if isinstance(scope, CellScope):
            return self.record.steps.value_of(origin)
        return scope.value_of(origin) if isinstance(scope, ClassScope) else origin

    def bind_value(self, name: str, origin: Origin) -> None:
        """The code has just bound the name to a value, as `value_of` returns it."""
        name = mangled(name, self.scope)
        scope = self.binding_scope()
        if isinstance(scope, CellScope):
            self.record.bind_value(name, origin, self._certain)
        elif isinstance(scope, ClassScope):
            if not scope.flow.is_in_branch:  # the class itself may be in one
                scope.values[name] = origin
        elif name in scope.local_names:
            scope.values.setdefault(name, origin)

    def unbind(self, name: str) -> None:
        """The code deletes the name, or leaves the exception handler that has bound it."""
        if name[:2] == "__":
            name = mangled(name, self.scope)
        scope = self.binding_scope()
        if isinstance(scope, FunctionScope):
            if name not in scope.global_names:
                scope.unbind(name)
            elif self.certain:
                scope.deleted_globals.add(name)
            return
        scope.flow.unbind(name)
        self.constants.pop(name, None)
        if isinstance(scope, CellScope):
            self.record.delete(name, self._certain)

    def import_module(
        self,
        module: str,
        line: int,
        statements: list[ImportStatement],
        names: Sequence[str] = (),
    ) -> None:
        """The code imports the module here and takes `names` from it; `statements` bind names."""
        running = running_scope(self.scope)
        if isinstance(running, FunctionScope):
            if not self.import_guarded:
                running.imports.append(BodyImport(module, tuple(names), self._certain))
            return
        certain = self._certain and not self.import_guarded
        bound = statements if isinstance(self.binding_scope(), CellScope) else []
        self.record.import_module(module, line, bound, certain, self.import_guarded, names)

    # Mutating

    def mutate(self, *names: str) -> None:
        """The code may mutate the objects of these names here."""
        for name in names:
            scope = scope_of_object(name, self.scope)
            if isinstance(scope, FunctionScope):
                scope.mutated.add(name)
            elif scope is not None:
                self.record.mutate([name])
                self.forget_changeable()

    # Scopes

    def in_body(self) -> bool:
        """Whether this code runs only when a function is called."""
        return isinstance(running_scope(self.scope), FunctionScope)

    def binding_scope(self) -> CellScope | ClassScope | FunctionScope:
        """The scope in which a binding takes effect here."""
        return binding_scope(self.scope)
