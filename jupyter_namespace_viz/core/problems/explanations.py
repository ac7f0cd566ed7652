"""Which sentences explain problems of several names, and what a remedy leaves?"""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_namespace_viz.core.sentences import Sentence, counted, enumeration, sentence

MOST_NAMES = 5
"""The most names in a sentence; the rest is counted."""


def not_installed(modules: Sequence[str], python: str | None) -> Sentence:
    """Several modules that the kernel's environment does not have."""
    names = listed(modules)
    if python is None:
        return sentence("{names} are not installed in the kernel's environment.", names=names)
    return sentence(
        "{names} are not installed in the kernel's environment (`{python}`).",
        names=names,
        python=python,
    )


def packages_not_known(modules: Sequence[str]) -> Sentence:
    """Modules that no known package provides."""
    return counted(
        "The package that provides {names} is not known.",
        "The packages that provide {names} are not known.",
        len(modules),
        names=listed(modules),
    )


def needed_elsewhere(name: str) -> Sentence:
    """An import was inserted into the first of several cells that need the name."""
    return sentence("`{name}` is missing in the other cells until that cell has run.", name=name)


def names_missing(count: int) -> Sentence:
    """Many names that cells miss which have not run, or not since they changed."""
    return counted(
        "{count} name is missing because the cells that define it have not run.",
        "{count} names are missing because the cells that define them have not run.",
        count,
    )


def listed(names: Sequence[str]) -> str:
    """The names in code style, at most `MOST_NAMES`: `a`, `b` and 3 more."""
    shown = [f"`{name}`" for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        others = len(names) - MOST_NAMES
        return sentence("{names} and {count} more", names=enumeration(shown), count=others)
    *before, last = shown
    if not before:
        return last
    return sentence("{names} and {last}", names=enumeration(before), last=last)
