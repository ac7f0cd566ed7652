"""Which calls and items bind or read names that the text shows only as strings?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Origin
from jupyter_namespace_viz.core.analysis.flow import is_unbound, missing_in_text
from jupyter_namespace_viz.core.analysis.mutations import name_of_object
from jupyter_namespace_viz.core.analysis.rules.containers.parts import walk_item
from jupyter_namespace_viz.core.analysis.rules.functions import walk_text_in_body
from jupyter_namespace_viz.core.analysis.rules.namespaces import (
    alias_of,
    dotted_name,
    is_namespace,
)
from jupyter_namespace_viz.core.analysis.rules.text_arguments.query_texts import (
    QUERY_METHODS,
    walk_query_text,
)
from jupyter_namespace_viz.core.analysis.scopes import ClassScope
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.name_sources import ComputedCode, StarImport
from jupyter_namespace_viz.core.syntax.parser import parse

_RANGE = re.compile(r"([A-Za-z_]\w{0,60}?)(?:(\d{1,9})?:(\d{1,9}))?")
_SYMBOLS = 100
"""The most names that are bound by one range."""
_DICTS = frozenset({"namespace", "builtins_dict"})
_MODULES = frozenset({"main", "builtins"})
_FUNCTIONS = frozenset({"delattr", "eval", "exec", "setattr"})
_PARSING = frozenset({"compile", "literal_eval", "parse"})
_METHODS_OF_DICTS = frozenset({"__setitem__", "clear", "pop", "setdefault", "update"})
_METHODS = _METHODS_OF_DICTS | {"init_session", "push", "var"}
_OF_SYMPY = frozenset({"init_session", "var"})
_NAMES_OF_SYMPY_SESSION = "f g h k m n t x y z".split()


def walk_dynamic_call(walker: Walker, node: ast.Call) -> None:
    """The bindings of `exec("x = 1")`, `globals().update(x=1)` and sympy's `sym.var("x y")`.

    The call itself has been walked before.
    """
    function = node.func
    if type(function) is ast.Attribute:
        if function.attr in _METHODS:
            _walk_method(walker, node, function)
        elif function.attr in QUERY_METHODS:
            walk_query_text(walker, node, function)
        elif function.attr in _PARSING:
            _walk_parsed_text(walker, node)
    elif type(function) is ast.Name:
        if function.id in _FUNCTIONS:
            _walk_function(walker, node, function.id)
        elif function.id in _PARSING:
            _walk_parsed_text(walker, node)
        else:
            _walk_imported(walker, node, function.id)
            _walk_given_namespace(walker, node, function.id)


def _walk_function(walker: Walker, node: ast.Call, name: str) -> None:
    if name in {"eval", "exec"}:
        _walk_exec(walker, node)
    elif len(node.args) > 1 and alias_of(walker, node.args[0]) in _MODULES:
        _change(walker, [_text(node.args[1])], is_deleted=name == "delattr")


def _walk_given_namespace(walker: Walker, node: ast.Call, name: str) -> None:
    """`fill(globals())`: a function of the notebook that is given the namespace may bind any name
    in it.
    """
    if name in BUILTINS or not node.args:
        return
    reads = walker.record.uses
    may_be_given = walker.has_aliases or walker.resolver.in_body()
    if not (may_be_given or "globals" in reads or "locals" in reads or "vars" in reads):
        return
    bound = walker.record.bindings.get(name)
    is_imported = bound is not None and bound.kind == "import"
    given = (it for it in node.args if is_namespace(walker, it))
    if not is_imported and any(dotted_name(getattr(it, "func", it)) != "dir" for it in given):
        bind_global_names(walker, [None])


def _walk_method(walker: Walker, node: ast.Call, function: ast.Attribute) -> None:
    method, arguments = function.attr, node.args
    if method == "var" and isinstance(function.value, ast.Name) and arguments:
        bind_global_names(walker, _symbols(arguments))
    elif method == "init_session":
        _walk_sympy(walker, node, "init_session")
    elif method == "push" and arguments and alias_of(walker, function.value) == "shell":
        bind_global_names(walker, keys_of(arguments[0]))
    elif method in _METHODS_OF_DICTS:
        alias = alias_of(walker, function.value)
        if alias not in _DICTS:
            return
        if method == "update":
            keys = [key for argument in arguments for key in keys_of(argument)]
            bind_global_names(walker, [*keys, *(keyword.arg for keyword in node.keywords)])
        elif method == "clear" and alias == "namespace" and not walker.resolver.in_body():
            walker.record.clear_namespace()
        elif arguments:
            _change(walker, [_text(arguments[0])], is_deleted=method == "pop")


def _walk_imported(walker: Walker, node: ast.Call, name: str) -> None:
    """The call of a function by the name that an import of the cell has given to it, or `var` after
    a star import.
    """
    bound = walker.record.bindings.get(name)
    if bound is None:
        if name in _OF_SYMPY and walker.resolver.cell.flow.boundness(name) == "free":
            _walk_sympy(walker, node, name)
    elif bound.imports and (last := [*bound.imports][-1]).module == "sympy":
        original = last.code.partition(" import ")[2].partition(" as ")[0]
        _walk_sympy(walker, node, original)


def _walk_sympy(walker: Walker, node: ast.Call, function: str) -> None:
    if function == "var":
        bind_global_names(walker, _symbols(node.args))
    elif function == "init_session" and not walker.resolver.in_body():
        walker.record.name_sources.add(StarImport("sympy"))
        bind_global_names(walker, _NAMES_OF_SYMPY_SESSION)


def walk_dynamic_target(walker: Walker, target: ast.expr) -> None:
    """`globals()["x"] = …` and `__main__.x = …`: binds the name."""
    if isinstance(target, ast.Subscript):
        if alias_of(walker, target.value) in _DICTS:
            bind_global_names(walker, [_text(target.slice)])
    elif isinstance(target, ast.Attribute) and alias_of(walker, target.value) in _MODULES:
        bind_global_names(walker, [target.attr])


def walk_dynamic_deletion(walker: Walker, target: ast.expr) -> None:
    """`del globals()["x"]` and `del __main__.x`: deletes the name."""
    if isinstance(target, ast.Subscript) and is_namespace(walker, target.value):
        _change(walker, [_text(target.slice)], is_deleted=True)
    elif isinstance(target, ast.Attribute) and alias_of(walker, target.value) == "main":
        _change(walker, [target.attr], is_deleted=True)


def walk_subscript(walker: Walker, node: ast.Subscript) -> Origin:
    """`globals()["x"]` reads the name; a missing one raises KeyError, no NameError."""
    of, key = walk_item(walker, node)
    name = _text(node.slice)
    if name is not None and is_namespace(walker, node.value):
        walker.resolver.read_interpolated(name, walker.line_of(node))
    given = UNKNOWN if key is None else key
    return walker.take(of, "__getitem__", walker.line_of(node), ((0, given),))


def bind_global_names(walker: Walker, names: Iterable[str | None]) -> None:
    """Bind the names in the kernel's namespace; None stands for a name that is computed."""
    names = list(names)
    walker.work.spend(len(names))
    for name in names:
        if name is None:
            walker.record.name_sources.add(ComputedCode())
        elif name.isidentifier():
            walker.resolver.bind_global(name, "assignment")


def _change(walker: Walker, names: Iterable[str | None], is_deleted: bool) -> None:
    """Bind the names, or delete them."""
    if not is_deleted:
        bind_global_names(walker, names)
        return
    for name in names:
        if name is not None and not walker.resolver.in_body():
            walker.resolver.unbind(name)


# exec and eval


def _walk_exec(walker: Walker, node: ast.Call) -> None:
    """`exec("x = 1")`: runs the text in the kernel's namespace, or in that of a function."""
    where = node.args[1:]
    if where and isinstance(where[0], ast.Dict):
        _walk_in_own_namespace(walker, node, where)
        return
    if not node.args or node.keywords or not all(is_namespace(walker, it) for it in where):
        return
    text = _text(node.args[0])
    is_exec = dotted_name(node.func) == "exec"
    if text is None:
        if is_exec:
            walker.record.name_sources.add(ComputedCode())
    elif not walker.resolver.in_body():
        before = len(walker.problems)
        walker.text(text, walker.line_of(node))
        _note_syntax_error(walker, before)
    else:
        inside = walk_text_in_body(walker, text, walker.line_of(node))
        if is_exec and where:
            bind_global_names(walker, inside.bindings)


def _note_syntax_error(walker: Walker, before: int) -> None:
    """The problems since `before` are those of a text that runs here: it raises SyntaxError, which
    may be handled. Nothing follows from it for the language of the notebook."""
    resolver, found = walker.resolver, walker.problems[before:]
    del walker.problems[before:]
    if found and resolver.certain and not resolver.in_try:
        walker.problems += [replace(it, kind="syntax") for it in found]
        walker.is_unreachable = True


def _walk_parsed_text(walker: Walker, node: ast.Call) -> None:
    """`compile("x = ", "", "exec")`, `ast.parse("x = ")`, `ast.literal_eval("1 +")`: the text is
    parsed, and nothing of it runs."""
    text = _text(node.args[0]) if node.args else None
    path = _known_path(walker, node.func)
    mode = node.args[2] if path == "builtins.compile" and len(node.args) == 3 else None
    is_exec = path == "ast.parse" and len(node.args) == 1 and not node.keywords
    is_exec |= mode is not None and _text(mode) == "exec" and not node.keywords
    if text is None or walker.resolver.in_body():
        return
    if is_exec or (path == "ast.literal_eval" and len(node.args) == 1):
        before = len(walker.problems)
        walker.problems += parse(text.strip(" \t"), walker.line_of(node), walker.work).problems
        _note_syntax_error(walker, before)


def _known_path(walker: Walker, function: ast.expr) -> str:
    """The dotted path of the function, as far as the cell shows."""
    if isinstance(function, ast.Name) and function.id == "compile":
        is_free = walker.resolver.cell.flow.boundness("compile") == "free"
        return "builtins.compile" if is_free else ""
    name = name_of_object(function)
    bound = None if name is None else walker.record.bindings.get(name)
    is_ast = bound is not None and [it.module for it in bound.imports] == ["ast"]
    return f"ast.{(dotted_name(function) or '').rpartition('.')[2]}" if is_ast else ""


def _walk_in_own_namespace(walker: Walker, node: ast.Call, where: Sequence[ast.expr]) -> None:
    """`exec("x", {"a": 1}, {})`: the text sees the names of the dicts, and builtins. With two dicts
    it runs as the body of a class does: its functions do not see what it binds.
    """
    given = [key for it in where for key in keys_of(it)]
    text = _text(node.args[0])
    if isinstance(node.args[0], ast.Name) and not walker.resolver.in_body():
        text = walker.resolver.constants.get(node.args[0].id)
    if node.keywords or None in given or "__builtins__" in given or not isinstance(text, str):
        return
    inner = Walker(walker.rules, walker.dialect)
    if len(where) > 1:
        inner.resolver.scope = ClassScope(inner.resolver.cell, "")
    inner.text(text)
    walker.work.spend(len(text))
    for use in () if inner.record.name_sources else inner.record.uses.values():
        is_there = use.name in given or is_predefined(use.name) or is_unbound(use.name)
        if not is_there and use.certain and not use.guarded:
            walker.resolver.read(missing_in_text(use.name), walker.line_of(node))


# Names within texts and dicts


def keys_of(node: ast.expr) -> list[str | None]:
    """The keys of `{"x": 1}` and `dict(x=1)`, or the names in "x y"; None for what is computed."""
    if isinstance(node, ast.Dict):
        return [None if key is None else _text(key) for key in node.keys]
    if isinstance(node, ast.Call) and dotted_name(node.func) == "dict" and not node.args:
        return [keyword.arg for keyword in node.keywords]
    return [None]


def _symbols(arguments: list[ast.expr]) -> list[str]:
    """The names that sympy's `var` binds for these texts: `x y`, `x, y`, `x:2`, `x1:3`."""
    names: dict[str, None] = {}
    texts = [it for argument in arguments for it in getattr(argument, "elts", [argument])]
    for text in map(_text, texts):
        for word in re.split(r"[\s,]+", text or ""):
            match = _RANGE.fullmatch(word)
            if match and match[3]:
                numbers = range(int(match[2] or 0), int(match[3]))[:_SYMBOLS]
                names.update(dict.fromkeys(f"{match[1]}{n}" for n in numbers))
            elif match:
                names[word] = None
    return list(names)


def _text(node: ast.expr) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[attr-defined]
