"""What the site does with pages that are readable as files: a hook of ``mkdocs.yml``.

The pages of the top folder join those of ``docs``. Where a link leads to another file of the
checkout, the site has a copy of it: it is whole wherever it is put.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel
from pymdownx.slugs import slugify

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
TOP_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "CHANGELOG.md": "CHANGELOG.md",
}
"""Pages of the top folder, and what they are on the site."""
COPIES = "files"
"""The folder of the site that has the files of the checkout to which pages lead."""
LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)((?:#[^)\s]*)?)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Headings have the anchors that the pages have as files."""
    config.mdx_configs["toc"]["slugify"] = slugify(case="lower")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the top folder, and the files to which pages lead."""
    for name, place in TOP_PAGES.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / name)))
    pages = list(files.documentation_pages())
    while pages:
        page = pages.pop()
        for link, _ in LINK.findall(page.content_string):
            target = _target(page.src_uri, link)
            place = _place(target)
            if place in files.src_uris or not (ROOT / target).is_file():
                continue
            copy = File.generated(config, place, abs_src_path=str(ROOT / target))
            copy.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(copy)
            if copy.is_documentation_page():
                pages.append(copy)
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Links lead to where their targets are on the site."""
    here = page.file.src_uri

    def led(found: re.Match[str]) -> str:
        place = _place(_target(here, found[1]))
        return f"]({os.path.relpath(place, PurePosixPath(here).parent)}{found[2]})"

    return LINK.sub(led, markdown)


def _target(page: str, link: str) -> str:
    """The file of the checkout to which a link of a page leads."""
    return os.path.normpath(PurePosixPath(_source(page)).parent / link)


def _source(page: str) -> str:
    """The file of the checkout of which a page of the site is made."""
    sources = {place: name for name, place in TOP_PAGES.items()}
    if page.startswith(f"{COPIES}/"):
        return page.removeprefix(f"{COPIES}/")
    return sources.get(page, f"docs/{page}")


def _place(target: str) -> str:
    """Where a file of the checkout is on the site."""
    if target in TOP_PAGES:
        return TOP_PAGES[target]
    if target.startswith("docs/"):
        return target.removeprefix("docs/")
    return f"{COPIES}/{target}"
