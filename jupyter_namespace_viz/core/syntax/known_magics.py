"""Which magics are known, and what does their text contain?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Body = Literal["python", "unbound", "other", "unknown"]
"""What the text of a magic is: Python that runs in the notebook's namespace · the same, but its
bindings are discarded (`%timeit`) · another language, or the text of a file · unknown."""


class UnusableMagic(ValueError):
    """An invalid entry of a user's table of magics. The message names the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class KnownMagic:
    """What a magic does with its text.

    `language` names the language of the body where that is not Python. Options differ by what their
    value is: the names that it binds (`binding_options`), the names that it reads
    (`reading_options`), or any other word (`value_options`); several names are separated by commas.
    With `first_word_binds` the magic binds the first word that is not an option, with `arrow_binds`
    the `x` of `x << …`, with `body_binds` what the body defines. With `runs_first_line` the rest of
    the first line runs before the body. With `inserts_names` the values of names can be inserted
    into the text, as `{x}`, `$x` or `:x`. `alias_of` is the magic of which it is another name.
    """

    body: Body
    language: str = "python"
    binding_options: frozenset[str] = frozenset()
    reading_options: frozenset[str] = frozenset()
    value_options: frozenset[str] = frozenset()
    first_word_binds: bool = False
    arrow_binds: bool = False
    body_binds: bool = False
    runs_first_line: bool = False
    alias_of: str = ""
    inserts_names: bool = False


Magics = tuple[tuple[str, KnownMagic], ...]
"""The magics that a user has declared, by their marked names, `%name` or `%%name`. A tuple, because
it is part of the key of the cache of read cells."""


def with_magic(magics: Magics, marked: str, known: KnownMagic | None) -> Magics:
    """The magics with another one; without it where `known` is None."""
    others = [entry for entry in magics if entry[0] != marked]
    return tuple(sorted([*others, *([] if known is None else [(marked, known)])], key=_marked))


def _marked(entry: tuple[str, KnownMagic]) -> str:
    return entry[0]


def user_magics(table: Mapping[str, str]) -> Magics:
    """The magics of a user's table, which maps `%name` or `%%name` to `python`, `unbound` or the
    name of the language of its body.

    Raises UnusableMagic.

    >>> user_magics({"%%spark": "Scala"})[0][1].language
    'Scala'
    """
    return tuple(sorted(map(_entry, table, table.values()), key=_marked))


def _entry(marked: str, body: str) -> tuple[str, KnownMagic]:
    if not marked.lstrip("%").isidentifier() or not 1 <= marked.count("%") <= 2:
        raise UnusableMagic(f"{marked!r} names no magic: write %name, or %%name for cells.")
    if body == "python":
        return marked, KnownMagic("python")
    if body == "unbound":
        return marked, KnownMagic("unbound")
    if not body.strip():
        message = "holds nothing: write python, unbound, or the name of its language."
        raise UnusableMagic(f"{marked!r} {message}")
    return marked, KnownMagic("other", body.strip())


def _options(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _python(
    value_options: str = "", *, first_word_binds: bool = False, runs_first_line: bool = False
) -> KnownMagic:
    return KnownMagic(
        "python",
        value_options=_options(value_options),
        first_word_binds=first_word_binds,
        runs_first_line=runs_first_line,
    )


def _unbound(value_options: str, *, runs_first_line: bool = False) -> KnownMagic:
    return KnownMagic(
        "unbound", value_options=_options(value_options), runs_first_line=runs_first_line
    )


def _other_language(language: str) -> KnownMagic:
    return KnownMagic("other", language)


def _script(language: str) -> KnownMagic:
    return KnownMagic("other", language, binding_options=_options("--out --err --proc"))


def _profiled(value_options: str, names: str = "") -> KnownMagic:
    return KnownMagic(
        "python", value_options=_options(value_options), reading_options=_options(names)
    )


_PRUN = "-l -s -T -D -m"
_R = KnownMagic(
    "other", "R", binding_options=_options("-o --output"), reading_options=_options("-i --input")
)
_SQL = KnownMagic("other", "SQL", arrow_binds=True, inserts_names=True)
_BIGQUERY = "--project --params --location --max_results --maximum_bytes_billed"

CELL_MAGICS: Mapping[str, KnownMagic] = {
    "!": _other_language("shell"),
    "HTML": _other_language("HTML"),
    "R": _R,
    "SVG": _other_language("SVG"),
    "bash": _script("bash"),
    "bigquery": KnownMagic(
        "other", "SQL", value_options=_options(_BIGQUERY), first_word_binds=True
    ),
    "capture": _python(first_word_binds=True),
    "cmd": _script("cmd"),
    "code_wrap": _other_language("a template of code"),
    "cython": KnownMagic("other", "Cython", body_binds=True),
    "debug": _python("-b --breakpoint", runs_first_line=True),
    "file": _other_language("the text of a file"),
    "heat": _python(),
    "html": _other_language("HTML"),
    "javascript": _other_language("JavaScript"),
    "js": _other_language("JavaScript"),
    "julia": _other_language("Julia"),
    "latex": _other_language("LaTeX"),
    "markdown": _other_language("Markdown"),
    "memit": _python("-r -t -i", runs_first_line=True),
    "mprun": _profiled("-T", "-f"),
    "perl": _script("Perl"),
    "prun": _python(_PRUN, runs_first_line=True),
    "pyinstrument": _python(),
    "pypy": _script("Python in another process"),
    "python": _script("Python in another process"),
    "python2": _script("Python 2"),
    "python3": _script("Python in another process"),
    "ruby": _script("Ruby"),
    "scalene": _python(),
    "script": _script("a script"),
    "sh": _script("sh"),
    "snakeviz": _python(),
    "sql": _SQL,
    "svg": _other_language("SVG"),
    "sx": _other_language("shell"),
    "system": _other_language("shell"),
    "time": _python(),
    "timeit": _unbound("-n -r -p -v", runs_first_line=True),
    "wandb": _python(),
    "writefile": _other_language("the text of a file"),
}

LINE_MAGICS: Mapping[str, KnownMagic] = {
    "R": _R,
    "debug": _python("-b --breakpoint"),
    "lprun": _profiled("-m -u -T -D", "-f"),
    "memit": _python("-r -t -i"),
    "mprun": _profiled("-T", "-f"),
    "prun": _python(_PRUN),
    "sql": _SQL,
    "time": _python(),
    "timeit": _unbound("-n -r -p -v"),
}

EXTENSION_MAGICS: Mapping[str, frozenset[str]] = {
    "Cython": _options("cython cython_inline cython_pyximport"),
    "cython": _options("cython cython_inline cython_pyximport"),
    "google.cloud.bigquery": _options("bigquery"),
    "ipytest": _options("ipytest"),
    "julia.magic": _options("julia"),
    "line_profiler": _options("lprun"),
    "memory_profiler": _options("memit mprun"),
    "pyinstrument": _options("pyinstrument"),
    "rpy2.ipython": _options("R Rdevice Rget Rpull Rpush"),
    "scalene": _options("scalene scrun"),
    "snakeviz": _options("snakeviz"),
    "sql": _options("sql"),
}
"""The magics of extensions by the modules that register them."""

SHELL_WORDS = _options("cat cd clear cp ldir lf lk ll ls lx man mkdir more mv pip pwd rm rmdir")
"""Line magics whose text often looks like Python, such as `ls -l`."""

AUTOMAGICS = SHELL_WORDS | _options(
    "alias alias_magic autoawait autocall automagic autoreload autosave bookmark code_wrap colors"
    " conda config connect_info debug dhist dirs doctest_mode ed edit env gui hist history"
    " killbgscripts less load load_ext loadpy logoff logon logstart logstate logstop lprun lsmagic"
    " macro magic mamba matplotlib memit micromamba mprun notebook page pastebin pdb pdef pdoc"
    " pfile pinfo pinfo2 popd pprint precision prun psearch psource pushd pycat pylab qtconsole"
    " quickref recall rehashx reload_ext rep rerun reset reset_selective run save sc set_env store"
    " subshell sx system tb time timeit unalias unload_ext uv who who_ls whos writefile xdel xmode"
)
"""Line magics that IPython accepts without the percent sign, in a cell of one line, where the
kernel holds no such name."""
