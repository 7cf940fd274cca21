"""How cards are printed: the started sheet, the offsets, the order, a password on the zip."""

from __future__ import annotations

import ipywidgets

from leerid_core.exports import CardOrder, PrintOptions
from leerid_core.store import School
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, element

_ORDERS = [
    ("Per klas of groep", CardOrder.CLASS),
    ("Op naam", CardOrder.NAME),
    ("Zoals in de lijst", CardOrder.GIVEN),
]
_NOTE = (
    "Een vel heeft 12 stickers. Is het vel al deels gebruikt, kies dan de eerste sticker die nog "
    "vrij is."
)


class PrintForm:
    """The fields of `PrintOptions`; the offsets begin as the school set them."""

    def __init__(self, school: School) -> None:
        self._start = forms.number("Eerste vrije sticker", 1, (1, 12), 1)
        self._x = forms.number("Naar rechts (mm)", school.sticker_offset_x, (-10, 10), 0.5)
        self._y = forms.number("Naar onder (mm)", school.sticker_offset_y, (-10, 10), 0.5)
        self._order = forms.choice("Volgorde van de kaartjes", _ORDERS)
        self._password = ipywidgets.Password(description="Wachtwoord voor het zipbestand")
        self._password.placeholder = "zonder wachtwoord"
        self._password.add_class("leerid-field")

    def widget(self) -> ipywidgets.Box:
        """Return the fields in a card of their own."""
        fields = (self._start, self._x, self._y, self._order, self._password)
        return forms.card(
            Content(element("h2", "Afdrukken"), element("p", _NOTE, class_="leerid-aside")),
            forms.row(*fields),
        )

    def options(self) -> PrintOptions:
        """Return what was filled in, and forget the password; raises what `PrintOptions` raises."""
        password = self._password.value
        self._password.value = ""
        return PrintOptions(
            self._start.value, self._x.value, self._y.value, self._order.value, password or None
        )
