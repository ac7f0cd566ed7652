"""Which files does a call read or write, judging by its text?

    df.to_csv("out.csv")            writes out.csv
    open("notes.txt", "w")          writes notes.txt
    pd.read_csv("./out.csv")        reads out.csv
    Path("notes.txt").read_text()   reads notes.txt

Only paths that the text has whole count, and only what a method's name tells about the rest.
"""

from __future__ import annotations

import ast
import posixpath
import re

from jupyter_namespace_viz.core.analysis.walker import Walker

_PATH = re.compile(r"[^\s:*?<>|\"](?:[^\n:*?<>|\"]{0,200}[^\s:*?<>|\"])?\.[A-Za-z]\w{0,9}")
_WRITES = ("to_", "save", "dump", "write")
_READS = ("read", "load", "open", "imread", "genfromtxt", "fromfile")
_WRITING_MODES = frozenset("wax+")


def walk_file_call(walker: Walker, node: ast.Call) -> None:
    """The files that the call, of a function for which `is_of_files` holds, reads or writes. Those
    of functions are not known to be used.
    """
    name = name_of_callee(node)
    if name is None or walker.resolver.in_body():
        return
    writes = name.startswith(_WRITES) or name.endswith("Writer")
    paths = [path for argument in _path_arguments(node) if (path := _path(argument))]
    if writes or (name == "open" and not _WRITING_MODES.isdisjoint(_mode(node))):
        walker.record.written_files.update(paths)
    else:
        walker.record.read_files.update(paths)


def is_of_files(name: str) -> bool:
    """Whether a function of this name may read or write files."""
    return name.startswith(_READS + _WRITES) or name.endswith("Writer")


def name_of_callee(node: ast.Call) -> str | None:
    """`f` for `f()` and `a.b.f()`; None where the callee has no name."""
    function = node.func
    if type(function) is ast.Attribute:
        return function.attr
    return function.id if type(function) is ast.Name else None


def _path_arguments(node: ast.Call) -> list[ast.expr]:
    """The arguments, and those of `Path(…)` in `Path(…).read_text()`."""
    found = [*node.args, *(keyword.value for keyword in node.keywords)]
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(receiver, ast.Call) and name_of_callee(receiver) == "Path":
        found += receiver.args
    return found


def _path(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
        return posixpath.normpath(node.value) if _PATH.fullmatch(node.value) else None
    return None


def _mode(node: ast.Call) -> str:
    keywords = (keyword.value for keyword in node.keywords if keyword.arg == "mode")
    is_method = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call)
    mode = next(iter((*keywords, *node.args[0 if is_method else 1 :])), None)
    return str(mode.value) if isinstance(mode, ast.Constant) else "r"
