"""Which code raises for certain, and which errors are handled?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.reader import RULES
from jupyter_namespace_viz.core.analysis.rules.errors import (
    always_fails,
    always_raises,
    cannot_raise,
    caught_errors,
    discards_errors,
    errors_caught_by_context,
)
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.dialect import PYTHON


def walker(text: str = "") -> Walker:
    """The walker after this text."""
    found = Walker(RULES, PYTHON)
    found.text(text)
    return found


FAILURES = [
    ("1 / 0", True),
    ("1.5 // 0", True),
    ("1 % 0", True),
    ("print(1 / 0)", True),
    ("print(1, 2 / 0.0)", True),
    ("1 / 2", False),
    ("0 / 1", False),
    ("1 * 0", False),
    ("x / 0", None),  # what x does with it is not known
    ("1 / x", None),
]


@pytest.mark.parametrize(("text", "expected"), FAILURES)
def test_an_expression_that_always_fails(text: str, expected: bool | None) -> None:
    assert always_fails(ast.parse(text, mode="eval").body) is bool(expected)
    if expected:
        with pytest.raises(ZeroDivisionError):
            eval(text)
    elif expected is False:
        eval(text)


STATEMENTS = [
    # a statement, whether it always raises, and whether it cannot raise
    ("raise E", True, False),
    ("assert False", True, False),
    ("assert x", False, False),
    ("x = 1 / 0", True, False),
    ("pass", False, True),
    ("x = y = 1", False, True),
    ("'text'", False, True),
    ("x = y", False, False),
    ("x.y = 1", False, False),
    ("x", False, False),
]


@pytest.mark.parametrize(("text", "raises", "is_harmless"), STATEMENTS)
def test_which_statements_raise(text: str, raises: bool, is_harmless: bool) -> None:
    body = ast.parse(text).body
    assert always_raises(body[0]) == raises
    assert cannot_raise(body) == is_harmless


HANDLERS = [
    # the handlers of a try, and the errors that they catch
    ("except NameError: pass", {"NameError"}),
    ("except ValueError: pass", set()),
    ("except builtins.NameError: pass", {"NameError"}),
    ("except (KeyError, ImportError): pass", {"ModuleNotFoundError"}),
    ("except Exception: pass", {"BaseException", "ModuleNotFoundError"}),
    ("except: pass", {"BaseException", "ModuleNotFoundError"}),
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
    ("suppress(Exception)", {"BaseException", "ModuleNotFoundError"}),
    ("pytest.raises((NameError, OSError), NameError)", {"NameError"}),
    ("self.assertRaisesRegex(ImportError, NameError)", {"ModuleNotFoundError"}),
    ("open(NameError)", None),
    ("suppress", None),
    ("f()(NameError)", None),
]


@pytest.mark.parametrize(("text", "caught"), CONTEXTS)
def test_which_errors_a_context_handles(text: str, caught: set[str] | None) -> None:
    assert errors_caught_by_context(walker(), ast.parse(text, mode="eval").body) == caught
