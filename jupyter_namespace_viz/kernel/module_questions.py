"""Which modules does somebody want to know of, and which of them must be asked for again?

Once wanted, a module is asked for again after every run while it is not found or not loaded, so
that an installation or an import is seen, and in every later generation. So is what its star
import gives, while that is not known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from jupyter_namespace_viz.core.namespace import ModuleAnswer
from jupyter_namespace_viz.kernel.attachment import Attachment
from jupyter_namespace_viz.kernel.channels import is_done
from jupyter_namespace_viz.kernel.ledger import Ledger
from jupyter_namespace_viz.protocol.probe_messages import Found, Starred

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
        self.are_due = False

    def want(self, names: Iterable[str], stars: Iterable[str] = ()) -> None:
        """Remembers these modules, and those whose star imports give names."""
        for wanted, more in ((self._wanted, names), (self._stars, stars)):
            for name in more:
                if name not in wanted:
                    wanted[name] = None
                    self.are_due = True
            while len(wanted) > MOST_MODULES:
                del wanted[next(iter(wanted))]

    def fall_due(self) -> None:
        """Something ran, or another process did: what was open must be asked again."""
        self.are_due = bool(self._wanted or self._stars)

    async def answered(self, timeout: float) -> None:
        """Returns when the next round of questions is over, answered or not, or time is up."""
        told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(told)
        self.are_due = True
        await is_done(told, timeout)

    def release(self) -> None:
        """Lets those go on who wait: nobody can be asked now."""
        waiting, self._waiting = self._waiting, []
        for told in waiting:
            if not told.done():
                told.set_result(None)

    async def ask(self, attachment: Attachment, ledger: Ledger, timeout: float) -> None:
        """Asks what is open and tells the ledger; raises what `Attachment.ask` raises."""
        self.are_due = False
        try:
            names = self._open(ledger.namespace.modules)
            for start in range(0, len(names), CHUNK):
                question = {"op": "find", "names": names[start : start + CHUNK]}
                found = await attachment.ask(question, Found, timeout)
                ledger.take_modules(
                    {
                        name: ModuleAnswer(name, record.found, record.loaded_as)
                        for name, record in found.modules.items()
                    }
                )
            await self._ask_for_stars(attachment, ledger, timeout)
        except BaseException:
            self.are_due = True
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
