"""In which environments is the wheel tried in a browser? Creates them, each with the wheel.

They are the oldest and the newest versions of what users have: of JupyterLab with the oldest and
the newest Python that is here, and of Notebook 7.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from make_kernels import interpreters, is_usable

# The name of the environment, the Python, newest first, and what is installed.
ENVIRONMENTS: tuple[tuple[str, Sequence[str], str], ...] = (
    ("lab-oldest", ("3.10",), "jupyterlab==4.2.*"),
    ("lab-newest", ("3.14", "3.13", "3.12", "3.11"), "jupyterlab>=4.6"),
    ("notebook-oldest", ("3.10",), "notebook==7.2.*"),
    ("notebook-newest", ("3.14", "3.13", "3.12", "3.11"), "notebook>=7.6"),
)


def python_of(versions: Sequence[str]) -> str:
    """The first of these versions of Python that is here, else the one that runs this."""
    found = (it for version in versions for it in interpreters(version) if is_usable(it, version))
    return next(found, sys.executable)


def main(folder: str, wheels: str, *names: str) -> int:
    """Create the environments in `folder`, with the wheel in the folder `wheels`: all of them, or
    those with these names. Others that are in the folder are removed.
    """
    (wheel,) = Path(wheels).glob("*.whl")
    if unknown := set(names).difference(name for name, _, _ in ENVIRONMENTS):
        sys.exit(f"There is no environment {', '.join(sorted(unknown))}.")
    shutil.rmtree(folder, ignore_errors=True)
    for name, versions, requirement in ENVIRONMENTS:
        if names and name not in names:
            continue
        home, python = Path(folder) / name, python_of(versions)
        subprocess.run([python, "-m", "venv", str(home)], check=True)
        install = ["-m", "pip", "install", "--quiet", requirement, "ipykernel", str(wheel)]
        subprocess.run([str(home / "bin" / "python"), *install], check=True)
        print(f"{name}: {requirement} with {python}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
