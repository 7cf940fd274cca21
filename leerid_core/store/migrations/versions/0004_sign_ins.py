"""The pupil's side: sign-ins and what is counted of them, sessions, mail."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from leerid_core.store.cohorts import COLUMNS, Cohorts
from leerid_core.store.tables import EpochDay, EpochMillis, UTCDateTime, enrolments

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables of this version."""
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("name", name=op.f("uq_applications_name")),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_number", sa.String(length=6), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column(
            "administrative_group",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("account_type", sa.String(length=10), nullable=True),
        sa.Column("school_classes", sa.JSON(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_number"], ["schools.number"], name=op.f("fk_cohorts_school_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("key", name=op.f("uq_cohorts_key")),
    )
    with op.batch_alter_table("cohorts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cohorts_school_number_school_year", ["school_number", "school_year"], unique=False
        )

    op.create_table(
        "cohort_classes",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_classes_cohort_id")
        ),
        sa.PrimaryKeyConstraint("cohort_id", "name", name=op.f("pk_cohort_classes")),
    )
    op.create_index("ix_cohort_classes_name", "cohort_classes", ["name", "cohort_id"])
    op.create_table(
        "mail_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_mail_links_pupil_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_mail_links")),
    )
    with op.batch_alter_table("mail_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_links_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_links_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "pupil_emails",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_pupil_emails_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", name=op.f("pk_pupil_emails")),
    )
    op.create_table(
        "pupil_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_pupil_sessions_pupil_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pupil_sessions_token_hash")),
    )
    with op.batch_alter_table("pupil_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pupil_sessions_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pupil_sessions_last_seen_at"), ["last_seen_at"], unique=False
        )

    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("application", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_sign_in_attempts_pupil_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempts_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempts_pupil_id"), ["pupil_id"], unique=False
        )

    op.create_table(
        "sign_ins",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("at", EpochMillis(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_sign_ins_application_id")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_sign_ins_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", "at", "application_id", name=op.f("pk_sign_ins")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_counts",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("day", EpochDay(), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_sign_in_counts_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_sign_in_counts_cohort_id")
        ),
        sa.PrimaryKeyConstraint(
            "cohort_id", "day", "hour", "application_id", name=op.f("pk_sign_in_counts")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("batch_members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_sign_in", UTCDateTime(), nullable=True))

    op.add_column("administrators", sa.Column("start_password_until", UTCDateTime(), nullable=True))

    # A column of its own: making the table anew would take its classes along, by ON DELETE CASCADE.
    op.execute(
        "ALTER TABLE enrolments ADD COLUMN cohort_id INTEGER "
        "CONSTRAINT fk_enrolments_cohort_id REFERENCES cohorts (id)"
    )
    op.create_index("ix_enrolments_cohort_id", "enrolments", ["cohort_id"])
    _give_cohorts(op.get_bind())


def _give_cohorts(connection: sa.Connection) -> None:
    """Give every enrolment that is there its cohort; there are no sign-ins yet."""
    cohorts = Cohorts(connection)
    kept = connection.execute(sa.select(enrolments.c.id, *(enrolments.c[name] for name in COLUMNS)))
    for rows in kept.mappings().partitions(5_000):
        cohort_ids = cohorts.of_enrolments([dict(row) for row in rows])
        connection.execute(
            sa.update(enrolments)
            .where(enrolments.c.id == sa.bindparam("key"))
            .values(cohort_id=sa.bindparam("cohort")),
            [
                {"key": row["id"], "cohort": cohort}
                for row, cohort in zip(rows, cohort_ids, strict=True)
            ],
        )
