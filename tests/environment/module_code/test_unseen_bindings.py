"""Is it known which names a module binds though its statements do not show them?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.environment.module_code.unseen_bindings import (
    may_bind_unseen,
    unseen_names,
)

# The text of the module `pack.made`, and the names, those of an `__all__` in parentheses.
TEXTS: list[tuple[str, str]] = [
    # The dict is only read.
    ("x = sorted(globals())", ""),
    ("__all__ = [n for n in globals() if n[0] != '_']", ""),
    ("for n in list(globals()): print(n)", ""),
    ("x = 'a' in globals() and globals()['a']", ""),
    ("pairs = list(globals().copy().items())", ""),
    ("x = '%(a)s' % globals(), '{a}'.format(**globals()), {**vars()}", "any"),
    ("x = '%(a)s' % globals(), '{a}'.format(**globals())", ""),
    ("ns = {}\nns.update(globals())", ""),
    ("g = globals()\nx = g['a'] if 'a' in g else g.get('b')", ""),
    ("def f():\n    g = globals()\n    return [n for n in g.values()]", ""),
    ("def f(frame):\n    a, b = frame.f_locals, frame.f_globals\n    return a['x'], b['x']", ""),
    ("def go(names):\n    use(1)\ngo(locals())", ""),
    ("def go(names): return sorted(names)\n__all__ = go(locals())", ""),
    ("del globals()['a']", ""),
    ("def __getattr__(name):\n    globals()[name] = f()\n    return f()", ""),
    ("if x:\n    def __dir__(): return globals().keys() | {'b'}", ""),
    ("def f():\n    locals()['a'] = 1\n    vars()['b'] = 1", ""),
    ("class C:\n    vars()['a'] = 1", ""),
    # It binds names that the text shows.
    ("globals()['a'] = 1", "a"),
    ("def f(): globals().setdefault('a', 1)", "a"),
    ("globals().update(a=1, **{'b': 2})\nvars().update({'c': 3})", "a b c"),
    ("NAMES = ('a', 'b')\nfor name in NAMES: vars()[name] = 1", "a b"),
    ("OLD = {'a': 'b'}\ng = globals()\nfor k, v in OLD.items(): g[v] = g[k]", "a b"),
    ("OLD = {'a': f}\nfor k, v in OLD.items(): globals()[k] = v", "a"),
    ("OLD = {'a': 1}\nglobals().update(OLD)", "a"),
    ("globals().update({n: 1 for n in ['a', 'b'] + ['c']})", "a b c"),
    ("globals().update((n, 1) for n in {'a'} | {'b'})", "a b"),
    ("from . import other\nfor n in other.__all__: vars()[n] = 1", "(.other)"),
    ("import sys\nsys.modules[__name__].a = 1", "a"),
    ("import sys\nme = sys.modules[__name__]\ndef f(): setattr(me, 'a', 1)", "a"),
    ("import sys\nvars(sys.modules[__name__])['a'] = 1", "a"),
    ("import sys\nsys.modules.get('pack.made').__dict__.update(a=1)", "a"),
    ("from importlib import import_module\nimport_module(__name__).a = 1", "a"),
    ("def go(space): space['a'] = 1\ngo(globals())", "a"),
    ("def go(space):\n    def inner(): space['a'] = 1\n    inner()\ngo(globals())", "a"),
    ("import pack.made\npack.made.a = 1", "a"),
    ("def add(kind):\n    from pack import made\n    made.a = kind", "a"),
    (
        "import enum\n@enum.global_enum\nclass F(enum.Flag):\n    A = B = 1\n    C: int = 2",
        "A B C",
    ),
    ("import enum\nenum.IntEnum._convert_('Kind', __name__, lambda name: True)", "Kind"),
    # It may bind any name.
    ("globals()[f()] = 1", "any"),
    ("for n in f(): globals()[n] = 1", "any"),
    ("for n in 'ab': globals()[n] = 1", "any"),
    ("NAMES = ['a']\nNAMES.append(f())\nfor n in NAMES: globals()[n] = 1", "any"),
    ("NAMES = ['a']\ndef f(NAMES):\n    for n in NAMES: globals()[n] = 1", "any"),
    ("def f(name): globals()[name] = 1", "any"),
    ("from x import NAMES\nfor n in NAMES: vars()[n] = 1", "any"),
    ("globals().update(f())", "any"),
    ("g = globals", "any"),
    ("f(globals())", "any"),
    ("def f(): return globals()", "any"),
    ("def f(g=globals()): g['a'] = 1", "any"),
    ("def go(space): space.update(f())\ngo(globals())", "any"),
    ("@wrap\ndef go(space): pass\ngo(globals())", "any"),
    ("exec(text)", "any"),
    ("def f(): exec(text, globals())", "any"),
    ("import sys\nsys.modules[__name__] = other", "any"),
    ("import sys\nsetattr(sys.modules[__name__], f(), 1)", "any"),
    ("def add(kind):\n    from pack import made\n    setattr(made, kind.__name__, kind)", "any"),
    ("setattr(other, f(), 1)", "any"),
    ("import enum\nenum.IntEnum._convert_('Kind', __name__, f, source=other)", "any"),
    ("from enum import global_enum as g\n@g\nclass A: X = 1", "any"),
    ("import enum\nenum.global_enum(A)", "any"),
    # Another namespace than that of the module.
    ("exec(text, {})", ""),
    ("ns = {}\nexec(text, ns)", ""),
    ("def f(ns): exec(text, ns)\ndef g(): exec(text)", ""),
    ("class A: pass\nfor n in f(): setattr(A, n, 1)", ""),
    ("def f(a, n): setattr(a, n, 1)", ""),
    ("import sys\nsys.modules[__name__ + '.moves'] = other", ""),
    ("import sys\nsys.modules['elsewhere'].a = 1", ""),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_which_names_a_module_binds_unseen(text: str, expected: str) -> None:
    names = unseen_names(ast.parse(text).body, "pack.made")
    listed = [f"({module})" for module in sorted(names.listed_by)]
    assert " ".join([*sorted(names.names), *listed, *["any"] * names.is_any]) == expected
    assert bool(names) == bool(expected)
    assert may_bind_unseen(text, "pack.made") or not expected
