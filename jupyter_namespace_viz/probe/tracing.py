"""How does a hook stay out of sight of what traces the user's code?"""

from __future__ import annotations

import sys
import types
from typing import Any, Callable, Tuple

from jupyter_namespace_viz.probe.objects import PYTHON_FUNCTIONS


def suspend_tracing() -> Tuple[Any, Any]:
    """Switches off what the user's `sys.settrace` and `sys.setprofile` do in this thread.

    Returns what `resume_tracing` switches on again. Only functions written in Python are let go:
    debuggers, cProfile and coverage hand in objects that would not come back as they were. A
    debugger also puts functions of its own, which complain, in the place of these two.
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
    """Switches on again what was suspended."""
    tracer, profiler = suspended
    if profiler is not None:
        sys.setprofile(profiler)
    if tracer is not None:
        sys.settrace(tracer)


def untraced(hook: Callable[..., None]) -> Callable[..., None]:
    """The hook, of which what the user traces with sees but one call; it must not slow us down,
    and what it raises must not hit us.
    """

    def run(*args: Any) -> None:
        suspended = suspend_tracing()
        try:
            hook(*args)
        finally:
            resume_tracing(suspended)

    return run
