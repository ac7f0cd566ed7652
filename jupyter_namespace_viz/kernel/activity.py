"""Is a cell running in the kernel, and did the probe tell of each that ran?

Only `execute_request` counts: what others ask the kernel for in between (completions, widgets,
comms) makes it busy for moments that mean nothing to a reader. The requests are told apart by their
ids, because a subshell's idle status comes while the main shell is still busy.
"""

from __future__ import annotations

from typing import Any


class Activity:
    """Follows the statuses of one life of a kernel."""

    def __init__(self) -> None:
        self._running: set[str] = set()
        self._untold: set[str] = set()
        self._unseen_run = False
        self.ends_seen = 0

    @property
    def is_busy(self) -> bool:
        """Whether a cell runs, as far as is known."""
        return bool(self._running) or self._unseen_run

    def suppose_busy(self, is_busy: bool) -> None:
        """Somebody says that a cell runs (or not) whose beginning we may have missed."""
        self._unseen_run = is_busy and not self._running

    def tell_delta(self, parent_header: dict[str, Any]) -> None:
        """The probe told what this run did."""
        self._untold.discard(parent_header.get("msg_id", ""))

    def tell_snapshot(self) -> None:
        """Whatever was not told is known now."""
        self._untold.clear()

    def follow(self, message: dict[str, Any]) -> bool:
        """Takes a status or an announced run; True if a run ended that the probe did not tell of.

        Then the user may have cleared the probe's hooks, or closed its comm.
        """
        run = message["parent_header"].get("msg_id", "")
        if message["header"]["msg_type"] == "execute_input":
            self._untold.add(run)
            return False
        state = message["content"].get("execution_state")
        if state == "busy":
            self._running.add(run)
        elif state == "idle":
            self._running.discard(run)
            self._unseen_run = False
            self.ends_seen += 1
            if run in self._untold:
                self._untold.discard(run)
                return True
        return False
