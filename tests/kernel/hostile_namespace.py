"""Run in a kernel as one cell: objects that note in `CALLS` whenever any of their code runs."""

import sys
import types

CALLS = []


def note(what):
    CALLS.append(what)


def noting(name, value=None):
    def method(*args):
        note(name)
        return value

    return method


METHODS = {
    "__bool__": True,
    "__delattr__": None,
    "__dir__": [],
    "__eq__": True,
    "__format__": "",
    "__getitem__": None,
    "__hash__": 1,
    "__instancecheck__": False,
    "__iter__": iter(()),
    "__len__": 5,
    "__ne__": False,
    "__reduce_ex__": (),
    "__repr__": "",
    "__sizeof__": 1,
    "__str__": "",
    "__subclasscheck__": True,
}


def noting_methods(owner):
    return {name: noting(f"{owner}.{name}", value) for name, value in METHODS.items()}


def noting_getattribute(base, owner):
    def getattribute(self, name):
        note(f"{owner}.__getattribute__ {name}")
        return base.__getattribute__(self, name)

    return {
        "__getattribute__": getattribute,
        "__getattr__": noting(f"{owner}.__getattr__"),
        "__class__": property(noting(f"{owner}.__class__", int)),
        "shape": property(noting(f"{owner}.shape", (1, 1))),
    }


Meta = type(
    "Meta",
    (type,),
    {
        **noting_methods("Meta"),
        "__getattribute__": noting_getattribute(type, "Meta")["__getattribute__"],
        "__name__": property(noting("Meta.__name__", "x")),
    },
)
Evil = Meta("Evil", (), {**noting_methods("Evil"), **noting_getattribute(object, "Evil")})
evil = Evil()

for base, content in (
    (list, ([1],)),
    (dict, ({},)),
    (str, ("text",)),
    (int, (3,)),
    (float, (3.5,)),
    (tuple, ((1, 2),)),
    (bytes, (b"b",)),
    (types.ModuleType, ("evil_module",)),
):
    owner = f"Evil{base.__name__.title()}"
    cls = type(owner, (base,), {**noting_methods(owner), **noting_getattribute(base, owner)})
    globals()[owner.lower()] = cls(*content)
sys.modules["evil_module"] = globals()["evilmodule"]


class LazyLoader(types.ModuleType):
    """As TensorFlow's: any attribute loads the module."""

    def __getattr__(self, name):
        note(f"LazyLoader.__getattr__ {name}")
        raise AttributeError(name)


lazy_loader = LazyLoader("wave")


def lazy_import(name):
    """As `importlib` documents it."""
    import importlib.util

    spec = importlib.util.find_spec(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


lazy_module = lazy_import("nturl2path")
module_without_dict = types.ModuleType.__new__(types.ModuleType)


def function():
    pass


function.__module__ = evil
function.__dict__.update(shape=evil)
OddClass = type("OddClass", (), {"__module__": evil})
odd = OddClass()


class StrKey(str):
    def __eq__(self, other):
        note("StrKey.__eq__")
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class ObjectKey:
    def __hash__(self):
        return 7

    def __eq__(self, other):
        note("ObjectKey.__eq__")
        return self is other

    def __repr__(self):
        note("ObjectKey.__repr__")
        return ""


globals().update({5: "a number as a key", ("t",): 1, None: 2, StrKey("str_key"): 1, ObjectKey(): 3})
globals().update({"\ud800": "surrogate", "a" * 5000: "long", "not an identifier": 1, "": 1})
surrogate_text = "\ud800"
huge = [0] * 5_000_000
selfref = []
selfref.append(selfref)
del base, content, owner, cls
CALLS.clear()
