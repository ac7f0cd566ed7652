"""How does a cell change where imports look, and what they find there?

    sys.path.append("src")    os.chdir("..")    %cd src    %%writefile made.py    %pip install x

Only few cells do, so their texts are parsed here once more, and no other text is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from jupyter_namespace_viz.core.imports.change_types import (
    MAKE_FILES,
    SearchChange,
    SearchChangeKind,
    changes_of_magic,
    may_make_modules,
    written_file,
)
from jupyter_namespace_viz.core.imports.path_values import added_folders, is_sys, path_value
from jupyter_namespace_viz.core.syntax.magics import automagic
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text

_MAY_MATTER = re.compile(
    r"sys\.(?:path|modules)\b|chdir\b|addsitedir|write_text|\bopen\(|^[ \t]*%?cd\b"
    r"|^%%(?:write)?file|(?:^|=)[ \t]*[!%]|^%%(?:bash|sh|script|cmd|!)|\binstall\b|os\.system"
    r"|subprocess|os\.path\.|\bPath\b|getcwd|shutil|__path__|symlink|os\.(?:link|rename|replace)"
    r"|load_module|exec_module|urlretrieve|from[ \t]+sys[ \t]+import",
    re.MULTILINE,
)
_FILE_MAGIC = re.compile(r"\s*%%(?:write)?file[ \t]+(-a[ \t]+|--append[ \t]+)?(\S+)[ \t]*(?:\n|$)")
_SHELL_MAGIC = re.compile(r"\s*%%(?:bash|sh|script|cmd|!|system|sx)\b")


def search_changes(
    source: str, names: Mapping[str, str]
) -> tuple[tuple[SearchChange, ...], Mapping[str, str]]:
    """The changes of one cell in the order in which they happen, and the paths that names are bound
    to after it; `names` are those before it."""
    if not _may_matter(source) and (not names or names.keys().isdisjoint(_words(source))):
        return (), names
    return _search_changes(source, tuple(sorted(names.items())))


@cached_by_text(lambda _: 50)
def _may_matter(source: str) -> bool:
    return _MAY_MATTER.search(source) is not None


def _words(source: str) -> list[str]:
    return re.findall(r"[A-Za-z_]\w*", source)


def _size_of(found: tuple[tuple[SearchChange, ...], Mapping[str, str]]) -> int:
    changes, names = found
    return 500 + 300 * len(changes) + 100 * len(names)


@cached_by_text(_size_of, unread=((SearchChange(1, "unknown"),), {}))
def _search_changes(
    source: str, names: tuple[tuple[str, str], ...]
) -> tuple[tuple[SearchChange, ...], Mapping[str, str]]:
    if len(source) > 200_000:
        return (SearchChange(1, "unknown"),), dict(names)
    file = _FILE_MAGIC.match(source)
    if file is not None:
        is_known = file[1] is None and "{" not in file[2] and "$" not in file[2]
        text = source[file.end() :] if is_known else None
        if "{" in file[2] or "$" in file[2]:
            return (SearchChange(1, "unknown"),), dict(names)
        return (SearchChange(1, "file", file[2].strip("\"'"), text),), dict(names)
    if _SHELL_MAGIC.match(source):
        return (SearchChange(1, "unknown"),), dict(names)
    word = automagic(source)
    if word is not None and word[0] not in dict(names):
        source = f"%{source.strip()}"
    # Another cell magic keeps its body Python, or its body does not matter.
    body = re.sub(r"^(\s*)%%.*", r"\1", source)
    reader = _Reader(dict(names))
    try:
        reader.block(parse(body).body, certain=True)
    except RecursionError:
        reader.found.append(SearchChange(1, "unknown"))
    return tuple(sorted(reader.found, key=lambda it: it.line)), reader.names


class _Reader:
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.found: list[SearchChange] = []

    def block(self, body: Sequence[ast.stmt], certain: bool) -> None:
        """Follow statements in order."""
        for node in body:
            self.statement(node, certain)

    def statement(self, node: ast.stmt, certain: bool) -> None:
        """Follow one statement; in a branch it may not run."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if any(change for _, change in self._calls_in(node)):
                self.add(node, "unknown", certain=certain)  # it may be called anywhere
        elif isinstance(node, ast.If):
            is_check = "sys.path" in ast.unparse(node.test) and not node.orelse
            self.block(node.body, certain and is_check)
            self.block(node.orelse, False)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            self.block_of_with(node, certain)
        elif isinstance(node, ast.Try):
            self.block(node.body, certain)
            for handler in node.handlers:
                self.block(handler.body, False)
            self.block(node.orelse, certain)
            self.block(node.finalbody, certain)
        elif isinstance(node, ast.For):
            self.loop(node, certain)
        elif isinstance(node, ast.While):
            self.block(node.body, False)
        else:
            self.simple_statement(node, certain)

    def loop(self, node: ast.For, certain: bool) -> None:
        """`for folder in ["a", "b"]: sys.path.append(folder)`"""
        items = node.iter.elts[:20] if isinstance(node.iter, (ast.List, ast.Tuple)) else []
        values = [path_value(item, self.names) for item in items]
        if not isinstance(node.target, ast.Name) or not items or None in values:
            for it in ast.walk(node.target):
                if isinstance(it, ast.Name):
                    self.names.pop(it.id, None)
            self.block(node.body, certain)
            return
        for value in values:
            self.names[node.target.id] = value or ""
            self.block(node.body, certain)

    def block_of_with(self, node: ast.With | ast.AsyncWith, certain: bool) -> None:
        """`with open("made.py", "w") as file: …`"""
        for item in node.items:
            for call, change in self._calls_in(item.context_expr):
                if change:
                    self.call(call, certain)
        self.block(node.body, certain)

    def simple_statement(self, node: ast.stmt, certain: bool) -> None:
        """A statement without a block."""
        for call, change in self._calls_in(node):
            if change:
                self.call(call, certain)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self.assign(target, node.value, certain)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self.assign(node.target, node.value, certain)
        elif isinstance(node, ast.AugAssign):
            if is_sys(node.target, "path"):
                self.add_folders(node, "after", node.value, certain)
            elif isinstance(node.target, ast.Name):
                self.names.pop(node.target.id, None)
        elif isinstance(node, ast.ImportFrom) and node.module == "sys":
            if not {it.name for it in node.names}.isdisjoint({"path", "modules", "*"}):
                self.add(node, "unknown", certain=certain)
        elif isinstance(node, ast.Delete):
            if any(is_sys(it, "path") for it in ast.walk(node)):
                self.add(node, "unknown", certain=certain)
            for target in node.targets:
                if (module := _module_at(target)) is not None:
                    self.add(node, "released", module, certain=certain)

    def assign(self, target: ast.expr, value: ast.expr, certain: bool) -> None:
        """`a = …`, `sys.path = …`, `sys.modules["a"] = …`"""
        if isinstance(target, ast.Name):
            path = path_value(value, self.names) if certain else None
            if path is None:
                self.names.pop(target.id, None)
            else:
                self.names[target.id] = path
        elif isinstance(target, ast.Subscript) and is_sys(target.value, "modules"):
            module = _module_at(target)
            is_none = isinstance(value, ast.Constant) and value.value is None
            kind: SearchChangeKind = "blocked" if is_none else "module"
            self.add(target, "unknown" if module is None else kind, module or "", certain=certain)
        elif any(is_sys(it, "path") for it in ast.walk(target)):
            where, folders = added_folders(target, value)
            if folders is None:
                self.add(target, "unknown", certain=certain)
            else:
                self.add_folders(target, where, folders, certain)
        else:
            for it in ast.walk(target):
                if isinstance(it, ast.Name):
                    self.names.pop(it.id, None)

    def _calls_in(self, node: ast.AST) -> Iterator[tuple[ast.Call, bool]]:
        """The calls in the node, and whether each may change something."""
        calls = [it for it in ast.walk(node) if isinstance(it, ast.Call)]
        for call in sorted(calls, key=lambda it: (it.lineno, it.col_offset)):
            yield call, bool(list(self.changes_of(call, True)))

    def call(self, node: ast.Call, certain: bool) -> None:
        """Add what the call changes."""
        self.found += self.changes_of(node, certain)

    def changes_of(self, node: ast.Call, certain: bool) -> Iterator[SearchChange]:
        """What the call changes."""
        function = node.func
        if isinstance(function, ast.Name):
            yield from self._of_function(node, function.id, certain)
            return
        if not isinstance(function, ast.Attribute):
            return
        name, owner = function.attr, function.value
        if is_sys(owner, "path"):
            yield from self._of_path(node, name, certain)
        elif is_sys(owner, "modules"):
            if name in {"update", "setdefault", "pop", "clear", "__setitem__"}:
                yield SearchChange(node.lineno, "unknown", certain=certain)
        elif name in {"chdir", "addsitedir", "write_text", "write_bytes"}:
            yield from self._of_function(node, name, certain, owner)
        elif isinstance(owner, ast.Call) and _last(owner.func) == "get_ipython":
            yield from changes_of_magic(node, name, certain)
        elif may_make_modules(name, _last(owner)) or (
            name in MAKE_FILES and any(map(self._is_module, node.args))
        ):
            yield SearchChange(node.lineno, "unknown", certain=certain)

    def _is_module(self, argument: ast.expr) -> bool:
        """Whether it is the path of a module: `shutil.copy(a, "b.py")`. Most files are data."""
        return (path_value(argument, self.names) or "").endswith((".py", ".pth", ".so"))

    def _of_path(self, node: ast.Call, name: str, certain: bool) -> Iterator[SearchChange]:
        if name in {"count", "index", "copy", "__contains__"}:
            return
        kind: SearchChangeKind = "before" if name == "insert" else "after"
        values = [path_value(argument, self.names) for argument in node.args[-1:]]
        if name == "extend" and node.args and isinstance(node.args[0], (ast.List, ast.Tuple)):
            values = [path_value(item, self.names) for item in node.args[0].elts]
        for value in values if name in {"append", "insert", "extend"} else [None]:
            if value is None:
                yield SearchChange(node.lineno, "unknown", certain=certain)
            else:
                yield SearchChange(node.lineno, kind, value, None, certain)

    def _of_function(
        self, node: ast.Call, name: str, certain: bool, owner: ast.expr | None = None
    ) -> Iterator[SearchChange]:
        arguments = node.args
        if name in {"write_text", "write_bytes"} and owner is not None:
            path, text = path_value(owner, self.names), None
            if arguments and isinstance(arguments[0], ast.Constant) and name == "write_text":
                text = arguments[0].value if isinstance(arguments[0].value, str) else None
            yield from written_file(node.lineno, path, text, certain)
        elif name == "open" and owner is None and len(arguments) > 1:
            mode = arguments[1]
            is_read = isinstance(mode, ast.Constant) and set(str(mode.value)) <= set("rbtU")
            if not is_read:
                yield from written_file(
                    node.lineno, path_value(arguments[0], self.names), None, certain
                )
        elif name in {"chdir", "addsitedir"} and len(arguments) == 1:
            path = path_value(arguments[0], self.names)
            kind: SearchChangeKind = "folder" if name == "chdir" else "after"
            if path is None:
                yield SearchChange(node.lineno, "unknown", certain=certain)
            else:
                yield SearchChange(node.lineno, kind, path, None, certain)

    def add_folders(
        self,
        node: ast.stmt | ast.expr,
        kind: SearchChangeKind,
        value: ast.expr,
        certain: bool,
    ) -> None:
        """`sys.path += [...]`"""
        items = value.elts if isinstance(value, (ast.List, ast.Tuple)) else [None]
        for item in items:
            path = None if item is None else path_value(item, self.names)
            self.add(node, "unknown" if path is None else kind, path or "", certain=certain)

    def add(
        self, node: ast.stmt | ast.expr, kind: SearchChangeKind, value: str = "", *, certain: bool
    ) -> None:
        """Add a change."""
        self.found.append(SearchChange(node.lineno, kind, value, None, certain))


def _module_at(node: ast.expr) -> str | None:
    """The `a` of `sys.modules["a"]`, None for anything else."""
    if not isinstance(node, ast.Subscript) or not is_sys(node.value, "modules"):
        return None
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return key if isinstance(key, str) else None


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
