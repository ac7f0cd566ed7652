"""Which names does `from m import *` give in an environment?

Read from the module's text, without importing it: its `__all__` where that is spelled out, else
what it binds at module level and does not begin with an underscore, star imports of its own
included. What is computed is not guessed.

    __all__ = ["a"] + other.__all__     as far as `other` can be read
    __all__ = sorted(globals())         its stub is read, if there is one; else unknown

Of the packages that notebooks import so most often names are known where the environment does not
have them (`known_stars.json`); there may be others.
"""

from __future__ import annotations

import ast
import json
import shlex
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.star_imports import AtLeast, nothing_known
from jupyter_namespace_viz.core.graph.star_imports import StarNameLookup as StarLookup
from jupyter_namespace_viz.core.syntax.magics import RUN
from jupyter_namespace_viz.environment.module_files import sources_of

MAX_MODULE_BYTES = 2_000_000
KNOWN_STARS = Path(__file__).with_name("known_stars.json")
"""Made by scripts/make_known_stars.py: modules → their names, separated by blanks."""


def names_in_environment(module: str, paths: Sequence[str]) -> frozenset[str] | None:
    """The names as the files at `paths` tell them, None when they do not."""
    return StarNames(paths, knowing=nothing_known)(module)


@cache
def _known_stars() -> dict[str, AtLeast]:
    known = json.loads(KNOWN_STARS.read_text(encoding="utf-8"))
    return {module: AtLeast(names.split()) for module, names in known.items()}


def known_to_all(module: str) -> frozenset[str] | None:
    """The names that a module of a well-known package gives in the version that we know; in that
    of the notebook there may be others.
    """
    return _known_stars().get(module)


def known_elsewhere(module: str) -> frozenset[str] | None:
    """What is known of an environment whose files are not here: the standard library and packages
    that everybody has, in the versions that we know.
    """
    names = None if module.startswith(RUN) else _without_files()(module)
    return None if names is None else AtLeast(names)


@cache
def _without_files() -> StarNames:
    return StarNames(())


class StarNames:
    """Looks up star imports in one environment; `paths` is its `sys.path`, and `folder` the one
    that `%run` starts from, the notebook's. `knowing` tells of modules that it does not have. What
    was read once is kept."""

    def __init__(
        self, paths: Sequence[str], folder: str = "", knowing: StarLookup = known_to_all
    ) -> None:
        self._paths = tuple(paths)
        self._folder = folder
        self._knowing = knowing
        self._known: dict[str, frozenset[str] | None] = {}

    def __call__(self, module: str) -> frozenset[str] | None:
        """The names, or None when they cannot be told. `%run file` is looked up as well."""
        if module not in self._known:
            self._known[module] = None  # for modules that import each other
            if module.startswith(RUN):
                self._known[module] = self._names_of_run(shlex.split(module)[1:])
            elif module and not module.startswith((".", "%")):
                self._known[module] = self._names_of_module(module)
        return self._known[module]

    def _names_of_module(self, module: str) -> frozenset[str] | None:
        files = list(sources_of(module, self._paths))
        found = (self._names_in(module, file) for file in files)
        told = next((names for names in found if names is not None), None)
        return told if files else self._knowing(module)

    def _names_in(self, module: str, file: Path) -> frozenset[str] | None:
        text = _text_of(file)
        if text is None:
            return None
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        package = module if file.stem == "__init__" else module.rpartition(".")[0]
        exported = _Exported(self, package)
        exported.read(tree.body)
        if exported.is_spelled_out is not None:
            return frozenset(exported.names) if exported.is_spelled_out else None
        cell = read_cell(text)
        if cell.problems:
            return None
        if file.suffix == ".pyi":
            names = _stubbed_names(tree.body, cell)
        else:
            names = {one.name for one in cell.definitions}
        given = self._given_by(cell.star_imports, package)
        if given is None:
            return None
        return type(given)(name for name in names | given if not name.startswith("_"))

    def _given_by(self, stars: Iterable[str], package: str = "") -> frozenset[str] | None:
        """What several star imports give together."""
        found = [self(_absolute(star, package)) for star in stars]
        known = [names for names in found if names is not None]
        if len(known) < len(found):
            return None
        is_all = not any(isinstance(names, AtLeast) for names in known)
        return (frozenset if is_all else AtLeast)(name for names in known for name in names)

    def _names_of_run(self, words: list[str]) -> frozenset[str] | None:
        """What a script, module or notebook leaves that is run from the notebook's folder."""
        file = self._file_to_run(words)
        text = None if file is None else _text_of(file)
        if file is None or text is None:
            return None
        try:
            read = list(map(read_cell, _code_in(file, text)))
        except (ValueError, KeyError, TypeError):
            return None
        names = frozenset(one.name for cell in read for one in cell.definitions)
        given = self._given_by(star for cell in read for star in cell.star_imports)
        return None if given is None else type(given)(names | given)

    def _file_to_run(self, words: list[str]) -> Path | None:
        """`%run -i file`, `%run file.ipynb`, `%run -m module`"""
        first = next((word for word in words if not word.startswith("-")), None)
        if first is None:
            return None
        if "-m" in words:
            return next(sources_of(first, self._paths), None)
        file = Path(self._folder, first)
        return file if file.suffix else file.with_suffix(".py")


class _Exported:
    """What a module's text says of `__all__`: nothing, all of it, or something computed."""

    def __init__(self, star_names: StarNames, package: str) -> None:
        self._star_names = star_names
        self._package = package
        self._modules: dict[str, str] = {}
        self.names: set[str] = set()
        self.is_spelled_out: bool | None = None

    def read(self, body: Iterable[ast.stmt]) -> None:
        """Follow the statements at module level; all branches count."""
        for node in body:
            if isinstance(node, ast.ImportFrom):
                self._note_imports(node)
            elif isinstance(node, ast.Import):
                self._modules.update((a.asname or a.name, a.name) for a in node.names)
            elif isinstance(node, ast.Assign) and any(map(_is_all, node.targets)):
                self._add(node.value)
            elif isinstance(node, (ast.AugAssign, ast.AnnAssign)) and _is_all(node.target):
                if node.value is not None:
                    self._add(node.value)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self._extend(node.value)
            elif isinstance(node, (ast.If, ast.Try)):
                handlers = node.handlers if isinstance(node, ast.Try) else []
                self.read([*node.body, *(it for h in handlers for it in h.body), *node.orelse])
            elif any(map(_is_all, ast.walk(node))):
                self.is_spelled_out = False

    def _note_imports(self, node: ast.ImportFrom) -> None:
        base = _absolute("." * node.level + (node.module or ""), self._package)
        for alias in node.names:
            self._modules[alias.asname or alias.name] = f"{base}.{alias.name}".strip(".")

    def _extend(self, call: ast.Call) -> None:
        function = call.func
        if isinstance(function, ast.Attribute) and _is_all(function.value) and call.args:
            if function.attr == "append":
                self._add(ast.List([call.args[0]]))
            else:
                self._add(call.args[0])

    def _add(self, value: ast.expr) -> None:
        names = self._names_of(value)
        if names is None:
            self.is_spelled_out = False
        else:
            self.names |= names
            self.is_spelled_out = self.is_spelled_out is not False

    def _names_of(self, value: ast.expr) -> frozenset[str] | None:
        if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
            items = [it.value for it in value.elts if isinstance(it, ast.Constant)]
            texts = frozenset(item for item in items if isinstance(item, str))
            return texts if len(items) == len(value.elts) else None
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
            left, right = self._names_of(value.left), self._names_of(value.right)
            return None if left is None or right is None else left | right
        if isinstance(value, ast.Name) and value.id == "__all__":
            return frozenset()
        if isinstance(value, ast.Call) and len(value.args) == 1 and not value.keywords:
            kind = value.func.id if isinstance(value.func, ast.Name) else ""
            return self._names_of(value.args[0]) if kind in {"list", "tuple", "sorted"} else None
        if isinstance(value, ast.Attribute) and value.attr == "__all__":
            module = self._modules.get(ast.unparse(value.value))
            return None if module is None else self._star_names(module)
        return None


def _stubbed_names(body: Iterable[ast.stmt], cell: CellNames) -> set[str]:
    """What a stub declares: `a: int` as well, and of imports only `import a as a`."""
    names = {
        one.name
        for one in cell.definitions
        if one.kind != "import" or any(" as " in it.code for it in one.imports)
    }
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.If):
            names |= _stubbed_names([*node.body, *node.orelse], cell)
    return names


def _is_all(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"


def _absolute(module: str, package: str) -> str:
    """The full name of a module that is imported inside a package, `..a` or `b`."""
    level = len(module) - len(module.lstrip("."))
    if level == 0:
        return module
    parts = package.split(".")
    base = parts[: len(parts) - level + 1]
    return ".".join([*base, *([module[level:]] if module[level:] else [])])


def _code_in(file: Path, text: str) -> list[str]:
    """The texts that are run: a script's one, or those of a notebook's code cells."""
    if file.suffix != ".ipynb":
        return [text]
    cells = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _text_of(file: Path) -> str | None:
    try:
        if file.stat().st_size > MAX_MODULE_BYTES:
            return None
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
