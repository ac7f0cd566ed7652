"""Which cells are in flight, and when does an idle kernel not start the queued cells?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from jupyter_namespace_viz.core.kernel_state.namespace import EMPTY_NAMESPACE
from jupyter_namespace_viz.core.vocabulary import KernelState
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.clients import PATIENCE, CellsInFlight, UnstartedCells

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
END = datetime(2026, 1, 2, tzinfo=timezone.utc)
MESSAGE = "The kernel does not start the queued cells. If this lasts, restart it."


@dataclass
class Planned:
    """A call that is due at a time, unless it is cancelled."""

    at: float
    call: Callable[[], None]
    is_cancelled: bool = False

    def cancel(self) -> None:
        """Do not make the call."""
        self.is_cancelled = True


class Clock:
    """A clock that is put forward, and the calls that are due at a time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[Planned] = []
        self.checks = 0

    def later(self, seconds: float, call: Callable[[], None]) -> Planned:
        """Plan a call."""
        planned = Planned(self.now + seconds, call)
        self.due.append(planned)
        return planned

    def check(self) -> None:
        """What the planned calls do."""
        self.checks += 1

    def pass_time(self, seconds: float) -> None:
        """Put the clock forward, and make the calls that are due by then."""
        self.now += seconds
        for planned in [it for it in self.due if it.at <= self.now]:
            self.due.remove(planned)
            if not planned.is_cancelled:
                planned.call()


def view(state: KernelState = "idle", generation: int = 1) -> KernelView:
    """A kernel in this state."""
    namespace = replace(EMPTY_NAMESPACE, generation=generation)
    return KernelView("k", state, "python", datetime.now(timezone.utc), namespace, True, None)


@dataclass
class Link:
    """What is known of a kernel, and until when its messages were taken."""

    view: KernelView
    heard_until: datetime = START

    def has_heard_until(self, date: datetime) -> bool:
        """Whether the messages until then were taken."""
        return self.heard_until >= date


def test_a_run_that_ended_is_in_flight_until_the_link_has_taken_what_it_did() -> None:
    cells, link = CellsInFlight(), Link(view())
    cells.update(["a", "b"], None)
    assert cells.for_link(link) == ("a", "b")  # type: ignore[arg-type]
    cells.update(["b"], END.isoformat())
    assert cells.for_link(link) == ("a", "b")  # type: ignore[arg-type]
    link.heard_until = END
    assert cells.for_link(link) == ("b",)  # type: ignore[arg-type]


def test_a_restart_ends_the_runs_whose_end_the_link_has_not_heard() -> None:
    cells = CellsInFlight()
    cells.update(["a", "b"], None)
    assert cells.for_link(Link(view())) == ("a", "b")  # type: ignore[arg-type]
    cells.update([], END.isoformat())
    assert cells.for_link(Link(view(generation=2))) == ()  # type: ignore[arg-type]


def followed() -> tuple[UnstartedCells, Clock]:
    """A kernel that is followed, by a clock of our own."""
    clock = Clock()
    return UnstartedCells(clock.later, clock.check), clock


def test_an_idle_kernel_with_cells_in_flight_is_not_responding_after_a_while() -> None:
    cells, clock = followed()
    idle = view()
    assert cells.seen(idle, ["a", "b"]) is idle
    clock.pass_time(PATIENCE - 1)
    assert cells.seen(idle, ["a", "b", "c"]) is idle
    assert clock.checks == 0
    clock.pass_time(1)
    assert clock.checks == 1
    stuck = cells.seen(idle, ["a", "b", "c"])
    assert stuck == replace(idle, state="silent", message=MESSAGE)


def test_each_start_of_a_cell_begins_the_time_anew() -> None:
    for change in (
        (view("busy"), ["a", "b"]),  # the kernel runs a cell
        (view(), ["b"]),  # another cell is the next one
        (view(generation=2), ["a", "b"]),  # the kernel was restarted
        (view(), []),
        (None, ["a", "b"]),
    ):
        cells, clock = followed()
        cells.seen(view(), ["a", "b"])
        clock.pass_time(PATIENCE - 1)
        assert cells.seen(*change) is change[0]
        again = cells.seen(idle := view(), ["a", "b"])
        assert again is idle
        clock.pass_time(PATIENCE - 1)
        assert cells.seen(idle, ["a", "b"]) is idle
        clock.pass_time(1)
        assert cells.seen(idle, ["a", "b"]) is not idle


def test_nothing_is_due_after_the_end() -> None:
    cells, clock = followed()
    cells.seen(view(), ["a"])
    cells.close()
    cells.close()
    clock.pass_time(2 * PATIENCE)
    assert clock.checks == 0
