"""Which kernels is the probe tested in? Creates an environment for each below a folder.

Each version of CPython that is found (as `python3.8`, or among pyenv's) gets the newest ipykernel
that supports it. Versions that are not found are reported and left out; their tests are skipped.
"""

from __future__ import annotations

import glob
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

KERNELS = {
    "3.8": ("3.8", "ipykernel"),
    "3.9": ("3.9", "ipykernel"),
    "3.10": ("3.10", "ipykernel"),
    "3.11": ("3.11", "ipykernel"),
    "3.12": ("3.12", "ipykernel"),
    "3.13": ("3.13", "ipykernel"),
    "3.12-ipykernel-7.0": ("3.12", "ipykernel==7.0.*"),
    "3.13-ipykernel-6.29": ("3.13", "ipykernel==6.29.*"),
    "xeus-python": ("3.13", "xeus-python"),
    "bash": ("3.13", "bash_kernel"),
}


def interpreters(version: str) -> Iterator[str]:
    """Paths where a Python of this version may be."""
    found = shutil.which(f"python{version}")
    if found:
        yield found
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=True).stdout
        yield from sorted(glob.glob(f"{root.strip()}/versions/{version}.*/bin/python"))


def is_usable(python: str, version: str) -> bool:
    """Whether the path runs this version: pyenv has shims for versions that are not selected."""
    code = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


def main(folder: str) -> None:
    """Create the environments that do not exist yet."""
    for name, (version, requirement) in KERNELS.items():
        home = Path(folder, name)
        finished = home / ".made"
        if finished.exists():
            continue
        python = next((it for it in interpreters(version) if is_usable(it, version)), None)
        if python is None:
            print(f"There is no Python {version}: {name} is not tried.", file=sys.stderr)
            continue
        subprocess.run([python, "-m", "venv", "--clear", str(home)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
        if requirement == "bash_kernel":
            install.append("setuptools")
        subprocess.run([str(home / "bin" / "python"), *install], check=True)
        finished.touch()


if __name__ == "__main__":
    main(*sys.argv[1:])
