"""Which expressions are the kernel's namespace, its module or its shell?"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyter_namespace_viz.core.analysis.scopes import FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.dialect import Alias

_OF_SHELL_ONLY = frozenset(
    {"run_cell_magic", "run_line_magic", "user_global_ns", "user_module", "user_ns"}
)
_FUNCTIONS = frozenset("__import__ dir get_ipython globals import_module locals vars".split())
_MODULES: dict[str, Alias] = {
    "__main__": "main",
    "builtins": "builtins",
    "__builtins__": "builtins",
}


def is_namespace(walker: Walker, node: ast.expr) -> bool:
    """Whether the expression is the dict of the kernel's namespace, or the list of its names."""
    return alias_of(walker, node) == "namespace"


def alias_of(walker: Walker, node: ast.expr) -> Alias | None:
    """What the expression is another name of; None for all other expressions.

    globals(), vars(), get_ipython().user_ns, __main__.__dict__      namespace
    __main__, sys.modules["__main__"]                                main
    """
    kind = type(node)
    if kind is ast.Name:
        return _alias_of_name(walker, node.id)  # type: ignore[attr-defined]
    if kind is ast.Call:
        return _alias_of_call(walker, node)  # type: ignore[arg-type]
    if kind is ast.Attribute:
        return _alias_of_attribute(walker, node)  # type: ignore[arg-type]
    if isinstance(node, ast.Subscript) and dotted_name(node.value) == "sys.modules":
        key = node.slice
        if isinstance(key, ast.Name) and key.id == "__name__":
            return "main"
        return _alias_of_module(key)
    return None


def remember_alias(walker: Walker, names: Iterable[str], alias: Alias | None) -> None:
    """The code has just bound the names to what `alias` stands for, or to something else."""
    if alias is None and not walker.has_aliases:
        return
    walker.has_aliases = True
    scope = walker.resolver.binding_scope()
    aliases = scope.aliases if isinstance(scope, FunctionScope) else walker.aliases
    for name in names:
        if alias is not None:
            aliases[name] = alias
        elif name in aliases:
            del aliases[name]


def alias_of_import(module: str | None) -> Alias | None:
    """What `import module` binds."""
    return _MODULES.get(module or "")


def _alias_of_name(walker: Walker, name: str) -> Alias | None:
    if not walker.has_aliases and name not in _MODULES:
        return None
    scope = walker.resolver.binding_scope()
    if isinstance(scope, FunctionScope) and name in scope.local_names:
        return scope.aliases.get(name)
    if name in walker.aliases:
        return walker.aliases[name]
    is_bound = walker.resolver.cell.flow.boundness(name) != "free"
    return None if is_bound else _MODULES.get(name)


def _alias_of_call(walker: Walker, node: ast.Call) -> Alias | None:
    called = node.func
    last = called.id if type(called) is ast.Name else getattr(called, "attr", None)
    if last not in _FUNCTIONS:
        return None
    function = dotted_name(called)
    if not node.args:
        if function == "get_ipython":
            return "shell"
        of_module = {"globals", "dir", "locals", "vars"}
        names = of_module if not walker.resolver.in_body() else {"globals"}
        return "namespace" if function in names else None
    if function == "vars":
        return _dict_of(alias_of(walker, node.args[0]))
    if function in {"import_module", "importlib.import_module", "__import__"}:
        return _alias_of_module(node.args[0])
    return None


def _alias_of_attribute(walker: Walker, node: ast.Attribute) -> Alias | None:
    if node.attr == "__dict__":
        return _dict_of(alias_of(walker, node.value))
    if node.attr not in {"user_ns", "user_global_ns", "user_module"}:
        return None
    if not is_shell(walker, node.value, node.attr):
        return None
    return "main" if node.attr == "user_module" else "namespace"


def is_shell(walker: Walker, node: ast.expr, attribute: str) -> bool:
    """Whether the expression is IPython's shell, judging also by an attribute that it has."""
    if isinstance(node, ast.Name) and attribute in _OF_SHELL_ONLY:
        return True
    return alias_of(walker, node) == "shell"


def _dict_of(module: Alias | None) -> Alias | None:
    return {"main": "namespace", "builtins": "builtins_dict"}.get(module or "")  # type: ignore[return-value]


def _alias_of_module(node: ast.expr) -> Alias | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return _MODULES.get(node.value) if is_text else None  # type: ignore[attr-defined]


def dotted_name(node: ast.expr) -> str | None:
    """`a.b` as a text; None for other expressions and longer paths."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return None
