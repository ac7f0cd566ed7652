"""Who may ask, and does the extension stop completely?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from jupyter_server.auth import Authorizer
from tornado.httpclient import HTTPClientError
from tornado.web import RequestHandler

from tests.server.conftest import API

REQUESTS = [
    ("GET", ("kernels", "k", "namespace")),
    ("POST", ("report",)),
    ("POST", ("plan",)),
    ("POST", ("graph",)),
    ("POST", ("tools", "namespace_imports")),
    ("GET", ("openapi.json",)),
    ("GET", ("notebooks", "ws")),
]


class NobodyRunsCode(Authorizer):
    """Lets all users read, and none run code."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.asked: list[tuple[str, str]] = []

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        self.asked.append((action, resource))
        return action == "read"


def test_the_table_names_every_verb(jp_serverapp: Any) -> None:
    app = next(iter(jp_serverapp.extension_manager.extension_apps["jupyter_namespace_viz"]))
    handlers = [rule[1] for rule in app.handlers if rule[0].startswith("/jupyter-namespace-viz/")]
    verbs = [
        verb.upper()
        for handler in handlers
        for verb in ("get", "head", "post", "put", "patch", "delete")
        if getattr(handler, verb) is not getattr(RequestHandler, verb)
    ]
    assert sorted(verbs) == sorted(verb for verb, _ in REQUESTS)


@pytest.mark.parametrize(("verb", "path"), REQUESTS)
async def test_no_token_no_answer(jp_fetch: Any, verb: str, path: tuple[str, ...]) -> None:
    body = "{}" if verb == "POST" else None
    headers = {"Authorization": ""}
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch(*API, *path, method=verb, body=body, headers=headers)
    assert caught.value.code == 403


@pytest.mark.parametrize(("verb", "path"), REQUESTS)
async def test_who_may_not_run_code_may_not_ask(
    jp_serverapp: Any, jp_fetch: Any, jp_ws_fetch: Any, verb: str, path: tuple[str, ...]
) -> None:
    authorizer = NobodyRunsCode(parent=jp_serverapp)
    jp_serverapp.web_app.settings["authorizer"] = authorizer
    if path[-1] == "ws":
        request = jp_ws_fetch(*API, *path)
    else:
        body = json.dumps({}) if verb == "POST" else None
        request = jp_fetch(*API, *path, method=verb, body=body)
    with pytest.raises(HTTPClientError) as caught:
        await request
    assert caught.value.code == 403
    assert authorizer.asked == [("execute", "kernels")]


async def test_stopping_lets_go_of_every_kernel(
    jp_serverapp: Any, start_kernel: Any, run_cell: Any, jp_fetch: Any, links: Any
) -> None:
    kernel_id = await start_kernel()
    await jp_fetch(*API, "kernels", kernel_id, "namespace")
    link = links.link_to(kernel_id)
    app = next(iter(jp_serverapp.extension_manager.extension_apps["jupyter_namespace_viz"]))
    await app.stop_extension()
    told = []
    link.watch(lambda: told.append(link.view))
    assert await run_cell(kernel_id, "x = 1") == "ok"
    assert told == []


@pytest.mark.parametrize("jp_base_url", ["/user/ann/"])
async def test_below_the_base_url_of_a_hub(
    jp_fetch: Any, http_server_client: Any, jp_auth_header: Any, open_panel: Any, run_cell: Any
) -> None:
    kernel = json.loads((await jp_fetch("api", "kernels", method="POST", body="{}")).body)
    namespace = (*API, "kernels", kernel["id"], "namespace")
    async with open_panel(kernel["id"]) as panel:
        await panel.show({"one": "import colorsys as cs", "two": "cs"})
        await panel.until_statuses(one="ready", two="blocked")
        assert await run_cell(kernel["id"], "import colorsys as cs", "one") == "ok"
        await panel.until_statuses(one="fresh", two="ready")
        told = json.loads((await jp_fetch(*namespace)).body)
        assert [name["name"] for name in told["names"]] == ["cs"]

    async def refusal(path: str, headers: dict[str, str]) -> int:
        with pytest.raises(HTTPClientError) as caught:
            await http_server_client.fetch(path, headers=headers)
        return int(caught.value.code)

    path = "/".join(("", *namespace))
    assert await refusal(f"/user/ann{path}", {}) == 403
    assert await refusal(f"/user/ann{path}", {"Authorization": "token another"}) == 403
    assert await refusal(path, jp_auth_header) == 404  # another user's, or the hub's
