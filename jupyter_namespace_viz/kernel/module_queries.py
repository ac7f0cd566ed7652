"""Which modules does somebody want to know of, and which of them must be asked for again?

Once wanted, a module is asked for again after every run, and in every later generation. Those that
are not found or not loaded come first, so that an installation or an import is seen at once; what
is loaded waits until the kernel is idle, and is told again only if something of it changed. What a
star import gives is asked for while it is not known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import msgspec

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.kernel.attachment import Attachment
from jupyter_namespace_viz.kernel.replica import Ledger
from jupyter_namespace_viz.kernel.transports.base import is_done
from jupyter_namespace_viz.protocol.probe_messages import Found, ModuleRecord, Starred

MOST_MODULES = 5_000
"""Modules that are remembered; more than that, and the older ones are asked for no more."""

CHUNK = 500
"""Modules in one question."""


class ModuleQuestions:
    """The modules that are wanted, and who waits for an answer about them."""

    def __init__(self) -> None:
        self._wanted: dict[str, None] = {}
        self._stars: dict[str, None] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._open_are_due = False
        self._settled_are_due = False
        self._asked_at = 0.0

    def want(self, names: Iterable[str], stars: Iterable[str] = ()) -> None:
        """Remembers these modules, and those whose star imports give names."""
        for wanted, more in ((self._wanted, names), (self._stars, stars)):
            for name in more:
                if name not in wanted:
                    wanted[name] = None
                    self._open_are_due = True
            while len(wanted) > MOST_MODULES:
                del wanted[next(iter(wanted))]

    def fall_due(self) -> None:
        """Something ran, or another process did: all must be asked for again."""
        self._open_are_due = self._settled_are_due = bool(self._wanted or self._stars)

    def were_asked_within(self, seconds: float) -> bool:
        """Whether the last question is not older than that."""
        return asyncio.get_running_loop().time() - self._asked_at < seconds

    def are_due(self, is_busy: bool, is_watched: bool) -> bool:
        """Whether there is something to ask now: while nobody watches only for those who wait."""
        due = self._open_are_due or (self._settled_are_due and not is_busy)
        return due and (is_watched or bool(self._waiting))

    async def answered(self, timeout: float) -> None:
        """Returns when the next round of questions is over, answered or not, or time is up."""
        told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(told)
        self._open_are_due = self._settled_are_due = True
        await is_done(told, timeout)

    def release(self) -> None:
        """Lets those go on who wait: nobody can be asked now."""
        waiting, self._waiting = self._waiting, []
        for told in waiting:
            if not told.done():
                told.set_result(None)

    async def ask(
        self, attachment: Attachment, ledger: Ledger, is_busy: bool, timeout: float
    ) -> None:
        """Asks what is due and tells the ledger; raises what `Attachment.ask` raises."""
        self._asked_at = asyncio.get_running_loop().time()
        known = ledger.namespace.modules
        takes_all = self._settled_are_due and (not is_busy or bool(self._waiting))
        names = sorted(self._wanted) if takes_all else self._open(known)
        self._open_are_due = False
        self._settled_are_due = self._settled_are_due and not takes_all
        try:
            for start in range(0, len(names), CHUNK):
                asked = names[start : start + CHUNK]
                marks = {name: known[name].mark for name in asked if name in known}
                question = {"op": "find", "names": asked, "known": marks}
                found = await attachment.ask(question, Found, timeout)
                ledger.take_modules(
                    {name: _answer(name, record) for name, record in found.modules.items()}
                )
            await self._ask_for_stars(attachment, ledger, timeout)
        except BaseException:
            self._open_are_due = self._settled_are_due = True
            raise
        finally:
            self.release()

    async def _ask_for_stars(self, attachment: Attachment, ledger: Ledger, timeout: float) -> None:
        known = ledger.namespace
        names = [name for name in self._stars if name not in known.star_names]
        if names or (self._stars and not known.paths):
            question = {"op": "stars", "names": names[:CHUNK]}
            answer = await attachment.ask(question, Starred, timeout)
            given = {name: it for name, it in answer.modules.items() if it is not None}
            ledger.take_stars(
                {name: frozenset(names) for name, names in given.items()},
                tuple(answer.paths),
                answer.folder,
            )

    def _open(self, known: Mapping[str, ModuleAnswer]) -> list[str]:
        return sorted(
            name
            for name in self._wanted
            if name not in known or not known[name].found or known[name].loaded_as is None
        )


def _answer(name: str, record: ModuleRecord) -> ModuleAnswer:
    facts = msgspec.structs.asdict(record)
    lists = {key: tuple(it) for key, it in facts.items() if isinstance(it, list)}
    return ModuleAnswer(name, **{**facts, **lists})
