"""Text of a page as elements: headings, notices, lists, tables; never HTML in a string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import traitlets

from leerid_core.workbench.components.component import Component, static

Node = str | list[object]
"""A text, or [tag, attributes, *nodes]; the browser refuses other tags and attributes."""


def element(tag: str, *children: Node, **attributes: str) -> Node:
    """Return an element; `class_` is its class and `aria_label` its aria-label."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [tag, names, *children]


def notice(title: str, *paragraphs: str) -> Node:
    """Return one of the manual's notes."""
    items = [element("li", text) for text in paragraphs]
    body = element("ul", *items) if len(items) > 1 else element("p", *paragraphs)
    return element("div", element("strong", title), body, class_="leerid-notice", role="note")


def definitions(pairs: Iterable[tuple[str, Node]]) -> Node:
    """Return names with their values, as the details of a pupil are shown."""
    parts = [part for term, value in pairs for part in (element("dt", term), element("dd", value))]
    return element("dl", *parts)


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Node]]) -> Node:
    """Return a table of texts."""
    head = element("tr", *(element("th", name, scope="col") for name in columns))
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    return element(
        "table", element("caption", caption), element("thead", head), element("tbody", *body)
    )


def bullets(texts: Iterable[Node]) -> Node:
    """Return a list of sentences."""
    return element("ul", *(element("li", text) for text in texts), class_="leerid-findings")


class Content(Component):
    """Shows a tree of nodes; with `takes_focus` its heading is where a new screen begins."""

    _esm = static("content.js")
    tree: traitlets.List[Any] = traitlets.List().tag(sync=True)
    takes_focus = traitlets.Bool(False).tag(sync=True)

    def __init__(self, *nodes: Node, takes_focus: bool = False) -> None:
        super().__init__(tree=list(nodes), takes_focus=takes_focus)

    def show(self, *nodes: Node) -> None:
        """Show these nodes instead."""
        self.tree = list(nodes)


def title(text: str, *, seen: bool = True) -> Content:
    """Return the heading of a screen, where the focus goes when it opens.

    One that is not `seen`, because the tab says the same, is still read out.
    """
    name = "" if seen else "leerid-unseen"
    return Content(element("h1", text, tabindex="-1", class_=name), takes_focus=True)
