"""Run in a kernel as one cell: parts of Python itself, replaced by ones that note their calls.

`CALLS` has those that the probe makes itself, or that Python makes for it. The kernel's own
packages, which send its messages, call some of them too.
"""

import sys

getframe = sys._getframe
CALLS = []
OTHERS = (
    "/IPython/",
    "/comm/",
    "/ipykernel/",
    "/jupyter_client/",
    "/tornado/",
    "/traitlets/",
    "/zmq/",
)


def note(what):
    frame = getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if file == "<jupyter_namespace_viz>":
            CALLS.append(what)
            return
        for folder in OTHERS:
            if folder in file:
                return
        frame = frame.f_back


def replaced(owner, *names):
    """Puts functions that note their calls in the place of these."""
    for name in names:
        original = getattr(owner, name)
        setattr(owner, name, noting(name, original))


def noting(name, original):
    def call(*args, **options):
        note(name)
        return original(*args, **options)

    return call


def noting_subclass(base, *kept):
    """A subclass whose methods, but for those that are needed to make it, note their calls."""
    kept = {"__class__", "__getattribute__", "__init__", "__new__", "__init_subclass__", *kept}
    names = [it for it in vars(base) if callable(getattr(base, it)) and it not in kept]
    methods = {it: noting(f"{base.__name__}.{it}", getattr(base, it)) for it in names}
    methods["__hash__"] = base.__hash__
    return type("Noting" + base.__name__.title(), (base,), methods)


NotingDict, NotingList = noting_subclass(dict), noting_subclass(list)


class Callable:
    """A callable object; any attribute of it is code."""

    def __getattribute__(self, name):
        note(f"Callable.{name}")
        raise AttributeError(name)

    def __call__(self, *args):
        note("Callable")
        return self

    def __eq__(self, other):
        note("Callable.__eq__")
        return False

    __hash__ = object.__hash__
