"""The PDFs of one hand-out batch, made from one set of cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from leerid_core.errors import Refused
from leerid_core.exports.card import draw_card
from leerid_core.exports.documents import Card, Document, PrintRun
from leerid_core.exports.groups import Group, in_order, make_groups
from leerid_core.exports.options import CardOrder, HandOut, PrintOptions
from leerid_core.exports.receipt import receipt_document
from leerid_core.exports.sheets import sheet_document
from leerid_core.exports.stickers import sticker_document
from leerid_core.rules.credentials import Credential
from leerid_core.rules.dates import dutch_date


class Batch:
    """The pupils in order and in groups, and their cards once `draw_cards` has run.

    Holds files open, so use it in a `with`. Raises `Refused` with the code `nothing_to_hand_out`
    when there are no pupils.
    """

    def __init__(
        self, hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions
    ) -> None:
        if not credentials:
            raise Refused("nothing_to_hand_out")
        self._options = options
        self._by_name = options.order is CardOrder.NAME
        self.credentials = in_order(credentials, options.order, by_class=hand_out.by_class)
        self.groups = make_groups(credentials, options.order, by_class=hand_out.by_class)
        self.run = PrintRun(hand_out.school_name, hand_out.made_on)
        self._title = f"LeerID lijst {hand_out.batch}"
        self._note = f"{hand_out.school_name} · lijst {hand_out.batch}"
        self._dated = f"{self._note} · {dutch_date(hand_out.made_on)}"
        self._cards: dict[Credential, Card] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.run.__exit__(*exception)

    def draw_cards(self, step: Callable[[], None] | None = None) -> None:
        """Draw every card, calling `step` before each."""
        for credential in self.credentials:
            if step is not None:
                step()
            self._cards[credential] = draw_card(self.run, credential)

    def sheets(self) -> Document:
        """Return the A4 PDF, a group on its own sheets unless all are asked in order of name."""
        groups = [Group("", self.credentials)] if self._by_name else self.groups
        parts = [(group.name, self._cards_of(group.credentials)) for group in groups]
        return sheet_document(self.run, f"{self._title}, A4", self._dated, parts)

    def stickers(self) -> Document:
        """Return the sticker PDF with all pupils."""
        return self._stickers("alle", self.credentials)

    def group_stickers(self, group: Group) -> Document:
        """Return the sticker PDF of one group."""
        return self._stickers(group.name, group.credentials)

    def receipt(self) -> Document:
        """Return the receipt list."""
        return receipt_document(self.run, self._dated, self.groups)

    def _stickers(self, name: str, credentials: Sequence[Credential]) -> Document:
        title = f"{self._title}, stickers {name}"
        cards = self._cards_of(credentials)
        return sticker_document(self.run, title, f"{self._note} · {name}", cards, self._options)

    def _cards_of(self, credentials: Sequence[Credential]) -> list[Card]:
        return [self._cards[credential] for credential in credentials]
