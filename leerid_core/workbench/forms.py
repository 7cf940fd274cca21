"""The ipywidgets of our forms; each has a description, its accessible label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets
import traitlets
from ipywidgets import Widget


def until_closed(
    field: ipywidgets.Widget, link: traitlets.link | traitlets.directional_link
) -> None:
    """Undo a link when its field is closed: the choices of another school would break on it."""
    field.observe(lambda _change: link.unlink(), "comm")


def button(
    label: str, pressed: Callable[[], None], *, primary: bool = False, plain: bool = False
) -> ipywidgets.Button:
    """Return a button that calls `pressed`; `plain` looks like a link."""
    made = ipywidgets.Button(description=label, button_style="primary" if primary else "")
    if plain:
        made.add_class("leerid-plain")
    made.on_click(lambda _: pressed())
    return made


def text(label: str, value: str = "", *, hint: str = "", wide: bool = False) -> ipywidgets.Text:
    """Return a field for text that follows the typing."""
    made = ipywidgets.Text(value=value, description=label, placeholder=hint)
    made.add_class("leerid-wide" if wide else "leerid-field")
    return made


def fixed(label: str, value: str) -> ipywidgets.Text:
    """Return a field whose text cannot be changed."""
    made = text(label, value)
    made.disabled = True
    return made


def choice(
    label: str, options: Sequence[tuple[str, object]], value: object = None
) -> ipywidgets.Dropdown:
    """Return a field to choose one of `options`, (shown, value); without `value` the first."""
    made = ipywidgets.Dropdown(options=options, description=label)
    if value is not None:
        made.value = value
    made.add_class("leerid-field")
    return made


def number(label: str, value: float, limits: tuple[float, float], step: float) -> Any:
    """Return a field for a number within `limits`."""
    whole = isinstance(value, int)
    kind = ipywidgets.BoundedIntText if whole else ipywidgets.BoundedFloatText
    made = kind(value=value, min=limits[0], max=limits[1], step=step, description=label)
    made.add_class("leerid-small")
    return made


def tick(label: str, *, value: bool = False) -> ipywidgets.Checkbox:
    """Return a box to tick."""
    return ipywidgets.Checkbox(value=value, description=label, indent=False)


def row(*widgets: Widget) -> ipywidgets.Box:
    """Return widgets beside one another, below when there is no room."""
    return _box(widgets, "leerid-row")


def grid(*widgets: Widget) -> ipywidgets.Box:
    """Return widgets in columns of one width."""
    return _box(widgets, "leerid-grid")


def card(*widgets: Widget) -> ipywidgets.Box:
    """Return widgets in a frame."""
    return _box(widgets, "leerid-card")


def _box(widgets: Iterable[Widget], name: str) -> ipywidgets.VBox:
    made = ipywidgets.VBox(list(widgets))
    made.add_class(name)
    return made
