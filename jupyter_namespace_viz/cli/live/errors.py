"""Why can a notebook not be compared with a running kernel?

LiveError
├── NoServer          no Jupyter server runs here
├── ServerError       a server does not answer, or refuses
│   └── NoExtension   the server runs without our extension
├── CallRefused       a question of an agent cannot be answered
├── NoKernel          no kernel runs this notebook, or the named kernel is not there
└── KernelEnded       the named kernel has ended
"""

from __future__ import annotations


class LiveError(Exception):
    """The message names what is missing, and the remedy."""


class NoServer(LiveError):
    """No Jupyter server of this user runs on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "No Jupyter server runs on this machine for this user. Start JupyterLab, or name a "
            "server elsewhere with --server URL --token TOKEN."
        )


class ServerError(LiveError):
    """One server cannot be asked; `url` is its address, without its token."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"The Jupyter server at {url} {reason}")
        self.url = url


class NoExtension(ServerError):
    """The server does not have our REST API."""

    def __init__(self, url: str) -> None:
        super().__init__(
            url,
            "runs without jupyter_namespace_viz. In the environment of that server, "
            "`pip install jupyter_namespace_viz` and `jupyter server extension enable "
            "jupyter_namespace_viz`; then start it again.",
        )


class CallRefused(LiveError):
    """The server's message says what is wrong with the question."""


class NoKernel(LiveError):
    """There are servers, but no kernel to compare the notebook with."""


class KernelEnded(LiveError):
    """The kernel named with --kernel has ended."""

    def __init__(self, kernel_id: str) -> None:
        super().__init__(
            f"The kernel {kernel_id} has ended. Without --kernel, the notebook's own "
            "kernel is taken, and a new one when that is replaced."
        )
