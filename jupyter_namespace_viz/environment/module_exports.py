"""What does a module's source say about its `__all__`?

__all__ = ["a"] + other.__all__     as far as the names of `other` are known
__all__ = sorted(globals())         computed: not known
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast, StarNameLookup
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.environment.module_text import absolute_module


class ModuleExports:
    """The `__all__` of one module, after `read`.

    `names` are its items; without `is_all` there may be more. `is_literal` is None where the source
    has no `__all__`, and False where some of it is computed. `star_names` resolves the `__all__` of
    other modules; `package` is what relative imports start from.
    """

    def __init__(self, star_names: StarNameLookup, package: str) -> None:
        self._star_names = star_names
        self._package = package
        self._modules: dict[str, str] = {}
        self._is_branch = False
        self.names: set[str] = set()
        self.is_literal: bool | None = None
        self.is_all = True

    def read(self, body: Iterable[ast.stmt]) -> None:
        """Follow the statements at module level; all branches count."""
        for node in body:
            if isinstance(node, ast.ImportFrom):
                self._add_imports(node)
            elif isinstance(node, ast.Import):
                self._modules.update((a.asname or a.name, a.name) for a in node.names)
            elif isinstance(node, ast.Assign) and any(map(_is_all, node.targets)):
                self._replace(node.value)
            elif isinstance(node, (ast.AugAssign, ast.AnnAssign)) and _is_all(node.target):
                if node.value is not None:
                    add = self._add if isinstance(node, ast.AugAssign) else self._replace
                    add(node.value)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self._add_from_call(node.value)
            elif isinstance(node, (ast.If, ast.Try)):
                handlers = node.handlers if isinstance(node, ast.Try) else []
                outer, self._is_branch = self._is_branch, True
                self.read([*node.body, *(it for h in handlers for it in h.body), *node.orelse])
                self._is_branch = outer
            elif any(map(_is_all, ast.walk(node))):
                self.is_literal = False

    def _add_imports(self, node: ast.ImportFrom) -> None:
        base = absolute_module("." * node.level + (node.module or ""), self._package)
        for alias in node.names:
            self._modules[alias.asname or alias.name] = f"{base}.{alias.name}".strip(".")

    def _add_from_call(self, call: ast.Call) -> None:
        """`__all__.append("a")`, `__all__.extend(["a"])`"""
        function = call.func
        if isinstance(function, ast.Attribute) and _is_all(function.value) and call.args:
            if function.attr == "append":
                self._add(ast.List([call.args[0]]))
            else:
                self._add(call.args[0])

    def _add(self, value: ast.expr) -> None:
        names = self._names_of(value)
        if names is None:
            self.is_literal = False
        else:
            self.names |= names
            self.is_literal = self.is_literal is not False

    def _replace(self, value: ast.expr) -> None:
        """`__all__ = [...]`: what was added before is gone, unless this is one of several paths, or
        the value has it."""
        if not self._is_branch and not any(map(_is_all, ast.walk(value))):
            self.names, self.is_literal = set(), None
        self._add(value)

    def _names_of(self, value: ast.expr) -> frozenset[str] | None:
        """The items of the value; None where they are computed."""
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
            found = None if module is None else self._star_names(StarImport(module))
            self.is_all &= not isinstance(found, AtLeast)
            return found
        return None


def _is_all(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"
