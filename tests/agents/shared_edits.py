"""How does a test edit the document that a server shares among browsers? With this extension.

It opens the document as a browser does, and changes one cell of it, without saving the file.
"""

from __future__ import annotations

import json
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado import web


class EditHandler(APIHandler):
    """`POST edit-shared-cell` with path, index and source."""

    @web.authenticated
    async def post(self) -> None:
        """Replace the text of the cell."""
        edit = json.loads(self.request.body)
        document = await _opened(self.settings, edit["path"])
        text = document.ycells[edit["index"]]["source"]
        text.clear()
        text += edit["source"]
        self.finish("{}")


async def _opened(settings: dict[str, Any], path: str) -> Any:
    rooms = settings.get("yroom_manager")
    if rooms is not None:
        file_id = settings["file_id_manager"].index(path)
        return await rooms.get_room(f"json:notebook:{file_id}").get_jupyter_ydoc()
    return await settings["jupyter_server_ydoc"].get_document(
        path=path, content_type="notebook", file_format="json", copy=False, create=True
    )


def _load_jupyter_server_extension(server: Any) -> None:
    server.web_app.add_handlers(".*$", [(f"{server.base_url}edit-shared-cell", EditHandler)])
