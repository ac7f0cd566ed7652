"""May code of a package make a submodule without a file, or bind a name in the package?

sys.modules["package.made"] = …       a submodule that no file shows
package.name = …                      in another module of the package
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jupyter_namespace_viz.environment.module_text import ModuleText

_ADDS = r"\s*(?:\+?=(?!=)|\.(?:append|insert|extend)\b)"
_MAKES_MODULES = re.compile(
    r"\bmodules\s*\[(?!\s*['\"])[^\]]*\]\s*=(?!=)|\bmodules\.(?:update|setdefault)"
    rf"|\b(?:meta_path|path_hooks|__path__){_ADDS}|\bextend_path\b|\bdeclare_namespace\b"
)
"""Texts in a package that may make submodules for which there are no files."""


def makes_modules(package: str, name: str, modules: Mapping[str, ModuleText | None] | None) -> bool:
    """Whether these modules, which an import of the package runs, may make `package.name`. True
    where they are not known, or the package's own text is not."""
    if modules is None:
        return True
    makes = re.compile(rf"\bmodules\s*\[\s*['\"][\w.]*\b{name}['\"]")
    binds = re.compile(rf"\.{name}\b\s*=(?!=)|['\"](?:\w+\.)*{name}['\"]")
    for module, read in modules.items():
        if read is None:
            if module == package:
                return True
            continue
        if _MAKES_MODULES.search(read.text) or makes.search(read.text):
            return True
        if module != package and binds.search(read.text):
            return True
    return False
