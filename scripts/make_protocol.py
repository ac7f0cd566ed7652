"""Write the protocol's JSON schema and TypeScript types from `protocol/messages.py`.

python scripts/make_protocol.py           write both files
python scripts/make_protocol.py --check   fail when either differs from what would be written
"""

from __future__ import annotations

import argparse
import inspect
import json
import subprocess
import sys
from pathlib import Path

import msgspec

from jupyter_namespace_viz.protocol import messages

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "jupyter_namespace_viz" / "protocol" / "schema.json"
TYPES = ROOT / "src" / "protocol.ts"
BANNER = "// Made by scripts/make_protocol.py from protocol/messages.py. Do not edit."


def schema_text() -> str:
    """The schema of all messages; `Protocol` is the type that mentions every one of them."""
    roots = {"PanelMessage": messages.PanelMessage, "ServerMessage": messages.ServerMessage}
    schemas, definitions = msgspec.json.schema_components(
        roots.values(), ref_template="#/$defs/{name}"
    )
    definitions.update(zip(roots, schemas, strict=True))
    for definition in definitions.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
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


def types_text(schema: str) -> str:
    """The TypeScript types of the schema, by json-schema-to-typescript."""
    program = ROOT / "node_modules" / ".bin" / "json2ts"
    command = [str(program), "--bannerComment", BANNER, "--unreachableDefinitions=false"]
    style = ["--style.singleQuote", "--style.trailingComma=none"]
    return subprocess.run(
        [*command, *style], input=schema, capture_output=True, text=True, check=True
    ).stdout


def main() -> int:
    """Write or check both files; 1 when one has drifted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    schema = schema_text()
    drifted = []
    for path, text in ((SCHEMA, schema), (TYPES, types_text(schema))):
        if check and (not path.exists() or path.read_text() != text):
            drifted.append(path.relative_to(ROOT))
        elif not check:
            path.write_text(text)
    for path in drifted:
        print(f"{path} has drifted; run python scripts/make_protocol.py", file=sys.stderr)
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main())
