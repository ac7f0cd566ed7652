"""What kind of object is this, determined without running its code?"""

from __future__ import annotations

from types import (
    BuiltinFunctionType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any, Dict, List, Optional

from jupyter_namespace_viz.probe.originals import loaded_module, module_dict

Json = Dict[str, Any]

LONGEST_NAME = 200

type_name: Any = type.__dict__["__qualname__"].__get__
short_type_name: Any = type.__dict__["__name__"].__get__
module_not_found: Any = vars(ImportError)["name"].__get__
arguments: Any = vars(BaseException)["args"].__get__
type_module: Any = type.__dict__["__module__"].__get__
class_dict: Any = type.__dict__["__dict__"].__get__
flags_of: Any = type.__dict__["__flags__"].__get__
classes_of: Any = type.__dict__["__mro__"].__get__
method_function: Any = vars(MethodType)["__func__"].__get__

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
_FUNCTIONS = {id(FunctionType), id(BuiltinFunctionType), id(MethodType)}
PYTHON_FUNCTIONS = {id(FunctionType), id(MethodType)}
# The descriptors of attributes that are stored in the object itself, by C or by `__slots__`.
_STORED = {id(GetSetDescriptorType), id(MemberDescriptorType)}
_MADE_AT_RUN_TIME = 1 << 9  # Py_TPFLAGS_HEAPTYPE
_DEEPEST = 4  # a pandas index has an array, which has an array


def plain_text(value: Any, longest: int = LONGEST_NAME) -> Optional[str]:
    """An exact `str` that can be sent, cut to `longest`; None for anything else."""
    if type(value) is not str:
        return None
    text: str = value[:longest]
    # A lone surrogate cannot be encoded: the whole message could not be sent.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def loaded_module_dict(name: str) -> Json:
    """The `__dict__` of a loaded module, `{}` if it is not loaded; runs no `__getattr__`."""
    module = loaded_module(name)
    if module is None or not issubclass(type(module), ModuleType):
        return {}
    return module_dict(module) or {}


def is_class_of(kind: type, module: str, name: str) -> bool:
    """Whether `kind` is exactly this class of a loaded library, not a subclass of it.

    The module may be the user's own, which poses as the library.
    """
    return loaded_module_dict(module).get(name) is kind


def stored(value: Any, name: str) -> Any:
    """What an object itself stores under the name, in its `__dict__` or a slot; None where it
    stores nothing, or where only code could tell.
    """
    members = instance_dict(value)
    if name in members:
        return members[name]
    member = in_class(type(value), name)
    return member.__get__(value) if id(type(member)) in _STORED else None


def instance_dict(value: Any) -> Json:
    """The `__dict__` of an object, `{}` where it has none, or one of the user's own making."""
    member = in_class(type(value), "__dict__")
    found = member.__get__(value) if id(type(member)) in _STORED else None
    return found if type(found) is dict else {}


def in_class(kind: type, name: str) -> Any:
    """What a class or the first of its bases has under the name, None where none has."""
    for owner in classes_of(kind):
        members = class_dict(owner)
        if name in members:
            return members[name]
    return None


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
    described: Json = {
        "kind": "instance",
        "type": plain_text(type_name(kind)) or "?",
        "module": plain_text(type_module(kind)),
        "version": None,
        "summary": None,
    }
    try:
        if id(kind) in _FUNCTIONS:
            described["kind"] = "function"
            function = method_function(value) if kind is MethodType else value
            # A method may be made of any callable object, whose attributes may be code.
            is_plain = type(function) is not MethodType and id(type(function)) in _FUNCTIONS
            described["module"] = plain_text(function.__module__) if is_plain else None
        elif issubclass(kind, ModuleType):
            members = module_dict(value) or {}
            described["kind"] = "module"
            described["module"] = plain_text(members.get("__name__"))
            described["version"] = plain_text(members.get("__version__"))
        elif issubclass(kind, type):
            described["kind"] = "class"
            described["type"] = plain_text(type_name(value)) or "?"
            described["module"] = plain_text(type_module(value))
        else:
            described["summary"] = summarize(value, kind, described["type"])
    except Exception:  # noqa: BLE001 - half a description is better than none
        pass
    return described


def summarize(value: Any, kind: type, name: Optional[str]) -> Optional[str]:
    """A short summary such as `3 items`; None where user code might have to run for it.

    `name` is that of the class `kind`.
    """
    if id(kind) in _SCALARS or (kind is int and -(10**15) < value < 10**15):
        return repr(value)
    unit = _UNITS.get(id(kind))
    if unit is not None:
        length = len(value)
        return "%d %s" % (length, unit if length != 1 else unit[:-1])
    if name == "ndarray" and is_class_of(kind, "numpy", "ndarray"):
        return array_summary(value) if is_fixed(kind) else None
    if name == "DataFrame" and is_class_of(kind, "pandas", "DataFrame"):
        columns, rows = pandas_axes(value, 2)
        return None if rows is None or columns is None else "%d × %d" % (rows, columns)
    if name == "Series" and is_class_of(kind, "pandas", "Series"):
        (rows,) = pandas_axes(value, 1)
        return None if rows is None else "%d items" % rows
    return None


def is_fixed(kind: type) -> bool:
    """Whether a class is written in C, so that no code can have changed it."""
    return not flags_of(kind) & _MADE_AT_RUN_TIME


def array_summary(value: Any) -> Optional[str]:
    """The shape of a NumPy array, and the name of its type."""
    dtype = value.dtype
    name = type_name(dtype.type) if is_fixed(type(dtype)) else "?"
    return "%s %s" % (value.shape, plain_text(name))


def pandas_axes(value: Any, count: int) -> List[Optional[int]]:
    """The lengths of the axes of a pandas object, None where only code could tell.

    Attributes of pandas' classes are Python code, and may have been replaced: the lengths are those
    of the arrays in which pandas stores its labels.
    """
    axes = stored(stored(value, "_mgr"), "axes")
    if type(axes) is not list or len(axes) != count:
        return [None] * count
    return [stored_length(axis, _DEEPEST) for axis in axes]


def stored_length(value: Any, depth: int) -> Optional[int]:
    """The length of a pandas index or of an array, None where only Python code could tell."""
    measure = in_class(type(value), "__len__")
    if type(measure) is WrapperDescriptorType:  # it is written in C
        length: int = measure(value)
        return length
    members = instance_dict(value)
    codes: Any = members.get("_codes")  # of a MultiIndex: an array for each level
    if issubclass(type(codes), list) and list.__len__(codes):
        return stored_length(list.__getitem__(codes, 0), depth - 1) if depth else None
    for name in ("_range", "_data", "_pa_array"):
        if name in members:
            return stored_length(members[name], depth - 1) if depth else None
    array = stored(value, "_ndarray")
    return None if array is None or not depth else stored_length(array, depth - 1)
