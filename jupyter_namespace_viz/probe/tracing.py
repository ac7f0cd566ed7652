"""How does a hook stay invisible to tools that trace the user's code?"""

from __future__ import annotations

import sys
import types
from typing import Any, Callable, Tuple

from jupyter_namespace_viz.probe.objects import PYTHON_FUNCTIONS


def suspend_tracing() -> Tuple[Any, Any]:
    """Removes the user's `sys.settrace` and `sys.setprofile` functions from this thread.

    Returns what `resume_tracing` restores. Only functions written in Python are removed: debuggers,
    cProfile and coverage set objects that could not be restored as they were. A debugger also
    replaces `sys.settrace` and `sys.setprofile` by functions that warn.
    """
    suspended = []
    for get, function in ((sys.gettrace, sys.settrace), (sys.getprofile, sys.setprofile)):
        used = get()
        if id(type(used)) in PYTHON_FUNCTIONS and type(function) is types.BuiltinFunctionType:
            function(None)
            suspended.append(used)
        else:
            suspended.append(None)
    return suspended[0], suspended[1]


def resume_tracing(suspended: Tuple[Any, Any]) -> None:
    """Restores what `suspend_tracing` removed."""
    tracer, profiler = suspended
    if profiler is not None:
        sys.setprofile(profiler)
    if tracer is not None:
        sys.settrace(tracer)


def untraced(hook: Callable[..., None]) -> Callable[..., None]:
    """Wraps a hook so that the user's trace function sees a single call of it.

    A slow trace function must not slow the hook down, and its errors must not reach the hook.
    """

    def run(*args: Any) -> None:
        suspended = suspend_tracing()
        try:
            hook(*args)
        finally:
            resume_tracing(suspended)

    return run
