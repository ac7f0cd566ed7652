"""Which sentences explain a verdict on a module?"""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_namespace_viz.core.sentences import (
    CellAt,
    Sentence,
    enumeration,
    in_sequence,
    sentence,
)
from jupyter_namespace_viz.core.verdicts.wording.mentions import mention


def not_installed(module: str, python: str | None) -> Sentence:
    """The kernel's environment does not have a package, or has the package without the submodule.

    `python` is the path of the kernel's interpreter, where it is known.
    """
    environment = _environment(python)
    package, _, part = module.rpartition(".")
    if package:
        return sentence(
            "`{package}` in {environment} has no module `{part}`.",
            package=package,
            environment=environment,
            part=part,
        )
    return sentence(
        "`{module}` is not installed in {environment}.", module=module, environment=environment
    )


def not_seen(module: str, python: str | None) -> Sentence:
    """A submodule that has no file; only the package's own code could provide it."""
    package, _, part = module.rpartition(".")
    return sentence(
        "`{package}` in {environment} shows no module `{part}`.",
        package=package,
        environment=_environment(python),
        part=part,
    )


def _environment(python: str | None) -> Sentence:
    """The kernel's environment, after "in"."""
    if python:
        return sentence("the kernel's environment (`{python}`)", python=python)
    return sentence("the kernel's environment")


def cannot_be_imported(
    name: str, via: str | None, provider: int, module: str, python: str | None
) -> Sentence:
    """Only an import could bind the name, and the kernel's environment lacks its module."""
    return sentence(
        "{subject} is not in the kernel, and cell {cell} cannot import it: {cause}",
        subject=mention(name, via),
        cell=CellAt(provider),
        cause=not_installed(module, python),
    )


def not_imported(module: str, python: str | None, server_has_it: bool, guarded: bool) -> Sentence:
    """An import fails because the kernel's environment lacks the module, and what follows."""
    told = not_installed(module, python)
    if server_has_it:
        told = in_sequence(
            told, sentence("The server's environment has it: this kernel runs in another.")
        )
    if guarded:
        told = in_sequence(told, sentence("The cell goes on without it."))
    return told


def shadowed(module: str, file: str | None, other: str) -> Sentence:
    """A file of the user's is imported instead of an installed module."""
    return sentence(
        "`{module}` is imported from `{file}`, not from `{other}`. Rename `{file}` unless it is "
        "meant.",
        module=module,
        file=file or module,
        other=other,
    )


def shadowed_beside_notebook(module: str, file: str, other: str) -> Sentence:
    """A file in the notebook's folder is imported instead of the installed module."""
    return sentence(
        "`{module}` is imported from `{file}` in the notebook's folder, not from the installed "
        "`{other}`. Rename `{file}` unless this is intended.",
        module=module,
        file=file,
        other=other,
    )


def namesake(module: str, file: str | None, other: str, is_next: bool) -> Sentence:
    """A file `other` has the name of a module and is not imported, or only by a new kernel."""
    if is_next:
        return sentence(
            "A new kernel would import `{module}` from `{other}`.", module=module, other=other
        )
    if file is None:
        return sentence(
            "`{other}` is not imported: `{module}` is there without a file.",
            other=other,
            module=module,
        )
    return sentence(
        "`{other}` is not imported: `{module}` is found in `{file}` first.",
        other=other,
        module=module,
        file=file,
    )


def changed_on_disk(module: str, changed: Sequence[str], reloads: bool, gone: bool) -> Sentence:
    """Files of loaded modules changed since they were imported."""
    if gone:
        return sentence(
            "The file of `{module}` is gone since it was imported: a new kernel will lack it.",
            module=module,
        )
    names = enumeration(f"`{name}`" for name in changed)
    if len(changed) == 1:
        cause = sentence("{names} changed on disk since it was imported.", names=names)
    else:
        cause = sentence("{names} changed on disk since they were imported.", names=names)
    if reloads:
        remedy = sentence("The next run brings that in, by autoreload.")
    else:
        remedy = sentence(
            "Restart the kernel, or load it again with `{function}`.", function="importlib.reload"
        )
    return in_sequence(cause, remedy)


def uncertain_module(module: str, is_loaded: bool) -> Sentence:
    """A module was not found but may exist."""
    package, _, part = module.rpartition(".")
    if package and not is_loaded:
        return sentence(
            "Whether `{package}` has a module `{part}` is known when it is loaded.",
            package=package,
            part=part,
        )
    return sentence(
        "Python does not find `{module}`; whether a finder of somebody else has it is not known.",
        module=module,
    )


def relative_import(code: str) -> Sentence:
    """A relative import works only inside a package."""
    return sentence(
        "`{code}` works inside a package; in a notebook it raises ImportError.", code=code
    )


def star_not_run(code: str) -> Sentence:
    """The cell of a star import has not run, or failed."""
    return sentence("`{code}` has not run to its end in this kernel.", code=code)
