"""Why can it not be told how a notebook stands with a running kernel?

CannotTell
├── NoServer          no Jupyter server runs here
├── ServerTrouble     a server does not answer, or not to us
│   └── NoExtension   the server runs without our extension
├── NoKernel          no kernel runs this notebook, or the one that was named is not there
└── KernelGone        the kernel that was named has ended
"""

from __future__ import annotations


class CannotTell(Exception):
    """The message names the thing and the remedy."""


class NoServer(CannotTell):
    """There is no server to ask."""

    def __init__(self) -> None:
        super().__init__(
            "No Jupyter server runs on this machine for this user. Start JupyterLab, or name a "
            "server elsewhere with --server URL --token TOKEN."
        )


class ServerTrouble(CannotTell):
    """One server cannot be asked; `url` says which, without its token."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"The Jupyter server at {url} {reason}")
        self.url = url


class NoExtension(ServerTrouble):
    """The server has everything but us."""

    def __init__(self, url: str) -> None:
        super().__init__(
            url,
            "runs without jupyter_namespace_viz. In the environment of that server, "
            "`pip install jupyter_namespace_viz` and `jupyter server extension enable "
            "jupyter_namespace_viz`; then start it again.",
        )


class NoKernel(CannotTell):
    """There are servers, but no kernel to hold the notebook against."""


class KernelGone(CannotTell):
    """The kernel that was named has ended."""

    def __init__(self, kernel_id: str) -> None:
        super().__init__(
            f"The kernel {kernel_id} has ended. Without --kernel, the notebook's own "
            "kernel is taken, and a new one when that is replaced."
        )
