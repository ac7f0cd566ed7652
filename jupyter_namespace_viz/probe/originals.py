"""Which functions of Python does the probe call, whatever the user puts in their place?

They are bound when the probe is loaded, where possible from modules that are written in C. A
subclass of `dict` or `list`, in the place of one of Python's own, is read by the methods of `dict`
and `list`, so that none of its code runs.
"""

from __future__ import annotations

import sys
import threading
import time
from itertools import repeat
from operator import is_
from types import BuiltinFunctionType, ModuleType
from typing import Any, Dict, List, Optional

try:
    import posix as system
except ImportError:  # on Windows
    import nt as system  # type: ignore[no-redef]

getpid: Any = system.getpid
getcwd: Any = system.getcwd
list_folder: Any = system.listdir
may_access: Any = system.access
status_of: Any = system.stat
random_bytes: Any = system.urandom
to_write: int = system.W_OK

dict_get: Any = dict.get
dict_keys: Any = dict.keys
dict_values: Any = dict.values
dict_reversed: Any = dict.__reversed__
dict_length: Any = dict.__len__
dict_contains: Any = dict.__contains__
text_of: Any = str.__str__  # the exact `str` with the text of a subclass's instance
module_dict: Any = vars(ModuleType)["__dict__"].__get__

_interpreter: Dict[str, Any] = module_dict(sys)
_first_modules = sys.modules
_pause = threading.Lock()
_pause.acquire()


def _built_in(function: Any, otherwise: Any) -> Any:
    """The function, unless the user has replaced it before the probe was loaded."""
    return function if type(function) is BuiltinFunctionType else otherwise


sleep: Any = _built_in(time.sleep, lambda seconds: _pause.acquire(timeout=seconds))
counted_seconds: Any = _built_in(time.perf_counter, lambda: 0.0)
steady_seconds: Any = _built_in(time.monotonic, counted_seconds)
epoch_seconds: Any = _built_in(time.time, lambda: 0.0)


def of_interpreter(name: str) -> Any:
    """An attribute of the module `sys`, such as `path`; None where the user deleted it."""
    return _interpreter.get(name)


def language_version() -> Optional[List[int]]:
    """The version of the language that this Python implements, such as 3.9."""
    number = of_interpreter("hexversion")
    return [number >> 24, number >> 16 & 255] if type(number) is int else None


def as_dict(value: Any) -> Dict[Any, Any]:
    """The value if it is a `dict` or of a subclass, to be read with `dict_get` and the like; else
    an empty one.
    """
    return value if issubclass(type(value), dict) else {}


def as_list(value: Any) -> List[Any]:
    """The items of a `list` or of a subclass; none of anything else."""
    return list.copy(value) if issubclass(type(value), list) else []


def loaded_modules() -> Dict[Any, Any]:
    """What `sys.modules` holds; see `as_dict`."""
    modules: Any = _interpreter.get("modules")
    return modules if issubclass(type(modules), dict) else _first_modules


def loaded_module(name: str) -> Any:
    """The loaded module of that name; None where there is none."""
    return dict_get(loaded_modules(), name)


def exact_texts(values: List[Any]) -> List[str]:
    """The texts of those values that are `str` or of a subclass, as exact `str`."""
    if all(map(is_, map(type, values), repeat(str))):
        return values
    return [text_of(value) for value in values if issubclass(type(value), str)]


def by_text(keys: List[Any], items: List[Any]) -> Dict[str, Any]:
    """The items of a dictionary by the texts of their keys, where some are not exact `str`.

    A key of a subclass of `str` (`numpy.str_`, an enumeration of `str`) counts by its text. Only
    its `__eq__` and `__hash__`, which may be the user's, know whether a lookup finds it. An exact
    `str` with the same text goes before it; keys that are no text are left out.
    """
    found: Dict[str, Any] = {}
    for key, item in zip(keys, items):
        if type(key) is str:
            found[key] = item
        elif issubclass(type(key), str):
            found.setdefault(text_of(key), item)
    return found
