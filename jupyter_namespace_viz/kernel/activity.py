"""Does a cell run in the kernel, and has the probe reported on each cell that ran?

Only `execute_request` counts: other requests (completions, widgets, comms) make the kernel busy for
moments that mean nothing to a reader. Ids distinguish the requests, because a subshell becomes idle
while the main shell is still busy.
"""

from __future__ import annotations

from typing import Any


class Activity:
    """Follows the statuses of the kernel's present process."""

    def __init__(self) -> None:
        self._running: dict[str, str] = {}  # the request's id, and the session id of its client
        self._codes: dict[str, str] = {}  # of the running requests that the kernel announced
        self._unreported: set[str] = set()
        self._unseen_run = False
        self.ends_seen = 0

    @property
    def is_busy(self) -> bool:
        """Whether a cell runs, as far as is known."""
        return bool(self._running) or self._unseen_run

    @property
    def running_clients(self) -> frozenset[str]:
        """The session ids of the clients whose code runs, as far as is known."""
        return frozenset(self._running.values())

    @property
    def running_codes(self) -> frozenset[str]:
        """The codes that run, as far as the kernel has announced them."""
        return frozenset(self._codes.values())

    def reset(self) -> None:
        """Forget what runs: the process or the connection has changed."""
        self._running.clear()
        self._codes.clear()
        self._unreported.clear()
        self._unseen_run = False
        self.ends_seen += 1

    def suppose_busy(self, is_busy: bool) -> None:
        """Set, from another source, whether a cell runs whose start was missed."""
        self._unseen_run = is_busy and not self._running

    def note_delta(self, parent_header: dict[str, Any]) -> None:
        """The probe has reported what this run did."""
        self._unreported.discard(parent_header.get("msg_id", ""))

    def note_snapshot(self) -> None:
        """The probe has reported everything."""
        self._unreported.clear()

    def follow(self, message: dict[str, Any]) -> bool:
        """Takes a status or an announced run; True if a run ended that the probe did not report.

        Then the user may have removed the probe's hooks, or closed its comm.
        """
        run = message["parent_header"].get("msg_id", "")
        if message["header"]["msg_type"] == "execute_input":
            self._unreported.add(run)
            if run in self._running:
                self._codes[run] = str(message["content"].get("code", ""))
            return False
        state = message["content"].get("execution_state")
        if state == "busy":
            self._running[run] = message["parent_header"].get("session", "")
        elif state == "idle":
            self._running.pop(run, None)
            self._codes.pop(run, None)
            self._unseen_run = False
            self.ends_seen += 1
            if run in self._unreported:
                self._unreported.discard(run)
                return True
        return False
