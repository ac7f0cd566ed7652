"""What do magics do to names, as the first line of a cell or as calls of `get_ipython()`?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax import magics
from jupyter_namespace_viz.core.syntax.known_magics import SHELL_WORDS
from jupyter_namespace_viz.core.syntax.parser import parse

_METHODS = frozenset("ev ex getoutput magic run_cell run_cell_magic run_line_magic system".split())


def is_magic_call(node: ast.Call) -> bool:
    """Whether IPython turns a magic into this call: `get_ipython().system('ls')` for `!ls`."""
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in _METHODS
        and isinstance(function.value, ast.Call)
        and isinstance(function.value.func, ast.Name)
        and function.value.func.id == "get_ipython"
        and len(_texts(node)) == len(node.args)
    )


def walk_magic_call(walker: Walker, node: ast.Call) -> None:
    """Walk a call for which `is_magic_call` holds."""
    line, texts = walker.line_of(node), _texts(node)
    user_magics = walker.dialect.magics
    assert isinstance(node.func, ast.Attribute)
    method = node.func.attr
    if method == "run_line_magic" and len(texts) == 2:
        _walk_line_magic(walker, magics.read_line_magic(texts[0], texts[1], user_magics), line)
    elif method == "run_cell_magic" and len(texts) == 3:
        walk_magic_cell(walker, magics.cell_magic(texts[0], texts[1], texts[2], line, user_magics))
    elif not texts:
        return
    elif method == "magic":
        name, _, arguments = texts[0].strip().lstrip("%").partition(" ")
        _walk_line_magic(walker, magics.read_line_magic(name, arguments, user_magics), line)
    elif method in {"ev", "ex", "run_cell"}:
        walker.text(texts[0], line)
    else:
        for name in magics.interpolated_names(texts[0]):
            walker.resolver.read_interpolated(name, line)


def walk_magic_cell(walker: Walker, magic: magics.MagicCell) -> bool:
    """Walk a cell that begins with a cell magic; returns whether it does anything."""
    for name in magic.reads:
        walker.resolver.read(name, magic.line)
    for name in magic.interpolates:
        walker.resolver.read_interpolated(name, magic.line)
    found = walker.text(magic.text, magic.first_line, discard=magic.body == "unbound")
    walker.bind_magic(magic.binds)
    return found or bool(magic.binds)


def walk_automagic(walker: Walker, word: str, rest: str) -> None:
    """Walk a cell of one line that may be a magic without its `%`.

    Text that is valid Python is a magic only where the word is one of SHELL_WORDS or the kernel
    does not hold it. The kernel looks the word up first, which never raises.
    """
    may_be_python = bool(rest) and (word not in SHELL_WORDS or rest.startswith("("))
    is_python = may_be_python and not parse(f"{word} {rest}").problems
    if is_python or not rest:
        walker.resolver.read_interpolated(word, 1)
    if is_python:
        walker.resolver.assume(word)
        walker.automagic = word
        walker.text(f"{word} {rest}")
    else:
        _walk_line_magic(walker, magics.read_line_magic(word, rest, walker.dialect.magics), 1)


def _texts(node: ast.Call) -> list[str]:
    constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def _walk_line_magic(walker: Walker, magic: magics.MagicLine, line: int) -> None:
    resolver = walker.resolver
    for name in (*magic.reads, *magic.deletes):
        resolver.read(name, line)
    for name in magic.interpolates:
        resolver.read_interpolated(name, line)
    for module in magic.imports:
        resolver.import_module(module, line, [])
    if magic.python is not None:
        walker.text(magic.python, line, discard=magic.body == "unbound")
    if magic.source is not None:
        walker.record.name_sources.add(magic.source)
    for name in magic.deletes:
        resolver.unbind(name)
    if magic.clears_namespace:
        walker.record.clear_namespace()
    walker.bind_magic(magic.binds)
