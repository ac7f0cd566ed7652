"""Which names does every IPython kernel have before any cell runs?"""

from __future__ import annotations

import builtins
import re

_GIVEN = frozenset(dir(builtins)) | frozenset(
    "In Out _dh _exit_code _i _ih _ii _iii _oh display exit get_ipython open quit".split()
    + "__IPYTHON__ __builtin__ __builtins__ __doc__ __loader__ __name__ __package__".split()
    + "__session__ __spec__ copyright credits license help".split()
)
_RESULT = re.compile(r"_{1,3}|_i?\d+")


def is_given(name: str) -> bool:
    """Whether a cell may read the name although nothing binds it: builtins, `In`, `_3`, …"""
    return name in _GIVEN or _RESULT.fullmatch(name) is not None
