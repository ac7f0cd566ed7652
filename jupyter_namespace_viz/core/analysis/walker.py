"""In which order does a cell's code run?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from jupyter_namespace_viz.core.analysis.calls.contents import FOLLOWED_METHODS
from jupyter_namespace_viz.core.analysis.calls.origins import (
    MAX_DEPTH,
    UNKNOWN,
    Arguments,
    Origin,
    attribute_of,
    step_from,
)
from jupyter_namespace_viz.core.analysis.flow import Loop
from jupyter_namespace_viz.core.analysis.function_effects import (
    ReadBody,
    Shape,
)
from jupyter_namespace_viz.core.analysis.mutations import name_of_object
from jupyter_namespace_viz.core.analysis.path_state import Given
from jupyter_namespace_viz.core.analysis.resolver import NameResolver
from jupyter_namespace_viz.core.analysis.scopes import mangled
from jupyter_namespace_viz.core.syntax.compilation import DOUBTFUL, refusal
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.parser import FIELDS, LINE_END, parse
from jupyter_namespace_viz.core.syntax.work import Work
from jupyter_namespace_viz.core.vocabulary import DefinitionKind

Block = Callable[[], None]


class Walker:
    """Walks statements and expressions in the order in which they run.

    The rules say what each kind of node does to names; `resolver` resolves and records it. `work`
    is what is left for the texts of this cell; all of them together may raise TooMuchWork.
    `imported` counts the names that imports bind. `problems` are those of the text,
    `intended_names` the names that unparsed statements would bind, `shapes` the arguments that are
    given to each name that is called.

    The other attributes describe the current point. `is_unreachable` is True after the path has
    returned, raised or left its loop; `may_have_returned` where some path has returned. `loop` is
    the innermost loop. `is_conditional` is True in code that may not run but is no branch.
    `current` is the statement that is walked, `displayed_statement` the one whose value IPython
    displays. `aliases` are those of the dialect and of the cell, `has_aliases` whether there have
    been any, in functions too. `read_body` reads a body again for the arguments `given`.
    `doubtful_lines` are those so far that have what the compiler may refuse, `handled_lines` those
    all of whose errors are handled. `automagic` and `magics` are the same as in `CellNames`.
    """

    def __init__(self, rules: Mapping[type[ast.AST], Rule], dialect: Dialect) -> None:
        self.rules = rules
        self.dialect = dialect
        self.work = Work()
        self.imported = 0
        self.resolver = NameResolver()
        self.record = self.resolver.record
        self.problems: list[Problem] = []
        self.intended_names: set[str] = set()
        self.automagic: str | None = None
        self.aliases, self.has_aliases = dict(dialect.aliases), bool(dialect.aliases)
        self.magics = dialect.magics
        self.shapes: dict[str, set[Shape | None]] = {}
        self.is_unreachable = False
        self.may_have_returned = False
        self.loop: Loop | None = None
        self.doubtful_lines: set[int] = set()
        self.handled_lines: list[range] = []
        self.is_conditional = False
        self.displayed_statement: ast.stmt | None = None
        self.annotations_run = dialect.annotations_run
        self.line_offset = 0
        self._source, self._lines = "", list[str]()
        self.current: ast.stmt | None = None
        self.read_body: ReadBody | None = None
        self.given: Given | None = None

    def text(
        self, text: str, first_line: int = 1, discard: bool = False, compiled: bool = False
    ) -> bool:
        """Walk the statements of a text; returns whether it has any.

        With `discard` its bindings have no effect afterwards, as when `%timeit` runs a text. With
        `compiled` the kernel compiles and runs one statement after the other.
        """
        parsed = parse(text, first_line, self.work)
        self.problems += parsed.problems
        self.intended_names |= parsed.intended_names
        self.displayed_statement = parsed.body[-1] if parsed.body else None
        outer = self.line_offset, self._source, self._lines
        self.line_offset, self._source, self._lines = first_line - 1, text, []
        if discard:
            with self.record.discarding():
                self.block(parsed.body)
        else:
            self.block(parsed.body)
        self.line_offset, self._source, self._lines = outer
        if compiled and not parsed.problems:
            self.problems += refusal(parsed.body, text, self.doubtful_lines, first_line)
        return bool(parsed.body or parsed.problems)

    def block(self, body: Sequence[ast.stmt]) -> None:
        """Walk statements one after the other; unreachable ones have no effect."""
        for index, statement in enumerate(body):
            if self.is_unreachable:
                self.unreachable_block(body[index:])
                self.is_unreachable = True
                return
            self.statement(statement)
            self.resolver.resume()

    def unreachable_block(self, body: Sequence[ast.stmt]) -> None:
        """Walk statements that never run."""
        if body:
            with self.unreachable_code():
                for statement in body:
                    self.statement(statement)

    @contextmanager
    def unreachable_code(self) -> Iterator[None]:
        """Code in this context never runs: it only makes names local to the function around it."""
        path = self.is_unreachable, self.may_have_returned, self.loop
        self.is_unreachable, self.loop = False, None
        with self.resolver.unreachable():
            yield
        self.is_unreachable, self.may_have_returned, self.loop = path

    def statement(self, node: ast.stmt) -> None:
        """Walk one statement. A kind without a rule only contains expressions."""
        self.record.line = self.line_of(node)
        self.current = node
        self.record.steps.forget_leaking()
        kind = type(node)
        if kind in DOUBTFUL:
            self.doubt(node)
        rule = self.rules.get(kind)
        if rule is not None:
            rule(self, node)
        else:
            self.expressions(node)

    def expression(self, node: ast.expr) -> Origin:
        """Walk one expression; returns where its value comes from, None where nothing is known."""
        kind = type(node)
        if kind is ast.Name:
            line = node.lineno + self.line_offset
            return self.resolver.read_value(node.id, line)  # type: ignore[attr-defined]
        if kind is ast.Attribute:
            origin = self._attribute(node)  # type: ignore[arg-type]
            if origin is not None:
                self.resolver.take(origin, self.line_of(node))  # type: ignore[arg-type]
            return origin
        if kind is ast.Constant:
            return None
        if kind in DOUBTFUL:
            self.doubt(node)
        rule = self.rules.get(kind)
        if rule is not None:
            return rule(self, node)
        self.expressions(node)
        return None

    def callee(self, node: ast.expr) -> Origin:
        """Walk what is called. That an attribute is read is part of the call."""
        return self._attribute(node) if type(node) is ast.Attribute else self.expression(node)

    def _attribute(self, node: ast.Attribute) -> Origin:
        attributes = [node.attr]
        value = node.value
        while type(value) is ast.Attribute:
            attributes.append(value.attr)
            value = value.value
        leaking = self.record.steps.leaking
        before = leaking.copy() if attributes[-1] in FOLLOWED_METHODS else None
        origin = self.expression(value)
        if before is not None:
            leaking.intersection_update(before)
        if origin is None:
            return None
        for attribute in reversed(attributes[-MAX_DEPTH:]):
            is_private = attribute[:2] == "__"
            name = mangled(attribute, self.resolver.scope) if is_private else attribute
            is_name = type(origin) is str
            origin = attribute_of(origin, name) if is_name else step_from(origin, "." + name)
        return origin

    def take(self, of: Origin, kind: str, line: int, arguments: Arguments = ()) -> Origin:
        """The code does something with a value of this origin; returns the origin of the result."""
        if of is None:
            return None
        step = step_from(of, kind, arguments)
        self.resolver.take(step, line)
        return step

    def expressions(self, node: ast.AST) -> None:
        """Walk the expressions directly below a node, in the order of its fields."""
        for name in FIELDS[type(node)]:
            value = getattr(node, name, None)
            if isinstance(value, ast.expr):
                self.expression(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.expr):
                        self.expression(item)
                    elif isinstance(item, (ast.keyword, ast.stmt)):
                        self.expressions(item)

    def target(self, node: ast.expr, kind: DefinitionKind, value: Origin = None) -> None:
        """Walk the target of an assignment: names are bound, the parts of `a.b` and `a[b]` are
        read. `value` is the origin of what is assigned to these.
        """
        if type(node) is ast.Name:
            if not self.is_unreachable:
                self.resolver.bind(node.id, kind)
            else:
                with self.unreachable_code():
                    self.resolver.bind(node.id, kind)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self.target(element, kind)
        elif isinstance(node, ast.Starred):
            self.doubt(node)
            self.target(node.value, kind)
        else:
            self.rules[ast.Store](self, (node, UNKNOWN if value is None else value))
            self.mutate(node)

    def mutate(self, node: ast.expr) -> None:
        """The object that the expression is a part of may be mutated here."""
        name = name_of_object(node)
        if name is not None:
            self.resolver.mutate(name)

    def annotation(self, node: ast.expr) -> None:
        """Walk an annotation, unless a `__future__` import prevents its evaluation."""
        if self.annotations_run:
            self.expression(node)

    def doubt(self, node: ast.stmt | ast.expr) -> None:
        """The compiler may refuse this."""
        self.doubtful_lines.add(node.lineno)

    def lines_of(self, node: ast.stmt) -> str:
        """The lines of the text that the statement is in."""
        self._lines = self._lines or LINE_END.split(self._source)
        return "\n".join(self._lines[node.lineno - 1 : node.end_lineno])

    def line_of(self, node: ast.stmt | ast.expr) -> int:
        """The line of the node in the cell, from 1."""
        return node.lineno + self.line_offset

    # Paths

    def fork(self, *blocks: Block) -> None:
        """Walk blocks of which exactly one runs."""
        resolver, flow = self.resolver, self.resolver.binding_scope().flow
        was_unreachable = self.is_unreachable
        was_conditional, self.is_conditional = self.is_conditional, False
        ends, reads = [], []
        constants = resolver.constants
        kept = set(constants)
        for block in blocks:
            resolver.constants = constants.copy()
            flow.begin_branch()
            self.is_unreachable = was_unreachable
            with resolver.branch() as read:
                block()
            reads.append(read)
            ends.append((flow.undo_branch(), self.is_unreachable))
            kept &= {name for name, it in resolver.constants.items() if it is constants.get(name)}
        resolver.constants = {name: constants[name] for name in kept}
        resolver.repeat_common(reads)
        if self.may_have_returned or (self.loop and self.loop.has_exits):
            resolver.certain = False
        alive = [changes for changes, is_unreachable in ends if not is_unreachable]
        self.is_unreachable, self.is_conditional = not alive, was_conditional
        flow.join(alive or [changes for changes, _ in ends])

    @contextmanager
    def conditional_code(self) -> Iterator[None]:
        """Code in this context may not run, though it is no branch of its own."""
        before = self.is_conditional, self.is_unreachable
        self.is_conditional = True
        with self.resolver.branch():
            yield
        self.is_conditional, self.is_unreachable = before


Rule = Callable[[Walker, Any], Origin]
"""Walks a node; the rule of an expression returns where its value comes from."""


def empty_branch() -> None:
    """The branch that the code leaves out, such as a missing `else`."""
