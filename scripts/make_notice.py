"""Which packages of others are in the built panel, and under which licences? Writes NOTICE.

JupyterLab's builder lists the packages whose files it meets; it misses those that are merged into
others, which are found among the requirements of the listed ones. With `--check`, NOTICE is
compared with what would be written. The panel has to be built.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LISTED = ROOT / "jupyter_namespace_viz/labextension/static/third-party-licenses.json"
NOTICE = ROOT / "NOTICE"
HEAD = """\
jupyter-namespace-viz is licensed under the BSD 3-Clause License (file LICENSE).

Its panel for JupyterLab, a bundle of JavaScript files, contains parts of the following packages,
under their own licences. Their sources are in the npm registry, under these names and versions.
"""


def package(name: str) -> dict[str, Any]:
    """What a package that is installed says of itself."""
    file = ROOT / "node_modules" / name / "package.json"
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def bundled() -> list[str]:
    """The names of the packages in the panel.

    What a loader requires works while the panel is built, and is not in it.
    """
    listed = {it["name"] for it in json.loads(LISTED.read_text(encoding="utf-8"))["packages"]}
    ours = package("..")["dependencies"]
    found, waiting = set(), sorted(listed)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in ours or name not in listed:
            waiting += package(name).get("dependencies", ())
    return sorted(found)


def entry(name: str) -> str:
    """The name, version and licence of a package, with the licence's text."""
    found = package(name)
    folder = ROOT / "node_modules" / name
    files = sorted(it for it in folder.iterdir() if it.name.upper().startswith("LICEN"))
    text = files[0].read_text(encoding="utf-8").strip().replace("\r\n", "\n")
    title = f"{name} {found['version']} ({found['license']})"
    return f"\n{'-' * 80}\n{title}\n\n{text}\n"


def main(*arguments: str) -> int:
    """Write NOTICE, or compare it."""
    text = HEAD + "".join(map(entry, bundled()))
    if arguments == ("--check",):
        if NOTICE.read_text(encoding="utf-8") == text:
            return 0
        print("NOTICE is not up to date: run python scripts/make_notice.py.", file=sys.stderr)
        return 1
    NOTICE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
