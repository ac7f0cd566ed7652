"""What do the calls do to names that IPython turns its own syntax into?"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyter_namespace_viz.core import magics
from jupyter_namespace_viz.core.parsing import parse
from jupyter_namespace_viz.core.walking import Walker

_METHODS = frozenset({"run_line_magic", "system", "getoutput"})


def is_magic_call(node: ast.Call) -> bool:
    """Whether it is such a call, as `get_ipython().system('ls')` for `!ls`."""
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in _METHODS
        and isinstance(function.value, ast.Call)
        and isinstance(function.value.func, ast.Name)
        and function.value.func.id == "get_ipython"
        and len(_texts(node)) == len(node.args)
    )


def magic_call(walker: Walker, node: ast.Call) -> None:
    """Walk a call that `is_magic_call`."""
    line, texts = walker.line_of(node), _texts(node)
    assert isinstance(node.func, ast.Attribute)
    if node.func.attr == "run_line_magic" and len(texts) == 2:
        _line_magic(walker, magics.read_line_magic(*texts), line)
    elif texts:
        _interpolated(walker, magics.interpolated_names(texts[0]), line)


def _texts(node: ast.Call) -> list[str]:
    constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def _line_magic(walker: Walker, magic: magics.MagicLine, line: int) -> None:
    _interpolated(walker, magic.reads, line)
    if magic.python is not None:
        body = parse(magic.python).body
        with walker.lines_from(line - 1):
            if magic.body == "unbound":
                walker.in_passing(body)
            else:
                walker.block(body)
    if magic.star is not None:
        walker.log.star_imports.add(magic.star)
    walker.bind_magic(magic.binds)


def _interpolated(walker: Walker, names: Iterable[str], line: int) -> None:
    """A name that the kernel does not hold is left as text: used, never needed."""
    log = walker.log
    guarded, log.guarded = log.guarded, True
    for name in names:
        log.read(name, line)
    log.guarded = guarded
