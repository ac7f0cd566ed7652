"""Which installed distribution does a file belong to?

The `RECORD` files that installers write next to packages say it: `yaml` belongs to PyYAML. Names
are never guessed. A file that no record lists has no known owner: editable installs, and
installers that write no record.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from importlib.metadata import PathDistribution
from pathlib import Path

from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import Distribution
from jupyter_namespace_viz.environment.regular_files import bytes_of

MAX_RECORD_BYTES = 50_000_000
"""Larger records are not read."""

_in_packages = re.compile(r"(.*?[\\/](?:site|dist)-packages)[\\/](.+)").fullmatch


def owner_of(file: str) -> Distribution | None:
    """The distribution whose record lists the file; None where no record does.

    The first call may read the records of a whole environment: do not call it on the event loop.
    """
    parts = _in_packages(file)
    if parts is None:
        return None
    packages, inside = parts.groups()
    try:
        changed_at = os.stat(packages).st_mtime_ns
    except (OSError, ValueError):  # a null character in the path
        return None
    return _recorded_owner(packages, changed_at, inside.replace("\\", "/"))


@lru_cache(maxsize=2_000)
def _recorded_owner(packages: str, changed_at: int, file: str) -> Distribution | None:
    line = f"\n{file},".encode()
    for record in _likely_first(_records(packages, changed_at), file):
        try:
            if line in b"\n" + bytes_of(record, MAX_RECORD_BYTES):
                distribution = PathDistribution(record.parent)
                return Distribution(distribution.metadata["Name"], distribution.version)
        except OSError:
            continue  # the distribution is being uninstalled
    return None


@lru_cache(maxsize=50)
def _records(packages: str, changed_at: int) -> tuple[Path, ...]:  # noqa: ARG001
    return tuple(sorted(Path(packages).glob("*.dist-info/RECORD")))


def _likely_first(records: tuple[Path, ...], file: str) -> list[Path]:
    """Records whose distribution is named like the module first: mostly one read is enough."""
    module = file.partition("/")[0].partition(".")[0].lower()
    return sorted(records, key=lambda it: module not in it.parent.name.lower())
