"""Where does the project live? Writes the address of its repository where it is needed.

`python scripts/set_repository.py ADDRESS` is run once, when the address is known. package.json has
it; the metadata of the distributions and the links on their pages follow from that.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNKNOWN = "- repo: … # the URL of this repository"


def main(address: str, root: Path = ROOT) -> None:
    """Write the address to package.json and to the README's example for pre-commit."""
    address = address.removesuffix("/").removesuffix(".git")
    file = root / "package.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    known = {
        "homepage": address,
        "bugs": {"url": f"{address}/issues"},
        "repository": {"type": "git", "url": f"{address}.git"},
    }
    changed = {}
    for key, value in package.items():
        changed[key] = known.pop(key, value)
        if key == "author":
            changed |= known
    file.write_text(json.dumps(changed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(text.replace(UNKNOWN, f"- repo: {address}"), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
