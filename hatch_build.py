"""What does the distribution say of itself that is written nowhere else?

The project's addresses are in package.json alone (`scripts/set_repository.py` writes them). They
become the links of the project, and the links of the README absolute, which it is read with
elsewhere.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

PICTURES = (".gif", ".png", ".svg", ".webp")


class ProjectMetadata(MetadataHookInterface):
    """Adds the README and, where they are known, the project's addresses."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Called by hatchling with the table `project` of pyproject.toml."""
        root = Path(self.root)
        package = json.loads((root / "package.json").read_text(encoding="utf-8"))
        readme = (root / "README.md").read_text(encoding="utf-8")
        repository = repository_of(package)
        if repository is not None:
            readme = with_absolute_links(readme, repository, f"v{package['version']}")
            metadata["urls"] = {
                "Homepage": package["homepage"],
                "Source": repository,
                "Issues": package["bugs"]["url"],
                "Changelog": f"{repository}/blob/v{package['version']}/CHANGELOG.md",
            }
        metadata["readme"] = {"content-type": "text/markdown", "text": readme}


def repository_of(package: dict[str, Any]) -> str | None:
    """The address of the repository in package.json, None where it is not known yet."""
    url: str | None = package.get("repository", {}).get("url")
    return None if url is None else url.removeprefix("git+").removesuffix(".git")


def with_absolute_links(text: str, repository: str, version: str) -> str:
    """Markdown whose relative links lead to a version's files in the repository."""

    def absolute(link: re.Match[str]) -> str:
        path = link[1]
        view = "raw" if path.endswith(PICTURES) else "blob"
        return f"]({repository}/{view}/{version}/{path})"

    return re.sub(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", absolute, text)
