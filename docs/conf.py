"""How are these pages made into a site? `make docs` calls Sphinx with this file.

The pages are also read where the files are. So they link to the repository's files by relative
paths, which lead nowhere from a site: the links go to the repository, once its address is known.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from hatch_build import repository_of  # noqa: E402 - it is not in a package

_package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
_repository = repository_of(_package)

project = _package["name"]
author = _package["author"]["name"]
release = _package["version"]

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True
linkcheck_ignore = [r"https?://"]  # the workflows look at these: they need the network

html_theme = "pydata_sphinx_theme"
html_title = project
html_show_sphinx = False
html_sidebars = {"*": []}  # only pages in a folder have others next to them
html_theme_options = {
    "navigation_with_keys": False,
    "header_links_before_dropdown": 4,
    "show_toc_level": 2,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
}
if _repository is not None:
    html_theme_options["icon_links"] = [
        {"name": "Source", "url": _repository, "icon": "fa-brands fa-github"}
    ]

_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((\.\./[^)\s#]*)(#[^)\s]*)?\)")


def _lead_to_repository(_app: Sphinx, page: str, text: list[str]) -> None:
    """Links to files outside of these pages lead to the repository; without it they are text."""
    folder = (HERE / page).parent

    def absolute(link: re.Match[str]) -> str:
        title, path, heading = link[1], (folder / link[2]).resolve(), link[3] or ""
        if path.is_relative_to(HERE) or not path.exists():
            return link[0]  # what is not there is a warning
        if _repository is None:
            return title
        return f"[{title}]({_repository}/blob/v{release}/{path.relative_to(ROOT)}{heading})"

    text[0] = _LINK.sub(absolute, text[0])


def _list_folder(_app: Sphinx, page: str, text: list[str]) -> None:
    """The README of a folder is the page above the others of the folder."""
    if page.endswith("/README"):
        pages = re.findall(r"\]\((?!\.\./)([\w-]+)\.md\)", text[0])
        text[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(dict.fromkeys(pages)) + "\n```\n"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _list_folder)
    app.connect("source-read", _lead_to_repository)
