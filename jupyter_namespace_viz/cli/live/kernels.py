"""Which kernel does a notebook run in?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jupyter_namespace_viz.cli.live.errors import NoKernel, ServerError
from jupyter_namespace_viz.cli.live.server_api import RunningKernel, ServerApi, Session
from jupyter_namespace_viz.cli.live.servers import Server


@dataclass(frozen=True, slots=True)
class FoundKernel:
    """A kernel, and the server that runs it."""

    api: ServerApi
    kernel_id: str


async def find_kernel(
    servers: Sequence[Server], notebook: Path, kernel_id: str | None
) -> FoundKernel:
    """The kernel whose id begins with `kernel_id`, or the notebook's own where that is None, on
    the first server that has it.

    Raises NoKernel with a list of the running kernels, or the error of the only server.
    """
    asked: list[str] = []
    running: list[str] = []
    errors: list[ServerError] = []
    for server in servers:
        api = ServerApi(server)
        try:
            sessions, kernels = await api.sessions(), await api.kernels()
        except ServerError as error:
            errors.append(error)
            continue
        if kernel_id is None:
            found = [its.id for its in _kernels_of(notebook, server, sessions)]
        else:
            found = [kernel.id for kernel in kernels if kernel.id.startswith(kernel_id)]
            if len(found) > 1:
                raise NoKernel(
                    f"--kernel {kernel_id} is the beginning of several ids: {', '.join(found)}"
                )
        if found:
            return FoundKernel(api, found[0])
        asked.append(server.url)
        running += _lines(server, kernels, sessions)
    if len(servers) == len(errors) == 1:
        raise errors[0]
    what = f"{notebook.name} has no running" if kernel_id is None else f"{kernel_id} is no"
    where = " or ".join(asked) or "any Jupyter server"
    remedy = "Open it in JupyterLab" if kernel_id is None else "Start one"
    remedy += ", or name one of these with --kernel:" if running else "."
    lines = [f"{what} kernel on {where}. {remedy}", *running, *map(str, errors)]
    raise NoKernel("\n".join(lines))


async def current_kernel(api: ServerApi, notebook: Path) -> str | None:
    """The id of the notebook's own kernel at this moment."""
    kernels = _kernels_of(notebook, api.server, await api.sessions())
    return kernels[0].id if kernels else None


def _kernels_of(notebook: Path, server: Server, sessions: Iterable[Session]) -> list[RunningKernel]:
    """The kernels of the sessions with the notebook's path, those of notebooks before others.

    The folder of a server on another machine is unknown: there a session matches whose path is the
    end of the notebook's, and the longest such path comes first.
    """
    session_path, local_parts = server.session_path(notebook), notebook.resolve().parts
    matches = [
        (session.type == "notebook", len(parts), session.kernel)
        for session in sessions
        if session.kernel is not None and (parts := PurePosixPath(session.path).parts)
        if (session.path == session_path if server.root else parts == local_parts[-len(parts) :])
    ]
    return [kernel for *_, kernel in sorted(matches, key=lambda it: it[:2], reverse=True)]


def _lines(
    server: Server, kernels: Iterable[RunningKernel], sessions: Iterable[Session]
) -> list[str]:
    """A line per kernel: its id for --kernel, and how to recognize it."""
    paths = {its.kernel.id: its.path for its in sessions if its.kernel is not None}
    return [
        f"  {kernel.id}  {kernel.name}, {kernel.execution_state}, "
        f"{paths.get(kernel.id, 'no document')} at {server.url}"
        for kernel in kernels
    ]
