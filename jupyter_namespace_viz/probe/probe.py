"""When does the probe send changes to the server, and how does it answer questions?"""

from __future__ import annotations

from _thread import _count as count_threads
from threading import Lock, RLock, Thread, get_ident
from typing import Any, Callable, Dict, List, Optional, Tuple

from jupyter_namespace_viz.probe.changes import Changes
from jupyter_namespace_viz.probe.mentionable import star_names
from jupyter_namespace_viz.probe.modules import ModuleMemory
from jupyter_namespace_viz.probe.objects import (
    Json,
    error_name,
    missing_module,
    missing_name,
    plain_text,
    type_name,
)
from jupyter_namespace_viz.probe.originals import (
    getpid,
    language_version,
    of_interpreter,
    random_bytes,
    sleep,
    steady_seconds,
)
from jupyter_namespace_viz.probe.runs import LONGEST_SOURCE, OpenRun, RunMemory
from jupyter_namespace_viz.probe.search import (
    LONGEST_PATH,
    search_paths,
    working_folder,
)
from jupyter_namespace_viz.probe.tracing import suspend_tracing, untraced

# Raise it when a message changes in form or meaning, or when running kernels must get this probe in
# place of an older one. Raise `PROBE_PROTOCOL_VERSION` in `protocol/probe_messages.py` with it:
# `tests/kernel/test_probe.py` compares them.
VERSION = 9
TARGET = "jupyter_namespace_viz"
TICK = 0.5  # seconds into a cell until the first look
SLOWEST_TICK = 1.0  # seconds between two looks later on
PATIENCE = 0.2  # seconds to wait for the turn
MOST_REPLACED = 500
MOST_QUESTIONS = 500
ATTEMPTS = 3  # to finish a run, if a signal handler of the user's raises

_start_thread: Any = Thread.start


class Turn:
    """A lock on the records: for a cell's thread, the ticker, or the control thread.

    An interrupt may hit a cell's thread after it acquired the lock and before `take` returns. So
    the lock is reentrant, and `give_back` releases it as often as this thread acquired it.
    """

    def __init__(self) -> None:
        self.lock = RLock()

    def take(self, seconds: float) -> bool:
        """Acquires the lock, and returns whether that succeeded within `seconds`."""
        return self.lock.acquire(timeout=seconds)

    def give_back(self) -> None:
        """Releases the lock, however often this thread acquired it."""
        try:
            while True:
                self.lock.release()
        except RuntimeError:  # this thread does not hold it any more
            pass


class Ticker(Thread):
    """The thread that looks during long cells. Its `run` is ours: that of all threads is sometimes
    replaced.
    """

    def __init__(self, tick: Callable[[], None]) -> None:
        super().__init__(name=TARGET, daemon=True)
        self.tick = tick
        self.pydev_do_not_trace = True
        self.is_pydev_daemon_thread = True

    def run(self) -> None:
        """Ticks, forever."""
        suspend_tracing()
        self.tick()


class Probe:
    """Sends changes over a comm, and answers questions on the control channel or the comm."""

    def __init__(self, shell: Any) -> None:
        self.shell, self.kernel = shell, shell.kernel
        self.version = VERSION
        self.pid = getpid()
        self.epoch = random_bytes(8).hex()
        self.comms: Dict[str, Any] = {}
        self.changes = Changes(shell)
        self.runs = RunMemory()
        self.modules = ModuleMemory(shell, self.runs)
        self.open_runs: Dict[int, OpenRun] = {}  # by thread: subshells run cells in parallel
        self.untold_run: Optional[Json] = None
        self.turn = Turn()
        self.wake = Lock()  # it is released for the ticker
        self.wake.acquire()
        self.threads_at_first = count_threads()
        self.ticker = Ticker(self.tick)
        self.is_ticking = False
        self.original_handler: Optional[Callable[..., Any]] = None
        self.hooks: List[Tuple[str, Callable[..., None]]] = [
            ("pre_run_cell", self.before_run),
            ("post_run_cell", self.after_run),
            ("post_execute", self.after_other_code),
        ]

    # --- installing

    def install(self) -> None:
        """Registers the comm target, the cell hooks and the handler on the control channel."""
        self.runs.remember_history(self.shell)
        self.changes.watch.commit(self.changes.watch.look())
        self.listen()
        handlers = getattr(self.kernel, "control_handlers", None)
        if type(handlers) is dict and "comm_info_request" in handlers:
            self.original_handler = handlers["comm_info_request"]
            handlers["comm_info_request"] = self.on_control
        self.kernel.comm_manager.register_target(TARGET, self.on_comm_open)

    def uninstall(self) -> None:
        """Undoes `install`, so that another version can be installed."""
        for event, hook in self.hooks:
            callbacks = self.shell.events.callbacks[event]
            callbacks[:] = [it for it in callbacks if it is not hook]
        if self.original_handler is not None:
            self.kernel.control_handlers["comm_info_request"] = self.original_handler
        self.kernel.comm_manager.targets.pop(TARGET, None)
        self.comms.clear()
        self.pid = 0

    def listen(self) -> None:
        """Registers the hooks, unless they are registered; the user may have cleared them.

        IPython's `register` compares them with the user's callbacks, whose `__eq__` may be code.
        """
        for event, hook in self.hooks:
            callbacks = self.shell.events.callbacks[event]
            if not any(it is hook for it in callbacks):
                callbacks.append(hook)

    # --- pushing

    def push(self, why: str, run: Optional[Json], text: Optional[str] = None) -> None:
        """Sends what changed since the last push; raises nothing."""
        if getpid() != self.pid:  # a forked child process has our hooks, but not our comm
            return
        try:
            # Another thread may have the turn: a cell waits for it, the ticker skips its tick.
            if not self.turn.take(PATIENCE if why == "cell" else 0):
                if why == "cell":
                    self.lose(run, "locked")
                return
            try:
                delta = self.delta(why, run, text)
                if delta is not None:
                    self.send(delta)
                self.untold_run = None
            finally:
                self.turn.give_back()
        except BaseException as error:  # noqa: BLE001 - not even an interrupt may reach the cell
            self.lose(run if why == "cell" else None, plain_text(type_name(type(error))) or "?")

    def lose(self, run: Optional[Json], why: str) -> None:
        """Tells that changes could not be told, those of `run`, if it is given; raises nothing."""
        try:
            if run is not None:
                self.untold_run = run
            self.send({"op": "lost", "v": VERSION, "epoch": self.epoch, "why": why})
        except BaseException:  # noqa: BLE001 - see `push`
            pass

    def delta(self, why: str, run: Optional[Json], text: Optional[str] = None) -> Optional[Json]:
        """The delta message for what changed since the last one; needs the turn."""
        # Where a run could not be told, the changes since then may be that run's.
        is_certain = self.untold_run is None or self.untold_run is run
        news = self.changes.since_last(why, run, text, is_certain)
        return None if news is None else dict(news, v=VERSION, epoch=self.epoch)

    def send(self, message: Json) -> None:
        """Sends a message over every comm that a server opened.

        It uses the kernel's session directly: a comm's own `send` first copies the message to
        make it JSON, which it already is, and takes half as long again.
        """
        parent = self.kernel.get_parent()
        for comm_id, comm in list(self.comms.items()):
            content = {"comm_id": comm_id, "data": message}
            self.kernel.session.send(
                self.kernel.iopub_socket, "comm_msg", content, parent, ident=comm.topic
            )

    # --- hooks

    def parent_header(self) -> Json:
        """The request for the code that runs in this thread, `{}` if it is unknown."""
        parent = self.kernel.get_parent("shell")
        return parent if type(parent) is dict else {}

    def begin_run(self, info: Any) -> OpenRun:
        """The run that IPython announces with this `ExecutionInfo`."""
        parent = self.parent_header()
        header, metadata = parent.get("header", {}), parent.get("metadata", {})
        cell_id = plain_text(getattr(info, "cell_id", None) or metadata.get("cellId"))
        source = plain_text(info.raw_cell, LONGEST_SOURCE) or ""
        # JupyterLab's consoles set cell ids too, but only its notebooks send `deletedCells`.
        from_notebook = "deletedCells" in metadata
        client = plain_text(header.get("session"))
        record = self.runs.begin(cell_id, source, client, from_notebook)
        return OpenRun(header.get("msg_id"), record)

    @untraced
    def before_run(self, info: Any = None) -> None:
        """IPython's `pre_run_cell`."""
        try:
            if getpid() != self.pid:
                return
            thread = get_ident()
            open_run = self.open_runs.get(thread)
            message_id = self.parent_header().get("header", {}).get("msg_id")
            if open_run is not None and open_run.message_id == message_id:
                open_run.depth += 1  # code that a cell runs: its bindings count as the cell's
                return
            for _ in range(ATTEMPTS):  # its changes must not be attributed to this run
                if self.untold_run is not None:
                    self.push("tick", self.untold_run)
            open_run = self.begin_run(info)
            # Wait for a look between runs, or it would report bindings of this run as its own.
            self.turn.take(PATIENCE)
            try:
                self.open_runs[thread] = open_run
            finally:
                self.turn.give_back()
            if not self.is_ticking:
                self.is_ticking = True
                _start_thread(self.ticker)
            if self.wake.locked():
                self.wake.release()
        except BaseException:  # noqa: BLE001 - nothing of ours reaches the user's cell
            pass

    @untraced
    def after_run(self, result: Any = None) -> None:
        """IPython's `post_run_cell`; `result` is None when an asynchronous cell was cancelled."""
        ended: Optional[OpenRun] = None
        reason = "?"
        for _ in range(ATTEMPTS):
            try:
                if getpid() != self.pid:
                    return
                info = None if result is None else result.info
                ended = self.ended_run(info) if ended is None else ended
                if ended is not None:
                    self.finish_run(ended, info, result)
                return
            except BaseException as error:  # noqa: BLE001 - nothing of ours reaches the cell
                reason = plain_text(type_name(type(error))) or "?"
        self.lose(None if ended is None else ended.record, reason)

    def ended_run(self, info: Any) -> Optional[OpenRun]:
        """The run of this thread, which has ended; None for the end of code that a cell runs."""
        thread = get_ident()
        open_run = self.open_runs.get(thread)
        if open_run is None:  # IPython fires no `pre_run_cell` for a blank cell
            return None if info is None else self.begin_run(info)
        open_run.depth -= 1
        return None if open_run.depth else self.open_runs.pop(thread, None)

    def finish_run(self, open_run: OpenRun, info: Any, result: Any) -> None:
        """Remembers the finished run, and pushes its changes."""
        error: Optional[BaseException]
        if info is None:  # ipykernel cancels an asynchronous cell to interrupt it
            error, count = KeyboardInterrupt(), self.shell.execution_count - 1
        else:
            error = result.error_before_exec
            error = result.error_in_exec if error is None else error
            count = result.execution_count if info.store_history else None
        # A new record, because another thread may be sending the old one.
        seconds = steady_seconds() - open_run.began
        run = dict(
            open_run.record,
            execution_count=count,
            succeeded=error is None,
            seconds=round(seconds, 3),
            error=None if error is None else error_name(error),
            missing_module=missing_module(error),
            missing_name=missing_name(error),
        )
        self.runs.remember(run)
        self.push("cell", run, run["source"])
        if len(self.runs.replaced) >= MOST_REPLACED:
            self.runs.forget_replaced(self.changes.referred_runs())

    @untraced
    def after_other_code(self) -> None:
        """IPython's `post_execute`; silent code and callbacks of widgets bind names too."""
        if not self.open_runs:
            self.push("other", None)

    def tick(self) -> None:
        """Pushes what long cells have bound so far; runs in its own thread, forever."""
        while True:
            self.wake.acquire()
            wait = TICK
            while self.open_runs:
                sleep(wait)
                try:
                    suspend_tracing()  # `threading.settrace` is meant for the user's threads
                    wait = self.look_at_open_runs()
                except BaseException:  # noqa: BLE001 - nothing of ours is printed
                    wait = SLOWEST_TICK

    def look_at_open_runs(self) -> float:
        """Pushes what long cells have bound; returns the seconds until the next look."""
        wait = TICK
        for open_run in list(self.open_runs.values()):
            age = steady_seconds() - open_run.began
            if age >= TICK:
                open_run.context.run(self.push, "tick", open_run.record)
                wait = min(age, SLOWEST_TICK)
            else:  # this run began while we slept
                wait = TICK - age
        return wait

    # --- answering

    def on_comm_open(self, comm: Any, message: Json) -> None:
        """Handles a comm that a server opens. Only the server opens and closes comms."""
        comm_id = comm.comm_id
        self.comms[comm_id] = comm
        # The comm's own `handle_msg` fires pre_execute and post_execute, on which other libraries
        # act (matplotlib draws figures).
        comm.handle_msg = lambda message: self.on_comm_message(comm_id, message)
        comm.handle_close = lambda _: self.comms.pop(comm_id, None)
        # ipykernel 7.4 passes a comm's messages to the subshell that last published on it.
        comm._reply_subshell_for = lambda _, default: default
        self.on_comm_message(comm_id, message)

    def on_comm_message(self, comm_id: str, message: Json) -> None:
        """Answers a question over the comm, for kernels whose control channel has no handlers."""
        comm = self.comms.get(comm_id)
        question = message["content"].get("data")
        if comm is not None and type(question) is dict and "op" in question:
            comm.send(self.answer(question))

    def on_control(self, stream: Any, identities: Any, message: Json) -> Any:
        """Answers a `comm_info_request` that has a question for us, and passes on all others.

        No frontend or culler counts this type of message as activity, and the control thread
        answers while a cell runs. The reply goes only to the client that asked.
        """
        question = message["content"].get(TARGET)
        if type(question) is not dict:
            return self.original_handler and self.original_handler(stream, identities, message)
        content = {"status": "ok", "comms": {}, TARGET: self.answer(question)}
        self.kernel.session.send(stream, "comm_info_reply", content, message, identities)
        return None

    @untraced
    def answer(self, question: Json) -> Json:
        """The answer to one question; raises nothing."""
        # Read the count first: changes during the answer are then sent again, and none is missed.
        rev = self.changes.rev
        try:
            self.listen()
            answer = self.content_of_answer(question)
        except BaseException as error:  # noqa: BLE001 - the kernel's loop must continue
            answer = {"op": "failed", "error": plain_text(type_name(type(error))) or "?"}
        answer.update(v=VERSION, epoch=self.epoch, rev=rev, rid=question.get("rid"))
        return answer

    def content_of_answer(self, question: Json) -> Json:
        """The answer without `v`, `epoch`, `rev` and `rid`."""
        op, names = question.get("op"), question.get("names")
        asked = [name for name in names if type(name) is str] if type(names) is list else []
        if op == "ping":
            return {
                "op": "pong",
                "comms": list(self.comms),
                "python": plain_text(of_interpreter("executable"), LONGEST_PATH) or None,
                "prefix": plain_text(of_interpreter("prefix"), LONGEST_PATH),
                "running": self.running_serial(),
            }
        if op == "snapshot":
            return self.snapshot()
        if op == "look":
            return self.look_between_runs()
        if op == "describe":
            return {"op": "described", "names": self.changes.descriptions(asked)}
        if op == "find":
            modules = self.modules.records(asked[:MOST_QUESTIONS], question.get("known"))
            return {"op": "found", "modules": modules}
        if op == "stars":
            given = {name: star_names(name) for name in asked[:MOST_QUESTIONS]}
            return {
                "op": "starred",
                "modules": given,
                "paths": search_paths(),
                "folder": working_folder(),
            }
        return {"op": "failed", "error": "UnknownQuestion"}

    def snapshot(self) -> Json:
        """All that a server needs which knows nothing yet of this kernel."""
        everything, is_complete = self.changes.everything()
        return {
            "op": "snapshot",
            "python": plain_text(of_interpreter("executable"), LONGEST_PATH) or None,
            "version": language_version(),
            **everything,
            "runs": self.runs.records(self.changes.referred_runs())
            + [open_run.record for open_run in list(self.open_runs.values())],
            "running": self.running_serial(),
            "complete": self.runs.complete and is_complete,
        }

    def look_between_runs(self) -> Json:
        """The changes that a thread, a task or the debugger made while no cell runs.

        They are sent as an answer, not pushed: messages on the iopub channel count as activity of
        the user, and would keep an unused kernel alive. Another server notices the gap in `rev`.
        """
        delta = None
        if self.turn.take(PATIENCE):
            try:
                if not self.open_runs:  # otherwise the run reports them
                    delta = self.delta("other", None)
            finally:
                self.turn.give_back()
        threads = count_threads() - self.is_ticking
        return {"op": "looked", "delta": delta, "threads": threads > self.threads_at_first}

    def running_serial(self) -> Optional[int]:
        """The serial of a run in progress; None if there is none."""
        for open_run in list(self.open_runs.values()):
            serial: int = open_run.record["serial"]
            return serial
        return None


def install(shell: Any) -> str:
    """Installs the probe, and replaces one of another version.

    Returns `installed`, `present` (this version is there already) or `no comm manager`.
    """
    comm_manager = getattr(getattr(shell, "kernel", None), "comm_manager", None)
    if comm_manager is None or not issubclass(type(shell.user_ns), dict):
        return "no comm manager"
    present = getattr(comm_manager.targets.get(TARGET), "__self__", None)
    if present is not None:
        if present.version == VERSION:
            return "present"
        present.uninstall()
    Probe(shell).install()
    return "installed"
