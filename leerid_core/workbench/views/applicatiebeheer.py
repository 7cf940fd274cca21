"""The page Applicatiebeheer: who is enrolled from the coming 1 September on."""

from __future__ import annotations

from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.workbench.components.content import notice
from leerid_core.workbench.views.leerid_beheer import LeerIDBeheer
from leerid_core.workbench.views.overview import Action
from leerid_core.workbench.views.wording import LOOK_OUT


class Applicatiebeheer(LeerIDBeheer):
    """The same list for the coming school year, where accounts can be prepared."""

    name = "Applicatiebeheer"
    caption = "Nieuwe inschrijvingen"
    notes = (
        LOOK_OUT,
        notice(
            "Opmerking",
            "Een LeerID dat je hier aanmaakt, wordt actief op 1 september.",
            "Wie al een LeerID heeft, behoudt het, met dezelfde gebruikersnaam.",
        ),
    )

    def school_year(self, active: SchoolYear) -> SchoolYear:
        """Return the school year that starts on the coming 1 September."""
        return active.next

    def actions(self) -> list[Action]:
        """Return the buttons below the list: preparing, not renewing."""
        make = Action("Maak LeerID's aan", self.create, primary=True)
        read = Action("Exporteer naar Excel", self.export, selection=False)
        return [make, read] if self.desk.may(Right.ISSUE) else [read]
