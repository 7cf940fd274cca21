"""Claims that know their server, and indexes for schools of any size."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the columns and indexes of this version."""
    op.execute("DELETE FROM claims")  # no server runs while the database is upgraded
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.add_column(sa.Column("server", sa.String(length=300), nullable=False))
        batch_op.create_index(batch_op.f("ix_claims_server"), ["server"], unique=False)

    school_year = ["school_number", "school_year"]
    by_name = ["folded_last_name", "folded_first_name", "id"]
    op.drop_index("ix_enrolments_by_name", "enrolments")
    op.create_index("ix_enrolments_by_name", "enrolments", [*school_year, *by_name, "folded"])
    op.create_index("ix_enrolments_folded", "enrolments", [*school_year, "folded", "pupil_id"])
