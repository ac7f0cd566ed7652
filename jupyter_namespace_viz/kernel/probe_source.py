"""How do the probe's files become the one text that a kernel is sent?

They follow each other, those first that others import, without the imports of each other: in the
kernel there is no package that they could be imported from.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files

from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

_PACKAGE = "jupyter_namespace_viz.probe"
_IN_ORDER = (
    "objects", "mentionable", "names", "changes", "runs", "search", "modules", "tracing", "probe"
)  # fmt: skip


@cache
def install_expression() -> str:
    """An expression that runs the probe's text in a private namespace, and evaluates to a `str`.

    It names nothing that a user is likely to have bound. The private copy of the builtins keeps
    what the user does to them later from the probe.
    """
    source = probe_text() + "\n_installed = install(_shell)\n"
    return (
        "(lambda b, s: [p := {{'__name__': {name!r}, '__builtins__': dict(b.__dict__), "
        "'_shell': s}}, b.exec(b.compile({source!r}, {file!r}, 'exec'), p), p.pop('_shell'), "
        "p.pop('_installed')][-1])"
        "(__import__('builtins'), __import__('IPython').get_ipython())"
    ).format(name=f"{COMM_TARGET}.probe", source=source, file="<jupyter_namespace_viz>")


@cache
def probe_text() -> str:
    """The text of all files of the probe, as one module."""
    folder = files(_PACKAGE)
    texts = (folder.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in _IN_ORDER)
    return "\n\n".join(("from __future__ import annotations", *map(_without_joints, texts)))


def _without_joints(text: str) -> str:
    """The text without its imports of the other files, and those that must come first."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and _is_joint(node.module or ""):
            end = node.end_lineno or node.lineno
            lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
    return "\n".join(lines)


def _is_joint(module: str) -> bool:
    return module == "__future__" or module.startswith(_PACKAGE)
