"""Which sentences explain a verdict on a module?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure
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
        "`{package}` in {environment} seems to have no module `{part}`.",
        package=package,
        environment=_environment(python),
        part=part,
    )


def fails(failure: ImportFailure, python: str | None, code: str) -> Sentence:
    """Why the import `code` fails."""
    module, name = failure.module, failure.name
    if failure.file is not None:
        return _fails_in_file(failure, failure.file)
    if failure.is_blocked:
        return sentence(
            "`{module}` cannot be imported: a cell has set `{entry}` to None.",
            module=module,
            entry=f'sys.modules["{module}"]',
        )
    if failure.error == "ImportError" and module.startswith("."):
        return relative_import(code)
    if failure.error == "ImportError" and name is not None:
        return sentence(
            "`{module}` in {environment} has no `{name}`.",
            module=module,
            environment=_environment(python),
            name=name,
        )
    return not_installed(module, python)


def _fails_in_file(failure: ImportFailure, file: str) -> Sentence:
    """The import runs a file of the user's, which raises."""
    where: dict[str, Any] = {"file": file, "line": failure.line or 1}
    if failure.error == "SyntaxError":
        return sentence("`{file}` is not valid Python (line {line}).", **where)
    if failure.error == "NameError":
        return sentence(
            "`{file}` uses `{name}`, which nothing defines (line {line}).",
            name=failure.name or "",
            **where,
        )
    if failure.error == "ImportError" and failure.module.startswith("."):
        return sentence(
            "`{file}` is not part of a package, so it cannot import `{module}` (line {line}).",
            module=failure.module,
            **where,
        )
    if failure.error == "ImportError":
        return sentence(
            "`{file}` imports `{name}` from `{module}`, which does not have it (line {line}).",
            name=failure.name or "",
            module=failure.module,
            **where,
        )
    return sentence(
        "`{file}` imports `{module}`, which is not installed (line {line}).",
        module=failure.module,
        **where,
    )


def lacks_new_name(module: str, name: str) -> Sentence:
    """A name was added to the file of a module after the module was imported."""
    return sentence(
        "`{module}` has no `{name}` in this kernel: its file changed after it was imported. "
        "Restart the kernel or reload it with `{function}`.",
        module=module,
        name=name,
        function="importlib.reload",
    )


def importable_later(module: str, provider: int, is_certain: bool) -> Sentence:
    """A module is not found, and a cell above that has not run changes that, or may."""
    if is_certain:
        return sentence(
            "`{module}` is not found: cell {cell}, which lets it be imported, has not run.",
            module=module,
            cell=CellAt(provider),
        )
    return sentence(
        "`{module}` is not found: cell {cell}, which may install it, has not run.",
        module=module,
        cell=CellAt(provider),
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
        "{subject} is missing, and cell {cell} cannot import it: {cause}",
        subject=mention(name, via),
        cell=CellAt(provider),
        cause=not_installed(module, python),
    )


def not_imported(module: str, python: str | None, server_has_it: bool, guarded: bool) -> Sentence:
    """An import fails because the kernel's environment lacks the module, and what follows."""
    told = not_installed(module, python)
    if server_has_it:
        told = in_sequence(
            told, sentence("Jupyter's own environment has it, this kernel's does not.")
        )
    if guarded:
        told = in_sequence(told, sentence("The cell continues without it."))
    return told


def shadowed(module: str, file: str | None, other: str) -> Sentence:
    """A file of the user's is imported instead of an installed module."""
    return sentence(
        "`{module}` is imported from `{file}`, not from `{other}`. Rename `{file}` unless this is "
        "intended.",
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
            "`{other}` is not imported: `{module}` is defined without a file.",
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
            "The file of `{module}` was removed after it was imported: a new kernel cannot import "
            "it.",
            module=module,
        )
    names = enumeration(f"`{name}`" for name in changed)
    if len(changed) == 1:
        cause = sentence("{names} changed on disk since it was imported.", names=names)
    else:
        cause = sentence("{names} changed on disk since they were imported.", names=names)
    if reloads:
        remedy = sentence("Autoreload will load the changes before the next run.")
    else:
        remedy = sentence(
            "Restart the kernel or reload it with `{function}`.", function="importlib.reload"
        )
    return in_sequence(cause, remedy)


def uncertain_module(module: str, is_loaded: bool) -> Sentence:
    """A module was not found but may exist."""
    package, _, part = module.rpartition(".")
    if package and not is_loaded:
        return sentence(
            "Whether `{package}` has a module `{part}` is only known once it is loaded.",
            package=package,
            part=part,
        )
    return sentence(
        "Python does not find `{module}`, but a custom import hook may provide it.",
        module=module,
    )


def relative_import(code: str) -> Sentence:
    """A relative import works only inside a package."""
    return sentence(
        "`{code}` only works inside a package; in a notebook it raises ImportError.", code=code
    )


def star_not_run(code: str) -> Sentence:
    """The cell of a star import has not run, or failed."""
    return sentence("`{code}` has not run to its end in this kernel.", code=code)
