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


@pytest.mark.parametrize("token", ["", "token another", "Bearer another", "Basic YW5uOng="])
@pytest.mark.parametrize(("verb", "path"), REQUESTS)
async def test_no_token_no_answer(
    jp_fetch: Any, verb: str, path: tuple[str, ...], token: str
) -> None:
    body = "{}" if verb == "POST" else None
    headers = {"Authorization": token}
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


ELSEWHERE = "http://elsewhere.example"


async def login_of(fetch: Any) -> str:
    """The cookies of a browser that is logged in."""
    answer = await fetch("api", "status")
    cookies = [it.partition(";")[0] for it in answer.headers.get_list("Set-Cookie")]
    assert cookies[0].startswith("username-")
    return "; ".join(cookies)


async def status(fetch: Any, *path: str, **request: Any) -> int:
    """Of the refusal of a request."""
    with pytest.raises(HTTPClientError) as caught:
        await fetch(*path, **request)
    return int(caught.value.code)


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://127.0.0.1.elsewhere.example"])
async def test_the_page_of_another_site_gets_no_socket(jp_fetch: Any, origin: str) -> None:
    headers = {
        "Authorization": "",
        "Connection": "Upgrade",
        "Cookie": await login_of(jp_fetch),
        "Origin": origin,
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Upgrade": "websocket",
    }
    assert await status(jp_fetch, *API, "notebooks", "ws", headers=headers) == 403


@pytest.mark.parametrize("path", [path for verb, path in REQUESTS if verb == "POST"])
async def test_the_page_of_another_site_cannot_use_a_login(
    jp_fetch: Any, path: tuple[str, ...]
) -> None:
    login = await login_of(jp_fetch)

    async def post(**headers: str) -> int:
        headers = {"Authorization": "", "Cookie": login, **headers}
        return await status(jp_fetch, *API, *path, method="POST", body="{}", headers=headers)

    assert await post(Origin=ELSEWHERE) == 404  # so Jupyter refuses what comes from elsewhere
    assert await post() == 403  # a form: without the token against forgery
    assert await post(**{"X-XSRFToken": "2|1|forged"}) == 403


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
