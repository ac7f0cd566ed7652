"""Which message shows a notebook to the server?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def update_message(
    revision: int, order: Sequence[str], changed: Mapping[str, str], **others: Any
) -> str:
    """An `Update` of the protocol, whose `changed` cells are given with their texts; `others` are
    its further fields.
    """
    texts = [{"id": cell_id, "source": source} for cell_id, source in changed.items()]
    update = {"kind": "update", "revision": revision, "order": list(order), "changed": texts}
    return json.dumps({**update, **others})
