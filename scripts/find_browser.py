"""Which Chromium shall the browser tests use? Prints its path; fetches one where none is there.

Asked in this order: `CHROMIUM_EXECUTABLE`, Playwright's own download, a browser of the system,
a package of the system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

UI_TESTS = Path(__file__).resolve().parent.parent / "ui-tests"
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
LONGEST_DOWNLOAD = 600  # seconds


def say(text: str) -> None:
    """Tell the user what happens; standard output is for the answer alone."""
    print(text, file=sys.stderr)


def output_of(*command: str) -> str | None:
    """What the command prints, or None when it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=UI_TESTS,
            capture_output=True,
            text=True,
            check=True,
            timeout=LONGEST_DOWNLOAD,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def candidates() -> Iterator[str | None]:
    """Browsers to try; each step is taken only when what came before it did not work."""
    yield os.environ.get("CHROMIUM_EXECUTABLE")
    say("Asking Playwright for its own Chromium …")
    output_of("node", "node_modules/playwright/cli.js", "install", "chromium", "--no-shell")
    yield output_of("node", "-p", "require('playwright-core').chromium.executablePath()")
    say("Looking for a Chromium of the system …")
    yield from map(shutil.which, NAMES)
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing the package chromium …")
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *arguments], stdout=sys.stderr, check=False)
        yield shutil.which("chromium")


def main() -> int:
    """Print the first browser that can tell its version."""
    for path in candidates():
        if path and (version := output_of(path, "--version")):
            say(f"Found {version}")
            print(path)
            return 0
    say(
        "No Chromium was found, and none could be installed.\n"
        "Install Chromium or Chrome, or set CHROMIUM_EXECUTABLE to one, and try again."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
