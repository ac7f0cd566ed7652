"""Which signals end a watch, and how? SIGTERM and SIGHUP end it as Ctrl-C does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_TERMINATION = {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Inside, SIGINT, SIGTERM and SIGHUP raise KeyboardInterrupt, once the event loop is at rest.

    A shell starts background jobs with SIGINT ignored; a watch has to end on it all the same. An
    ignored SIGHUP stays ignored: `nohup` asks for that. When one of SIGTERM and SIGHUP has
    arrived both are ignored, for they often come together (a closed terminal, a stopped service)
    and must not interrupt the cleaning up.
    """
    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler)}

    def interrupt(*_: object) -> None:
        for number in _TERMINATION:
            signal.signal(number, signal.SIG_IGN)
        # asyncio cancels its main task on SIGINT, and raises KeyboardInterrupt when that is done.
        signal.raise_signal(signal.SIGINT)

    for number in _TERMINATION:
        if signal.getsignal(number) != signal.SIG_IGN:
            before[number] = signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
