"""Which sentences explain problems of several names, and what a remedy leaves?"""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMES = 5
"""The most names in a sentence; the rest is counted."""


def not_installed(modules: Sequence[str], python: str | None) -> str:
    """Several modules that the kernel's environment does not have."""
    where = f" (`{python}`)" if python else ""
    return f"{listed(modules)} are not installed in the kernel's environment{where}."


def packages_not_known(modules: Sequence[str]) -> str:
    """Modules that no known package provides."""
    packages = "package provides" if len(modules) == 1 else "packages provide"
    return f"Which {packages} {listed(modules)} is not known."


def needed_elsewhere(name: str) -> str:
    """An import was inserted into the first of several cells that need the name."""
    return f"The other cells miss `{name}` until that cell has run."


def listed(names: Sequence[str]) -> str:
    """The names in code style, at most `MOST_NAMES`: `a`, `b` and 3 more."""
    words = [f"`{name}`" for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        words.append(f"{len(names) - MOST_NAMES} more")
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last
