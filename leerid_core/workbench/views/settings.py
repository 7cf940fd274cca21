"""Schoolinstellingen: what the LeerID-databeheerder settles for a school."""

from __future__ import annotations

import ipywidgets

from leerid_core.errors import NotAllowed, UnreadableFile
from leerid_core.intake.bounds import FILE_BYTES
from leerid_core.labels import TYPE_LABELS
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.import_undo import undo_import
from leerid_core.services.school_settings import (
    list_imports,
    set_sticker_offsets,
    sticker_test_sheet,
    unsettled_groups,
)
from leerid_core.services.schools import settle_group_type, share_classes
from leerid_core.store import Import
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, element, table, title
from leerid_core.workbench.components.files import PDF, Upload
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.states.pupil_list import PupilList
from leerid_core.workbench.views.importing import ImportScreen
from leerid_core.workbench.views.roles import RolesCard
from leerid_core.workbench.views.sign_ins import SignInsCard
from leerid_core.workbench.views.wording import counted, time_of

KINDS_OF_FILE = ".xlsx,.csv,.txt,.xml"


class Schoolinstellingen:
    """One card for each thing that can be settled."""

    def __init__(self, desk: Desk, _state: PupilList) -> None:
        self.desk = desk
        self._roles = RolesCard(desk, self.show)
        self._sign_ins = SignInsCard(desk, self.show)

    @handler
    def show(self) -> None:
        """Show the settings; who may not change them is told so."""
        if not self.desk.may(Right.SETTINGS):
            self.desk.show(title("Schoolinstellingen"))
            raise NotAllowed
        self.desk.show(
            title("Schoolinstellingen"),
            self._imports(),
            *self._groups(),
            self._classes(),
            self._stickers(),
            self._sign_ins.widget(),
            self._roles.widget(),
        )

    def _imports(self) -> ipywidgets.Box:
        desk = self.desk
        upload = Upload(
            "Kies een bestand", KINDS_OF_FILE, FILE_BYTES, self._uploaded, self._too_large
        )
        log = list_imports(desk.context, desk.actor, desk.school.number)
        return forms.card(
            Content(element("h2", "Inschrijvingen importeren"), element("p", _IMPORT)),
            forms.row(upload),
            *([Content(_log(log))] if log else []),
            *([self._undo_button(log[0])] if log and log[0].undone_at is None else []),
        )

    def _undo_button(self, last: Import) -> ipywidgets.Box:
        button = forms.button("Maak de laatste import ongedaan", lambda: self._undo(last.number))
        return forms.row(button)

    @handler
    def _undo(self, number: int) -> None:
        desk = self.desk
        undone = undo_import(desk.context, desk.actor, number)
        self.show()
        desk.message.tell(f"De import van {undone.file_name} is ongedaan gemaakt.", "success")

    @handler
    def _uploaded(self, name: str, content: bytes) -> None:
        ImportScreen(self.desk, name[:255], content, self.show).read()

    @handler
    def _too_large(self) -> None:
        raise UnreadableFile("file_too_large", limit=FILE_BYTES >> 20)

    def _groups(self) -> list[ipywidgets.Widget]:
        """Offer the choice of a type for each group whose name does not tell it."""
        desk = self.desk
        year = SchoolYear.of(desk.context.today())
        groups = unsettled_groups(desk.context, desk.actor, desk.school.number, year)
        if not groups:
            return []
        rows = [self._group(group, count) for group, count in groups.items()]
        return [forms.card(Content(element("h2", "Groepen zonder type"), _GROUPS), *rows)]

    def _group(self, group: str, count: int) -> ipywidgets.Box:
        label = f"{group or '(zonder groep)'} ({counted(count, 'leerling', 'leerlingen')})"
        choice = forms.choice(label, [(TYPE_LABELS[one], one) for one in AccountType])
        save = forms.button("Bewaar", lambda: self._settle(group, choice.value))
        save.tooltip = f"Bewaar het type van {group}"
        return forms.row(choice, save)

    @handler
    def _settle(self, group: str, account_type: AccountType) -> None:
        desk = self.desk
        count = settle_group_type(desk.context, desk.actor, desk.school.number, group, account_type)
        self.show()
        pupils = counted(count, "leerling krijgt", "leerlingen krijgen")
        kind = TYPE_LABELS[account_type].lower()
        desk.message.tell(f"{group}: {pupils} een {kind} account.", "success")

    def _classes(self) -> ipywidgets.Box:
        shared = self.desk.school.shares_classes
        label = "Deel geen klasinformatie meer" if shared else "Deel klasinformatie"
        return forms.card(
            Content(
                element("h2", "Klasinformatie"),
                element("p", _CLASSES),
                element("p", element("strong", _SHARED[shared])),
            ),
            forms.row(forms.button(label, lambda: self._share(not shared))),
        )

    @handler
    def _share(self, share: bool) -> None:
        desk = self.desk
        desk.changed(share_classes(desk.context, desk.actor, desk.school.number, share=share))
        self.show()
        told = (
            "Klasinformatie wordt nu gedeeld."
            if share
            else "Klasinformatie wordt niet meer gedeeld."
        )
        desk.message.tell(told, "success")

    def _stickers(self) -> ipywidgets.Box:
        school = self.desk.school
        x = forms.number("Naar rechts (mm)", school.sticker_offset_x, (-10, 10), 0.5)
        y = forms.number("Naar onder (mm)", school.sticker_offset_y, (-10, 10), 0.5)
        return forms.card(
            Content(element("h2", "Stickers"), element("p", _STICKERS)),
            forms.row(
                x,
                y,
                forms.button("Bewaar", lambda: self._save_offsets(x.value, y.value)),
                forms.button("Download testblad", lambda: self._test_sheet(x.value, y.value)),
            ),
        )

    @handler
    def _save_offsets(self, x: float, y: float) -> None:
        desk = self.desk
        desk.changed(set_sticker_offsets(desk.context, desk.actor, desk.school.number, x, y))
        self.show()
        desk.message.tell("De verschuiving van de stickers is bewaard.", "success")

    @handler
    def _test_sheet(self, x: float, y: float) -> None:
        desk = self.desk
        name, content = sticker_test_sheet(desk.context, desk.actor, desk.school.number, x, y)
        desk.download.give(name, PDF, content)


_IMPORT = (
    "Lees de leerlingenlijst van je leerlingadministratiepakket: de lijst van het Schoolloket, "
    "Informat (Excel of XML), Wisa (CSV of Wisa-bestand), of een andere lijst met kolomnamen. Je "
    "ziet eerst wat er wijzigt."
)
_GROUPS = element(
    "p",
    "Uit de naam van deze administratieve groepen blijkt niet of het een basis of een gevorderd "
    "account wordt. Kies het type; pas dan kun je LeerID's aanmaken.",
)
_SHARED = {
    True: "Klasinformatie wordt gedeeld.",
    False: "Klasinformatie wordt niet gedeeld.",
}
_CLASSES = (
    "Met klasinformatie kan de LeerID-beheerder filteren op (sub)klas, en staan de kaartjes per "
    "klas in plaats van per administratieve groep."
)
_STICKERS = (
    "Vallen de kaartjes niet juist op de stickers (105 x 48 mm)? Druk het testblad af op gewoon "
    "papier, hou het op een vel stickers, en bewaar de verschuiving voor je instelling."
)


def _log(log: list[Import]) -> Node:
    rows = [
        (
            time_of(one.applied_at),
            one.file_name,
            one.applied_by,
            str(one.counts.get("new", 0)),
            str(one.counts.get("changed", 0)),
            str(one.counts.get("ended", 0)),
            "ongedaan gemaakt" if one.undone_at else "toegepast",
        )
        for one in log
    ]
    columns = ("Wanneer", "Bestand", "Door", "Nieuw", "Gewijzigd", "Beëindigd", "Stand")
    return table("Eerder geïmporteerd", columns, rows)
