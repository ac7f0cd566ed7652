"""Which calls do not call the functions in their arguments, or only later?

A function that a cell passes to a call counts as called: `sorted(z, key=f)`, `df.apply(f)`. Some
calls only inspect the function, register it for later, wrap it in another function, or display its
errors instead of raising them. For these, the claim that the cell would raise a NameError would be
a guess. `map` and similar calls are lazy: they call the function when their result is iterated. All
these are recognized by the name of the callee alone, such as `print` or `anything.on_click`.
"""

from __future__ import annotations

import ast

_INSPECTING = (
    "callable dir display getattr getdoc getfile getmembers getsource hasattr hash help id "
    "isinstance issubclass pprint print repr setattr show_doc signature str type vars warn"
)
_REGISTERING = (
    "FuncAnimation Process Thread Timer add add_callback add_done_callback after append "
    "call_later call_soon connect insert mpl_connect observe on_click on_msg on_submit "
    "on_trait_change register setdefault start_new_thread submit update"
)
_WRAPPING = (
    "cache cached classmethod compile contextmanager dataclass frompyfunc grad jacobian jit "
    "lambdify lru_cache njit partial partialmethod pmap property singledispatch staticmethod "
    "total_ordering vectorize vmap wraps"
)
_DISPLAYING_ERRORS = "interact interact_manual interactive interactive_output"
_LAZY = frozenset("filter imap imap_unordered map starmap takewhile dropwhile".split())
_NOT_CALLING = frozenset(f"{_INSPECTING} {_REGISTERING} {_WRAPPING} {_DISPLAYING_ERRORS}".split())


def name_of_callee(node: ast.Call) -> str | None:
    """`f` for `f()` and `a.b.f()`; None where the callee has no name."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else None


def is_lazy(node: ast.expr) -> bool:
    """Whether the call calls its arguments only when its result is iterated.

    `map(f, z)` is lazy; `df.x.map(f)` and `pool.map(f, z)` are not.
    """
    if not isinstance(node, ast.Call) or name_of_callee(node) not in _LAZY:
        return False
    if isinstance(node.func, ast.Name):
        return True
    module = node.func.value if isinstance(node.func, ast.Attribute) else None
    return isinstance(module, ast.Name) and module.id in {"itertools", "it"}


def calls_its_arguments(node: ast.Call) -> bool:
    """Whether the call calls the functions among its arguments, judging by its callee's name."""
    return name_of_callee(node) not in _NOT_CALLING and not is_lazy(node)
