"""In which files of an environment is a module?

They are found as an import finds them, but nothing is imported: not even the parent packages of a
submodule run.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path

STUB_PACKAGE = "{}-stubs"


def is_in_environment(module: str, paths: Sequence[str], built_in: Collection[str]) -> bool:
    """Whether an import would find the module: `paths` is the `sys.path` of the environment's
    Python, and `built_in` are the modules compiled into it."""
    return module in built_in or _spec(module, paths) is not None


def origin_of(module: str, paths: Sequence[str]) -> Path | None:
    """The file that an import of the module would load; None where there is none."""
    spec = _spec(module, paths)
    return Path(spec.origin) if spec is not None and spec.has_location and spec.origin else None


def sources_of(module: str, paths: Sequence[str]) -> Iterator[Path]:
    """The files that show what the module holds: its own source first, then its stubs."""
    spec = _spec(module, paths)
    if spec is not None and spec.origin is not None:
        origin = Path(spec.origin)
        if origin.suffix == ".py":
            yield origin
        yield from _existing([origin.with_suffix(".pyi"), _stub_beside(module, origin)])
    top, _, rest = module.partition(".")
    for path in paths:
        stub = Path(path, STUB_PACKAGE.format(top), *filter(None, rest.split(".")))
        yield from _existing([stub / "__init__.pyi", stub.with_suffix(".pyi")])
    if top in sys.stdlib_module_names:
        stub = _typeshed() / Path(*module.split("."))
        yield from _existing([stub.with_suffix(".pyi"), stub / "__init__.pyi"])


def _spec(module: str, paths: Sequence[str]) -> ModuleSpec | None:
    search: Sequence[str] | None = paths
    spec = None
    name = ""
    for part in module.split("."):
        if not part or search is None:
            return None
        name = f"{name}.{part}" if name else part
        try:
            spec = PathFinder.find_spec(name, list(search))
        except (OSError, ValueError):  # a folder that may not be entered, a null character
            return None
        if spec is None:
            return None
        search = spec.submodule_search_locations
    return spec


def _stub_beside(module: str, origin: Path) -> Path:
    """`m.cpython-311-x86_64-linux-gnu.so` has its stub in `m.pyi`."""
    return origin.with_name(module.rpartition(".")[2] + ".pyi")


def _existing(files: Iterable[Path]) -> Iterator[Path]:
    for file in dict.fromkeys(files):
        try:
            is_file = file.is_file()
        except (OSError, ValueError):  # as above, or a name that is too long
            continue
        if is_file:
            yield file


@cache
def _typeshed() -> Path:
    """Stubs of the standard library, as installed with jedi, which IPython requires."""
    jedi = find_spec("jedi")
    package = Path(jedi.origin).parent if jedi is not None and jedi.origin else Path()
    return package / "third_party" / "typeshed" / "stdlib"
