"""How does a source of hidden names read, and what binds its names again?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.syntax.name_sources import (
    ComputedCode,
    NameSource,
    RunFile,
    StarImport,
    StoredNames,
)

SOURCES: list[tuple[NameSource, str, str | None]] = [
    # source, as a text, what to run to have its names again
    (StarImport("os.path"), "os.path", "from os.path import *"),
    (StarImport("..utils"), "..utils", "from ..utils import *"),
    (RunFile(("setup.py",)), "%run setup.py", "%run setup.py"),
    (RunFile(("-i", "a file.py", "1")), "%run -i 'a file.py' 1", "%run -i 'a file.py' 1"),
    (RunFile(()), "%run ", "%run "),
    (StoredNames(), "%store -r", "%store -r"),
    (ComputedCode(), "%exec", None),
]


@pytest.mark.parametrize(("source", "text", "code"), SOURCES)
def test_texts(source: NameSource, text: str, code: str | None) -> None:
    assert (str(source), source.code) == (text, code)
