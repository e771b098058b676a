"""HTML: the report that people send to each other, one page or a folder of pages.

Every page carries its own style and script, asks the network for nothing and
can be opened from a disk. Its policy lets nothing else run.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import Material
from .site import MAX_BYTES, Site


def render(material: Material) -> Iterator[str]:
    """Give one page, whatever it weighs; `pages` parts what is too much for one."""
    site = Site(material, "report.html", "")
    yield site.single(site.all_sections())


def pages(material: Material, index: str = "index.html", folder: str = "") -> Iterator[tuple[str, str]]:
    """Give the pages of a report as (path, text).

    One page, at `index`, where that holds all; else several, all but the
    first below `folder` ("" or a name that ends in a slash).
    """
    return Site(material, index, folder).pages()


__all__ = ["MAX_BYTES", "pages", "render"]
