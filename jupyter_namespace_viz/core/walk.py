"""In which order does a cell's text read and bind names?"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from jupyter_namespace_viz.core import magics
from jupyter_namespace_viz.core.bindings import (
    DefinitionKind,
    from_module,
    import_statements,
    pattern_names,
)
from jupyter_namespace_viz.core.cell_names import Import
from jupyter_namespace_viz.core.flow import Flow, joined
from jupyter_namespace_viz.core.name_log import NameLog
from jupyter_namespace_viz.core.parsing import parse
from jupyter_namespace_viz.core.scopes import (
    BodyUse,
    ClassScope,
    ComprehensionScope,
    FunctionNames,
    FunctionScope,
    add_read,
)

# Methods that run when their class is called; the others run when somebody calls them.
_RUN_BY_CALL = frozenset({"__init__", "__new__", "__post_init__"})
_CATCH_ALL = frozenset({"Exception", "BaseException"})
_CATCH_IMPORT_ERROR = frozenset({"ImportError", "ModuleNotFoundError"}) | _CATCH_ALL
_MAGIC_CALLS = frozenset({"run_line_magic", "system", "getoutput"})

Block = Callable[[], None]


class Walk:
    """Walks statements in the order in which they run and tells `log` what happens to names.

    With `binds_stay` False what the text binds does not reach the notebook (`%%timeit`).
    """

    def __init__(self, binds_stay: bool = True) -> None:
        self.log = NameLog()
        self._binds_stay = binds_stay
        self._ended = False  # the path that led here has returned, raised, or left its loop
        self._may_return = False
        self._may_break = False
        self._may_skip_else = False  # a `break` has left the loop
        self._annotations_run = True
        self._line_offset = 0

    def run(self, body: Sequence[ast.stmt], line_offset: int = 0) -> None:
        """Walk the statements of a cell."""
        self._line_offset = line_offset
        if self._binds_stay:
            self.block(body)
        else:
            self._in_passing(body)

    def bind_magic(self, names: Iterable[str]) -> None:
        """A magic binds the names when the cell has run."""
        for name in names:
            self.log.bind(name, "magic")

    # Statements

    def block(self, body: Sequence[ast.stmt]) -> None:
        """Walk statements one after the other."""
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        """Walk one statement; kinds without a rule of their own only hold expressions."""
        self.log.line = self._line(node)
        rule = _STATEMENTS.get(type(node))
        if rule is not None:
            rule(self, node)
        else:
            self.expressions(node)

    def _assign(self, node: ast.Assign) -> None:
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if isinstance(node.value, ast.Lambda) and len(names) == len(node.targets):
            self._named_lambda(node.value, names)
            return
        self.expression(node.value)
        for target in node.targets:
            self.target(target, "assignment")

    def _ann_assign(self, node: ast.AnnAssign) -> None:
        scope = self.log.binding_scope()
        if node.value is not None:
            self.expression(node.value)
        if node.value is not None or not isinstance(node.target, ast.Name):
            self.target(node.target, "assignment")
        elif isinstance(scope, FunctionScope):
            scope.local_names.add(node.target.id)
        # The annotation comes last; those of local variables are never evaluated.
        if not isinstance(scope, FunctionScope):
            self._annotation(node.annotation)

    def _aug_assign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.log.read(node.target.id, self._line(node))
        self.expression(node.value)
        self.target(node.target, "assignment")

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._delete_target(target)

    def _delete_target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.log.read(target.id, self._line(target))
            self.log.unbind(target.id)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self._delete_target(element)
        else:
            self.expressions(target)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        log = self.log
        line = self._line(node)
        if isinstance(node, ast.ImportFrom):
            module = from_module(node)
            if module == "__future__":
                self._annotations_run &= all(a.name != "annotations" for a in node.names)
            if any(alias.name == "*" for alias in node.names):
                log.star_imports.add(module)
            self._note_import(module, line)
        else:
            for alias in node.names:
                self._note_import(alias.name, line)
        for one in import_statements(node):
            log.bind(one.name, "import", [one])

    def _note_import(self, module: str, line: int) -> None:
        top = module.partition(".")[0]
        log = self.log
        if not top or log.in_body():
            return
        certain, guarded = log.certain and not log.import_guarded, log.import_guarded
        old = log.imports.get(top)
        if old is not None:
            certain, guarded, line = old.certain or certain, old.guarded and guarded, old.line
        log.imports[top] = Import(top, certain, guarded, line)

    def _global(self, node: ast.Global) -> None:
        scope = self.log.binding_scope()
        if isinstance(scope, (FunctionScope, ClassScope)):
            scope.global_names.update(node.names)

    def _nonlocal(self, node: ast.Nonlocal) -> None:
        scope = self.log.binding_scope()
        if isinstance(scope, FunctionScope):
            scope.outer_names.update(node.names)

    def _if(self, node: ast.If) -> None:
        self.expression(node.test)
        always = _constant_truth(node.test)
        if always is not None:
            self.block(node.body if always else node.orelse)
        else:
            self._fork(lambda: self.block(node.body), lambda: self.block(node.orelse))

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        self.expression(node.iter)
        self.target(node.target, "loop")
        self._loop_body(node.body, node.orelse)

    def _while(self, node: ast.While) -> None:
        self.expression(node.test)
        self._loop_body(node.body, node.orelse)

    def _loop_body(self, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        """Loops are taken to run at least once; what follows a `break` in one may not run."""
        certain, outer = self.log.certain, (self._may_break, self._may_skip_else)
        self._may_skip_else = False
        self.block(body)
        may_skip_else = self._may_skip_else
        self._ended, (self._may_break, self._may_skip_else) = False, outer
        self.log.certain = certain and not self._may_return
        if may_skip_else:
            self._fork(lambda: self.block(orelse), _nothing)
        else:
            self.block(orelse)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.expression(item.context_expr)
            if item.optional_vars is not None:
                self.target(item.optional_vars, "with")
        self.block(node.body)

    def _try(self, node: ast.Try) -> None:
        log = self.log
        caught = _caught_names(node.handlers)
        certain, guarded, import_guarded = log.certain, log.guarded, log.import_guarded
        start = self._flow_copy()
        log.guarded = guarded or "NameError" in caught
        log.import_guarded = import_guarded or bool(caught & _CATCH_IMPORT_ERROR)
        log.certain = certain and not caught & _CATCH_ALL
        self.block(node.body)
        log.certain, log.guarded, log.import_guarded = certain, guarded, import_guarded
        stopped = self._joined_with(start)  # a handler may begin after any part of the body

        def no_error() -> None:
            self.block(node.orelse)

        blocks = [self._handler_block(handler, stopped) for handler in node.handlers]
        self._fork(no_error, *blocks) if blocks else no_error()
        ended, self._ended = self._ended, False
        self.block(node.finalbody)
        self._ended |= ended

    def _handler_block(self, handler: ast.ExceptHandler, stopped: Flow | None) -> Block:
        def walk_handler() -> None:
            self._ended = False
            if stopped is not None:
                self._set_flow(stopped.copy())
            if handler.type is not None:
                self.expression(handler.type)
            if handler.name:
                self.log.bind(handler.name, "assignment")
            self.block(handler.body)
            if handler.name:
                self.log.unbind(handler.name)

        return walk_handler

    def _match(self, node: ast.Match) -> None:
        self.expression(node.subject)
        blocks = [self._case_block(case) for case in node.cases]
        last = node.cases[-1]
        irrefutable = (
            isinstance(last.pattern, ast.MatchAs)
            and last.pattern.pattern is None
            and last.guard is None
        )
        self._fork(*blocks, *(() if irrefutable else (_nothing,)))

    def _case_block(self, case: ast.match_case) -> Block:
        def walk_case() -> None:
            for node in ast.walk(case.pattern):
                if isinstance(node, ast.expr):
                    self.expression(node)
            for name in pattern_names(case.pattern):
                self.log.bind(name, "match")
            if case.guard is not None:
                self.expression(case.guard)
            self.block(case.body)

        return walk_case

    def _return(self, node: ast.Return) -> None:
        self.expressions(node)
        self._ended = self._may_return = True

    def _raise(self, node: ast.Raise) -> None:
        """Ends the path; what follows is no less certain, as a cell that raises stops anyway."""
        self.expressions(node)
        self._ended = True

    def _break(self, node: ast.Break | ast.Continue) -> None:
        self._ended = self._may_break = True
        self._may_skip_else |= isinstance(node, ast.Break)

    def _assert(self, node: ast.Assert) -> None:
        self.expression(node.test)
        if node.msg is not None:
            with self._maybe():
                self.expression(node.msg)

    # Branches

    def _fork(self, *blocks: Block) -> None:
        """Walk blocks of which exactly one runs."""
        log = self.log
        certain, was_ended = log.certain, self._ended
        start = self._flow_copy()
        ends: list[tuple[Flow | None, bool]] = []
        for block in blocks:
            self._set_flow(None if start is None else start.copy())
            log.certain, self._ended = False, was_ended
            block()
            ends.append((self._flow(), self._ended))
        log.certain = certain and not (self._may_return or self._may_break)
        alive = [flow for flow, ended in ends if not ended]
        self._ended = not alive
        flows = [flow for flow in alive or [flow for flow, _ in ends] if flow is not None]
        if flows:
            self._set_flow(joined(flows))

    def _flow(self) -> Flow | None:
        """The flow of the scope here; a function's body has none."""
        scope = self.log.binding_scope()
        return None if isinstance(scope, FunctionScope) else scope.flow

    def _flow_copy(self) -> Flow | None:
        flow = self._flow()
        return None if flow is None else flow.copy()

    def _joined_with(self, start: Flow | None) -> Flow | None:
        now = self._flow_copy()
        return None if start is None or now is None else joined([start, now])

    def _set_flow(self, flow: Flow | None) -> None:
        scope = self.log.binding_scope()
        if flow is not None and not isinstance(scope, FunctionScope):
            scope.flow = flow

    @contextmanager
    def _maybe(self) -> Iterator[None]:
        """What is walked inside may not run."""
        certain, self.log.certain = self.log.certain, False
        yield
        self.log.certain = certain

    def _in_passing(self, body: Sequence[ast.stmt]) -> None:
        """Walk statements whose bindings are lost afterwards, as `%timeit` runs them."""
        log, scope = self.log, self.log.cell
        flow, functions = scope.flow.copy(), dict(scope.functions)
        found, deferred, unbound = dict(log.found), dict(log.deferred), set(log.unbound)
        self.block(body)
        scope.flow, scope.functions = flow, functions
        log.found, log.deferred, log.unbound = found, deferred, unbound

    # Functions and classes

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            self._called(decorator)
        with self._type_parameters(node):
            self._signature(node.args)
            if node.returns is not None:
                self._annotation(node.returns)
            names = self._body_of(node, node.name)
        self.log.bind(node.name, "function")
        self.log.bind_body(names)

    def _signature(self, arguments: ast.arguments) -> None:
        """Defaults and annotations are evaluated where the function is defined."""
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self.expression(default)
        for argument in _all_arguments(arguments):
            if argument.annotation is not None:
                self._annotation(argument.annotation)

    def _body_of(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str
    ) -> FunctionNames:
        """Walk a body that runs when it is called."""
        log = self.log
        outer = log.scope
        kept_log = log.certain, log.guarded, log.import_guarded
        kept = self._ended, self._may_return, self._may_break
        scope = log.scope = FunctionScope(outer, name)
        scope.local_names.update(argument.arg for argument in _all_arguments(node.args))
        log.certain, log.guarded, log.import_guarded = True, False, False
        self._ended = self._may_return = self._may_break = False
        if isinstance(node, ast.Lambda):
            self.expression(node.body)
        else:
            self.block(node.body)
        log.scope = outer
        log.certain, log.guarded, log.import_guarded = kept_log
        self._ended, self._may_return, self._may_break = kept
        return FunctionNames(name, tuple(scope.free_reads()), tuple(sorted(scope.assigns)))

    def _class(self, node: ast.ClassDef) -> None:
        log = self.log
        for decorator in node.decorator_list:
            self._called(decorator)
        with self._type_parameters(node):
            for base in (*node.bases, *(keyword.value for keyword in node.keywords)):
                self.expression(base)
            outer = log.scope
            scope = log.scope = ClassScope(outer)
            self.block(node.body)
            log.scope = outer
        reads: dict[str, BodyUse] = {}
        for method in scope.functions.values():
            runs = method.name in _RUN_BY_CALL
            for use in method.uses:
                add_read(reads, BodyUse(use.name, use.certain and runs, use.called and runs))
        log.bind(node.name, "class")
        assigns = {name for method in scope.functions.values() for name in method.assigns}
        log.bind_body(FunctionNames(node.name, tuple(reads.values()), tuple(sorted(assigns))))

    @contextmanager
    def _type_parameters(self, node: ast.stmt) -> Iterator[None]:
        """`def f[T](…)`: the parameters are seen in the signature and the body only."""
        parameters = getattr(node, "type_params", [])
        if not parameters:
            yield
            return
        outer = self.log.scope
        self.log.scope = ComprehensionScope(outer, {p.name for p in parameters})
        yield
        self.log.scope = outer

    def _type_alias(self, node: ast.stmt) -> None:
        """`type Pair[T] = tuple[T, T]`: the value is evaluated when somebody asks for it."""
        self.target(node.name, "type_alias")  # type: ignore[attr-defined]

    def _annotation(self, node: ast.expr) -> None:
        if self._annotations_run:
            self.expression(node)

    # Targets and expressions

    def target(self, node: ast.expr, kind: DefinitionKind) -> None:
        """Walk what is assigned to: names are bound, the parts of `a.b` and `a[b]` are read."""
        if isinstance(node, ast.Name):
            self.log.bind(node.id, kind)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self.target(element, kind)
        elif isinstance(node, ast.Starred):
            self.target(node.value, kind)
        else:
            self.expressions(node)

    def expressions(self, node: ast.AST) -> None:
        """Walk the expressions directly below a node, in the order of its fields."""
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.expr):
                self.expression(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.expr):
                        self.expression(item)
                    elif isinstance(item, (ast.keyword, ast.stmt)):
                        self.expressions(item)

    def expression(self, node: ast.expr) -> None:
        """Walk one expression."""
        if isinstance(node, ast.Name):
            self.log.read(node.id, self._line(node))
            return
        if isinstance(node, ast.Constant):
            return
        rule = _EXPRESSIONS.get(type(node))
        if rule is not None:
            rule(self, node)
        else:
            self.expressions(node)

    def _call(self, node: ast.Call) -> None:
        if self._magic_call(node):
            return
        self._called(node.func)
        for argument in node.args:
            self._called(argument)
        for keyword in node.keywords:
            self._called(keyword.value)

    def _called(self, node: ast.expr) -> None:
        """Something that is called, or passed on to what may call it."""
        if isinstance(node, ast.Name):
            self.log.read(node.id, self._line(node), called=True)
        elif isinstance(node, ast.Lambda):
            self._signature(node.args)
            for use in self._body_of(node, "lambda").uses:
                self._read_use(use, node)
        else:
            self.expression(node)

    def _lambda(self, node: ast.Lambda) -> None:
        """A lambda that is kept somewhere: whether anybody calls it is not known."""
        self._signature(node.args)
        with self._maybe():
            for use in self._body_of(node, "lambda").uses:
                self._read_use(use, node)

    def _named_lambda(self, node: ast.Lambda, names: Iterable[str]) -> None:
        """`f = lambda: x` is a function of that name."""
        self._signature(node.args)
        for name in names:
            body = self._body_of(node, name)
            self.log.bind(name, "assignment")
            self.log.bind_body(body)

    def _read_use(self, use: BodyUse, node: ast.expr) -> None:
        certain = self.log.certain
        self.log.certain = certain and use.certain
        self.log.read(use.name, self._line(node), use.called)
        self.log.certain = certain

    def _bool_op(self, node: ast.BoolOp) -> None:
        self.expression(node.values[0])
        with self._maybe():
            for value in node.values[1:]:
                self.expression(value)

    def _if_exp(self, node: ast.IfExp) -> None:
        self.expression(node.test)
        self._fork(lambda: self.expression(node.body), lambda: self.expression(node.orelse))

    def _named_expr(self, node: ast.NamedExpr) -> None:
        self.expression(node.value)
        self.log.bind(node.target.id, "walrus")

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    ) -> None:
        """The first iterable is read outside, all else in a scope of its own."""
        log = self.log
        self.expression(node.generators[0].iter)
        outer, certain = log.scope, log.certain
        scope = log.scope = ComprehensionScope(outer)
        for position, generator in enumerate(node.generators):
            if position > 0:
                self.expression(generator.iter)
            self._comprehension_target(generator.target, scope)
            for condition in generator.ifs:
                self.expression(condition)
                log.certain = False
        if isinstance(node, ast.DictComp):
            self.expression(node.key)
            self.expression(node.value)
        else:
            self.expression(node.elt)
        log.scope, log.certain = outer, certain

    def _comprehension_target(self, node: ast.expr, scope: ComprehensionScope) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                scope.local_names.add(part.id)
        if not isinstance(node, ast.Name):
            self._parts_read(node)

    def _parts_read(self, node: ast.expr) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                self.log.read(part.id, self._line(part))

    # Magics

    def _magic_call(self, node: ast.Call) -> bool:
        """A call that IPython's syntax was turned into; False when it is an ordinary call."""
        function = node.func
        if not isinstance(function, ast.Attribute) or function.attr not in _MAGIC_CALLS:
            return False
        source = function.value
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if not (
            isinstance(source, ast.Call)
            and isinstance(source.func, ast.Name)
            and source.func.id == "get_ipython"
            and len(texts) == len(node.args)
            and all(isinstance(text, str) for text in texts)
        ):
            return False
        line = self._line(node)
        if function.attr == "run_line_magic" and len(texts) == 2:
            self._line_magic(magics.read_line_magic(str(texts[0]), str(texts[1])), line)
        elif texts:
            self._interpolated(magics.interpolated_names(str(texts[0])), line)
        return True

    def _line_magic(self, magic: magics.MagicLine, line: int) -> None:
        self._interpolated(magic.reads, line)
        if magic.python is not None:
            body = parse(magic.python).body
            offset, self._line_offset = self._line_offset, line - 1
            if magic.body == "unbound":
                self._in_passing(body)
            else:
                self.block(body)
            self._line_offset = offset
        if magic.star is not None:
            self.log.star_imports.add(magic.star)
        self.bind_magic(magic.binds)

    def _interpolated(self, names: Iterable[str], line: int) -> None:
        """A name that the kernel does not hold is left as text: used, never needed."""
        guarded, self.log.guarded = self.log.guarded, True
        for name in names:
            self.log.read(name, line)
        self.log.guarded = guarded

    def _line(self, node: ast.stmt | ast.expr) -> int:
        return node.lineno + self._line_offset


def _nothing() -> None:
    """The branch that is not written."""


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]


def _constant_truth(test: ast.expr) -> bool | None:
    """Whether a test is always true or false in a notebook, None when it depends."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name):
        right = test.comparators[0]
        if test.left.id == "__name__" and isinstance(right, ast.Constant):
            return (right.value == "__main__") == isinstance(test.ops[0], ast.Eq)
    return None


def _caught_names(handlers: Sequence[ast.ExceptHandler]) -> set[str]:
    """The names of the exceptions that are caught; a bare `except` catches BaseException."""
    caught = set()
    for handler in handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            if kind is None:
                caught.add("BaseException")
            elif isinstance(kind, (ast.Name, ast.Attribute)):
                caught.add(kind.id if isinstance(kind, ast.Name) else kind.attr)
    return caught


Rule = Callable[[Walk, Any], None]

_STATEMENTS: dict[type[ast.AST], Rule] = {
    ast.Assign: Walk._assign,
    ast.AnnAssign: Walk._ann_assign,
    ast.AugAssign: Walk._aug_assign,
    ast.Delete: Walk._delete,
    ast.Import: Walk._import,
    ast.ImportFrom: Walk._import,
    ast.Global: Walk._global,
    ast.Nonlocal: Walk._nonlocal,
    ast.If: Walk._if,
    ast.For: Walk._for,
    ast.AsyncFor: Walk._for,
    ast.While: Walk._while,
    ast.With: Walk._with,
    ast.AsyncWith: Walk._with,
    ast.Try: Walk._try,
    ast.Match: Walk._match,
    ast.Return: Walk._return,
    ast.Raise: Walk._raise,
    ast.Break: Walk._break,
    ast.Continue: Walk._break,
    ast.Assert: Walk._assert,
    ast.FunctionDef: Walk._function,
    ast.AsyncFunctionDef: Walk._function,
    ast.ClassDef: Walk._class,
}
_EXPRESSIONS: dict[type[ast.AST], Rule] = {
    ast.Call: Walk._call,
    ast.Lambda: Walk._lambda,
    ast.BoolOp: Walk._bool_op,
    ast.IfExp: Walk._if_exp,
    ast.NamedExpr: Walk._named_expr,
    ast.ListComp: Walk._comprehension,
    ast.SetComp: Walk._comprehension,
    ast.DictComp: Walk._comprehension,
    ast.GeneratorExp: Walk._comprehension,
}
if sys.version_info >= (3, 11):
    _STATEMENTS[ast.TryStar] = Walk._try
if sys.version_info >= (3, 12):
    _STATEMENTS[ast.TypeAlias] = Walk._type_alias
