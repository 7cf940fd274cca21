"""What the page of a dashboard loads, and what it relies on in packages of others."""

from __future__ import annotations

import re

import pytest

from leerid_core.server.assets import assets


@pytest.mark.parametrize(
    ("bundle", "relied_on"),
    [
        # One `define`, whose only need is the address that it comes from.
        ("ipywidgets.js", 'define(["module"],'),
        # As it starts it asks this of Notebook 6, and no more.
        ("ipywidgets.js", "window.requirejs.config({"),
        ("ipywidgets.js", "Jupyter.version.split("),
        # And this when it is loaded, for its style comes with it.
        ("ipywidgets.js", "load_ipython_extension:function(){"),
        ("ipywidgets.js", '["base/js/namespace","base/js/events","notebook/js/outputarea"]'),
        # What the page takes from it, by name.
        ("ipywidgets.js", "put_buffers:()=>"),
        ("ipywidgets.js", "JupyterLuminoWidget:()=>"),
        # The classes of ipywidgets, which are all that it needs.
        ("anywidget.js", 'define(["@jupyter-widgets/base"], '),
    ],
)
def test_a_bundle_is_as_the_page_takes_it(bundle: str, relied_on: str) -> None:
    """Another version of the package may be otherwise: then this says which part to look at."""
    assert assets()[bundle].plain.count(relied_on.encode()) == 1


def test_who_manages_widgets_is_asked_for_what_the_page_has() -> None:
    """What else there is belongs to Notebook 6 and to outputs, which no page has."""
    asked = set(re.findall(rb"widget_manager\.(\w+)", assets()["ipywidgets.js"].plain))
    elsewhere = {b"_rendermime", b"disconnect", b"keyboard_manager", b"notebook", b"new_widget"}
    assert asked - elsewhere == {b"callbacks", b"create_view", b"inline_sanitize"}


def test_the_script_of_a_page_is_whole() -> None:
    """Each of its parts is there, and it is a fraction of what it stands in for."""
    script = assets()["page.js"].plain
    for part in (b"class Kernel ", b"class Widgets ", b"function encoded(", b"pagehide"):
        assert script.count(part) == 1
    assert sum(len(asset.compressed) for asset in assets().values()) < 400_000
