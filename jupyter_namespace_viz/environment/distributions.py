"""Which installed distribution brought a file?

Told by the `RECORD` files that installers leave beside packages, so that `yaml` is known to come
from PyYAML. Nothing is guessed from names: where no record has the file, nobody knows. What was
installed for editing, and by installers that keep no record, is not known.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from importlib.metadata import PathDistribution
from pathlib import Path

from jupyter_namespace_viz.core.kernel_state.installed_packages import Distribution

_in_packages = re.compile(r"(.*?[\\/](?:site|dist)-packages)[\\/](.+)").fullmatch


def owner_of(file: str) -> Distribution | None:
    """The distribution that the file is recorded for; None where that is not known.

    May read the records of a whole environment the first time: run it beside the event loop.
    """
    parts = _in_packages(file)
    if parts is None:
        return None
    packages, inside = parts.groups()
    try:
        changed_at = os.stat(packages).st_mtime_ns
    except OSError:
        return None
    return _recorded_owner(packages, changed_at, inside.replace("\\", "/"))


@lru_cache(maxsize=2_000)
def _recorded_owner(packages: str, changed_at: int, file: str) -> Distribution | None:
    line = f"\n{file},".encode()
    for record in _likely_first(_records(packages, changed_at), file):
        try:
            if line in b"\n" + record.read_bytes():
                distribution = PathDistribution(record.parent)
                return Distribution(distribution.metadata["Name"], distribution.version)
        except OSError:
            continue  # it is being uninstalled
    return None


@lru_cache(maxsize=50)
def _records(packages: str, changed_at: int) -> tuple[Path, ...]:  # noqa: ARG001
    return tuple(sorted(Path(packages).glob("*.dist-info/RECORD")))


def _likely_first(records: tuple[Path, ...], file: str) -> list[Path]:
    """Most distributions are called like their module: then one record is read, and not all."""
    module = file.partition("/")[0].partition(".")[0].lower()
    return sorted(records, key=lambda it: module not in it.parent.name.lower())
