"""The top of every dashboard: the pages, the school and who is signed in."""

from __future__ import annotations

from typing import Any

import traitlets

from leerid_core.workbench.components.component import Component, static

PAGES = {
    "leerid-beheer": "LeerID-beheer",
    "applicatiebeheer": "Applicatiebeheer",
    "schoolinstellingen": "Schoolinstellingen",
    "gebruiksstatistieken": "Gebruiksstatistieken",
}
"""The address and the name of each page, in the order of the manual's tabs."""


class Header(Component):
    """Shows where the user is; the message "school" asks for another school."""

    _esm = static("dom.js", "header.js")
    pages: traitlets.List[Any] = traitlets.List().tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    schools: traitlets.List[Any] = traitlets.List().tag(sync=True)
    school = traitlets.Unicode().tag(sync=True)
    user = traitlets.Unicode().tag(sync=True)
    password = traitlets.Unicode("wachtwoord").tag(sync=True)
    sign_out = traitlets.Unicode("afmelden").tag(sync=True)
