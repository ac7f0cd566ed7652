"""What do magics do to names, as the first line of a cell or as calls of `get_ipython()`?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from jupyter_namespace_viz.core.analysis.rules.functions import walk_text_in_body
from jupyter_namespace_viz.core.analysis.rules.namespaces import is_shell
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax import magics
from jupyter_namespace_viz.core.syntax.compilation import awaits_outside_function
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.known_magics import SHELL_WORDS, with_magic
from jupyter_namespace_viz.core.syntax.line_magics import MagicLine
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.syntax_errors import message_of_python

_OPTION = re.compile(r"--?[A-Za-z]")
SHELL_METHODS = frozenset(
    "ev ex getoutput magic run_cell run_cell_magic run_line_magic system".split()
)


_NO_AWAIT = "'await' outside function"


def is_magic_call(node: ast.Call) -> bool:
    """Whether IPython turns a magic into this call: `get_ipython().system('ls')` for `!ls`."""
    shell = _shell_of(node)
    return (
        isinstance(shell, ast.Call)
        and isinstance(shell.func, ast.Name)
        and shell.func.id == "get_ipython"
    )


def calls_magic(walker: Walker, node: ast.Call) -> bool:
    """Whether the call is one of these, also by another name of the shell."""
    shell = _shell_of(node)
    return shell is not None and is_shell(walker, shell, node.func.attr)  # type: ignore[attr-defined]


def _shell_of(node: ast.Call) -> ast.expr | None:
    """The shell whose method the call would be, if all arguments are texts."""
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in SHELL_METHODS:
        return function.value if len(_texts(node)) == len(node.args) else None
    return None


def walk_magic_call(walker: Walker, node: ast.Call) -> None:
    """Walk a call for which `calls_magic` holds."""
    line, texts = walker.line_of(node), _texts(node)
    user_magics = walker.magics
    assert isinstance(node.func, ast.Attribute)
    method = node.func.attr
    walker.work.spend(sum(map(len, texts[:2])) // 5)  # arguments are split in Python
    if isinstance(node.func.value, ast.Name):
        walker.expression(node.func.value)
    if method == "run_line_magic" and len(texts) == 2:
        if texts[0].startswith("%"):
            _refuse(walker, f"Line magic function `%{texts[0]}` not found.", line)
            return
        _walk_line_magic(walker, magics.read_line_magic(texts[0], texts[1], user_magics), line)
    elif method == "run_cell_magic" and len(texts) == 3:
        walk_magic_cell(walker, magics.cell_magic(texts[0], texts[1], texts[2], line, user_magics))
    elif not texts:
        return
    elif method == "magic":
        name, _, arguments = texts[0].strip().lstrip("%").partition(" ")
        _walk_line_magic(walker, magics.read_line_magic(name, arguments, user_magics), line)
    elif method == "run_cell":
        _run_as_cell(walker, texts[0], line)
    elif method in {"ev", "ex"}:
        walker.text(texts[0], line)
    else:
        for name in magics.interpolated_names(texts[0]):
            walker.resolver.read_interpolated(name, line)


def _run_as_cell(walker: Walker, text: str, line: int) -> None:
    """IPython runs the text as a cell of its own: it shows the errors, and goes on."""
    resolver, flow = walker.resolver, walker.resolver.binding_scope().flow
    guarded, problems = (resolver.guarded, resolver.import_guarded), len(walker.problems)
    flow.begin_branch()
    with resolver.branch():
        resolver.guarded = resolver.import_guarded = True
        walker.text(text, line)
    resolver.guarded, resolver.import_guarded = guarded
    walker.is_unreachable = False
    flow.apply(flow.undo_branch())
    del walker.problems[problems:]


def walk_magic_cell(walker: Walker, magic: magics.MagicCell) -> bool:
    """Walk a cell that begins with a cell magic; returns whether it does anything."""
    if magic.usage_error is not None:
        _refuse(walker, magic.usage_error, magic.line)
        return True
    if magic.compiles and awaits_outside_function(magic.text):
        _refuse(walker, _NO_AWAIT, magic.line)
        return True
    for name in magic.reads:
        walker.resolver.read(name, magic.line)
    for name in magic.interpolates:
        walker.resolver.read_interpolated(name, magic.line)
    found = walker.text(magic.text, magic.first_line, discard=magic.body == "unbound")
    if magic.keeps_errors:
        walker.is_unreachable = False
    _bind(walker, magic.binds)
    for name in magic.binds if magic.keeps_errors else ():
        walker.record.bindings[name].order = 0  # whatever the text raises
    return found or bool(magic.binds)


def _refuse(walker: Walker, message: str, line: int) -> None:
    """IPython raises UsageError here, so the code that follows does not run."""
    if not walker.resolver.in_body():
        walker.is_unreachable = True
        if walker.resolver.certain:
            walker.problems.append(Problem(line, "syntax", message_of_python(message)))


def walk_automagic(walker: Walker, word: str, rest: str) -> None:
    """Walk a cell of one line that may be a magic without its `%`.

    Text that is valid Python is a magic only where the word is one of SHELL_WORDS, an option
    follows, or the kernel does not hold the word. The kernel looks it up first, which never raises.
    """
    is_shell_word = word in SHELL_WORDS or _OPTION.match(rest) is not None
    may_be_python = bool(rest) and (not is_shell_word or rest.startswith("("))
    is_python = may_be_python and not parse(f"{word} {rest}", 1, walker.work).problems
    if is_python or not rest:
        walker.resolver.read_interpolated(word, 1)
    if is_python:
        walker.resolver.assume(word)
        walker.automagic = word
        walker.text(f"{word} {rest}")
    else:
        _walk_line_magic(walker, magics.read_line_magic(word, rest, walker.magics), 1)


def _bind(walker: Walker, names: Iterable[str]) -> None:
    """A magic binds these names."""
    for name in names:
        walker.resolver.bind(name, "magic")


def _texts(node: ast.Call) -> list[str]:
    constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def _walk_line_magic(walker: Walker, magic: MagicLine, line: int) -> None:
    resolver = walker.resolver
    if magic.compiles and awaits_outside_function(magic.python or ""):
        _refuse(walker, _NO_AWAIT, line)
        return
    for name in magic.reads:
        resolver.read(name, line)
    for name in (*magic.interpolates, *magic.deletes):  # `%xdel` only says that there is no name
        resolver.read_interpolated(name, line)
    for marked, known in magic.declares:
        walker.magics = with_magic(walker.magics, marked, known)
    for module in magic.imports:
        resolver.import_module(module, line, [])
    if magic.python is not None and resolver.in_body():
        walk_text_in_body(walker, magic.python, line)
    elif magic.python is not None:
        walker.text(magic.python, line, discard=magic.body == "unbound")
    if magic.source is not None:
        walker.record.name_sources.add(magic.source)
    for name in magic.deletes:
        resolver.unbind(name)
    if magic.clears_namespace:
        walker.record.clear_namespace()
    _bind(walker, magic.binds)
