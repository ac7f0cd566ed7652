"""Which modules must the kernel be asked about, and when?

A module that was requested once is asked for again after every run, and in every later generation.
Modules that are not found or not loaded come first, so that an installation or an import is seen at
once. Loaded modules wait until the kernel is idle, and the probe leaves out those that have not
changed. What a star import gives, and where the kernel looks for modules, is asked for until it is
known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import msgspec

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.kernel.probe_client import ProbeClient
from jupyter_namespace_viz.kernel.replica.namespace_replica import NamespaceReplica
from jupyter_namespace_viz.kernel.transports.pending_replies import is_done
from jupyter_namespace_viz.protocol.probe_messages import Found, ModuleRecord, Starred

MOST_MODULES = 5_000
"""Modules that are remembered; beyond that, the oldest are not asked for any more."""

CHUNK = 500
"""Modules in one question."""


class ModuleQueries:
    """The requested modules, and the callers that wait for an answer about them."""

    def __init__(self) -> None:
        self._requested: dict[str, None] = {}
        self._requested_stars: dict[str, None] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._are_open_due = False
        self._are_loaded_due = False
        self._asked_at = 0.0

    def request(self, names: Iterable[str], stars: Iterable[str] = ()) -> None:
        """Remembers these modules, and those from which star imports are made."""
        for requested, more in ((self._requested, names), (self._requested_stars, stars)):
            for name in more:
                if name not in requested:
                    requested[name] = None
                    self._are_open_due = True
            while len(requested) > MOST_MODULES:
                del requested[next(iter(requested))]

    def mark_all_due(self) -> None:
        """A cell ran, or the process is another one: all must be asked for again."""
        self._are_open_due = self._are_loaded_due = bool(self._requested or self._requested_stars)

    def were_asked_within(self, seconds: float) -> bool:
        """Whether the last question was less than `seconds` ago."""
        return asyncio.get_running_loop().time() - self._asked_at < seconds

    def are_due(self, is_busy: bool, is_watched: bool) -> bool:
        """Whether something must be asked now; without watchers, only for callers that wait."""
        due = self._are_open_due or (self._are_loaded_due and not is_busy)
        return due and (is_watched or bool(self._waiting))

    async def answered(self, timeout: float) -> None:
        """Returns after the next round of questions, answered or not; waits `timeout` seconds."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._are_open_due = self._are_loaded_due = True
        await is_done(waiting, timeout)

    def release(self) -> None:
        """Ends the wait of all callers."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def ask(
        self, client: ProbeClient, replica: NamespaceReplica, is_busy: bool, timeout: float
    ) -> None:
        """Asks for what is due and applies the answers; raises what `ProbeClient.ask` raises."""
        self._asked_at = asyncio.get_running_loop().time()
        known = replica.namespace.modules
        asks_all = self._are_loaded_due and (not is_busy or bool(self._waiting))
        names = sorted(self._requested) if asks_all else self._open_modules(known)
        self._are_open_due = False
        self._are_loaded_due = self._are_loaded_due and not asks_all
        try:
            for start in range(0, len(names), CHUNK):
                asked = names[start : start + CHUNK]
                marks = {name: known[name].mark for name in asked if name in known}
                question = {"op": "find", "names": asked, "known": marks}
                found = await client.ask(question, Found, timeout)
                replica.apply_modules(
                    {name: _answer(name, record) for name, record in found.modules.items()}
                )
            await self._ask_for_stars(client, replica, timeout)
        except BaseException:
            self._are_open_due = self._are_loaded_due = True
            raise
        finally:
            self.release()

    async def _ask_for_stars(
        self, client: ProbeClient, replica: NamespaceReplica, timeout: float
    ) -> None:
        known = replica.namespace
        names = [name for name in self._requested_stars if name not in known.star_names]
        if names or not known.paths:
            question = {"op": "stars", "names": names[:CHUNK]}
            answer = await client.ask(question, Starred, timeout)
            given = {name: it for name, it in answer.modules.items() if it is not None}
            replica.apply_stars(
                {name: frozenset(names) for name, names in given.items()},
                tuple(answer.paths),
                answer.folder,
            )

    def _open_modules(self, known: Mapping[str, ModuleAnswer]) -> list[str]:
        """Those that are not known to be loaded."""
        return sorted(
            name
            for name in self._requested
            if name not in known or not known[name].found or known[name].loaded_as is None
        )


def _answer(name: str, record: ModuleRecord) -> ModuleAnswer:
    facts = msgspec.structs.asdict(record)
    lists = {key: tuple(it) for key, it in facts.items() if isinstance(it, list)}
    return ModuleAnswer(name, **{**facts, **lists})
