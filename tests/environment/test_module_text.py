"""Is the text of a module read once, and given back?"""

from __future__ import annotations

import gc
import sys

from jupyter_namespace_viz.core.syntax.text_cache import forget_texts
from jupyter_namespace_viz.environment.module_text import read_text
from jupyter_namespace_viz.environment.version_tests import Target

TARGET = Target()


def test_a_text_is_read_once() -> None:
    module = read_text("a = 1\ndef f(): return a", "m", TARGET)
    assert module is read_text("a = 1\ndef f(): return a", "m", TARGET)
    assert module is not None
    assert module.plainly_bound == {"a", "f"}
    broken = read_text("a = = 1", "m", TARGET)
    assert broken is not None
    assert broken.error is not None


def test_the_trees_of_modules_are_given_back() -> None:
    body = "".join(f"def f{n}(a, b): return a + b * {n}\n" for n in range(200))
    read_text(body, "m", TARGET)
    forget_texts()
    gc.collect()
    before = sys.getallocatedblocks()
    for module in range(20):
        assert read_text(f"{body}\nx = {module}", "m", TARGET) is not None
    forget_texts()
    gc.collect()
    assert sys.getallocatedblocks() < before + 2_000
