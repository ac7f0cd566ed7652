"""Run in a kernel as one cell: objects that load, print, sleep, raise or recurse when touched.

`CALLS` notes whenever any of their code runs. The loaders do what those of TensorFlow and of
transformers do; the folder of the kernel has a package `heavy` that notes when it is loaded.
"""

import asyncio
import builtins
import contextvars
import enum
import functools
import importlib
import io
import itertools
import mmap
import sqlite3
import sys
import tempfile
import time
import types
import weakref
from unittest import mock

CALLS = builtins.CALLS_OF_HEAVY = []


# --- modules that are loaded when they are used ---------------------------------------------------


class TensorFlowLoader(types.ModuleType):
    """Loads its module when an attribute is asked for, and lets it take its place."""

    def __init__(self, local_name, parent_globals, name):
        super().__init__(name)
        self._local_name = local_name
        self._parent_globals = parent_globals

    def _load(self):
        CALLS.append("TensorFlowLoader")
        module = importlib.import_module(self.__name__)
        self._parent_globals[self._local_name] = module
        self.__dict__.update(module.__dict__)
        return module

    def __getattr__(self, name):
        return getattr(self._load(), name)

    def __dir__(self):
        return dir(self._load())

    def __repr__(self):
        return repr(self._load())


class TransformersModule(types.ModuleType):
    """Stands in `sys.modules` for a package whose parts it loads when they are asked for."""

    def __init__(self, name, parts):
        super().__init__(name)
        self._parts = parts
        self.__all__ = list(itertools.chain(*parts.values()))
        self.__path__ = []

    def __dir__(self):
        CALLS.append("TransformersModule.__dir__")
        return [*super().__dir__(), *self.__all__]

    def __getattr__(self, name):
        CALLS.append(f"TransformersModule.__getattr__ {name}")
        for part, names in self._parts.items():
            if name in names:
                return getattr(importlib.import_module(f"heavy.{part}"), name)
        raise AttributeError(name)

    def __reduce__(self):
        CALLS.append("TransformersModule.__reduce__")
        return super().__reduce__()


def module_getattr(name):
    CALLS.append(f"module __getattr__ {name}")
    return importlib.import_module("heavy.part")


tensorflow_module = TensorFlowLoader("tensorflow_module", globals(), "heavy")
transformers_module = TransformersModule("hf", {"part": ["Model", "Tokenizer"]})
sys.modules["hf"] = transformers_module
pep_562_module = types.ModuleType("pep_562")
pep_562_module.__getattr__ = module_getattr
sys.modules["pep_562"] = pep_562_module
without_name = types.ModuleType("without_name")
del without_name.__dict__["__name__"]


# --- objects that stand for others ----------------------------------------------------------------


def noted(name):
    def method(self, *args, **options):
        CALLS.append(f"{type.__getattribute__(type(self), '__qualname__')}.{name}")
        return int

    return method


SPECIAL = (
    "__abs__ __bool__ __bytes__ __call__ __complex__ __contains__ __delattr__ __dir__ __enter__ "
    "__eq__ __float__ __format__ __ge__ __getitem__ __gt__ __hash__ __index__ __int__ __iter__ "
    "__le__ __len__ __length_hint__ __lt__ __ne__ __next__ __reduce__ __reduce_ex__ __repr__ "
    "__round__ __setattr__ __sizeof__ __str__ __getstate__ __array__ __array_interface__ "
    "__dataframe__ _repr_html_ _repr_mimebundle_ _ipython_display_"
).split()


class LocalProxy:
    """As werkzeug's: asks a function for the object on each access."""

    __slots__ = ("_get",)
    for method in SPECIAL:
        locals()[method] = noted(method)

    def __init__(self, get):
        object.__setattr__(self, "_get", get)

    __class__ = property(noted("__class__"))
    __doc__ = property(noted("__doc__"))
    __dict__ = property(noted("__dict__"))
    __wrapped__ = property(noted("__wrapped__"))
    shape = property(noted("shape"))

    def __getattr__(self, name):
        CALLS.append(f"LocalProxy.__getattr__ {name}")
        return getattr(object.__getattribute__(self, "_get")(), name)


class ObjectProxy(LocalProxy):
    """As wrapt's, of which a module is wrapped."""


local_proxy = LocalProxy(lambda: CALLS.append("resolved") or importlib.import_module("heavy"))
object_proxy = ObjectProxy(lambda: CALLS.append("resolved") or sys)
context_proxy = LocalProxy(contextvars.ContextVar("nobody_set_it").get)


class Alive:
    pass


alive = Alive()
proxy_of_the_living = weakref.proxy(alive)
proxy_of_the_dead = weakref.proxy(Alive())
mocked = mock.Mock(name="mocked")
magic_mock = mock.MagicMock(name="magic_mock")
mocked_class = mock.create_autospec(io.StringIO)
mocked_module = mock.create_autospec(tempfile)
non_callable = mock.NonCallableMagicMock(spec=dict)


# --- what their methods do ------------------------------------------------------------------------


def does(name, action):
    methods = {
        method: lambda self, *args, method=method: (CALLS.append(f"{name}.{method}"), action(self))
        for method in SPECIAL
    }
    methods["__getattribute__"] = lambda self, it: (CALLS.append(f"{name}.{it}"), action(self))
    return type(name, (), methods)()


def raise_it(error):
    raise error


def leave(name):
    globals()[name] = "a side effect"
    sys.stdout.write("a side effect")


raises = does("Raises", lambda self: raise_it(RuntimeError("touched")))
interrupts = does("Interrupts", lambda self: raise_it(KeyboardInterrupt()))
exits = does("Exits", lambda self: raise_it(SystemExit(3)))
sleeps = does("Sleeps", lambda self: time.sleep(60))
recurses = does("Recurses", repr)
prints = does("Prints", lambda self: leave("left_behind"))


class Meta(type):
    for method in SPECIAL:
        if method not in ("__call__", "__setattr__", "__delattr__"):
            locals()[method] = noted(method)
    __instancecheck__ = noted("__instancecheck__")
    __subclasscheck__ = noted("__subclasscheck__")
    __module__ = property(noted("__module__"))
    __name__ = property(noted("__name__"))

    def mro(cls):
        return [cls, object]


class WithMeta(metaclass=Meta):
    pass


with_meta = WithMeta()


class Colour(enum.Enum):
    RED = 1


class Cached:
    @functools.cached_property
    def shape(self):
        CALLS.append("Cached.shape")

    def __init_subclass__(cls):
        CALLS.append("Cached.__init_subclass__")


cached = Cached()
an_error = ValueError(cached, sleeps)
members = {"raises": raises, "sleeps": sleeps}
partial = functools.partial(noted("partial"), raises)
a_property = property(noted("a_property"))


# --- what is open, closed, and large --------------------------------------------------------------


def steps():
    CALLS.append("a generator's step")
    yield 1


async def waits():
    CALLS.append("a coroutine's step")


async def asynchronous_steps():
    CALLS.append("an asynchronous generator's step")
    yield 1


generator, coroutine, asynchronous_generator = steps(), waits(), asynchronous_steps()
finished_generator = steps()
finished_generator.close()
future = asyncio.get_event_loop().create_future()
mapped = map(noted("map"), [1, 2, 3])
zipped, filtered = zip(steps()), filter(noted("filter"), [1])
open_file = tempfile.TemporaryFile()  # noqa: SIM115
closed_file = tempfile.TemporaryFile()  # noqa: SIM115
closed_file.close()
closed_database = sqlite3.connect(":memory:")
closed_database.close()
TEN_GB = 10 * 2**30
sparse_file = tempfile.TemporaryFile()  # noqa: SIM115
sparse_file.truncate(TEN_GB)
ten_gb = mmap.mmap(sparse_file.fileno(), TEN_GB, access=mmap.ACCESS_READ)
view_of_ten_gb = memoryview(ten_gb)
released_view = memoryview(b"x")
released_view.release()
endless = itertools.count()
try:
    import numpy
except ImportError:
    ten_gb_array = strange_array = view_of_ten_gb
else:

    class StrangeArray(numpy.ndarray):
        def __array_finalize__(self, parent):
            CALLS.append("StrangeArray.__array_finalize__")

        @property
        def shape(self):
            CALLS.append("StrangeArray.shape")

    ten_gb_array = numpy.memmap(sparse_file, mode="r", shape=(TEN_GB // 8,), dtype="f8")
    ten_gb_array = ten_gb_array.view(numpy.ndarray)
    strange_array = numpy.zeros(3).view(StrangeArray)
CALLS.clear()
