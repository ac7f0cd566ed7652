"""How does a hook stay invisible to tools that trace the user's code?"""

from __future__ import annotations

import functools
from sys import getprofile, gettrace, setprofile, settrace
from types import BuiltinFunctionType, FunctionType
from typing import Any, Callable, List, Tuple

from jupyter_namespace_viz.probe.objects import PYTHON_FUNCTIONS, in_class

# A debugger may have replaced them by functions that warn.
_ARE_PYTHONS = type(settrace) is type(setprofile) is BuiltinFunctionType
_TRACING = ((gettrace, settrace), (getprofile, setprofile)) if _ARE_PYTHONS else ()


_PARTIAL = id(functools.partial)


def is_called_as_python(used: Any) -> bool:
    """Whether a call of the object, which is no function, runs Python code."""
    kind = type(used)
    return id(kind) == _PARTIAL or type(in_class(kind, "__call__")) is FunctionType


def suspend_tracing() -> Tuple[Any, ...]:
    """Removes the user's `sys.settrace` and `sys.setprofile` functions from this thread.

    Returns what `resume_tracing` restores. Only what is written in Python is removed: debuggers,
    cProfile and coverage set objects written in C that could not be restored as they were.
    """
    suspended: List[Any] = []
    for get, function in _TRACING:
        used = get()
        if used is None:
            suspended.append(None)
        elif id(type(used)) in PYTHON_FUNCTIONS or is_called_as_python(used):
            function(None)
            suspended.append(used)
        else:
            suspended.append(None)
    return tuple(suspended)


def resume_tracing(suspended: Tuple[Any, ...]) -> None:
    """Restores what `suspend_tracing` removed."""
    tracer, profiler = suspended or (None, None)
    if profiler is not None:
        setprofile(profiler)
    if tracer is not None:
        settrace(tracer)


def untraced(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps a hook so that the user's trace function sees a single call of it.

    A slow trace function must not slow the hook down, and its errors must not reach the hook.
    """

    def run(*args: Any) -> Any:
        suspended = suspend_tracing()
        try:
            return hook(*args)
        finally:
            resume_tracing(suspended)

    return run
