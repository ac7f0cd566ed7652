"""Which is the oldest environment that works? Creates it: the lowest versions, the oldest Python.

Installed are the lowest versions that `pyproject.toml` allows, of what the extension requires and
of the tools that test it, and the newest of all that these require in turn.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from make_kernels import interpreters, is_usable

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
TOOLS = """
    hypothesis ipykernel jsonschema pytest pytest-jupyter[server] pytest-timeout
""".split()


def project() -> dict[str, Any]:
    """The table `project` of pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)["project"]
    return table


def lowest_versions(table: dict[str, Any]) -> Iterator[str]:
    """`name==version` for each requirement that has a lower bound, those of the extras too."""
    extras = table["optional-dependencies"]
    lists = (table["dependencies"], extras["graph"], extras["jupytext"], extras["test"])
    for requirement in chain.from_iterable(lists):
        bound = re.match(r"([\w.-]+)(?:\[\w+\])?>=([\w.]+)", requirement)
        if bound is not None:
            yield "{}=={}".format(*bound.groups())


def main(folder: str) -> int:
    """Create the environment; 1 where the oldest Python is not here."""
    table = project()
    oldest = table["requires-python"].removeprefix(">=")
    python = next((it for it in interpreters(oldest) if is_usable(it, oldest)), None)
    if python is None:
        print(f"There is no Python {oldest}: the lower bounds are not tried.", file=sys.stderr)
        return 1
    home = Path(folder)
    subprocess.run([python, "-m", "venv", "--clear", str(home)], check=True)
    bounds = home / "lower-bounds.txt"
    bounds.write_text("".join(f"{it}\n" for it in lowest_versions(table)), encoding="utf-8")
    install = ["-m", "pip", "install", "--quiet", "--constraint", str(bounds)]
    packages = [*TOOLS, "--editable", f"{ROOT}[graph,jupytext]"]
    subprocess.run([str(home / "bin" / "python"), *install, *packages], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
