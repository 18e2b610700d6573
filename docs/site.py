"""Put the files at the top of the repository and the handouts into the site, beside those of docs/.

In the repository every link leads to a file, from where it is written. On the site these files are pages with other
names, and what is no page (source code, tests) can't be linked: there the text is left.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
}
PAGES |= {
    path.relative_to(ROOT).as_posix(): f"assignments/{path.parent.name}.md"
    for path in sorted(ROOT.glob("assignments/*/README.md"))
}
SOURCES = {page: source for source, page in PAGES.items()}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the files that are not in docs/."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:  # noqa: ARG001  # a hook's arguments
    """Let links lead to pages."""
    here = page.file.src_uri
    folder = posixpath.dirname(SOURCES.get(here, f"docs/{here}"))

    def link(match: re.Match[str]) -> str:
        picture, text, target = match.groups()
        path, mark, anchor = target.partition("#")
        if not path or "://" in path:
            return match.group()
        source = posixpath.normpath(posixpath.join(folder, path))
        goal = PAGES.get(source, source.removeprefix("docs/"))
        if goal == source and not source.startswith("docs/"):
            return text
        return f"{picture}[{text}]({posixpath.relpath(goal, posixpath.dirname(here) or '.')}{mark}{anchor})"

    return LINK.sub(link, markdown)
