"""Generate files from the types of `protocol/`.

These are the JSON schema of the panel's WebSocket, its TypeScript types, the OpenAPI description of
the REST API, and its page of the documentation.

    python scripts/make_protocol.py           write the files
    python scripts/make_protocol.py --check   fail where a file would change
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from rest_page import rest_page

from jupyter_namespace_viz.protocol import panel_messages
from jupyter_namespace_viz.protocol.rest import REQUESTS, Error, Request

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "jupyter_namespace_viz" / "protocol" / "schema.json"
OPENAPI = SCHEMA.with_name("openapi.json")
REST_PAGE = ROOT / "docs" / "rest.md"
TYPES = ROOT / "src" / "protocol.ts"
BANNER = "// Made by scripts/make_protocol.py from jupyter_namespace_viz/protocol. Do not edit."


def schema_text() -> str:
    """The schema of all messages. Its root type `Protocol` refers to every one of them."""
    roots = {
        "PanelMessage": panel_messages.PanelMessage,
        "ServerMessage": panel_messages.ServerMessage,
    }
    schemas, definitions = components(roots, "#/$defs/{name}")
    definitions.update(zip(roots, schemas, strict=True))
    for definition in definitions.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Protocol",
        "type": "object",
        "properties": {
            "panel": {"$ref": "#/$defs/PanelMessage"},
            "server": {"$ref": "#/$defs/ServerMessage"},
        },
        "required": ["panel", "server"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }
    return json.dumps(schema, indent=2) + "\n"


def components(
    types: Mapping[str, Any], ref_template: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The schemas of these types and of all types that they refer to; docstrings are dedented."""
    schemas, definitions = msgspec.json.schema_components(types.values(), ref_template=ref_template)
    for definition in definitions.values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return list(schemas), definitions


def openapi_text() -> str:
    """The REST API in OpenAPI 3.1. Unknown fields of a request body are allowed and ignored."""
    types = {request.name: request.answer for request in REQUESTS}
    types |= {f"{request.name} body": request.body for request in REQUESTS if request.body}
    types["error"] = Error
    schemas, definitions = components(types, "#/components/schemas/{name}")
    schema_of = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for request in REQUESTS:
        paths.setdefault(f"/{request.path}", {})[request.verb] = operation(request, schema_of)
    description = {
        "openapi": "3.1.0",
        "info": {
            "title": "jupyter-namespace-viz",
            "version": str(panel_messages.PROTOCOL_VERSION),
            "description": "Which names the cells of a notebook need, and whether a running kernel "
            "of this Jupyter server holds them.",
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "servers": [{"url": ".", "description": "Beside this description."}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(definitions.items())),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The server's token; `jupyter server list` shows it.",
                }
            },
        },
    }
    return json.dumps(description, indent=2) + "\n"


def operation(request: Request, schema_of: Mapping[str, Any]) -> dict[str, Any]:
    """The OpenAPI operation of one verb of one path."""

    def content(name: str) -> dict[str, Any]:
        return {"content": {"application/json": {"schema": schema_of[name]}}}

    refusals = {
        str(status): {"description": why, **content("error")}
        for status, why in sorted(request.refusals.items())
    }
    described: dict[str, Any] = {
        "operationId": request.name,
        "summary": request.summary,
        "responses": {"200": {"description": request.summary + ".", **content(request.name)}},
    }
    described["responses"] |= refusals
    if request.body is not None:
        described["requestBody"] = {"required": True, **content(f"{request.name} body")}
    variables = re.findall(r"\{(\w+)\}", request.path)
    if variables:
        described["parameters"] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "string", "minLength": 1},
            }
            for name in variables
        ]
    return described


def types_text(schema: str) -> str:
    """The protocol version and, by json-schema-to-typescript, the TypeScript types."""
    program = ROOT / "node_modules" / ".bin" / "json2ts"
    version = f"export const PROTOCOL_VERSION = {panel_messages.PROTOCOL_VERSION};"
    banner = f"{BANNER}\n\n{version}"
    command = [str(program), "--bannerComment", banner, "--unreachableDefinitions=false"]
    style = ["--style.singleQuote", "--style.trailingComma=none"]
    return subprocess.run(
        [*command, *style], input=schema, capture_output=True, text=True, check=True
    ).stdout


def main() -> int:
    """Write or check the files; returns 1 where one has drifted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    schema, description = schema_text(), openapi_text()
    drifted = []
    texts = {
        SCHEMA: schema,
        TYPES: types_text(schema),
        OPENAPI: description,
        REST_PAGE: rest_page(json.loads(description)),
    }
    for path, text in texts.items():
        if check and (not path.exists() or path.read_text() != text):
            drifted.append(path.relative_to(ROOT))
        elif not check:
            path.write_text(text)
    for path in drifted:
        print(f"{path} has drifted; run python scripts/make_protocol.py", file=sys.stderr)
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main())
