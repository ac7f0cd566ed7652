"""Which code raises for certain, and which errors are handled?"""

from __future__ import annotations

import ast
import builtins
import contextlib

import pytest

from jupyter_namespace_viz.core.analysis.reader import RULES, read_cell
from jupyter_namespace_viz.core.analysis.rules.errors import (
    cannot_raise,
    caught_errors,
    discards_errors,
    errors_caught_by_context,
    handler_of_raised,
    raised_class,
)
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.dialect import PYTHON
from tests.core.tools.notebooks import described, table


def walker(text: str = "") -> Walker:
    """The walker after this text."""
    found = Walker(RULES, PYTHON)
    found.text(text)
    return found


FAILURES = [
    ("1 / 0", "ZeroDivisionError"),
    ("1.5 // 0", "ZeroDivisionError"),
    ("1 % 0.0", "ZeroDivisionError"),
    ("print(1 / 0)", "ZeroDivisionError"),
    ("[1, 2 / 0]", "ZeroDivisionError"),
    ("n = 0; -1 / n", "ZeroDivisionError"),
    ("'a' + 1", "TypeError"),
    ("1 + None", "TypeError"),
    ("'a' - 'b'", "TypeError"),
    ("[][0]", "IndexError"),
    ("(1, 2)[-3]", "IndexError"),
    ("{}['a']", "KeyError"),
    ("{'b': 1}['a']", "KeyError"),
    ("int('x')", "ValueError"),
    ("float('')", "ValueError"),
    ("t = 'x'; int(t)", "ValueError"),
    ("True and 1 / 0", "ZeroDivisionError"),
    ("1 / 2, 0 / 1, 1 * 0, 1 - 1", None),
    ("'a' + 'b', 'a' * 3, '%d' % 0, 1 + 1.5", None),
    ("[1][0], (1, 2)[-2], [1, 2][0:9], {'a': 1}['a']", None),
    ("int('3'), int('a', 16), float('nan'), int()", None),
    ("False and 1 / 0, 1 if True else 1 / 0", None),
    ("[1 / 0 for _ in ()]", None),
    ("f = lambda: 1 / 0", None),
    ("def int(it): return it\nint('x')", None),
    ("n = 0; n += 1; 1 / n", None),
]


@pytest.mark.parametrize(("text", "expected"), FAILURES)
def test_an_expression_that_always_fails(text: str, expected: str | None) -> None:
    found = walker(text).resolver.raised
    assert (None if found is None else found[0]) == expected
    error = None if expected is None else getattr(builtins, expected)
    with contextlib.nullcontext() if error is None else pytest.raises(error):
        exec(text, {})


PATHS = table("""
== the rest of the statement is not evaluated
a + 1 / 0 + b, c
d
-> uses a [b] [c]
== nor bound
x = y = int("x")
(z := 1)
-> uses int
== a part that need not be evaluated
x = a and 1 / 0
b if c else 1 / 0
[1 / 0 for _ in d]
e
-> defines x=assignment
-> uses a b? c d e
== one of two branches
if a: b = [][0]
else: b = c
d
-> defines b=assignment
-> uses a c? d
== both of them
if a: [][0]
else: b[1 / 0]
c
-> uses a b?
== the header of a statement
for a in [b, 1 / 0]: c
while 1 / 0: d
with e, 1 / 0: f
-> uses b
== an item that is set
d = {}
d["a"] = 1
[][0:1]
x
-> defines d=assignment
-> uses x
== in a function
def f():
    a
    int("x")
    b
c
-> defines f=function
-> uses ~a c ~int
""")


@pytest.mark.parametrize(("source", "expected"), PATHS)
def test_what_runs_then(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


STATEMENTS = [
    # a statement, and whether it cannot raise
    ("raise E", False),
    ("assert False", False),
    ("x = 1 / 0", False),
    ("pass", True),
    ("x = y = 1", True),
    ("'text'", True),
    ("x = y", False),
    ("x.y = 1", False),
    ("x", False),
]


@pytest.mark.parametrize(("text", "is_harmless"), STATEMENTS)
def test_which_statements_cannot_raise(text: str, is_harmless: bool) -> None:
    assert cannot_raise(ast.parse(text).body) == is_harmless


RAISED = [
    ("raise KeyError", "KeyError"),
    ("raise KeyError('a')", "KeyError"),
    ("raise Own('a')", "Own"),
    ("raise a.b", "?"),
    ("raise", "?"),
]


@pytest.mark.parametrize(("text", "expected"), RAISED)
def test_what_a_statement_raises(text: str, expected: str) -> None:
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.Raise)
    assert raised_class(walker(), node) == expected


REACHED = [
    # the body of a try, its handlers, and which of them runs for certain
    ("int('x')", "except KeyError: pass\nexcept ValueError: pass", 1),
    ("a = 1\n  raise KeyError\n  b()", "except (OSError, LookupError): pass", 0),
    ("1 / 0", "except: pass", 0),
    ("1 / 0", "except OSError: pass", None),
    ("1 / 0", "except Unknown: pass\nexcept Exception: pass", None),
    ("a()\n  1 / 0", "except Exception: pass", None),
    ("1 / 0 + a()", "except Exception: pass", None),
    ("raise Own", "except Exception: pass", None),
    ("a", "except Exception: pass", None),
]


@pytest.mark.parametrize(("body", "handlers", "expected"), REACHED)
def test_which_handler_runs(body: str, handlers: str, expected: int | None) -> None:
    tried = ast.parse(f"try:\n  {body}\n{handlers}").body[0]
    assert isinstance(tried, ast.Try)
    at = walker()
    at.block(tried.body)
    found = handler_of_raised(at, tried)
    assert found is (None if expected is None else tried.handlers[expected])


HANDLERS = [
    # the handlers of a try, and the errors that they catch
    ("except NameError: pass", {"NameError"}),
    ("except ValueError: pass", set()),
    ("except builtins.NameError: pass", {"NameError"}),
    ("except (KeyError, ImportError): pass", {"ModuleNotFoundError"}),
    ("except Exception: pass", {"BaseException", "ModuleNotFoundError", "all"}),
    ("except: pass", {"BaseException", "ModuleNotFoundError", "all"}),
    ("except Exception:\n  if a: raise", {"BaseException", "ModuleNotFoundError"}),
    ("except ERRORS: pass", {"BaseException"}),
    ("except m.ERRORS: pass", {"BaseException"}),
    ("except: raise", set()),
    ("except NameError as e: raise e", set()),
    ("except NameError as e: raise E from e", {"NameError"}),
    ("except ImportError: raise ImportError('a')", set()),
    ("except ImportError:\n  if a: pass\n  raise", {"ModuleNotFoundError"}),
    ("except ImportError: raise\nexcept Exception: pass", {"BaseException"}),
]


@pytest.mark.parametrize(("handlers", "caught"), HANDLERS)
def test_which_errors_handlers_catch(handlers: str, caught: set[str]) -> None:
    (statement,) = ast.parse(f"try: x\n{handlers}").body
    assert isinstance(statement, ast.Try)
    assert caught_errors(walker(), statement.handlers) == caught


GROUPS = [
    # what comes before, what a handler catches by name, and which errors these are
    ("E = (NameError, OSError)", "E", {"NameError"}),
    ("E = NameError", "E", {"NameError"}),
    ("E = (NameError,)\nE = (OSError,)", "E", set()),
    ("E = (OSError,)", "E + (ImportError,)", {"ModuleNotFoundError"}),
    ("E = (OSError,)", "(KeyError, *E)", set()),
    ("E = f()", "E", {"BaseException"}),
    ("E = NameError\nE = f()", "E", {"BaseException"}),
    ("", "f()", {"BaseException"}),
    ("", "E", set()),
    ("", "m.E", set()),
    ("from m import E", "E", set()),
    ("class E(Exception): pass", "E", set()),
    ("class C: errors = (NameError,)", "C.errors", {"BaseException"}),
]


@pytest.mark.parametrize(("before", "kinds", "caught"), GROUPS)
def test_which_errors_a_name_stands_for(before: str, kinds: str, caught: set[str]) -> None:
    (statement,) = ast.parse(f"try: x\nexcept {kinds}: pass").body
    assert isinstance(statement, ast.Try)
    assert caught_errors(walker(before), statement.handlers) == caught


def test_a_finally_block_that_drops_the_error() -> None:
    texts = {"return": True, "x\n  break": True, "x": False, "if x: return": False}
    for text, expected in texts.items():
        (function,) = ast.parse(f"for i in x:\n try: x\n finally:\n  {text}").body
        assert isinstance(function, ast.For)
        (statement,) = function.body
        assert isinstance(statement, ast.Try)
        assert discards_errors(statement.finalbody) is expected


CONTEXTS = [
    ("np.testing.assert_raises(NameError)", {"NameError"}),
    ("suppress(*errors())", {"BaseException"}),
    ("suppress(NameError, OSError)", {"NameError"}),
    ("contextlib.suppress(OSError)", set()),
    ("suppress(Exception)", {"BaseException", "ModuleNotFoundError", "all"}),
    ("pytest.raises((NameError, OSError), NameError)", {"NameError"}),
    ("self.assertRaisesRegex(ImportError, NameError)", {"ModuleNotFoundError"}),
    ("open(NameError)", None),
    ("suppress", None),
    ("f()(NameError)", None),
]


@pytest.mark.parametrize(("text", "caught"), CONTEXTS)
def test_which_errors_a_context_handles(text: str, caught: set[str] | None) -> None:
    assert errors_caught_by_context(walker(), ast.parse(text, mode="eval").body) == caught
