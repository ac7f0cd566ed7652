"""May code of a package make a submodule without a file, or bind a name in one of its modules?

sys.modules["package.made"] = …       a submodule that no file shows
package.name = …                      from another module of the package
setattr(package, "name", …)           the same

All modules of the package count, also those that an import of it does not run: others may import
them. They are searched, not parsed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jupyter_namespace_viz.environment import regular_files
from jupyter_namespace_viz.environment.module_files import COMPILED

MAX_FILES = 3_000
"""Packages of more modules count as such that may do anything."""

MAX_BYTES = 30_000_000
"""So do packages of more text."""

_TESTS = frozenset({"tests", "test", "__pycache__"})
"""Folders whose modules only tests import."""

_MAKING = (b"modules", b"meta_path", b"path_hooks", b"__path__", b"extend_path", b"declare_names")
_MAKES_MODULES = re.compile(
    rb"\bmodules\s*\[(?P<key>[^\]]*)\]\s*=(?!=)|\bmodules\.(?:update|setdefault)\b"
    rb"|\b(?:meta_path|path_hooks|__path__)\s*(?:\+?=(?!=)|\.(?:append|insert|extend)\b)"
    rb"|\bextend_path\b|\bdeclare_namespace\b"
)
_LITERAL = re.compile(r"[rbu]?['\"]([\w.]*)['\"]")
_STARTS_WITH = re.compile(r"f['\"]([\w.]+)\{|['\"]([\w.]+)['\"]\s*\+")
_IS_TARGET = rb"(?:=(?!=)|:[^=\n]+=|,[^=()\n]+=(?!=))"
_OF_OBJECT = re.compile(rb"\b(?:self|cls)$")
_OF_OTHERS = rb"\s*(?!self\b|cls\b)"
_CHANGED = rb"\s*(?:\[[^\]]*\]\s*=(?!=)|\.\s*(?:update|setdefault)\b)"
_SETS_ATTRIBUTES = re.compile(
    rb"\bsetattr\s*\(" + _OF_OTHERS + rb"[^,]+,(?!\s*['\"])"
    rb"|(?<!\bself)(?<!\bcls)\.__dict__"
    + _CHANGED
    + rb"|\bvars\s*\("
    + _OF_OTHERS
    + rb"[^)]+\)"
    + _CHANGED
    + rb"|=\s*(?:[\w.]+\.__dict__|vars\s*\([^)]+\))\s*[#\n]|\bexec\s*\([^\n]*(?:__dict__|vars)"
)


class MakingFiles:
    """The files whose code may make `package.name`: those in `folders`, of the package around it,
    or `file` alone without folders. `file` is that of `package`. `written` are the texts of files
    that cells have written."""

    def __init__(
        self, file: Path, folders: Sequence[str], written: Mapping[str, str | None]
    ) -> None:
        self._file = str(file)
        self._folders = folders
        self._written = written

    def may_make(self, package: str, name: str, *, is_package: bool) -> bool:
        """Whether their code may make it; true where they are too many to be read. Parts of a plain
        module are made by its own code, or under names that the text shows."""
        made, size = f"{package}.{name}", 0
        for count, file in enumerate(self._files()):
            is_own = file == self._file
            if file.endswith(COMPILED):
                if name.startswith("_"):
                    return True  # compiled code leaves capsules in its package
                continue
            try:
                text = self._bytes_of(file)
            except regular_files.NotRead:
                return True
            size += 0 if text is None else len(text)
            if count >= MAX_FILES or size > MAX_BYTES:
                return True
            if text is None:
                if is_own:
                    return True
            elif _makes(text, made, is_open=is_own or is_package) or (
                not is_own and _binds(text, name)
            ):
                return True
        return False

    def _files(self) -> Iterator[str]:
        yield self._file
        for top in self._folders:
            for folder, inner, names in os.walk(top):
                inner[:] = sorted(it for it in inner if it not in _TESTS)
                files = (
                    os.path.join(folder, it)
                    for it in sorted(names)
                    if it.endswith((".py", *COMPILED))
                )
                yield from (it for it in files if it not in self._written and it != self._file)
            inside = os.path.join(top, "")
            yield from (it for it in self._written if it.startswith(inside) and it != self._file)

    def _bytes_of(self, file: str) -> bytes | None:
        if file in self._written:
            text = self._written[file]
            return None if text is None else text.encode("utf-8", "replace")
        try:
            return regular_files.bytes_of(Path(file), MAX_BYTES)
        except regular_files.NotRead:
            raise
        except OSError:
            return None


def _makes(text: bytes, made: str, *, is_open: bool) -> bool:
    """Whether code may make the submodule `made` without a file; `is_open`: also where the text
    does not show which it makes."""
    if not any(word in text for word in _MAKING):
        return False
    found = (_is_made(it["key"], made) for it in _MAKES_MODULES.finditer(text))
    return any(is_open if it is None else it for it in found)


def _is_made(key: bytes | None, made: str) -> bool | None:
    """Whether the key of `sys.modules` may be the name; None where the text does not show it, and
    for other ways to make modules, which have no key."""
    shown = "" if key is None else key.decode("utf-8", "replace").strip()
    if shown == "__name__":
        return False  # the module itself
    if literal := _LITERAL.fullmatch(shown):
        return literal[1] == made
    start = _STARTS_WITH.match(shown)
    return None if start is None else made.startswith(start[1] or start[2])


def _binds(text: bytes, name: str) -> bool:
    """Whether code may bind the name in a module that it does not belong to."""
    word = name.encode()
    if b"." + word in text:
        targets = re.finditer(rb"\." + word + rb"\b\s*" + _IS_TARGET, text)
        if any(
            _OF_OBJECT.search(text, max(it.start() - 5, 0), it.start()) is None for it in targets
        ):
            return True
    if not any(word + quote in text for quote in (b"'", b'"')):
        return False
    quoted = rb"['\"](?:\w+\.)*" + word + rb"['\"]"
    if re.search(rb"\bsetattr\s*\([^,]+,\s*" + quoted, text):
        return True
    return re.search(quoted, text) is not None and _SETS_ATTRIBUTES.search(text) is not None
