"""The list of pupils as it is filtered, sorted, paged and selected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import traitlets

from leerid_core.rules.accounts import AccountType
from leerid_core.store import NO_ACCOUNT, Page, PupilQuery, SortBy

FILTER = ("search", "account_type", "group", "school_class")
_IN_ADDRESS = {
    "search": "zoek",
    "account_type": "type",
    "group": "groep",
    "school_class": "klas",
}


class PupilList(traitlets.HasTraits):
    """What is true of the list; an empty filter field filters nothing.

    The selection holds pupil ids and survives filter, sort and page.
    """

    fields = FILTER
    steps = ()
    search = traitlets.Unicode()
    account_type = traitlets.Enum(("", NO_ACCOUNT, *AccountType), "")
    group = traitlets.Unicode()
    school_class = traitlets.Unicode()
    page = traitlets.Instance(Page, (), {"limit": 50})
    selection = traitlets.Instance(frozenset, ())

    @property
    def query(self) -> PupilQuery:
        """The pupils that the filter lets through."""
        return PupilQuery(
            search=self.search,
            account_type=self.account_type or None,
            group=self.group or None,
            school_class=self.school_class or None,
        )

    @property
    def selected(self) -> PupilQuery:
        """The pupils that are selected."""
        return PupilQuery(pupil_ids=self.selection)

    @property
    def selected_here(self) -> PupilQuery:
        """The selected pupils that the filter lets through."""
        return replace(self.query, pupil_ids=self.selection)

    def forget(self) -> None:
        """Begin anew, for another school: its groups, classes and pupils are others."""
        with self.hold_trait_notifications():
            for field in FILTER:
                setattr(self, field, "")
            self.selection = frozenset()
        self.first_page()

    def first_page(self) -> None:
        """Go back to the first page, as every change of the filter does."""
        self.page = replace(self.page, offset=0)

    def turn_to(self, sort: SortBy, number: int, size: int, *, descending: bool) -> None:
        """Show page `number`, counted from 0, in this order."""
        self.page = Page(sort, descending, number * size, size)

    def parameters(self) -> dict[str, str]:
        """Return the filter as the address keeps it."""
        return {
            name: getattr(self, field)
            for field, name in _IN_ADDRESS.items()
            if getattr(self, field)
        }

    def restore(self, parameters: Mapping[str, object]) -> None:
        """Set the filter from an address; what is no filter is left out."""
        with self.hold_trait_notifications():
            for field, name in _IN_ADDRESS.items():
                value = str(parameters.get(name, ""))[:200]
                if field != "account_type" or value in {NO_ACCOUNT, *AccountType}:
                    setattr(self, field, value)

    def go_to(self, parameters: Mapping[str, object]) -> None:
        """Stay: in the address of a list there is nothing that one goes back from."""
