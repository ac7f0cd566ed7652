"""Make the translations from the texts in the source.

Each language has two catalogs in `jupyter_namespace_viz/locale/<language>/LC_MESSAGES`:
`sentences.po` has the server's sentences (`sentence("…")` and `counted("…", "…")` in Python),
`jupyter_namespace_viz.po` the panel's texts (`trans.__('…')` in TypeScript). From them come
`sentences.mo`, which the server reads, and `jupyter_namespace_viz.json`, which JupyterLab reads.

    python scripts/make_locale.py           add new texts, remove old ones, write the other files
    python scripts/make_locale.py --check   fail where that would change a file, or where a text is
                                            not translated or has other fields than the original

To add a language, make its folder, and translate what the script writes into it.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "jupyter_namespace_viz"
LOCALE = PACKAGE / "locale"
SENTENCES = "sentences"
PANEL = "jupyter_namespace_viz"
"""The domain of the panel, which is the name of the entry point in the group jupyterlab.locale."""

MOST_SHOWN = 10
"""How many mistakes of one file are listed."""

FUNCTIONS = {"sentence": 1, "counted": 2}
"""The functions whose first arguments are templates, and how many."""

FIELD = re.compile(r"`[^`]*`|\{\w*\}|%\d")
"""Code, with the fields in it, and fields elsewhere: each text has those of the original."""


def server_template() -> Catalog:
    """The sentences of the server."""
    template = Catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = FUNCTIONS.get(node.func.id, 0)
                if count:
                    texts = tuple(_literal(it, place) for it in node.args[:count])
                    template.add(texts[0] if count == 1 else texts, "", locations=[(place, 0)])
    return template


def _literal(node: ast.expr, place: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise SystemExit(f"{place}:{node.lineno}: the template of a sentence must be a literal")


def panel_template() -> Catalog:
    """The texts of the panel."""
    command = ["node", "scripts/panel_texts.mjs"]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    template = Catalog()
    for text in json.loads(output):
        single, plural = text["single"], text["plural"]
        texts = single if plural is None else (single, plural)
        template.add(texts, "", locations=[(text["file"], 0)], context=text["context"])
    return template


def updated(path: Path, template: Catalog, language: str) -> Catalog:
    """The catalog of the file with exactly the texts of the template; new ones are empty."""
    catalog = Catalog(locale=language)
    if path.exists():
        catalog = read_po(BytesIO(path.read_bytes()), locale=language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po_text(catalog: Catalog, language: str) -> bytes:
    """The catalog as a translator edits it; without dates and line numbers, which only cause
    conflicts.
    """
    header = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {language}\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        f'"Plural-Forms: {catalog.plural_forms};\\n"'.replace(";;", ";"),
    ]
    body = BytesIO()
    write_po(body, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return "\n".join(header).encode() + b"\n\n" + body.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalog as Python's gettext reads it; Babel's own would begin with the time of day.

    The format is described in GNU gettext's manual: a header, two tables with the length and the
    offset of each text, and the texts, which end with a zero byte.
    """
    header = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {catalog.plural_forms};\n"
    texts = {"": header}
    for message in _translated(catalog):
        texts["\0".join(_forms(message.id))] = "\0".join(_forms(message.string))
    encoded = sorted((key.encode(), text.encode()) for key, text in texts.items())
    offset = 28 + 16 * len(encoded)
    tables = b""
    for column in zip(*encoded, strict=True):
        for text in column:
            tables += struct.pack("<2I", len(text), offset)
            offset += len(text) + 1
    start = struct.pack("<7I", 0x950412DE, 0, len(encoded), 28, 28 + 8 * len(encoded), 0, 0)
    return (
        start + tables + b"".join(text + b"\0" for it in zip(*encoded, strict=True) for text in it)
    )


def json_text(catalog: Catalog, language: str) -> bytes:
    """The catalog as JupyterLab reads it."""
    tag = language.replace("_", "-")
    about = {"domain": PANEL, "language": tag, "plural_forms": catalog.plural_forms}
    texts: dict[str, object] = {"": about}
    for message in sorted(_translated(catalog)):
        single = _forms(message.id)[0]
        key = single if message.context is None else f"{message.context}\x04{single}"
        texts[key] = _forms(message.string)
    return (json.dumps(texts, ensure_ascii=False, indent=1) + "\n").encode()


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """The forms of a text that has a plural, or the only one."""
    return [text] if isinstance(text, str) else list(text)


def _translated(catalog: Catalog) -> list[Message]:
    return [it for it in catalog if it.id and all(_forms(it.string))]


def mistakes(catalog: Catalog) -> Iterator[str]:
    """The texts that are not translated, and those whose fields or code differ."""
    for message in catalog:
        if not message.id:
            continue
        original = _forms(message.id)[-1]
        if not all(_forms(message.string)):
            yield f"not translated: {original}"
            continue
        fields = sorted(FIELD.findall(original))
        for text in _forms(message.string):
            if sorted(FIELD.findall(text)) != fields:
                yield f"other fields or code than the original: {text}"


def main() -> int:
    """Write or check the files; returns 1 where one has drifted or a text is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    templates = {SENTENCES: server_template(), PANEL: panel_template()}
    wrong = []
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        for domain, template in templates.items():
            path = folder / "LC_MESSAGES" / f"{domain}.po"
            catalog = updated(path, template, folder.name)
            compiled = path.with_suffix(".mo" if domain == SENTENCES else ".json")
            content = mo_bytes(catalog) if domain == SENTENCES else json_text(catalog, folder.name)
            for file, wanted in ((path, po_text(catalog, folder.name)), (compiled, content)):
                if not check:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(wanted)
                elif not file.exists() or file.read_bytes() != wanted:
                    wrong.append(f"{file.relative_to(ROOT)} has drifted")
            found = list(mistakes(catalog))
            wrong += [f"{path.relative_to(ROOT)}: {it}" for it in found[:MOST_SHOWN]]
            if len(found) > MOST_SHOWN:
                wrong.append(f"{path.relative_to(ROOT)}: and {len(found) - MOST_SHOWN} more")
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print("Run python scripts/make_locale.py, and translate what is new.", file=sys.stderr)
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
