"""Which steps does a walk take?

A walk is a pure function of the notebook's text and a seed. It does not depend on what the kernel
does, so that every walk can be repeated.
"""

from __future__ import annotations

import ast
import io
import keyword
import random
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.walks.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class RunCell:
    """Run the cell; with `plan_first`, run its plan first if the cell is blocked."""

    cell: str
    plan_first: bool


@dataclass(frozen=True, slots=True)
class EditCell:
    """The cell gets another text; `what` describes the change."""

    cell: str
    source: str
    what: str


@dataclass(frozen=True, slots=True)
class DeleteCell:
    """Delete the cell from the notebook."""

    cell: str


@dataclass(frozen=True, slots=True)
class RunConsole:
    """Run code on the same kernel from a console."""

    code: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Restart the kernel."""


@dataclass(frozen=True, slots=True)
class RunRemedy:
    """Run one of the remedies that the report offers; `choice`, from 0 to 1, chooses it."""

    choice: float


Step = RunRemedy | RunCell | EditCell | DeleteCell | RunConsole | Restart

_WEIGHTS = {
    "run_next": 60,
    "run_any": 14,
    "run_again": 4,
    "delete_line": 4,
    "rename": 4,
    "delete_cell": 2,
    "restart": 3,
    "delete_name": 4,
    "overwrite_alias": 3,
    "bind_name": 2,
    "run_text_elsewhere": 2,
    "run_remedy": 8,
}


def walk_through(notebook: Notebook, seed: int, length: int) -> Iterator[Step]:
    """The steps of one walk: mostly forward, but not always."""
    walker = _Walker(random.Random(f"{seed} {notebook.name}"), dict(notebook.cells))
    kinds, weights = list(_WEIGHTS), list(_WEIGHTS.values())
    for _ in range(length):
        if not walker.cells:
            return
        step: Callable[[], Step | None] = getattr(walker, walker.random.choices(kinds, weights)[0])
        yield step() or walker.run_next()


@dataclass
class _Walker:
    """The state of a walk: the notebook, the index of the next cell, the names bound so far."""

    random: random.Random
    cells: dict[str, str]
    index: int = 0
    bound: dict[str, None] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.random.random() < 0.25:  # a user may begin in the middle of a notebook
            self.index = self.random.randrange(len(self.cells))

    # --- runs

    def run_next(self) -> Step:
        """The cell below, or the first one after the last."""
        return self.run(self.index % len(self.cells))

    def run_any(self) -> Step:
        """Any cell; half of the time the walk continues from there."""
        before, any_index = self.index, self.random.randrange(len(self.cells))
        step = self.run(any_index)
        if self.random.random() < 0.5:
            self.index = before
        return step

    def run_again(self) -> Step:
        """The cell that ran last."""
        return self.run((self.index - 1) % len(self.cells))

    def run(self, index: int) -> Step:
        """The cell at `index`."""
        self.index = index + 1
        cell = list(self.cells)[index]
        self.enter(self.cells[cell])
        return RunCell(cell, self.random.random() < 0.5)

    def enter(self, source: str) -> None:
        """Adds the names that this text may bind."""
        names, imported = bound_names(source)
        self.bound |= dict.fromkeys(names)
        self.aliases |= dict.fromkeys(imported)

    def run_text_elsewhere(self) -> Step:
        """The text of a cell, in a console."""
        source = self.cells[self.random.choice(list(self.cells))]
        self.enter(source)
        return RunConsole(source)

    def delete_name(self) -> Step | None:
        """`del` in a console."""
        name = self.one_of(self.bound)
        return name and RunConsole(f"del {name}")

    def overwrite_alias(self) -> Step | None:
        """`np = 3` in a console."""
        name = self.one_of(self.aliases)
        return name and RunConsole(f"{name} = 3")

    def bind_name(self) -> Step | None:
        """A name of the notebook, bound in a console."""
        names, _ = bound_names(self.cells[self.random.choice(list(self.cells))])
        name = self.one_of(dict.fromkeys(names))
        return name and RunConsole(f"{name} = 1")

    def restart(self) -> Step:
        """A restart, after which the user continues or starts from the top."""
        self.bound.clear()
        self.aliases.clear()
        if self.random.random() < 0.5:
            self.index = 0
        return Restart()

    def run_remedy(self) -> Step:
        """A remedy, of those that are offered then."""
        return RunRemedy(self.random.random())

    # --- edits

    def delete_line(self) -> Step | None:
        """A cell loses a line that is not blank."""
        cell = self.random.choice(list(self.cells))
        lines = self.cells[cell].split("\n")
        telling = [number for number, line in enumerate(lines) if line.strip()]
        if len(telling) < 2:
            return None
        gone = self.random.choice(telling)
        return self.edit(cell, lines[:gone] + lines[gone + 1 :], f"without {lines[gone].strip()!r}")

    def rename(self) -> Step | None:
        """A cell uses another name for something."""
        cell = self.random.choice(list(self.cells))
        lines = self.cells[cell].split("\n")
        positions = _name_positions(self.cells[cell])
        name = self.one_of(positions)
        if name is None:
            return None
        for row, column in reversed(positions[name]):
            line = lines[row - 1]
            lines[row - 1] = f"{line[:column]}{name}_2{line[column + len(name) :]}"
        return self.edit(cell, lines, f"{name} is called {name}_2")

    def edit(self, cell: str, lines: list[str], what: str) -> Step:
        """The cell gets these lines."""
        self.cells[cell] = "\n".join(lines)
        return EditCell(cell, self.cells[cell], what)

    def delete_cell(self) -> Step | None:
        """A cell is deleted, unless the notebook has fewer than five."""
        if len(self.cells) < 5:
            return None
        cell = self.random.choice(list(self.cells))
        if list(self.cells).index(cell) < self.index:
            self.index -= 1
        del self.cells[cell]
        return DeleteCell(cell)

    def one_of(self, names: dict[str, object]) -> str | None:
        """One of the names, None when there is none."""
        return self.random.choice(list(names)) if names else None


def bound_names(source: str) -> tuple[list[str], list[str]]:
    """The names that a cell's text binds at its top level, and those of them that it imports.

    A simple reader of its own, so that the walk does not depend on what it measures.
    """
    try:
        tree = ast.parse(
            "\n".join(it for it in source.split("\n") if not it.startswith(("%", "!")))
        )
    except (SyntaxError, ValueError, RecursionError):
        return [], []
    names, imported = [], []
    waiting: list[ast.AST] = list(reversed(tree.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
            continue
        if isinstance(
            node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        ):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found = [(it.asname or it.name).partition(".")[0] for it in node.names]
            imported += [name for name in found if name != "*"]
        waiting += reversed(list(ast.iter_child_nodes(node)))
    return [*names, *imported], imported


def _name_positions(source: str) -> dict[str, list[tuple[int, int]]]:
    """The positions of each name in a cell's text, rows from 1, columns from 0; no attributes."""
    positions: dict[str, list[tuple[int, int]]] = {}
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            is_name = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
            if is_name and before != ".":
                positions.setdefault(token.string, []).append(token.start)
            before = token.string
    except (tokenize.TokenError, SyntaxError):
        return {}
    return positions
