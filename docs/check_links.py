"""Follow every link within a built site: to pages, to places on pages, to pictures and files.

Run ``python docs/check_links.py build/site`` after a build; ``nox -s site`` does both. Links to
other hosts are not followed: the check needs no network.
"""

from __future__ import annotations

import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """What a page links to, and the places on it that have a name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.names.add(value)
            elif name in ("href", "src") and value:
                self.links.add(value)


@cache
def _parsed(path: Path) -> _Page:
    return _Page(path.read_text(encoding="utf-8"))


def dead_links(site: Path) -> list[str]:
    """Return every link within a site that leads nowhere, with its page."""
    found: list[str] = []
    for path in sorted(site.rglob("*.html")):
        for link in sorted(_parsed(path).links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            place = unquote(parts.fragment)
            missing = not target.is_file()
            if not missing and place and target.suffix == ".html":
                missing = place not in _parsed(target).names
            if missing:
                found.append(f"{path.relative_to(site)}: {link}")
    return found


def main() -> None:
    """Check the site that the command names."""
    site = Path(sys.argv[1]).resolve()
    pages = len(list(site.rglob("*.html")))
    links = sum(len(_parsed(path).links) for path in site.rglob("*.html"))
    dead = dead_links(site)
    print(*dead, sep="\n", end="\n" if dead else "")
    print(f"{pages} pages, {links} links, {len(dead)} of them dead")
    sys.exit(1 if dead or not pages else 0)


if __name__ == "__main__":
    main()
