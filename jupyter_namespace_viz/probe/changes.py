"""What changed since the last message to the server, and which run did it?"""

from __future__ import annotations

import builtins
from operator import is_
from typing import Any, Dict, Iterable, List, Optional, Set, Tuple

from jupyter_namespace_viz.probe.mentionable import SHELL_NAMES, builtin_names, is_namable
from jupyter_namespace_viz.probe.names import NamespaceWatch
from jupyter_namespace_viz.probe.objects import Json
from jupyter_namespace_viz.probe.originals import module_dict, steady_seconds

REBOUND_TICK = 4.0  # seconds between two messages that only report that a long cell rebinds names
BUDGET = 0.02  # seconds for descriptions inside a cell's hook
PATIENT_BUDGET = 60.0  # seconds for descriptions elsewhere
CHUNK = 5000  # names described in one answer
MOST_ATTRIBUTED = 2_000  # removed names
MOST_REMOVED = 100_000  # in one delta, see `protocol/probe_messages.py`
MOST_LISTED = 2_000_000  # characters of undescribed names in one delta
MOST_LISTED_AT_ONCE = 16_000_000  # in a snapshot
MOST_TOLD = 5_000


class Changes:
    """Records which run bound or removed each name, and what the server knows already.

    `rev` is the number of deltas so far. Only one thread at a time may use it; `everything` and
    `descriptions` may run in another at the same time.
    """

    def __init__(self, shell: Any) -> None:
        self.watch = NamespaceWatch(shell)
        self.rev = 0
        self.builtins = list(module_dict(builtins))
        self.told: Json = {}  # descriptions of names that cells mentioned or bound
        self.bound_by: Dict[str, int] = {}
        self.removed_by: Dict[str, int] = {}
        self.tells_rebound_from = 0.0

    def since_last(
        self, why: str, run: Optional[Json], text: Optional[str], is_certain: bool
    ) -> Optional[Json]:
        """Looks at the namespace, attributes the changes to `run`, if that is certain, and returns
        them as a delta; None if nothing changed.
        """
        look = self.watch.look(text)
        if why == "tick" and self.watch.holds_the_same_names(look):
            # A loop rebinds its variables all the time; this need not be reported at each tick.
            if steady_seconds() < self.tells_rebound_from:
                return None
            self.tells_rebound_from = steady_seconds() + REBOUND_TICK
        changed = set(filter(is_namable, look.changed))
        removed = [name for name in look.gone if is_namable(name) and name not in SHELL_NAMES]
        for name in SHELL_NAMES.intersection(look.changed | look.gone):
            if name in look.gone or not self.watch.is_users(name):
                changed.discard(name)
                if name in self.bound_by:  # the user bound it (`open = 3`) until now
                    removed.append(name)
        came_or_went = self.changed_builtins()
        if why != "cell" and not changed and not removed and came_or_went is None:
            return None
        self.credit(changed, removed, run["serial"] if run is not None and is_certain else None)
        wanted = changed.union(filter(is_namable, look.mentioned - look.changed))
        described, undescribed = self.watch.describe(wanted, CHUNK, BUDGET)
        names = self.news(self.with_provenance(described), changed, removed)
        base, self.rev = self.rev, self.rev + 1
        self.watch.commit(look)
        listed = " ".join(undescribed)
        if len(removed) > MOST_REMOVED or len(listed) > MOST_LISTED:
            return {"op": "lost", "why": "too many names"}
        return {
            "op": "delta",
            "base": base,
            "rev": self.rev,
            "why": why,
            "run": run,
            "names": names,
            "removed": " ".join(removed),
            "undescribed": listed,
            "builtins": None if came_or_went is None else " ".join(came_or_went),
        }

    def everything(self) -> Tuple[Json, bool]:
        """The content of a snapshot: the held names, the runs that removed names, the builtins; and
        whether these are all names.
        """
        self.told = {}  # before anything is described: see `news`
        names, _, _ = self.watch.fingerprint()
        described, undescribed = self.describe(names)
        listed = " ".join(undescribed)
        is_complete = len(listed) <= MOST_LISTED_AT_ONCE
        content = {
            "names": described,
            "undescribed": listed
            if is_complete
            else listed[:MOST_LISTED_AT_ONCE].rpartition(" ")[0],
            "removed_by": dict(self.removed_by),
            "builtins": " ".join(builtin_names(list(module_dict(builtins)))),
        }
        return content, is_complete

    def descriptions(self, names: List[str]) -> Json:
        """Describes those of the names that are held, at most `CHUNK`."""
        self.told = {}
        return self.describe(names[:CHUNK])[0]

    def describe(self, names: Iterable[str]) -> Tuple[Json, List[str]]:
        """Describes those of the names that are held; returns the rest of the names, too."""
        wanted = filter(is_namable, names)
        described, undescribed = self.watch.describe(wanted, CHUNK, PATIENT_BUDGET)
        return self.with_provenance(described), undescribed

    def referred_runs(self) -> Set[int]:
        """The serials of the runs that bound or removed a name."""
        return set(self.bound_by.copy().values()).union(self.removed_by.copy().values())

    # --- keeping the records

    def changed_builtins(self) -> Optional[List[str]]:
        """The builtins, if any were added or removed since the last call; else None."""
        before, self.builtins = self.builtins, list(module_dict(builtins))
        if len(before) == len(self.builtins) and all(map(is_, before, self.builtins)):
            return None
        names = builtin_names(self.builtins)
        return None if names == builtin_names(before) else names

    def news(self, described: Json, changed: Set[str], removed: List[str]) -> Json:
        """Removes the descriptions that the server knows: most names that a text mentions are
        unchanged.

        A server that gets a snapshot may see a newer description than `told` has, so each snapshot
        clears `told`.
        """
        told = self.told
        for name in removed:
            told.pop(name, None)
        for name in [it for it in described if it not in changed and told.get(it) == described[it]]:
            del described[name]
        told.update(described)
        if len(told) > MOST_TOLD:
            told.clear()
        return described

    def credit(self, changed: Set[str], removed: List[str], serial: Optional[int]) -> None:
        """Records the run that bound or removed these names; `serial` is None for other code."""
        for name in changed:
            self.removed_by.pop(name, None)
            if serial is None:
                self.bound_by.pop(name, None)
            else:
                self.bound_by[name] = serial
        for name in removed:
            self.bound_by.pop(name, None)
            if serial is not None:
                self.removed_by[name] = serial
        if len(self.removed_by) > MOST_ATTRIBUTED:
            # In bulk: finding the first key gets slower each time the first key is deleted.
            newest = list(self.removed_by.items())[-MOST_ATTRIBUTED // 2 :]
            self.removed_by = dict(newest)

    def with_provenance(self, described: Json) -> Json:
        """Adds to each description the serial of the run that bound the name."""
        for name, record in described.items():
            record["bound_by"] = self.bound_by.get(name)
        return described
