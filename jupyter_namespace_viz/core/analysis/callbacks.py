"""Which calls do not call what they are given, or not now?

What a cell passes on counts as called: `sorted(z, key=f)`, `df.apply(f)`. Some callees only look at
it, keep it for later, make another function of it, or show its errors instead of raising them; to
say that the cell would raise what it reads would be a guess. `map` calls when somebody goes through
it. They are known by their names, as `print` or `anything.on_click`.
"""

from __future__ import annotations

import ast

_LOOKING = (
    "callable dir display getattr getdoc getfile getmembers getsource hasattr hash help id "
    "isinstance issubclass pprint print repr setattr show_doc signature str type vars warn"
)
_KEEPING = (
    "FuncAnimation Process Thread Timer add add_callback add_done_callback after append "
    "call_later call_soon connect insert mpl_connect observe on_click on_msg on_submit "
    "on_trait_change register setdefault start_new_thread submit update"
)
_MAKING = (
    "cache cached classmethod compile contextmanager dataclass frompyfunc grad jacobian jit "
    "lambdify lru_cache njit partial partialmethod pmap property singledispatch staticmethod "
    "total_ordering vectorize vmap wraps"
)
_SHOWING = "interact interact_manual interactive interactive_output"
_LAZY = frozenset("filter imap imap_unordered map starmap takewhile dropwhile".split())
_NOT_CALLING = frozenset(f"{_LOOKING} {_KEEPING} {_MAKING} {_SHOWING}".split())


def name_of_callee(node: ast.Call) -> str | None:
    """`f` for `f()` and `a.b.f()`; None where the callee has no name."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else None


def is_lazy(node: ast.expr) -> bool:
    """Whether somebody must go through the value before what it was given is called.

    `df.x.map(f)` and `pool.map(f, z)` are not lazy, `map(f, z)` is.
    """
    if not isinstance(node, ast.Call) or name_of_callee(node) not in _LAZY:
        return False
    if isinstance(node.func, ast.Name):
        return True
    module = node.func.value if isinstance(node.func, ast.Attribute) else None
    return isinstance(module, ast.Name) and module.id in {"itertools", "it"}


def calls_what_it_is_given(node: ast.Call) -> bool:
    """Whether the call calls the functions among its arguments, as far as its name tells."""
    return name_of_callee(node) not in _NOT_CALLING and not is_lazy(node)
