"""Is it known for which names the `__getattr__` of a module raises?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.environment.module_code.module_getattr import certainly_refuses

HEAD = "def __getattr__(name):\n"
RAISES = "    raise AttributeError(name)\n"

# The text of a module, and which of the names `a` and `b` it refuses.
TEXTS: list[tuple[str, str]] = [
    ("x = 1\n", "a b"),
    ("class C:\n    def __getattr__(self, name): return 1\n", "a b"),
    (HEAD + "    return 1\n", ""),
    (HEAD + "    pass\n", ""),
    (HEAD + RAISES, "a b"),
    (HEAD + "    if name == 'a':\n        return 1\n" + RAISES, "b"),
    (HEAD + "    if name != 'a':\n" + "    " + RAISES + "    return 1\n", "b"),
    ("OLD = ['a']\n" + HEAD + "    if name not in OLD: raise ImportError\n    return 1\n", "b"),
    ("A = {'a': 1}\nB = {'b'}\n" + HEAD + "    if name in set(A) | B: return 1\n" + RAISES, ""),
    (HEAD + "    if name in COMPUTED:\n        raise ImportError\n" + RAISES, "a b"),
    (HEAD + "    if name in COMPUTED:\n        print(name)\n" + RAISES, "a b"),
    (HEAD + "    if name in COMPUTED:\n        return 1\n" + RAISES, ""),
    (HEAD + "    if name in COMPUTED:\n        return globals()[name]\n" + RAISES, "a b"),
    (HEAD + "    try:\n        return globals()[name]\n    except KeyError:\n    " + RAISES, "a b"),
    (HEAD + "    try:\n        return f(name)\n    except KeyError:\n    " + RAISES, ""),
    (HEAD + "    try:\n    " + RAISES + "    except E:\n        return 1\n", ""),
    (HEAD + "    try:\n        import x\n    except E:\n        pass\n" + RAISES, "a b"),
    (HEAD + "    global a\n    if name == 'a':\n        a = 1\n        return a\n" + RAISES, "b"),
    (HEAD + "    name = name.lower()\n    if name == 'A': return 1\n" + RAISES, ""),
    (HEAD + "    yield name\n" + RAISES, ""),
    (HEAD + "    with f():\n    " + RAISES, ""),
    (HEAD + "    for n in f():\n        return n\n" + RAISES, ""),
    ("if x:\n    y = 1\nelse:\n    def __getattr__(name):\n    " + RAISES, "a b"),
    ("if x:\n    def __getattr__(name): return 1\nelse:\n    def __getattr__(name): raise E\n", ""),
    ("match x:\n    case 1:\n        def __getattr__(name): return 1\n", ""),
    ("@wrap\n" + HEAD + RAISES, ""),
    ("def __getattr__(*names):\n" + RAISES, ""),
    ("from x import __getattr__\n", ""),
    ("import x as __getattr__\n", ""),
    ("__getattr__, __dir__, __all__ = attach(__name__, ['x'])\n", ""),
    ("class __getattr__:\n    a = 1\n", ""),
    ("@api.caching_module_getattr\nclass __getattr__:\n    a = property(f)\n", "b"),
    ("@api.caching_module_getattr\nclass __getattr__:\n    exec(text)\n    vars()[f()] = 1\n", ""),
]


@pytest.mark.parametrize(("text", "refused"), TEXTS)
def test_which_names_a_module_refuses(text: str, refused: str) -> None:
    body = ast.parse(text).body
    assert " ".join(name for name in "ab" if certainly_refuses(body, name)) == refused
