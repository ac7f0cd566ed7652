"""Which names can the text of a cell mention?"""

from __future__ import annotations

import re
from importlib.machinery import ModuleSpec
from typing import Any, List, Optional

from jupyter_namespace_viz.probe.objects import (
    LONGEST_NAME,
    Json,
    instance_dict,
    loaded_module_dict,
)
from jupyter_namespace_viz.probe.originals import exact_texts

MOST_STAR_NAMES = 20_000

_is_shell_cache = re.compile(r"_+$|_(?:ih|oh|dh)$|_i{0,3}\d*$").match
SHELL_NAMES = frozenset(
    "In Out get_ipython exit quit open __builtin__ __builtins__ __doc__ __loader__ __name__ "
    "__package__ __session__ __spec__".split()
)


def is_namable(name: Any) -> bool:
    """Whether a cell can mention the name, and it is none of IPython's caches (`_`, `_i3`)."""
    return (
        type(name) is str
        and 0 < len(name) <= LONGEST_NAME
        and name.isidentifier()
        and name.isprintable()
        and not _is_shell_cache(name)
    )


def builtin_names(names: List[Any]) -> List[str]:
    """The builtins that a cell can mention, without those that IPython adds and removes at each
    run.
    """
    return [
        it
        for it in exact_texts(names)
        if is_namable(it) and it not in SHELL_NAMES and it != "display"
    ]


def star_names(module: str) -> Optional[List[str]]:
    """The names that a star import of a loaded module binds; None where only code could tell, and
    while the module is still being imported.
    """
    members = loaded_module_dict(module)
    if _is_being_imported(members):
        return None
    exported = members.get("__all__")
    if exported is None:
        names = [name for name in exact_texts(list(members)) if name[:1] != "_"]
    elif type(exported) is list or type(exported) is tuple:
        names = exact_texts(list(exported))
    else:
        return None
    return [name for name in names[:MOST_STAR_NAMES] if is_namable(name)] if members else None


def held_names(module: str) -> Optional[List[str]]:
    """The names that a loaded module holds, sorted; None where only code could tell, and while the
    module is still being imported.
    """
    members = loaded_module_dict(module)
    if not members or "__getattr__" in members or _is_being_imported(members):
        return None
    names = sorted(name for name in members.copy() if type(name) is str)
    return names if len(names) <= MOST_STAR_NAMES else None


def _is_being_imported(members: Json) -> bool:
    """Whether the code of the module with these members has not run to its end."""
    spec = members.get("__spec__")
    return type(spec) is ModuleSpec and instance_dict(spec).get("_initializing") is True
