"""Which runs has this kernel executed?"""

from __future__ import annotations

from contextvars import copy_context
from operator import itemgetter
from typing import Any, Dict, List, Optional, Set

from jupyter_namespace_viz.probe.objects import Json, name_in_message, plain_text
from jupyter_namespace_viz.probe.originals import steady_seconds

LONGEST_SOURCE = 1_000_000
MOST_RUNS = 5_000
MOST_SOURCE = 4_000_000  # characters of all remembered runs together

_NO_MODULE = "No module named '"  # how Python's own message begins


class RunMemory:
    """Remembers the last run of each cell id and the runs without one, within limits.

    A run that a later run of the same cell replaced is kept while a name refers to it. `complete`
    is False once a run was forgotten, or when some were never known.
    """

    def __init__(self) -> None:
        self.serial = 0
        self.by_cell: Dict[str, Json] = {}
        self.others: Dict[int, Json] = {}
        self.replaced: Dict[int, Json] = {}
        self.size = 0
        self.complete = True

    def begin(
        self,
        cell_id: Optional[str],
        source: str,
        client: Optional[str] = None,
        from_notebook: bool = False,
    ) -> Json:
        """Makes the record of a run that begins; `remember` takes it when the run has ended."""
        self.serial += 1
        return {
            "serial": self.serial,
            "cell_id": cell_id,
            "client": client,
            "from_notebook": from_notebook,
            "execution_count": None,
            "source": source,
            "succeeded": None,
            "witnessed": True,
            "seconds": None,
            "error": None,
            "missing_module": None,
            "missing_name": None,
        }

    def remember(self, run: Json) -> None:
        """Adds a run that has ended, and forgets the oldest ones beyond the limits."""
        cell_id = run["cell_id"]
        if cell_id is None:
            self.others[run["serial"]] = run
        else:
            replaced = self.by_cell.pop(cell_id, None)
            if replaced is not None and replaced["serial"] != run["serial"]:
                self.size -= len(replaced["source"])
                self.replaced[replaced["serial"]] = replaced
            self.by_cell[cell_id] = run
        self.size += len(run["source"])
        while len(self.others) + len(self.by_cell) > MOST_RUNS or self.size > MOST_SOURCE:
            if self.others:
                forgotten = self.others.pop(next(iter(self.others)))
            else:
                forgotten = self.by_cell.pop(next(iter(self.by_cell)))
            self.size -= len(forgotten["source"])
            self.complete = False

    def remember_history(self, shell: Any) -> None:
        """Adds the runs from before the probe was installed, from IPython's history.

        The history has one text for each execution count. Where the two disagree (the history was
        cleared, or is switched off) it is unknown what ran.
        """
        count = shell.execution_count
        history = getattr(shell.history_manager, "input_hist_raw", None)
        exceptions = getattr(shell.history_manager, "exceptions", None)
        failed = exceptions if type(exceptions) is dict else {}
        if type(history) is not list or len(history) != count:
            self.complete = self.complete and count <= 1
            return
        for number, source in enumerate(history[1:], 1):
            text = plain_text(source, LONGEST_SOURCE)
            if text is None:
                self.complete = False
                continue
            run = self.begin(None, text)
            run.update(
                execution_count=number,
                succeeded=number not in failed,
                witnessed=False,
                **stored_error(failed.get(number)),
            )
            self.remember(run)

    def forget_replaced(self, referred: Set[int]) -> None:
        """Forgets the replaced runs that no name refers to."""
        self.replaced = {serial: run for serial, run in self.replaced.items() if serial in referred}

    def records(self, referred: Set[int]) -> List[Json]:
        """All remembered runs, oldest first; replaced ones only where a name refers to them."""
        runs = list(self.by_cell.values()) + list(self.others.values())
        runs += [run for run in list(self.replaced.values()) if run["serial"] in referred]
        return sorted(runs, key=itemgetter("serial"))


def stored_error(stored: Any) -> Json:
    """What a run's record says about its error, from what IPython's history keeps of it."""
    if type(stored) is not dict:
        return {}
    error, message = plain_text(stored.get("ename")), plain_text(stored.get("evalue"))
    missing = None
    if error == "ModuleNotFoundError" and message is not None:
        before, _, module = message.partition(_NO_MODULE)
        missing = module[:-1] if not before and module.endswith("'") else None
    name = name_in_message(message) if error == "NameError" else None
    return {"error": error, "missing_module": missing, "missing_name": name}


class OpenRun:
    """A run in progress: the id of the request that started it, and the depth of nested runs.

    `context` is the `contextvars` context in which the run began. Only there ipykernel 7.0 knows
    which request a message belongs to; in a thread with another context it raises.
    """

    __slots__ = ("began", "context", "depth", "message_id", "record")

    def __init__(self, message_id: Optional[str], record: Json) -> None:
        self.message_id, self.record = message_id, record
        self.depth = 1
        self.context = copy_context()
        self.began = steady_seconds()
