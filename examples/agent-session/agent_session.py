"""How does an agent use the tools? A session without a model, which runs the cells asked for.

Start JupyterLab or a Jupyter server in this folder, then

    python agent_session.py           ask before each run, and run what is listed first
    python agent_session.py --naive   run the cells that were asked for, as they are asked for

Halfway the kernel is restarted, as it happens to people and agents. The last line says how many
runs raised an error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.serverapp import list_running_servers
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

NOTEBOOK = Path(__file__).with_name("sales.ipynb")

REQUESTS = ("best-month", "average", "restart", "report", "average")
"""The ids of the cells that the user wants to see, in this order, and a restart."""


class Jupyter:
    """What agents do with tools of other servers: open a notebook, run its cells, restart."""

    def __init__(self, url: str, token: str, path: str) -> None:
        self._url = url
        self._token = token
        self._sources = cell_texts()
        body = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        self.kernel_id: str = self._request("api/sessions", body)["kernel"]["id"]

    def _request(self, path: str, body: object) -> Any:
        headers = {"Authorization": f"token {self._token}"}
        request = Request(self._url + path, json.dumps(body).encode(), headers, method="POST")
        with urlopen(request) as response:
            return json.loads(response.read() or "null")

    def restart(self) -> None:
        """Restart the kernel."""
        self._request(f"api/kernels/{self.kernel_id}/restart", {})

    async def run(self, cell_id: str, code: str | None = None) -> str | None:
        """Run a cell, or code of it; the name of the error that it raises, or None.

        The id of the cell is in the metadata, as JupyterLab sends it.
        """
        client = AsyncKernelClient()
        client.load_connection_file(f"{jupyter_runtime_dir()}/kernel-{self.kernel_id}.json")
        client.start_channels(hb=False)  # on a busy machine a slow heart counts as a dead kernel
        try:
            await client.wait_for_ready(timeout=60)
            content = {"code": code or self._sources[cell_id], "silent": False}
            request = client.session.msg("execute_request", content)
            request["metadata"] = {"cellId": cell_id}
            client.shell_channel.send(request)
            while True:
                reply = await client.get_shell_msg(timeout=60)
                if reply["parent_header"].get("msg_id") == request["header"]["msg_id"]:
                    return reply["content"].get("ename")
        finally:
            client.stop_channels()


class Agent:
    """Fulfils the requests; `tools` is None for the naive one."""

    def __init__(self, jupyter: Jupyter, path: str, tools: Client | None) -> None:
        self._jupyter = jupyter
        self._path = path
        self._tools = tools
        self.errors: list[str] = []

    async def fulfil(self, requests: tuple[str, ...]) -> None:
        """Run what is requested, and what that needs first."""
        await self._look()
        for request in requests:
            if request == "restart":
                print("The kernel is restarted.")
                self._jupyter.restart()
                await self._look()
                continue
            for step in await self._steps_before(request):
                await self._run(step["cell_id"], step["code"])
            await self._run(request)

    async def _look(self) -> None:
        if self._tools is not None:
            state = await self._ask("namespace_notebook_state")
            print(state["summary"], *state["attention"], *state["others"], sep="\n  ")

    async def _steps_before(self, cell_id: str) -> list[dict[str, Any]]:
        if self._tools is None:
            return []
        answer = await self._ask("namespace_before_run", cell=cell_id)
        print(f"Would {cell_id} raise? {answer['would_raise']}.", *answer["why"])
        steps: list[dict[str, Any]] = answer["run_first"]
        return steps

    async def _ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        assert self._tools is not None
        result = await self._tools.call_tool(tool, {"path": self._path, **arguments})
        assert not result.is_error, result.content
        return result.structured_content or {}

    async def _run(self, cell_id: str, code: str | None = None) -> None:
        error = await self._jupyter.run(cell_id, code)
        print(f"Run {cell_id}: {error or 'ok'}")
        if error is not None:
            self.errors.append(error)


def cell_texts() -> dict[str, str]:
    """The text of each code cell by its id."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return {it["id"]: "".join(it["source"]) for it in cells if it["cell_type"] == "code"}


async def main(naive: bool) -> None:
    """Open the notebook on the server of this folder, and fulfil the requests."""
    servers = [it for it in list_running_servers() if "base_url" in it]
    here = [it for it in servers if NOTEBOOK.is_relative_to(Path(it["root_dir"]).resolve())]
    if not here:
        sys.exit("No Jupyter server runs in this folder. Start JupyterLab here.")
    path = NOTEBOOK.relative_to(Path(here[0]["root_dir"]).resolve()).as_posix()
    jupyter = Jupyter(here[0]["url"], here[0]["token"], path)
    if naive:
        agent = Agent(jupyter, path, None)
        await agent.fulfil(REQUESTS)
    else:
        command = ["-m", "jupyter_namespace_viz", "mcp", "--server", here[0]["url"]]
        token = {"JUPYTER_TOKEN": here[0]["token"]}
        parameters = StdioServerParameters(command=sys.executable, args=command, env=token)
        async with Client(stdio_client(parameters)) as tools:
            agent = Agent(jupyter, path, tools)
            await agent.fulfil(REQUESTS)
    print(f"{len(agent.errors)} runs raised an error.", *sorted(set(agent.errors)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--naive", action="store_true")
    asyncio.run(main(parser.parse_args().naive))
