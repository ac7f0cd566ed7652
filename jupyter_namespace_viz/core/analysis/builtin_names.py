"""Which names do Python and IPython bind, before any cell runs and whenever one does?"""

from __future__ import annotations

import builtins
import re

BUILTINS = frozenset(dir(builtins))
"""The builtins of the Python that runs this code."""

_IPYTHON_NAMES = frozenset(
    "In Out _dh _exit_code _i _ih _ii _iii _oh display exit get_ipython open quit".split()
    + "__IPYTHON__ __builtin__ __builtins__ __doc__ __loader__ __name__ __package__".split()
    + "__annotations__ __session__ __spec__ copyright credits license help".split()
)
_NAMES_OF_RUNS = frozenset(
    "__annotate__ __annotations__ __conditional_annotations__ __warningregistry__".split()
)
_OUTPUT_NAME = re.compile(r"_{1,3}|_i?\d+")


def is_predefined(name: str, builtins: frozenset[str] = BUILTINS, deletes: bool = False) -> bool:
    """Whether a cell may read the name although no cell binds it: builtins, `In`, `_3`, … or
    delete it, which it cannot do with builtins.
    """
    return (name in builtins and not deletes) or _is_of_ipython(name)


def is_made_by_running(name: str) -> bool:
    """Whether IPython or Python itself binds the name when cells run: `_exit_code`, `__doc__`, …"""
    return name in _NAMES_OF_RUNS or _is_of_ipython(name)


def _is_of_ipython(name: str) -> bool:
    return name in _IPYTHON_NAMES or _OUTPUT_NAME.fullmatch(name) is not None
