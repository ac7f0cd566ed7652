"""How is a cell's text walked in the order in which it runs?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jupyter_namespace_viz.core.analysis.flow import Changes, Flow
from jupyter_namespace_viz.core.analysis.mutations import root_of
from jupyter_namespace_viz.core.analysis.resolver import NameResolver
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.vocabulary import DefinitionKind

Block = Callable[[], None]

_WITHOUT_EXPRESSIONS = frozenset(
    "arg attr conversion ctx id kind op ops simple type_comment type_ignores".split()
)


MOST_NOTED = 100_000
"""Bindings before the ends of one loop. Real loops have a few; a text made to be slow would take
minutes."""


@dataclass(slots=True)
class Loop:
    """A loop that is being walked: how the names stood wherever a branch left its body.

    `depth` is that of the branch which is the body itself.
    """

    depth: int
    breaks: list[Changes] = field(default_factory=list)
    continues: list[Changes] = field(default_factory=list)
    _noted: int = 0

    @property
    def may_be_left(self) -> bool:
        """Whether what follows in the body may not run."""
        return bool(self.breaks or self.continues)

    def leave(self, flow: Flow, by_break: bool) -> None:
        """A path leaves the body here."""
        changes = flow.changes_above(self.depth) if self._noted < MOST_NOTED else {}
        self._noted += len(changes)
        (self.breaks if by_break else self.continues).append(changes)


class Walker:
    """Walks statements and expressions in the order in which they run.

    The rules say what each kind of node does to names; `resolver` records it. `problems` has what
    could not be parsed, `intended_names` the names that such text would bind. `ended` and
    `may_return` describe the path to here: it has returned, raised or left its loop; some path has
    returned. `loop` is the innermost loop around the text here. `is_doubtful` inside text that may
    not run and is no branch. `shown` is the statement whose value IPython displays, `automagic` as
    in `CellNames`, `kept` the value of the statement where that is kept or dropped unread.
    """

    def __init__(self, rules: Mapping[type[ast.AST], Rule], dialect: Dialect) -> None:
        self._rules = rules
        self.dialect = dialect
        self.resolver = NameResolver()
        self.record = self.resolver.record
        self.problems: list[Problem] = []
        self.intended_names: set[str] = set()
        self.automagic: str | None = None
        self.kept: ast.expr | None = None
        self.ended = False
        self.may_return = False
        self.loop: Loop | None = None
        self.is_doubtful = False
        self.shown: ast.stmt | None = None
        self.annotations_run = dialect.annotations_run
        self.line_offset = 0

    def text(self, text: str, first_line: int = 1, discard: bool = False) -> bool:
        """Walk the statements of a text; returns whether there were any.

        With `discard` its bindings are lost afterwards, as `%timeit` runs a text.
        """
        parsed = parse(text, first_line)
        self.problems += parsed.problems
        self.intended_names |= parsed.intended_names
        self.shown = parsed.body[-1] if parsed.body else None
        outer, self.line_offset = self.line_offset, first_line - 1
        if discard:
            with self.record.discarding():
                self.block(parsed.body)
        else:
            self.block(parsed.body)
        self.line_offset = outer
        return bool(parsed.body or parsed.problems)

    def block(self, body: Sequence[ast.stmt]) -> None:
        """Walk statements one after the other; those behind the end of the path have no effect."""
        for place, statement in enumerate(body):
            if self.ended:
                with self.record.discarding(), self.maybe():
                    for unreachable in body[place:]:
                        self.statement(unreachable)
                self.ended = True
                return
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        """Walk one statement; kinds without a rule of their own only hold expressions."""
        self.record.line = self.line_of(node)
        rule = self._rules.get(type(node))
        if rule is not None:
            rule(self, node)
        else:
            self.expressions(node)

    def expression(self, node: ast.expr) -> None:
        """Walk one expression."""
        kind = type(node)
        while kind is ast.Attribute:
            node = node.value  # type: ignore[attr-defined]
            kind = type(node)
        if kind is ast.Name:
            self.resolver.read(node.id, self.line_of(node))  # type: ignore[attr-defined]
        elif kind is not ast.Constant:
            rule = self._rules.get(kind)
            if rule is not None:
                rule(self, node)
            else:
                self.expressions(node)

    def expressions(self, node: ast.AST) -> None:
        """Walk the expressions directly below a node, in the order of its fields."""
        for name in _FIELDS[type(node)]:
            value = getattr(node, name, None)
            if isinstance(value, ast.expr):
                self.expression(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.expr):
                        self.expression(item)
                    elif isinstance(item, (ast.keyword, ast.stmt)):
                        self.expressions(item)

    def target(self, node: ast.expr, kind: DefinitionKind) -> None:
        """Walk what is assigned to: names are bound, the parts of `a.b` and `a[b]` are read."""
        if isinstance(node, ast.Name):
            if not self.ended:
                self.resolver.bind(node.id, kind)
            else:
                with self.record.discarding():
                    self.resolver.bind(node.id, kind)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self.target(element, kind)
        elif isinstance(node, ast.Starred):
            self.target(node.value, kind)
        else:
            self.expressions(node)
            self.mutate(node)

    def mutate(self, node: ast.expr) -> None:
        """The object that the expression is a part of may be changed in place here."""
        name = root_of(node)
        if name is not None:
            self.resolver.mutate(name)

    def annotation(self, node: ast.expr) -> None:
        """Walk an annotation, unless a `__future__` import keeps it from being evaluated."""
        if self.annotations_run:
            self.expression(node)

    def line_of(self, node: ast.stmt | ast.expr) -> int:
        """The line of the cell, from 1."""
        return node.lineno + self.line_offset

    # Paths

    def fork(self, *blocks: Block) -> None:
        """Walk blocks of which exactly one runs."""
        resolver, flow = self.resolver, self.resolver.binding_scope().flow
        was_ended = self.ended
        doubtful, self.is_doubtful = self.is_doubtful, False
        ends, reads = [], []
        for block in blocks:
            flow.begin_branch()
            self.ended = was_ended
            with resolver.branch() as read:
                block()
            reads.append(read)
            ends.append((flow.take_back_branch(), self.ended))
        resolver.read_in_all(reads)
        if self.may_return or (self.loop and self.loop.may_be_left):
            resolver.certain = False
        alive = [changes for changes, ended in ends if not ended]
        self.ended, self.is_doubtful = not alive, doubtful
        flow.join(alive or [changes for changes, _ in ends])

    @contextmanager
    def maybe(self) -> Iterator[None]:
        """What is walked inside may not run, though it is no branch of its own."""
        doubtful, self.is_doubtful = self.is_doubtful, True
        with self.resolver.branch():
            yield
        self.is_doubtful = doubtful

    def bind_magic(self, names: Iterable[str]) -> None:
        """A magic binds the names when the cell has run."""
        for name in names:
            self.resolver.bind(name, "magic")


Rule = Callable[[Walker, Any], None]


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of a kind of node that may hold expressions."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in kind._fields if name not in _WITHOUT_EXPRESSIONS)
        return self[kind]


_FIELDS = _Fields()


def nothing() -> None:
    """The branch that is not written."""
