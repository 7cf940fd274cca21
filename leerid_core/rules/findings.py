"""What is noticed about one row of a file or a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from leerid_core.messages import sentence


class Severity(StrEnum):
    """How bad a finding is: an error keeps its row out, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a row.

    `row` is the number the user sees in the file (1 is the first line or sheet row), `column` the
    header as it stands there; both are None for what concerns the whole.
    """

    code: str
    severity: Severity
    row: int | None = None
    column: str | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What happened and what to do, in Dutch."""
        return sentence(self.code, self.parameters)
