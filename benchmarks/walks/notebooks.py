"""Which notebooks do walks use, and which of their cells?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Part = Literal["open", "held-back", "all"]
"""For development · only to check that changes also help other notebooks · both."""

FEWEST_CELLS = 10
"""The least number of cells that ran, by the oracle, in a notebook that is used."""

HELD_BACK_OF = 4
"""One notebook of this many is held back."""

# Code of unknown people runs in a scratch folder; cells whose text reaches beyond it are left out.
_REACHES_OUT = re.compile(
    r"""
      ^\s*[!%]{1,2}\s*(pip|conda|bash|sh|script|system|sx|cmd|cd|run|load\b|perl|ruby|mkdir|rm|ls|cat)
    | ^\s*! | =\s*!
    | \bos\.(system|popen|remove|unlink|rmdir|removedirs|chdir|kill|_exit|fork|rename|replace|exec)
    | \b(subprocess|shutil|multiprocessing|socket|ftplib|smtplib|webbrowser|telnetlib)\.\w+
    | \b(urlopen|urlretrieve|Request|Popen|rmtree|unlink|getpass|input|raw_input)\s*\(
    | \b(requests|httpx|wget|gdown)\.\w+ | https?:// | ftp://
    | \b(exit|quit|_exit)\s*\( | \bsys\.exit | get_ipython\(\)\.system | pip\s+install
    | \bdrive\.mount | \bfetch_\w+\( | \bload_dataset\( | \bget_data_\w+\(
    """,
    re.MULTILINE | re.VERBOSE,
)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Notebook:
    """The code cells of one notebook that may run, by id; `left_out` counts the others."""

    name: str
    cells: dict[str, str]
    left_out: int


def notebooks_to_walk(folder: Path, oracle: Path | None, part: Part) -> Iterator[Notebook]:
    """The notebooks of a folder, sorted by name.

    With an oracle (a folder of records of what happened when they ran), only those of which enough
    cells ran.
    """
    for path in sorted(folder.rglob("*.ipynb")):
        if oracle is not None and cells_that_ran(oracle / f"{path.stem}.json") < FEWEST_CELLS:
            continue
        if part == "all" or is_held_back(path.stem) == (part == "held-back"):
            yield read_notebook(path)


def is_held_back(name: str) -> bool:
    """Whether a notebook is held back; depends on its name only."""
    return hashlib.sha256(name.encode()).digest()[0] % HELD_BACK_OF == 0


def cells_that_ran(oracle: Path) -> int:
    """How many cells of a notebook ran to their end; 0 without a record."""
    if not oracle.exists():
        return 0
    cells = json.loads(oracle.read_text(encoding="utf-8"))["cells"]
    return sum(cell["status"] == "ok" for cell in cells)


def read_notebook(path: Path) -> Notebook:
    """The code cells with text, without those that would reach beyond the scratch folder."""
    found: dict[str, str] = {}
    left_out = 0
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or not source.strip():
            continue
        if _REACHES_OUT.search(_COMMENT.sub("", source)):
            left_out += 1
        else:
            found[f"c{len(found) + 1}"] = source
    return Notebook(path.stem, found, left_out)
