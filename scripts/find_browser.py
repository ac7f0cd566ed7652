"""Which Chromium do the browser tests use? Prints its path, and installs one if there is none.

Tried in this order: `CHROMIUM_EXECUTABLE`, Playwright's own download, a browser of the system, a
package of the system.
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
DOWNLOAD_TIMEOUT = 600  # seconds


def say(text: str) -> None:
    """Print progress to standard error; standard output only contains the answer."""
    print(text, file=sys.stderr)


def output_of(*command: str) -> str | None:
    """The standard output of the command, None where it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=UI_TESTS,
            capture_output=True,
            text=True,
            check=True,
            timeout=DOWNLOAD_TIMEOUT,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def candidates() -> Iterator[str | None]:
    """Paths of browsers to try. Each step runs only if the candidates before it did not work."""
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
    """Print the path of the first browser that can print its version."""
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
