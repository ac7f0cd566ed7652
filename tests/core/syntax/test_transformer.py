"""Does a text become the same as in IPython, in one tokenization?"""

from __future__ import annotations

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from jupyter_namespace_viz.core.syntax import transformer
from jupyter_namespace_viz.core.syntax.transformer import transformed
from jupyter_namespace_viz.core.syntax.work import Work

TEXTS = [
    "!ls",
    "%time x\n!ls {x}\n\n# a comment\n?x\nx?\ny = 1",
    "if a:\n    !ls\n    %time x\n    b?\nelse:\n    x = !ls\n",
    "x = %time y\nz = !ls\n",
    "x = y = !ls\n",
    ",f a b\n;g a b\n/h a b\n",
    ";;f a\n,,f a\n//f a\n",
    "/ a\n/\n",
    "/= a\n%= a\n!= a\n//= a\n",
    ",%time a\n/!ls\n",
    "!ls \\\n  -l\n%time x + \\\n  y\nz\n",
    "!ls \\",
    "!echo {a\n!echo {b\nx = !echo {c\ny\n",
    "x = '''\n!ls\n%time\n'''\n!ls\n",
    "!echo '''\n!echo '''\nx\n",
    "f(\n!ls\n)\n",
    "(\n  x?\n)\n",
    "(a,\n b)?\n",
    "%time (\n x\n)\n",
    "%%time\n!ls\nx?\n",
    "%time?\n%%time??\n!?\n",
    "a.b[0].c?\na*?\n?*b*\n??c\n1?\n",
    ">>> !ls\n>>> x\n",
    "In [1]: %time x\n   ...: y\n",
    "  !ls\n  x\n",
    "\t%time x\n\ty\n",
    "\f!ls\n",
    "x # !ls\n# %time\n#?\n",
    "!ls # a comment\n%time x # another\n",
    "x = 1; !ls\n",
    "a\r\n!ls\r\nb?\r\n",
    "a\x85!ls\u2028%time b\x1cc\n!ls\n",
    "x\x1c!ls\n%time b\n",
    "!!ls\n!!!ls\n%%%x\n???\n",
    "a = 1\n\n\n!ls\n\n\n\n",
    "class A:\n  x = !ls\n  def f(self):\n    %time g()\n    return 1\n",
    "@d\n!ls\ndef f(): pass\n",
    "for f in x:\n  !rm {f}\n  continue\n!ls\n",
    "x = [\n  1,\n]\n!ls\n",
    "pip install x\n!pip install x\n",
    "%matplotlib inline\n\nimport x\n# ?\ny = x.z\n",
    "%matplotlib inline\nx =  !ls\ny =%time z\nx == y\n",
    "%matplotlib inline\nif a:\n    x = 1\n",
    "%matplotlib inline\nif a:\n        x = 1\n    y = 2\n",
    "    if a:\n            x = 1\n        y = 2\n",
    "x = \\\n!ls\n",
    "",
    "\n",
    "%",
    "!",
]


@pytest.mark.parametrize("text", TEXTS)
def test_it_becomes_the_same_as_in_ipython(text: str) -> None:
    try:
        with transformer.without_warnings():  # about unusual ends of lines
            expected = TransformerManager().transform_cell(text)  # type: ignore[no-untyped-call]
    except SyntaxError as error:
        with pytest.raises(SyntaxError, match=error.msg and None):
            transformed(text, Work())
        return
    assert transformed(text, Work()).strip("\n") == expected.strip("\n")


def test_many_magics_are_tokenized_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tokenized = []

    def make_tokens_by_line(lines: list[str]) -> object:
        tokenized.append("".join(lines))
        return transformer_tokens(lines)

    transformer_tokens = transformer.make_tokens_by_line
    monkeypatch.setattr(transformer, "make_tokens_by_line", make_tokens_by_line)
    lines = "x = 1\n" + "%time x\n!ls\ny = !ls\nx?\n" * 100
    assert transformed(lines, Work()).count("get_ipython") == 400
    assert tokenized == ["\n" + lines]
    tokenized.clear()
    transformed("!echo {\n" * 100, Work())
    assert tokenized == []


def test_other_threads_do_not_wait_for_a_transformation(monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def find_lock(lines: list[str]) -> object:
        held.append(transformer._WARNING_FILTERS.locked())
        return tokens(lines)

    tokens = transformer.make_tokens_by_line
    monkeypatch.setattr(transformer, "make_tokens_by_line", find_lock)
    transformed("x = !ls\n", Work())
    assert held == [False]
