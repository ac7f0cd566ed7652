"""What kind of object is this, determined without running its code?"""

from __future__ import annotations

import sys
import types
from typing import Any, Dict, Optional

Json = Dict[str, Any]

LONGEST_NAME = 200

type_name: Any = type.__dict__["__qualname__"].__get__
short_type_name: Any = type.__dict__["__name__"].__get__
module_not_found: Any = vars(ImportError)["name"].__get__
arguments: Any = vars(BaseException)["args"].__get__
type_module: Any = type.__dict__["__module__"].__get__
module_dict: Any = vars(types.ModuleType)["__dict__"].__get__

# By address: `some_type in {…}` would call the `__hash__` and `__eq__` of its metaclass.
_SCALARS = {id(kind) for kind in (bool, float, complex, type(None))}
_UNITS = {
    id(kind): unit
    for kinds, unit in (
        ((list, tuple, set, frozenset, dict), "items"),
        ((str,), "characters"),
        ((bytes, bytearray), "bytes"),
    )
    for kind in kinds
}
_FUNCTIONS = {id(types.FunctionType), id(types.BuiltinFunctionType), id(types.MethodType)}
PYTHON_FUNCTIONS = {id(types.FunctionType), id(types.MethodType)}
_PANDAS_INDEXES = ("RangeIndex", "Index", "MultiIndex", "DatetimeIndex")


def plain_text(value: Any, longest: int = LONGEST_NAME) -> Optional[str]:
    """An exact `str` that can be sent, cut to `longest`; None for anything else."""
    if type(value) is not str:
        return None
    text: str = value[:longest]
    # A lone surrogate cannot be encoded: the whole message could not be sent.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def loaded_module_dict(name: str) -> Json:
    """The `__dict__` of a loaded module, `{}` if it is not loaded; runs no `__getattr__`."""
    module = sys.modules.get(name)
    if module is None or not issubclass(type(module), types.ModuleType):
        return {}
    return module_dict(module) or {}


def is_class_of(kind: type, module: str, name: str) -> bool:
    """Whether `kind` is exactly this class of a loaded library, not a subclass of it."""
    return loaded_module_dict(module).get(name) is kind


def error_name(error: BaseException) -> Optional[str]:
    """The name of an exception's class, as tracebacks show it; runs none of the user's code."""
    return plain_text(short_type_name(type(error)))


def missing_module(error: Optional[BaseException]) -> Optional[str]:
    """The module that was not found, where exactly that was raised; None for anything else."""
    return plain_text(module_not_found(error)) if type(error) is ModuleNotFoundError else None


def missing_name(error: Optional[BaseException]) -> Optional[str]:
    """The global or builtin name that was not found, where exactly NameError was raised for it."""
    if type(error) is not NameError:
        return None
    given = arguments(error)
    return name_in_message(plain_text(given[0]) if len(given) == 1 else None)


def name_in_message(message: Optional[str]) -> Optional[str]:
    """The name that Python's own message of a NameError gives; None for any other message."""
    before, _, rest = (message or "").partition("name '")
    name, _, after = rest.partition("'")
    return name if not before and after == " is not defined" else None


def describe(value: Any) -> Json:
    """Describes an object by kind, type, module, version and summary, without running its code."""
    kind = type(value)
    described = {
        "kind": "instance",
        "type": plain_text(type_name(kind)) or "?",
        "module": plain_text(type_module(kind)),
        "version": None,
        "summary": None,
    }
    try:
        if id(kind) in _FUNCTIONS:
            described["kind"] = "function"
            described["module"] = plain_text(value.__module__)
        elif issubclass(kind, types.ModuleType):
            members = module_dict(value) or {}
            described["kind"] = "module"
            described["module"] = plain_text(members.get("__name__"))
            described["version"] = plain_text(members.get("__version__"))
        elif issubclass(kind, type):
            described["kind"] = "class"
            described["type"] = plain_text(type_name(value)) or "?"
            described["module"] = plain_text(type_module(value))
        else:
            described["summary"] = summarize(value, kind)
    except Exception:  # noqa: BLE001 - half a description is better than none
        pass
    return described


def summarize(value: Any, kind: type) -> Optional[str]:
    """A short summary such as `3 items`; None where user code might have to run for it."""
    if id(kind) in _SCALARS or (kind is int and -(10**15) < value < 10**15):
        return repr(value)
    unit = _UNITS.get(id(kind))
    if unit is not None:
        length = len(value)
        return "%d %s" % (length, unit if length != 1 else unit[:-1])
    if is_class_of(kind, "numpy", "ndarray"):
        return "%s %s" % (value.shape, type_name(value.dtype.type))
    if is_class_of(kind, "pandas", "DataFrame"):
        rows, columns = value.index, value.columns
        if is_pandas_index(rows) and is_pandas_index(columns):
            return "%d × %d" % (len(rows), len(columns))
    elif is_class_of(kind, "pandas", "Series") and is_pandas_index(value.index):
        return "%d items" % len(value.index)
    return None


def is_pandas_index(value: Any) -> bool:
    """Whether `len` of the index runs pandas' code only: a subclass may be the user's."""
    return any(is_class_of(type(value), "pandas", name) for name in _PANDAS_INDEXES)
