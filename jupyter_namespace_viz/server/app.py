"""How does the extension begin and end with the server?"""

from __future__ import annotations

from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Integer

from jupyter_namespace_viz.core.cell_names import certain_definitions
from jupyter_namespace_viz.core.reading import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.kernel.links import KernelLinks
from jupyter_namespace_viz.protocol.messages import Limits
from jupyter_namespace_viz.server.handlers import (
    NamespaceHandler,
    NotebookSocket,
    PlanHandler,
    ReportHandler,
)

API = r"/jupyter-namespace-viz/api"


class NamespaceVizApp(ExtensionApp):
    """Tells which names the cells of a notebook need, and whether the live kernel holds them."""

    name = "jupyter_namespace_viz"
    extension_url = API
    load_other_extensions = True

    max_cells = Integer(10_000, config=True, help="Notebooks with more code cells are refused.")
    max_message_bytes = Integer(
        8_000_000, config=True, help="Longer messages and request bodies are refused."
    )
    silent_after = Float(
        10.0, config=True, help="Seconds without an answer after which a kernel counts as silent."
    )

    def initialize_handlers(self) -> None:
        """Open the REST API and the panel's socket."""
        server = self.serverapp
        assert server is not None  # an extension is initialized by its server
        self.links = KernelLinks(
            server.kernel_manager,
            server.event_logger,
            self.log,
            lambda source: certain_definitions(read_cell(source)),
            self.silent_after,
        )
        limits = Limits(self.max_cells, MAX_SOURCE_CHARS, self.max_message_bytes)
        shared = {"links": self.links, "limits": limits}
        kernel_id = r"(?P<kernel_id>[\w-]+)"
        self.handlers.extend(
            [
                (rf"{API}/kernels/{kernel_id}/namespace", NamespaceHandler, shared),
                (rf"{API}/report", ReportHandler, shared),
                (rf"{API}/plan", PlanHandler, shared),
                (rf"{API}/notebooks/ws", NotebookSocket, shared),
            ]
        )

    async def stop_extension(self) -> None:
        """Let go of all kernels, which keep running."""
        await self.links.close()
