"""What may be asked of a print."""

from __future__ import annotations

import pytest

from leerid_core.errors import Refused
from leerid_core.exports import PrintOptions
from leerid_core.messages import sentence


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"start_at": 0}, "start_at_outside"),
        ({"start_at": 13}, "start_at_outside"),
        ({"offset_x": 10.1}, "offset_outside"),
        ({"offset_y": -10.1}, "offset_outside"),
        ({"offset_y": float("nan")}, "offset_outside"),
        ({"zip_password": ""}, "zip_password_empty"),
    ],
)
def test_what_no_sheet_or_zip_can_have_is_refused(changes: dict[str, object], code: str) -> None:
    """A wrong value is refused with a code that has a Dutch sentence."""
    with pytest.raises(Refused) as refused:
        PrintOptions(**changes)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert sentence(code, refused.value.parameters)


def test_the_limits_themselves_are_allowed() -> None:
    """Label 1 and 12 and a shift of 10 mm either way exist."""
    assert PrintOptions(start_at=1, offset_x=-10, offset_y=10).start_at == 1
    assert PrintOptions(start_at=12, offset_x=10, offset_y=-10).start_at == 12


def test_a_zip_password_stays_out_of_logs() -> None:
    """The repr of the options does not hold the password."""
    assert "geheim" not in repr(PrintOptions(zip_password="geheim"))
