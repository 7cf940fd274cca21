"""The filter above the statistics: the period, and which part of the pupils."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import ipywidgets
import traitlets

from leerid_core.labels import TYPE_LABELS
from leerid_core.rules.accounts import AccountType
from leerid_core.services.pupil_selection import FilterChoices
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, element
from leerid_core.workbench.states.usage_filter import Period, UsageFilter
from leerid_core.workbench.views.pupil_filter import forget_unknown, part_fields, part_options

_PERIODS = [
    ("Dit schooljaar", Period.YEAR),
    ("Laatste 30 dagen", Period.MONTH),
    ("Laatste 90 dagen", Period.QUARTER),
    ("Vorig schooljaar", Period.PREVIOUS),
    ("Eigen periode", Period.OWN),
]
_TYPES = [
    ("Alle types", ""),
    *((TYPE_LABELS[one], one) for one in AccountType),
]

_EVERY = ("Alle groepen", "Alle (sub)klassen")


class UsageFilterCard:
    """The fields, linked to `state`; `today` tells which days a period is now."""

    def __init__(self, state: UsageFilter, choices: FilterChoices, today: date) -> None:
        self._state = state
        self._today = today
        self._days = [ipywidgets.DatePicker(description=name) for name in ("Van", "Tot en met")]
        self._showing = False
        for field in self._days:
            field.add_class("leerid-field")
        forget_unknown(state, choices)
        self._choices = {
            "period": forms.choice("Periode", _PERIODS),
            "account_type": forms.choice("LeerID-type", _TYPES),
            **part_fields(choices, *_EVERY),
        }
        for name, field in self._choices.items():
            forms.until_closed(field, traitlets.link((state, name), (field, "value")))
        self._show_days()
        for field in self._days:
            field.observe(self._typed, "value")
        state.observe(self._show_days, ("period", "first", "last"))

    def widget(self) -> ipywidgets.Box:
        """Return the fields in a card of their own."""
        period, *others = self._choices.values()
        clear = forms.button("Verwijder filters", self._state.forget, plain=True)
        heading = forms.row(Content(element("h2", "Filter")), clear)
        heading.add_class("leerid-apart")
        fields = forms.row(period, *self._days, *others)
        fields.add_class("leerid-even")
        return forms.card(heading, fields)

    def offer(self, choices: FilterChoices) -> None:
        """Offer the groups and (sub)klassen of another school year; what is chosen stays if it can.

        What is no longer there is filtered on no longer.
        """
        for name, options in part_options(choices, *_EVERY).items():
            chosen = getattr(self._state, name)
            self._choices[name].options = options
            if chosen in dict(options).values():
                setattr(self._state, name, chosen)

    def close(self) -> None:
        """Follow the state no longer: another card will."""
        self._state.unobserve(self._show_days, ("period", "first", "last"))

    def _typed(self, _change: Mapping[str, Any]) -> None:
        """Take a period that was filled in; a field that is half filled in has no day yet."""
        first, last = (field.value for field in self._days)
        if not self._showing and first and last:
            self._state.own_period(first, last)

    def _show_days(self, _change: object = None) -> None:
        self._showing = True
        for field, day in zip(self._days, self._state.days(self._today), strict=True):
            field.value = day
        self._showing = False
