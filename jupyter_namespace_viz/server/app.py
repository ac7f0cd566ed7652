"""How does the extension start and stop with the server?"""

from __future__ import annotations

from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Bool, Dict, Float, Integer, TraitError, Unicode, observe, validate

from jupyter_namespace_viz.agents.answering import Answerer
from jupyter_namespace_viz.agents.assessments import Assessments
from jupyter_namespace_viz.agents.open_notebooks import OpenNotebooks
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.known_magics import UnusableMagic, user_magics
from jupyter_namespace_viz.core.syntax.text_cache import TextCache
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.notebook.reading.long_texts import LONG_TEXTS
from jupyter_namespace_viz.protocol.panel_messages import Limits
from jupyter_namespace_viz.server.cell_starts import CellStarts
from jupyter_namespace_viz.server.notebook_socket import NotebookSocket
from jupyter_namespace_viz.server.rest_handlers import (
    DescriptionHandler,
    GraphHandler,
    NamespaceHandler,
    PlanHandler,
    ReportHandler,
    ToolHandler,
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
    disconnect_after = Float(
        60.0,
        config=True,
        help="Seconds without a panel or a request that needs a kernel, after which the connection"
        " to it is closed. What is known of it is kept.",
    )
    let_go_after = Float(
        None, allow_none=True, config=True, help="Deprecated: the old name of disconnect_after."
    )
    magics = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        config=True,
        help="Magics that are read as well: %name or %%name (for cells), and what each holds: "
        "'python', 'unbound' (Python whose bindings are lost, as in %timeit), or a language.",
    )

    agent_tools = Bool(
        True,
        config=True,
        help="Whether agents may ask what the kernel holds: with the tools in jupyter-server-mcp,"
        " and with `jupyter namespace-viz mcp`.",
    )

    @validate("magics")
    def _check_magics(self, proposal: Any) -> Any:
        try:
            user_magics(proposal["value"])
        except UnusableMagic as error:
            raise TraitError(f"c.NamespaceVizApp.magics: {error}") from error
        return proposal["value"]

    @observe("let_go_after")
    def _take_old_name(self, change: Any) -> None:
        self.log.warning(
            "c.NamespaceVizApp.let_go_after is deprecated. Use c.NamespaceVizApp.disconnect_after."
        )
        if "disconnect_after" not in self.config.get("NamespaceVizApp", {}):
            self.disconnect_after = change["new"]

    def initialize_handlers(self) -> None:
        """Register the handlers of the REST API and of the panel's socket."""
        server = self.serverapp
        assert server is not None  # an extension is initialized by its server
        dialect = Dialect(magics=user_magics(self.magics))
        TextCache.elsewhere = LONG_TEXTS
        self.links = LinkRegistry(
            server.kernel_manager,
            server.event_logger,
            self.log,
            lambda source: read_cell(source, dialect),
            self.silent_after,
            self.disconnect_after,
        )
        self.cell_starts = CellStarts(server.event_logger, self.links.note_cell_start)
        limits = Limits(self.max_cells, MAX_SOURCE_CHARS, self.max_message_bytes)
        shared = {"links": self.links, "limits": limits, "magics": dialect.magics}
        notebooks = OpenNotebooks(
            server.session_manager,
            server.contents_manager,
            server.web_app.settings,
            server.root_dir,
        )
        assessments = Assessments(notebooks, self.links, self.max_cells, dialect.magics)
        self.answer_tool = Answerer(assessments) if self.agent_tools else None
        kernel_id = r"(?P<kernel_id>[^/]+)"
        self.handlers.extend(
            [
                (rf"{API}/kernels/{kernel_id}/namespace", NamespaceHandler, shared),
                (rf"{API}/report", ReportHandler, shared),
                (rf"{API}/plan", PlanHandler, shared),
                (rf"{API}/graph", GraphHandler, shared),
                (
                    rf"{API}/tools/(?P<tool>[^/]+)",
                    ToolHandler,
                    {**shared, "answer_tool": self.answer_tool},
                ),
                (rf"{API}/openapi\.json", DescriptionHandler, shared),
                (rf"{API}/notebooks/ws", NotebookSocket, shared),
            ]
        )

    async def stop_extension(self) -> None:
        """Disconnect from all kernels, which keep running."""
        self.cell_starts.close()
        await self.links.close()
        TextCache.elsewhere = None
        LONG_TEXTS.close()
