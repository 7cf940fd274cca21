"""The filter above a list of pupils (manual, chapter 2: "Filter leerlingenlijst")."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
import traitlets

from leerid_core.labels import TYPE_LABELS
from leerid_core.rules.accounts import AccountType
from leerid_core.services.pupil_selection import FilterChoices
from leerid_core.store import NO_ACCOUNT
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, element
from leerid_core.workbench.states.pupil_list import FILTER, PupilList
from leerid_core.workbench.states.usage_filter import UsageFilter

_TYPES = [
    ("--- Filter op LeerID-type ---", ""),
    (TYPE_LABELS[None], NO_ACCOUNT),
    *((TYPE_LABELS[one], one) for one in AccountType),
]


def pupil_filter(
    state: PupilList, choices: FilterChoices, again: Callable[[], None]
) -> ipywidgets.Box:
    """Return the fields of the filter, linked to `state`.

    They follow the typing, so "Zoek", which calls `again`, only asks once more: people who know the
    Schoolloket look for it. The widgets send no more than one change at a time and of
    those that come meanwhile the newest, so no delay is needed.
    """
    search = forms.text("Zoeken", hint="Zoek op stamnummer, naam of voornaam", wide=True)
    fields = {
        "search": search,
        "account_type": forms.choice("LeerID-type", _TYPES),
        **part_fields(choices),
    }
    forget_unknown(state, choices)
    for name, field in fields.items():
        forms.until_closed(field, traitlets.link((state, name), (field, "value")))
    search_again = forms.button("Zoek", again, primary=True)
    clear = forms.button("Verwijder filters", lambda: _clear(state), plain=True)
    heading = forms.row(Content(element("h2", "Filter leerlingenlijst")), clear)
    heading.add_class("leerid-apart")
    return forms.card(heading, forms.row(*fields.values(), search_again))


def part_fields(choices: FilterChoices, *every: str) -> dict[str, ipywidgets.Dropdown]:
    """Return the fields for the administrative group and, where it is shared, the (sub)klas."""
    labels = {"group": "Administratieve groep", "school_class": "(sub)Klas"}
    options = part_options(choices, *every)
    return {name: forms.choice(labels[name], offered) for name, offered in options.items()}


def part_options(
    choices: FilterChoices,
    every_group: str = "Selecteer een groep",
    every_class: str = "Selecteer een klas",
) -> dict[str, list[tuple[str, str]]]:
    """Return what these fields offer, (shown, value), with first what filters nothing."""
    options = {"group": _options(every_group, choices.groups)}
    if choices.school_classes is not None:
        options["school_class"] = _options(every_class, choices.school_classes)
    return options


def forget_unknown(state: PupilList | UsageFilter, choices: FilterChoices) -> None:
    """Filter on no group or class that there is no more: an address may name one."""
    if state.group not in choices.groups:
        state.group = ""
    if state.school_class not in (choices.school_classes or ()):
        state.school_class = ""


def _options(every: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(every, ""), *((name, name) for name in names if name)]


def _clear(state: PupilList) -> None:
    with state.hold_trait_notifications():
        for name in FILTER:
            setattr(state, name, "")
