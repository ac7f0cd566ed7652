"""Does the time of reading any text grow with its length only?

`test_work.py` counts calls, which is exact, but does not see what one call does in C: regular
expressions, Python's parser and its tokenizer. So the processor's time for a text is compared with
that for one a quarter as long. Both are measured in one process of its own, which has a limit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS
from tests.core.tools.any_text import check
from tests.core.tools.hostile_texts import HOSTILE

SHORT, LONG = 10_000, 40_000
GROWTH = 8
"""At most so many times the time for four times the length: less than for its square, 16."""

NOTICEABLE = 0.01
"""Seconds. What takes less for the short text is not measured well; a time that grows with the
square from less than this is 0.16 for the long one."""

MEASURE = f"""
import gc, json, sys, time
sys.path[:] = json.loads(sys.argv[1])
from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.hostile_texts import HOSTILE

def seconds(text):
    read_cell.cache_clear()
    gc.collect()
    begin = time.process_time()
    read_cell(text)
    return time.process_time() - begin

for kind, text_of in HOSTILE.items():
    short, long = text_of({SHORT}), text_of({LONG})
    times = min(seconds(short), seconds(short)), seconds(long)
    if times[1] > {GROWTH} * times[0]:  # other programs only add to a time
        times = min(times[0], seconds(short)), min(times[1], seconds(long))
    print(json.dumps([kind, *times]), flush=True)
"""


@cache
def measured() -> dict[str, tuple[float, float]]:
    """The seconds of the processor for the short and the long text of each kind."""
    program = [sys.executable, "-c", MEASURE, json.dumps(sys.path)]
    ran = subprocess.run(program, capture_output=True, text=True, check=False, timeout=280)
    assert ran.returncode == 0, ran.stderr
    rows = map(json.loads, ran.stdout.splitlines())
    return {kind: (short, long) for kind, short, long in rows}


@pytest.mark.parametrize("kind", HOSTILE)
def test_four_times_the_length_is_not_sixteen_times_the_time(kind: str) -> None:
    short, long = measured()[kind]
    assert long <= GROWTH * max(short, NOTICEABLE)


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_text_is_read(kind: str) -> None:
    for length in (1_000, LONG):
        text = HOSTILE[kind](length)
        assert len(text) <= length <= MAX_SOURCE_CHARS
        check(text)
