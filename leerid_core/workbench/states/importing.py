"""An uploaded file with enrolments: how it is to be read, and what was accepted of it."""

from __future__ import annotations

from collections.abc import Sequence

import traitlets

from leerid_core.intake import ColumnMatch, Field


class Importing(traitlets.HasTraits):
    """What is true of one upload. `mapping` holds only what the user corrected."""

    file_name = traitlets.Unicode()
    content = traitlets.Bytes()
    mapping: traitlets.Dict[str, Field] = traitlets.Dict()
    end_missing = traitlets.Bool(False)
    accept_large_change = traitlets.Bool(False)

    def correct(self, columns: Sequence[ColumnMatch], header: str, field: Field) -> None:
        """Read a column as another field; the one of `columns` that had it is no longer used."""
        others = {
            column.header: Field.IGNORE
            for column in columns
            if column.field is field and column.header != header and field is not Field.IGNORE
        }
        self.mapping = {**self.mapping, **others, header: field}
