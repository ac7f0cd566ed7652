"""Which names does an expression mutate, judging by its text?

Examples: `df["x"] = 1`, `rows.append(row)`, `model.fit(x)`, `f(inplace=True)`,
`random.shuffle(rows)`. Whether the object really changes is unknown, so a mutation makes a cell at
most *perhaps* stale. A method with an unknown name counts as mutating where its result is
discarded, because there is no other reason to call it.

Two names of one object (`b = a`) are the question of `graph/enrichment/aliases`.
"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.analysis.cell_names import PassedArgument

_MUTATING_METHODS = frozenset(
    # collections
    "add append appendleft clear discard extend extendleft insert pop popitem popleft remove "
    "reverse rotate setdefault sort update "
    # arrays, files, random generators
    "fill itemset put read readline readlines resize seek seed setfield shuffle write writelines "
    # models
    "backward compile fit fit_generator fit_predict fit_transform load_state_dict load_weights "
    "partial_fit set_params step train_on_batch zero_grad".split()
)
_MUTATING_PREFIXES = ("add_", "del_", "delete_", "insert_", "remove_", "set_", "update_")

_NOT_MUTATING_METHODS = frozenset(
    "bar barh boxplot close describe display dump error flush head hist imshow info join line log "
    "pie plot print save savefig scatter show start summary tail to_csv to_excel to_html to_json "
    "to_parquet to_pickle to_sql warning".split()
)

_MUTATING_FUNCTIONS = frozenset("delattr heapify heappop heappush next setattr shuffle".split())
"""Functions that mutate their first argument."""


_WITH_PARTS = frozenset({ast.Attribute, ast.Subscript, ast.Starred})


def name_of_object(node: ast.expr) -> str | None:
    """The name whose object `node` is or is a part of: `a` for `a`, `a.b` and `a[b].c`."""
    while type(node) in _WITH_PARTS:
        node = node.value  # type: ignore[attr-defined]
    return node.id if type(node) is ast.Name else None


def mutated_where_discarded(node: ast.Call) -> str | None:
    """The name whose object a call may mutate because nothing uses its result."""
    if isinstance(node.func, ast.Attribute) and node.func.attr not in _NOT_MUTATING_METHODS:
        return name_of_object(node.func.value)
    return None


def may_mutate(function: str) -> bool:
    """Whether a function or method of this name may mutate its object or an argument."""
    return function in _MUTATING_FUNCTIONS or _is_mutating_method(function)


def mutated_by_call(node: ast.Call) -> set[str]:
    """The names whose objects the call may mutate, whether or not its result is used."""
    function = node.func
    mutated = set()
    name = function.id if isinstance(function, ast.Name) else None
    if isinstance(function, ast.Attribute):
        name = function.attr
        if _is_mutating_method(name) or _is_in_place(node):
            mutated.add(name_of_object(function.value))
    if name in _MUTATING_FUNCTIONS and node.args:
        mutated.add(name_of_object(node.args[0]))
    return {name for name in mutated if name is not None} if mutated else set()


def arguments_of_call(node: ast.Call) -> list[PassedArgument]:
    """The objects that the call passes to a function, which may mutate them: `clean(df)`."""
    if type(node.func) is not ast.Name or node.func.id in BUILTINS:
        return []
    passed = []
    for index, argument in enumerate(node.args):
        if type(argument) is ast.Starred:  # the indexes of later arguments are unknown
            break
        root = name_of_object(argument)
        if root is not None:
            passed.append(PassedArgument(node.func.id, index, root))
    for keyword in node.keywords:
        root = name_of_object(keyword.value) if keyword.arg is not None else None
        if root is not None:
            passed.append(PassedArgument(node.func.id, keyword.arg or "", root))
    return passed


def _is_mutating_method(method: str) -> bool:
    return (
        method in _MUTATING_METHODS
        or method.startswith(_MUTATING_PREFIXES)
        or (method.endswith("_") and not method.endswith("__"))  # PyTorch: `x.add_(1)`
    )


def _is_in_place(node: ast.Call) -> bool:
    for keyword in node.keywords:
        if keyword.arg == "inplace" and isinstance(keyword.value, ast.Constant):
            return keyword.value.value is True
    return False
