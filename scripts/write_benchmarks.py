"""What did the benchmarks measure? Runs them one after the other, and writes what they print.

    make bench NOTEBOOKS=folder

Takes about an hour. Nothing else should run at the same time; the page names the machine. With
BENCHMARKS="bench-reading bench-kernel" only these are run, and nothing is written.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"

# The target of the Makefile, and the question that it answers.
QUESTIONS = {
    "bench-reading": "What does it cost to read cells, beside other readers?",
    "bench-kernel": "What does the probe cost the kernel, beside its peers?",
    "bench-event-latency": "How long is it from a restart, a kill or a large change to its report?",
    "bench-many-kernels": "What do 50 kernels and 200 panels cost the server?",
    "bench-hostile": "How long do hostile texts take, and how long do they delay the server?",
    "bench-mark": "How long is it from the end of a run to the mark on screen?",
    "bench-panel": "What does the panel of a notebook of 1,000 cells cost the page?",
    "bench-large": "What does a notebook of 2,000 cells cost the page, with the panel and without?",
}

PACKAGES = ("jupyterlab", "jupyter_server", "ipykernel", "ipython", "tornado", "pyzmq")
PEERS = ("marimo", "ipyflow", "pyflakes", "lckr_jupyterlab_variableinspector")


def machine() -> list[str]:
    """The machine and the versions, one line each."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _lines(Path("/proc/cpuinfo"))
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    return [
        f"- {os.cpu_count()} × {model}, {platform.system()} {platform.release()}",
        f"- Python {platform.python_version()}; " + _versions(Path(sys.executable), PACKAGES),
        "- Peers: " + _versions(ROOT / ".venv-peers" / "bin" / "python", PEERS),
    ]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _versions(python: Path, packages: tuple[str, ...]) -> str:
    """The versions of those of the packages that this Python has."""
    code = "import sys; from importlib import metadata as m\n"
    code += "has = {d.metadata['Name'].lower(): d.version for d in m.distributions()}\n"
    code += "print(', '.join(f'{p} {has[p]}' for p in sys.argv[1:] if p in has))"
    command = [str(python), "-c", code, *packages]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main(notebooks: str, *targets: str) -> int:
    """Write the page, or print it where only some targets are run; how many failed."""
    version = metadata.version("jupyter_namespace_viz")
    today = datetime.now(timezone.utc).date()
    page = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {today}, for version {version}. Times are of this machine; "
        "ratios are what to compare.",
        "",
        *machine(),
        "",
    ]
    failed = 0
    for target in targets or QUESTIONS:
        print(f"{target} …", file=sys.stderr, flush=True)
        command = ["make", "--silent", target, f"NOTEBOOKS={notebooks}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        failed += done.returncode != 0
        printed = done.stdout if done.returncode == 0 else "(failed)\n" + done.stderr[-2000:]
        page += [f"## {QUESTIONS[target]}", "", f"`make {target}`", ""]
        page += ["```text", printed.strip(), "```", ""]
    text = "\n".join(page)
    if targets:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
