"""Which magics are known, and what do they hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Body = Literal["python", "unbound", "other", "unknown"]
"""Python that runs in the notebook's namespace · the same, but what it binds is lost
(`%timeit`) · another language or a file's text · nobody knows."""


class UnusableMagic(ValueError):
    """An entry of a user's table that says nothing; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class KnownMagic:
    """What a magic does with the text that it is given.

    `language` names what the body holds when it is no Python. `binding` and `reading` are the
    options whose value is a name (or several, with commas); `valued` the other options that take
    a word of their own. `first_word_binds` when the first word that is no option is a name that
    it binds; `arrow_binds` when `x << …` binds x; `body_binds` when what the body defines is
    bound; `sets_up` when the rest of its first line runs before the body.
    """

    body: Body
    language: str = "python"
    binding: frozenset[str] = frozenset()
    reading: frozenset[str] = frozenset()
    valued: frozenset[str] = frozenset()
    first_word_binds: bool = False
    arrow_binds: bool = False
    body_binds: bool = False
    sets_up: bool = False


Magics = tuple[tuple[str, KnownMagic], ...]
"""A user's own magics by their marked names, `%name` or `%%name`: hashable, as readings are kept by
it."""


def user_magics(table: Mapping[str, str]) -> Magics:
    """A user's table: `%name` or `%%name` → `python`, `unbound`, or the language that it holds.

    Raises UnusableMagic.

    >>> user_magics({"%%spark": "Scala"})[0][1].language
    'Scala'
    """
    return tuple(sorted(map(_entry, table, table.values()), key=lambda entry: entry[0]))


def _entry(marked: str, holds: str) -> tuple[str, KnownMagic]:
    if not marked.lstrip("%").isidentifier() or not 1 <= marked.count("%") <= 2:
        raise UnusableMagic(f"{marked!r} names no magic: write %name, or %%name for cells.")
    if holds == "python":
        return marked, KnownMagic("python")
    if holds == "unbound":
        return marked, KnownMagic("unbound")
    if not holds.strip():
        message = "holds nothing: write python, unbound, or the name of its language."
        raise UnusableMagic(f"{marked!r} {message}")
    return marked, KnownMagic("other", holds.strip())


def _options(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _python(
    valued: str = "", *, first_word_binds: bool = False, sets_up: bool = False
) -> KnownMagic:
    return KnownMagic(
        "python",
        valued=_options(valued),
        first_word_binds=first_word_binds,
        sets_up=sets_up,
    )


def _unbound(valued: str, *, sets_up: bool = False) -> KnownMagic:
    return KnownMagic("unbound", valued=_options(valued), sets_up=sets_up)


def _holds(language: str) -> KnownMagic:
    return KnownMagic("other", language)


def _script(language: str) -> KnownMagic:
    return KnownMagic("other", language, binding=_options("--out --err --proc"))


def _profiled(valued: str, names: str = "") -> KnownMagic:
    return KnownMagic("python", valued=_options(valued), reading=_options(names))


_PRUN = "-l -s -T -D -m"
_R = KnownMagic("other", "R", binding=_options("-o --output"), reading=_options("-i --input"))
_BIGQUERY = "--project --params --location --max_results --maximum_bytes_billed"

CELL_MAGICS: Mapping[str, KnownMagic] = {
    "!": _holds("shell"),
    "HTML": _holds("HTML"),
    "R": _R,
    "SVG": _holds("SVG"),
    "bash": _script("bash"),
    "bigquery": KnownMagic("other", "SQL", valued=_options(_BIGQUERY), first_word_binds=True),
    "capture": _python(first_word_binds=True),
    "cmd": _script("cmd"),
    "cython": KnownMagic("other", "Cython", body_binds=True),
    "debug": _python("-b --breakpoint", sets_up=True),
    "file": _holds("the text of a file"),
    "heat": _python(),
    "html": _holds("HTML"),
    "javascript": _holds("JavaScript"),
    "js": _holds("JavaScript"),
    "julia": _holds("Julia"),
    "latex": _holds("LaTeX"),
    "markdown": _holds("Markdown"),
    "memit": _python("-r -t -i", sets_up=True),
    "mprun": _profiled("-T", "-f"),
    "perl": _script("Perl"),
    "prun": _python(_PRUN, sets_up=True),
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
    "sql": KnownMagic("other", "SQL", arrow_binds=True),
    "svg": _holds("SVG"),
    "sx": _holds("shell"),
    "system": _holds("shell"),
    "time": _python(),
    "timeit": _unbound("-n -r -t -p", sets_up=True),
    "wandb": _python(),
    "writefile": _holds("the text of a file"),
}

LINE_MAGICS: Mapping[str, KnownMagic] = {
    "R": _R,
    "debug": _python("-b --breakpoint"),
    "lprun": _profiled("-m -u -T -D", "-f"),
    "memit": _python("-r -t -i"),
    "mprun": _profiled("-T", "-f"),
    "prun": _python(_PRUN),
    "sql": KnownMagic("other", "SQL", arrow_binds=True),
    "time": _python(),
    "timeit": _unbound("-n -r -t -p"),
}

SHELL_WORDS = _options("cat cd clear cp ldir lf lk ll ls lx man mkdir more mv pip pwd rm rmdir")
"""Line magics whose text often looks like Python, as `ls -l` does."""

AUTOMAGICS = SHELL_WORDS | _options(
    "alias alias_magic autoawait autocall automagic autoreload autosave bookmark code_wrap colors"
    " conda config connect_info debug dhist dirs doctest_mode ed edit env gui hist history"
    " killbgscripts less load load_ext loadpy logoff logon logstart logstate logstop lprun lsmagic"
    " macro magic mamba matplotlib memit micromamba mprun notebook page pastebin pdb pdef pdoc"
    " pfile pinfo pinfo2 popd pprint precision prun psearch psource pushd pycat pylab qtconsole"
    " quickref recall rehashx reload_ext rep rerun reset reset_selective run save sc set_env store"
    " subshell sx system tb time timeit unalias unload_ext uv who who_ls whos writefile xdel xmode"
)
"""Line magics that IPython takes without their percent sign in a cell of one line, where the
kernel holds no such name.
"""
