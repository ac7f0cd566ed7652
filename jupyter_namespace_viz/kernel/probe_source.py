"""How do the probe's files become the one source text that is sent to a kernel?

They are joined, imported files first, without their imports of each other: in the kernel there is
no package from which they could be imported.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files

from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

_PACKAGE = "jupyter_namespace_viz.probe"
_IN_ORDER = (
    "originals", "objects", "tracing", "mentionable", "names", "changes", "runs", "search",
    "modules", "probe",
)  # fmt: skip


@cache
def install_expression() -> str:
    """An expression that runs the probe in a private namespace, and evaluates to a `str`.

    It uses no name that a user is likely to have bound. The probe gets a private copy of the
    builtins, so that later changes of them by the user do not reach it.
    """
    source = probe_source() + "\n_installed = untraced(install)(_shell)\n"
    return (
        "(lambda b, s: [p := {{'__name__': {name!r}, '__builtins__': {{**b.__dict__}}, "
        "'_shell': s}}, b.exec(b.compile({source!r}, {file!r}, 'exec'), p), p.pop('_shell'), "
        "p.pop('_installed')][-1])"
        "(__import__('builtins'), __import__('IPython').get_ipython())"
    ).format(name=f"{COMM_TARGET}.probe", source=source, file="<jupyter_namespace_viz>")


@cache
def probe_source() -> str:
    """The source of all files of the probe, as one module."""
    folder = files(_PACKAGE)
    sources = (folder.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in _IN_ORDER)
    return "\n\n".join(
        ("from __future__ import annotations", *map(_without_local_imports, sources))
    )


def _without_local_imports(source: str) -> str:
    """The source without imports of the other files, and without `__future__` imports."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and _is_local(node.module or ""):
            end = node.end_lineno or node.lineno
            lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
    return "\n".join(lines)


def _is_local(module: str) -> bool:
    return module == "__future__" or module.startswith(_PACKAGE)
