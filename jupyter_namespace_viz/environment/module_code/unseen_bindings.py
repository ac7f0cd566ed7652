"""Which names may a module bind that its statements do not show?

globals()["a"] = 1                             a
for name in ("a", "b"): vars()[name] = 1       a, b
setattr(sys.modules[__name__], computed, 1)    any name
sorted(globals())                              none: it is only read

The dict of the module, and the module itself, are followed through names that are bound to them and
into functions of the module that are called with them. What a function does counts as done.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.rules.namespaces import dotted_name
from jupyter_namespace_viz.environment.module_code.code_places import CodePlaces
from jupyter_namespace_viz.environment.module_code.constant_texts import texts_in

_SUSPICIOUS = re.compile(
    r"\bglobals\b(?!\s*\(\s*\)\s*\.\s*(?:copy|get|items|keys|values)\b)"
    r"|\b(?:vars|locals)\s*\(\s*\)(?!\s*\.\s*(?:copy|get|items|keys|values)\b)"
    r"|\bf_globals\b(?!\s*\.\s*get\b)|\bexec\s*\(|\bsetattr\s*\(|\bmodules\s*(?:\[|\.\s*get\b)"
    r"|\b_convert_?\s*\(|\bglobal_enum\b|\bimport(?:_module|__)\s*\(\s*__name__"
)
_DICT_READS = frozenset(
    "__contains__ __getitem__ clear copy get items keys pop popitem values".split()
)
_TAKE_ITEMS = frozenset(
    "all any dict enumerate filter frozenset id iter len list map max min print repr set sorted"
    " str sum tuple type".split()
)
_TAKE_MODULES = frozenset("delattr dir getattr hasattr id print repr str".split())

_Follow = Callable[[ast.AST], None]


@dataclass(frozen=True, slots=True)
class UnseenNames:
    """The names that a module may bind unseen: `names`, the items of the `__all__` of the modules
    `listed_by` (with leading dots where they are relative), and any name with `is_any`."""

    names: frozenset[str] = frozenset()
    listed_by: frozenset[str] = frozenset()
    is_any: bool = False

    def __bool__(self) -> bool:
        return self.is_any or bool(self.names or self.listed_by)


ANY_NAME = UnseenNames(is_any=True)


def may_bind_unseen(text: str, module: str) -> bool:
    """Whether the text has a word without which the module binds nothing unseen."""
    tail = re.escape(module.rpartition(".")[2])
    imports = re.compile(rf"\bimport\b[^\n]*\b{tail}\b|^[ \t]+{tail},?[ \t]*$", re.MULTILINE)
    return _SUSPICIOUS.search(text) is not None or imports.search(text) is not None


def unseen_names(body: Iterable[ast.stmt], module: str) -> UnseenNames:
    """The names that code of the module of that name may bind unseen."""
    reader = _Reader(CodePlaces(tuple(body)), module)
    imported = reader.places.imported.items()
    if any(source.endswith(".global_enum") and name != "global_enum" for name, source in imported):
        return ANY_NAME
    try:
        for node in reader.places.found:
            reader.read(node)
    except _AnyName:
        return ANY_NAME
    return UnseenNames(frozenset(reader.names), frozenset(reader.listed_by))


class _AnyName(Exception):
    """A name is bound that the text does not show."""


class _Reader:
    def __init__(self, places: CodePlaces, module: str) -> None:
        self.places = places
        self.names: set[str] = set()
        self.listed_by: set[str] = set()
        self._module = module
        self._followed: set[tuple[ast.AST | None, str]] = set()

    def read(self, node: ast.AST) -> None:
        """Collect what this node binds unseen; raises _AnyName."""
        place = self.places.of(node)
        match node:
            case ast.Name(id="globals", ctx=ast.Load()):
                if not isinstance(place.parent, ast.Call) or place.parent.func is not node:
                    raise _AnyName
                self._dict(place.parent)
            case ast.Call(func=ast.Name(id="locals" | "vars"), args=[]):
                if place.at_module_level:
                    self._dict(node)
            case ast.Name(ctx=ast.Load()) if self._is_this(self.places.imported.get(node.id)):
                self._module_object(node)
            case ast.Attribute(ctx=ast.Load()) if self._is_this(dotted_name(node)):
                self._module_object(node)
            case ast.Attribute(attr="f_globals"):
                self._dict(node)
            case ast.Subscript(value=inner, slice=key) if _is_called(inner, "modules"):
                if self._is_own(key):
                    self._module_object(node)
            case ast.Call(func=ast.Attribute(attr="get", value=inner), args=[key, *_]):
                if _is_called(inner, "modules") and self._is_own(key):
                    self._module_object(node)
            case ast.Call(func=function, args=[ast.Name(id="__name__")]):
                if _is_called(function, "import_module") or _is_called(function, "__import__"):
                    self._module_object(node)
            case ast.Call(func=ast.Name(id="setattr"), args=[target, key, *_]):
                if place.function is None and not self.places.is_defined(target):
                    self._bind_key(key)
            case ast.Call(func=ast.Name(id="exec"), args=[_, *namespaces]):
                self._exec(node, namespaces)
            case ast.Call(func=ast.Attribute(attr="_convert_" | "_convert"), args=[name, _, *rest]):
                # enum makes a class, and members of the module's names, unless it has a source.
                if len(rest) != 1 or node.keywords:
                    raise _AnyName
                self._bind_key(name)
            case ast.ClassDef() if any(_is_called(it, "global_enum") for it in node.decorator_list):
                self._bind_members(node)
            case ast.Name(id="global_enum") | ast.Attribute(attr="global_enum"):
                if not isinstance(place.parent, ast.ClassDef):
                    raise _AnyName

    def _is_this(self, module: str | None) -> bool:
        """Whether this is the name of the module, or may be that: `.part` is `package.part`."""
        if module is None:
            return False
        is_relative = module.startswith(".")
        return module == self._module or (
            is_relative and module.rpartition(".")[2] == self._module.rpartition(".")[2]
        )

    def _is_own(self, key: ast.expr) -> bool:
        """Whether the key of `sys.modules` may be the name of this module."""
        if isinstance(key, ast.Constant):
            return bool(key.value == self._module)
        if isinstance(key, (ast.JoinedStr, ast.BinOp)):
            return False  # a submodule of it
        return any(_is_called(it, "__name__") for it in ast.walk(key) if isinstance(it, ast.expr))

    def _exec(self, node: ast.Call, namespaces: list[ast.expr]) -> None:
        """`exec(text)` binds names of the module only at its level, unless it is given their
        dict."""
        is_elsewhere = len(namespaces) > 0 and self.places.is_new_dict(namespaces[-1])
        if self.places.of(node).at_module_level and (node.keywords or not is_elsewhere):
            raise _AnyName

    def _bind_members(self, node: ast.ClassDef) -> None:
        for it in node.body:
            targets = [it.target] if isinstance(it, ast.AnnAssign) else getattr(it, "targets", [])
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            is_plain = isinstance(it, (ast.Assign, ast.AnnAssign)) and len(names) == len(targets)
            if not is_plain and not isinstance(it, (ast.FunctionDef, ast.Expr, ast.Pass)):
                raise _AnyName
            self.names.update(names)

    # The dict of the module, and the module itself

    def _dict(self, node: ast.AST) -> None:
        """The expression denotes the dict of the module."""
        match parent := self.places.of(node).parent:
            case ast.Subscript(value=value, slice=key) if value is node:
                if isinstance(parent.ctx, ast.Store):
                    self._bind_key(key)
            case ast.Attribute(attr=method):
                self._method(parent, method)
            case ast.Compare() | ast.Starred() | ast.comprehension() | ast.For() | ast.Expr():
                return
            case ast.BinOp(op=ast.Mod()) | ast.keyword(arg=None):
                return  # `text % globals()`, and `f(**globals())`, which copies it
            case ast.Call(func=function) if function is not node:
                if not _is_one_of(function, _TAKE_ITEMS, "update"):
                    self._elsewhere(node, self._dict)
            case _:
                self._elsewhere(node, self._dict)

    def _module_object(self, node: ast.AST) -> None:
        """The expression denotes the module."""
        match parent := self.places.of(node).parent:
            case ast.Compare() | ast.Expr() | ast.FormattedValue() | ast.Delete():
                return
            case ast.Attribute(attr="__dict__"):
                self._dict(parent)
            case ast.Attribute(attr=name):
                if isinstance(parent.ctx, ast.Store):
                    self.names.add(name)
            case ast.Call(func=ast.Name(id="vars")):
                self._dict(parent)
            case ast.Call(func=ast.Name(id="setattr"), args=[target, key, _]) if target is node:
                self._bind_key(key)
            case ast.Call(func=function) if _is_one_of(function, _TAKE_MODULES, "getmembers"):
                return
            case _:
                self._elsewhere(node, self._module_object)  # `sys.modules[__name__] = other` too

    def _elsewhere(self, node: ast.AST, follow: _Follow) -> None:
        """The value is bound to a name, or given to a function of the module; raises _AnyName where
        something else is done with it."""
        target, call = self.places.target_of(node), self.places.of(node).parent
        if target is not None:
            key = (self.places.of(target).function, target.id)
            uses = self.places.uses_of(target)
        else:
            called = self.places.parameter_for(call, node) if isinstance(call, ast.Call) else None
            if called is None:
                raise _AnyName
            key = called
            uses = self.places.uses_in(*called)
        if key not in self._followed:
            self._followed.add(key)
            for use in uses:
                follow(use)

    def _method(self, attribute: ast.Attribute, method: str) -> None:
        """`globals().method(…)`"""
        if method in _DICT_READS:
            return
        match self.places.of(attribute).parent:
            case ast.Call(func=function, args=[key, *_]) if (
                function is attribute and method == "setdefault"
            ):
                self._bind_key(key)
            case ast.Call(func=function, args=arguments, keywords=keywords) if (
                function is attribute and method == "update"
            ):
                self.names.update(it.arg for it in keywords if it.arg is not None)
                for given in [*arguments, *(it.value for it in keywords if it.arg is None)]:
                    self._bind_keys(given)
            case _:
                raise _AnyName

    # Keys

    def _bind_keys(self, node: ast.expr) -> None:
        """Bind the keys of a dict, or the first of each pair."""
        match node:
            case ast.DictComp(key=key):
                self._bind_key(key)
            case ast.GeneratorExp(elt=ast.Tuple(elts=[key, _])):
                self._bind_key(key)
            case ast.ListComp(elt=ast.Tuple(elts=[key, _])):
                self._bind_key(key)
            case ast.Dict(keys=keys):
                for it in keys:
                    self._bind_key(it)
            case _:
                self._bind_texts(node)

    def _bind_key(self, key: ast.expr | None) -> None:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            self.names.add(key.value)
            return
        loops = self.places.loops_of(key) if isinstance(key, ast.Name) else None
        if loops is None:
            raise _AnyName
        for loop in loops:
            self._bind_texts(loop)

    def _bind_texts(self, node: ast.expr) -> None:
        """Bind the texts in a collection."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="__all__"):
                if name not in self.places.imported or self.places.bindings_of(name):
                    raise _AnyName
                self.listed_by.add(self.places.imported[name])
            case _:
                texts = texts_in(node, self.places.constants)
                if texts is None or not self.places.is_constant(node):
                    raise _AnyName
                self.names |= texts


def _is_called(node: ast.expr, name: str) -> bool:
    """`name`, `module.name`"""
    return getattr(node, "attr", None) == name or getattr(node, "id", None) == name


def _is_one_of(function: ast.expr, names: Iterable[str], method: str) -> bool:
    """Whether the function is one of these builtins, or this method."""
    if isinstance(function, ast.Name):
        return function.id in names
    return isinstance(function, ast.Attribute) and function.attr == method
