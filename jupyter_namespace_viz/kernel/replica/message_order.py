"""Does a message of the probe follow on what is known?

A delta may overtake the snapshot that it follows on, over another channel. So what comes before the
snapshot is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from jupyter_namespace_viz.protocol.probe_messages import MOST_REMOVED, Delta, Lost, Snapshot

MOST_EARLY = 100
"""Messages that are kept until the snapshot comes. One that is dropped leaves a gap."""


class MessageOrder:
    """The order of the messages of one probe: each delta leads from one state to the next.

    Code in the kernel can send any message. One that leaves a gap, or contradicts what is known,
    ends the order until `begin` is called with another snapshot.
    """

    def __init__(self) -> None:
        self._epoch: str | None = None
        self._rev: int | None = None
        self._last: Delta | None = None
        self._early: deque[Delta | Lost] = deque(maxlen=MOST_EARLY)

    @property
    def is_complete(self) -> bool:
        """Whether no message is missing since the last snapshot."""
        return self._rev is not None

    def is_from(self, epoch: str) -> bool:
        """Whether what is known comes from the probe of this epoch."""
        return epoch == self._epoch

    def is_past(self, snapshot: Snapshot) -> bool:
        """Whether deltas have overtaken the snapshot, and none of them is missing."""
        return self.is_from(snapshot.epoch) and self._rev is not None and snapshot.rev < self._rev

    def begin(self, snapshot: Snapshot) -> Sequence[Delta | Lost]:
        """Go on from this snapshot; returns what came before it and may follow on it."""
        self._epoch = snapshot.epoch
        self._rev = snapshot.rev
        self._last = None
        early = list(self._early)
        self._early.clear()
        return early

    def forget_early(self) -> None:
        """Drop what has come too early: the next snapshot, which is asked for now, contains it."""
        self._early.clear()

    def next_delta(self, message: Delta | Lost) -> Delta | None:
        """The message if it leads on from what is known; None if it tells nothing new, or ends the
        order.
        """
        if self._rev is None:
            self._early.append(message)
            return None
        if isinstance(message, Lost):
            self._rev = None
            return None
        if not self.is_from(message.epoch) or message.base > self._rev:
            self._rev = None
            self._early.append(message)
            return None
        if self._is_false(message):
            self._rev = None
            return None
        if message.rev <= self._rev:
            return None
        self._rev = message.rev
        self._last = message
        return message

    def _is_false(self, message: Delta) -> bool:
        """Whether the probe cannot have sent this."""
        last = self._last
        contradicts = last is not None and last.rev == message.rev and last != message
        removes_too_many = message.removed.count(" ") >= MOST_REMOVED
        return contradicts or removes_too_many or message.rev != message.base + 1
