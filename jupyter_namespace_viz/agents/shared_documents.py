"""Which cells has the document that the server shares among browsers?

`jupyter-server-documents` and `jupyter-collaboration` have one per open notebook, whose text is
newer than that of the file. Neither is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


async def shared_cells(settings: Mapping[str, Any], path: str) -> list[dict[str, Any]] | None:
    """Id, type, source and execution count of each cell; None where the server has no such
    document. A document is not made for this: only one that a browser has opened is read.
    """
    file_ids = settings.get("file_id_manager")
    file_id = None if file_ids is None else file_ids.get_id(path)
    if file_id is None:
        return None
    document = await _document(settings, f"json:notebook:{file_id}")
    if document is None or not len(document.ycells):  # it is being loaded
        return None
    return [
        {
            "id": cell.get("id"),
            "cell_type": cell["cell_type"],
            "source": str(cell["source"]),
            "execution_count": cell.get("execution_count"),
        }
        for cell in document.ycells
    ]


async def _document(settings: Mapping[str, Any], room_id: str) -> Any:
    """The document of this room as `jupyter_ydoc` has it; None where there is none."""
    rooms = settings.get("yroom_manager")  # of jupyter-server-documents
    if rooms is not None:
        return await rooms.get_room(room_id).get_jupyter_ydoc() if rooms.has_room(room_id) else None
    collaboration = settings.get("jupyter_server_ydoc")
    server = getattr(collaboration, "ywebsocket_server", None)
    if collaboration is None or server is None or not server.room_exists(room_id):
        return None
    return await collaboration.get_document(room_id=room_id, copy=False)
