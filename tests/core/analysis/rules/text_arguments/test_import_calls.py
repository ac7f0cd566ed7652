"""Which modules do calls import?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described_import, words


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import importlib\nm = importlib.import_module('a.b')", "a.b importlib"),
        ("from importlib import import_module\nimport_module('a')", "a importlib"),
        ("import_module('a')", "a"),
        ("__import__('a.b')", "a.b"),
        ("if x: __import__('a')", "a?"),
        ("try: __import__('a')\nexcept ImportError: pass", "[a]"),
        ("def import_module(x): pass\nimport_module('a')", ""),
        ("def f(): __import__('a')\nf()", "a"),
        ("importlib.import_module('.a', 'b')", "b.a"),
        ("importlib.import_module('.a', package='b')", "b.a"),
        ("importlib.import_module('..a', 'b.c')", ""),
        ("importlib.import_module('.a', b)", ""),
        ("importlib.import_module('.a')", ""),
        ("importlib.import_module(f'{x}')", ""),
        ("importlib.import_module('a b')", ""),
        ("other.import_module('a')", ""),
        ("__import__('a', fromlist=['b'])", ""),
    ],
)
def test_a_call(source: str, expected: str) -> None:
    assert words(map(described_import, read_cell(source).imports)) == expected
