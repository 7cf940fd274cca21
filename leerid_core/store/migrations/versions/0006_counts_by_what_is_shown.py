"""Counts of sign-ins by what is shown: a row a day with its hours, and one an application."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from leerid_core.store.tables import EpochDay

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

HOURS = [f"hour_{hour:02}" for hour in range(24)]


def upgrade() -> None:
    """Make the tables of this version from the counts there are."""
    op.create_table(
        "sign_in_days",
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", EpochDay(), nullable=False),
        *(sa.Column(hour, sa.Integer(), nullable=False) for hour in HOURS),
        sa.PrimaryKeyConstraint("cohort_id", "day", name=op.f("pk_sign_in_days")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_applications",
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("application_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", EpochDay(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "cohort_id", "application_id", "day", name=op.f("pk_sign_in_applications")
        ),
        sqlite_with_rowid=False,
    )
    sums = (f"sum(CASE WHEN hour = {at} THEN count ELSE 0 END)" for at in range(len(HOURS)))
    op.execute(
        f"INSERT INTO sign_in_days (cohort_id, day, {', '.join(HOURS)}) "  # noqa: S608 - no input
        f"SELECT cohort_id, day, {', '.join(sums)} FROM sign_in_counts GROUP BY cohort_id, day"
    )
    op.execute(
        "INSERT INTO sign_in_applications (cohort_id, application_id, day, count) "
        "SELECT cohort_id, application_id, day, sum(count) FROM sign_in_counts "
        "GROUP BY cohort_id, application_id, day"
    )
    op.drop_table("sign_in_counts")
