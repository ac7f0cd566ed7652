"""Does each page link to files that are there?"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.packaging.project import ROOT

PAGES = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_files_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    folder = Path(ROOT / page).parent
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", text)
    assert [link for link in links if not (folder / link).exists()] == []
