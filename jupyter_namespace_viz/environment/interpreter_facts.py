"""What does a Python say of itself?

This file is run by the Python in question, of any version: it uses the standard library only.
"""

from __future__ import annotations

import builtins
import json
import os
import sys
from importlib import machinery
from importlib.util import find_spec
from typing import Any

_FINDERS = ("BuiltinImporter", "FrozenImporter", "PathFinder")
# Finders that find no module of their own, or none that is not on the path.
_SERVE_NOTHING = (
    "AssertionRewritingHook", "ReloadDetector", "ImportHookFinder", "MetadataPathFinder", "_Finder"
)  # fmt: skip


def served_by(finder: Any) -> dict[str, list[str]] | None:
    """What a finder serves: packages with their paths; None for a finder that is not known."""
    kind = finder if isinstance(finder, type) else type(finder)
    if kind.__name__ in ("_EditableFinder", "_EditableNamespaceFinder"):  # of `pip install -e`
        members = vars(sys.modules[kind.__module__])
        served = {name: [path] for name, path in members.get("MAPPING", {}).items()}
        served.update(members.get("NAMESPACES", {}))
        return served
    if kind.__name__ == "DistutilsMetaFinder":  # of setuptools
        setuptools = find_spec("setuptools")
        folders = [] if setuptools is None else setuptools.submodule_search_locations or []
        return {"distutils": [os.path.join(folder, "_distutils") for folder in folders]}
    return {} if kind.__name__ in _FINDERS + _SERVE_NOTHING else None


def facts() -> dict[str, Any]:
    """The facts as `interpreters.py` reads them."""
    # The current folder is left out.
    paths = [path for path in sys.path if path]
    tables = [served_by(finder) for finder in sys.meta_path]
    served: dict[str, list[str]] = {}
    served_first: list[str] = []
    for finder, table in zip(sys.meta_path, tables):
        if finder is machinery.PathFinder:
            served_first = sorted(served)
        served.update(table or {})
    return {
        "version": list(sys.version_info[:3]),
        "platform": sys.platform,
        "paths": paths,
        "built_in": sys.builtin_module_names,
        "loaded": sorted(sys.modules),
        "builtins": dir(builtins),
        "sys": dir(sys),
        "served": served,
        "served_first": served_first,
        "is_open": None in tables,
        "extensions": machinery.EXTENSION_SUFFIXES,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(facts()))
