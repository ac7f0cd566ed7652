"""Which sentences explain a verdict on a module?"""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_namespace_viz.core.verdicts.explanations import cell_number, mention


def not_installed(module: str, python: str | None) -> str:
    """The kernel's environment does not have a package, or has the package without the submodule.

    `python` is the path of the kernel's interpreter, where it is known.
    """
    where = f" (`{python}`)" if python else ""
    package, _, part = module.rpartition(".")
    if package:
        return f"`{package}` in the kernel's environment{where} has no module `{part}`."
    return f"`{module}` is not installed in the kernel's environment{where}."


def not_seen(module: str, python: str | None) -> str:
    """A submodule that has no file; only the package's own code could provide it."""
    package, _, part = module.rpartition(".")
    where = f" (`{python}`)" if python else ""
    return f"`{package}` in the kernel's environment{where} shows no module `{part}`."


def cannot_be_imported(
    name: str, via: str | None, provider: int, module: str, python: str | None
) -> str:
    """Only an import could bind the name, and the kernel's environment lacks its module."""
    subject, cell = mention(name, via), cell_number(provider)
    cause = not_installed(module, python)
    return f"{subject} is not in the kernel, and {cell} cannot import it: {cause}"


def not_imported(module: str, python: str | None, server_has_it: bool, guarded: bool) -> str:
    """An import fails because the kernel's environment lacks the module, and what follows."""
    server = " The server's environment has it: this kernel runs in another." * server_has_it
    return not_installed(module, python) + server + " The cell goes on without it." * guarded


def shadowed(module: str, file: str | None, other: str) -> str:
    """A file of the user's is imported instead of an installed module."""
    return (
        f"`{module}` is imported from `{file}`, not from `{other}`. Rename `{file}` unless it is "
        "meant."
    )


def namesake(module: str, file: str | None, other: str, is_next: bool) -> str:
    """A file `other` has the name of a module and is not imported, or only by a new kernel."""
    if is_next:
        return f"A new kernel would import `{module}` from `{other}`."
    where = "there without a file" if file is None else f"found in `{file}` first"
    return f"`{other}` is not imported: `{module}` is {where}."


def changed_on_disk(module: str, changed: Sequence[str], reloads: bool, gone: bool) -> str:
    """Files of loaded modules changed since they were imported."""
    if gone:
        return f"The file of `{module}` is gone since it was imported: a new kernel will lack it."
    names = ", ".join(f"`{name}`" for name in changed)
    was = "it was" if len(changed) == 1 else "they were"
    remedy = "Restart the kernel, or load it again with `importlib.reload`."
    if reloads:
        remedy = "The next run brings that in, by autoreload."
    return f"{names} changed on disk since {was} imported. {remedy}"


def uncertain_module(module: str, is_loaded: bool) -> str:
    """A module was not found but may exist."""
    package, _, part = module.rpartition(".")
    if package and not is_loaded:
        return f"Whether `{package}` has a module `{part}` is known when it is loaded."
    return (
        f"Python does not find `{module}`; whether a finder of somebody else has it is not known."
    )


def relative_import(code: str) -> str:
    """A relative import works only inside a package."""
    return f"`{code}` works inside a package; in a notebook it raises ImportError."


def star_not_run(code: str) -> str:
    """The cell of a star import has not run, or failed."""
    return f"`{code}` has not run to its end in this kernel."
