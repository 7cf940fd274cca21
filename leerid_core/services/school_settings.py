"""What a data manager settles for the stickers, and what was imported (Schoolinstellingen)."""

from __future__ import annotations

from dataclasses import replace

from leerid_core.exports import HandOut, PrintOptions, test_sheet_pdf
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.store import Import, School


def set_sticker_offsets(
    context: Context, actor: Actor, school_number: str, offset_x: float, offset_y: float
) -> School:
    """Keep how far a school's stickers are moved, in millimetres to the right and down.

    Raises `Refused("offset_outside")` beyond 10 mm, and `NotAllowed` for who may not change the
    settings there.
    """
    options = PrintOptions(offset_x=offset_x, offset_y=offset_y)
    with context.database.write() as uow:
        school = authorise(uow, actor, school_number, Right.SETTINGS)
        changed = replace(
            school, sticker_offset_x=options.offset_x, sticker_offset_y=options.offset_y
        )
        uow.schools.save(changed)
        record(
            uow,
            actor,
            "stickers_set",
            context.clock(),
            school_number,
            offset_x=offset_x,
            offset_y=offset_y,
        )
    return changed


def sticker_test_sheet(
    context: Context, actor: Actor, school_number: str, offset_x: float, offset_y: float
) -> tuple[str, bytes]:
    """Return the name and the PDF of a sheet to hold against the stickers.

    Raises `Refused("offset_outside")` beyond 10 mm, and `NotAllowed` for who may not read there.
    """
    options = PrintOptions(offset_x=offset_x, offset_y=offset_y)
    with context.database.read() as uow:
        school = authorise(uow, actor, school_number, Right.READ)
    hand_out = HandOut(school.number, school.name, 0, context.today(), by_class=False)
    return f"LeerID_testblad_{school.number}.pdf", test_sheet_pdf(options, hand_out)


def unsettled_groups(
    context: Context, actor: Actor, school_number: str, year: SchoolYear
) -> dict[str, int]:
    """Return the groups whose type somebody has to settle, with how many pupils wait for it.

    Raises `NotAllowed` for who may not read there.
    """
    with context.database.read() as uow:
        authorise(uow, actor, school_number, Right.READ)
        return uow.listing.groups_without_type(school_number, year)


def list_imports(context: Context, actor: Actor, school_number: str) -> list[Import]:
    """Return what was imported at a school, newest first; raises `NotAllowed`."""
    with context.database.read() as uow:
        authorise(uow, actor, school_number, Right.IMPORT)
        return uow.imports.of_school(school_number)
