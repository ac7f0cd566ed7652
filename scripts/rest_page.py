"""How is the REST API described on a page of the documentation?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

INTRODUCTION = """
Other programs can ask a running Jupyter server what its kernels hold, and whether cells would run.
Every path is below `<base URL>jupyter-namespace-viz/api`. Each request needs the server's token, of
a user who may run code:

```bash
curl --header "Authorization: token $TOKEN" --data @cells.json \\
  http://localhost:8888/jupyter-namespace-viz/api/report
```

with, in `cells.json`,

```json
{ "kernel_id": null, "cells": [{ "id": "a", "source": "np.zeros(3)" }] }
```

A running server gives the same description as OpenAPI at `/openapi.json`. Fields that a body has in
addition are ignored; answers may get more fields.
"""

Json = dict[str, Any]


def rest_page(description: Json) -> str:
    """The page, in Markdown, for an OpenAPI description."""
    lines = ["# The REST API", INTRODUCTION, "## Requests"]
    for path, verbs in description["paths"].items():
        for verb, operation in verbs.items():
            lines += _request(f"{verb.upper()} {path}", operation)
    lines += ["", "## Types"]
    for name, schema in description["components"]["schemas"].items():
        lines += _type(name, schema)
    return "\n".join(lines) + "\n"


def _request(title: str, operation: Json) -> Iterator[str]:
    yield f"\n### `{title}`\n\n{operation['summary']}.\n"
    if "requestBody" in operation:
        yield f"The body is a {_shown(_content(operation['requestBody']))}.\n"
    answers = dict(operation["responses"])
    schema = _content(answers.pop("200"))
    yield f"The answer is {'an object' if '$ref' not in schema else 'a ' + _shown(schema)}.\n"
    yield "| refused with | when |\n| --- | --- |"
    for status, refusal in answers.items():
        yield f"| {status} | {refusal['description']} |"


def _type(name: str, schema: Json) -> Iterator[str]:
    yield f"\n### {name}\n\n{schema['description']}\n"
    required = schema.get("required", [])
    yield "| field | type | if absent |\n| --- | --- | --- |"
    for field, its in schema["properties"].items():
        absent = "" if field in required else f"`{json.dumps(its.get('default'))}`"
        yield f"| `{field}` | {_shown(its)} | {absent} |"


def _content(holder: Json) -> Json:
    schema: Json = holder["content"]["application/json"]["schema"]
    return schema


def _shown(schema: Json) -> str:
    """A type in words, with a link to each type of this page."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(map(_shown, schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(it)}`" for it in schema["enum"])
    if schema["type"] == "array":
        return f"list of {_shown(schema['items'])}"
    shown: str = schema["type"]
    return shown
