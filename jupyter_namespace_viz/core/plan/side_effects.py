"""What does a cell seem to do outside the kernel?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from jupyter_namespace_viz.core.analysis.rules.text_arguments.magic_calls import is_magic_call
from jupyter_namespace_viz.core.sentences import Sentence, enumeration, sentence
from jupyter_namespace_viz.core.syntax.magics import read_cell_magic
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text

Effect = Literal["writes", "removes", "network", "installs", "commands", "asks"]

WRITES: Effect = "writes"
REMOVES: Effect = "removes"
NETWORK: Effect = "network"
INSTALLS: Effect = "installs"
COMMANDS: Effect = "commands"
ASKS: Effect = "asks"

_BY_METHOD = {
    **dict.fromkeys(
        "copy2 copyfile copytree dump extractall imsave imwrite makedirs mkdir save save_model"
        " save_pretrained save_weights savefig savemat savetxt savez savez_compressed to_csv"
        " to_excel to_feather to_file to_hdf to_parquet to_pickle to_sql to_stata write_bytes"
        " write_html write_image write_text".split(),
        WRITES,
    ),
    **dict.fromkeys("rmdir rmtree unlink".split(), REMOVES),
    **dict.fromkeys(
        "fetch_openml from_pretrained get_file load_dataset urlopen urlretrieve".split(), NETWORK
    ),
}
"""Effects by the last part of the called name, whatever object it is called on."""

_BY_NAME = {
    **dict.fromkeys("os.remove os.removedirs os.rename os.replace shutil.move".split(), REMOVES),
    **dict.fromkeys("os.popen os.system".split(), COMMANDS),
    "nltk.download": NETWORK,
    "yf.download": NETWORK,
    "input": ASKS,
    "getpass.getpass": ASKS,
}
_MODE_TO_WRITE = re.compile(r"[wax][bt]?\+?[bt]?|r[bt]?\+[bt]?")
_BY_MODULE = {"requests": NETWORK, "httpx": NETWORK, "boto3": NETWORK, "subprocess": COMMANDS}
_INSTALLERS = {"apt", "apt-get", "brew", "conda", "mamba", "pip", "pip3", "poetry", "uv"}
_DOWNLOADERS = {"curl", "git", "gdown", "wget"}
_CELL_MAGICS = {"writefile": WRITES, "file": WRITES, "bash": COMMANDS, "sh": COMMANDS}
_CELL_MAGICS |= {"script": COMMANDS, "cmd": COMMANDS, "!": COMMANDS, "system": COMMANDS}


def side_effects(source: str) -> tuple[Sentence, ...]:
    """What the cell seems to do apart from binding names, in the order of its text, with the calls
    that show it: "Writes files: `df.to_csv`".

    This is a hint for a user who is about to run the cell. Functions of other cells are not
    considered.
    """
    found: dict[Effect, dict[str, None]] = {}
    for effect, sign in _signs(source):
        found.setdefault(effect, {})[f"`{sign}`"] = None
    return tuple(_in_words(effect, enumeration(signs)) for effect, signs in found.items())


def _in_words(effect: Effect, calls: str) -> Sentence:
    match effect:
        case "writes":
            return sentence("Writes files: {calls}", calls=calls)
        case "removes":
            return sentence("Moves or removes files: {calls}", calls=calls)
        case "network":
            return sentence("Uses the network: {calls}", calls=calls)
        case "installs":
            return sentence("Installs packages: {calls}", calls=calls)
        case "commands":
            return sentence("Runs commands: {calls}", calls=calls)
        case "asks":
            return sentence("Asks for input: {calls}", calls=calls)


def _size_of(signs: tuple[tuple[Effect, str], ...]) -> int:
    return 100 + 100 * len(signs)


@cached_by_text(_size_of, unread=())
def _signs(source: str) -> tuple[tuple[Effect, str], ...]:
    return tuple(dict.fromkeys(_found_signs(source)))


def _found_signs(source: str) -> Iterator[tuple[Effect, str]]:
    magic = read_cell_magic(source)
    if magic is None:
        text = source
    else:
        first_line = source.strip().splitlines()[0]
        name = first_line[2:].split(maxsplit=1)[0] if len(first_line) > 2 else ""
        if name in _CELL_MAGICS:
            yield _CELL_MAGICS[name], f"%%{name}"
        text = magic.text
    body = parse(text).body
    called = {
        node.func.id
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for call in _calls(body, called):
        sign = _sign(call)
        if sign is not None:
            yield sign


def _calls(body: Sequence[ast.stmt], called: set[str]) -> Iterator[ast.Call]:
    """The calls that running the statements makes, as far as the cell's text shows.

    Uses its own stack, as text may be nested more deeply than Python allows recursion.
    """
    to_visit: list[ast.AST] = [*reversed(body)]
    while to_visit:
        node = to_visit.pop()
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in called:
            continue
        if isinstance(node, ast.Call):
            yield node
        to_visit.extend(reversed([*ast.iter_child_nodes(node)]))


def _sign(call: ast.Call) -> tuple[Effect, str] | None:
    if is_magic_call(call):
        assert isinstance(call.func, ast.Attribute)
        texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        return _sign_of_magic(call.func.attr, [str(text) for text in texts])
    name = _dotted(call.func)
    if name is None:
        return None
    head, _, rest = name.partition(".")
    effect = (
        _BY_NAME.get(name)
        or _BY_METHOD.get(name.rpartition(".")[2])
        or (_BY_MODULE.get(head) if rest else None)
    )
    if effect is None and _is_opened_to_write(name, call):
        effect = WRITES
    if effect is None and any(map(_is_url, call.args)):
        effect = NETWORK
    return None if effect is None else (effect, name)


def _sign_of_magic(method: str, texts: Sequence[str]) -> tuple[Effect, str] | None:
    if method == "run_line_magic" and texts:
        known = {"pip": INSTALLS, "conda": INSTALLS, "mamba": INSTALLS, "sx": COMMANDS}
        effect = known.get(texts[0])
        return None if effect is None else (effect, f"%{texts[0]}")
    words = texts[0].split() if method in {"system", "getoutput"} and texts else []
    if not words:
        return None
    command = next((word for word in words if word not in {"sudo", "-q"}), words[0])
    if command in _INSTALLERS:
        return INSTALLS, f"!{command}"
    return (NETWORK if command in _DOWNLOADERS else COMMANDS), f"!{command}"


def _dotted(node: ast.expr) -> str | None:
    """The dotted name `a.b.c`; of `f().b.c` only the attributes `b.c`."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts)) or None


def _is_opened_to_write(name: str, call: ast.Call) -> bool:
    if name.rpartition(".")[2] != "open":
        return False
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes += call.args[1:2] if isinstance(call.func, ast.Name) else call.args[:2]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant)]
    return any(isinstance(it, str) and _MODE_TO_WRITE.fullmatch(it) for it in texts)


def _is_url(node: ast.expr) -> bool:
    """Whether the node is a string or an f-string that begins like the URL of a remote file."""
    if isinstance(node, ast.JoinedStr) and node.values:
        return _is_url(node.values[0])
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    scheme, separator, _ = node.value[:12].partition("://")
    return bool(separator) and scheme in {"ftp", "gs", "http", "https", "s3"}
