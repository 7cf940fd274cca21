"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from leerid_core.store.tables import UTCDateTime, sorted_text

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables of this version."""
    op.create_table(
        "administrators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("disabled_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrators")),
        sa.UniqueConstraint("login", name=op.f("uq_administrators_login")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("school_number", sa.String(length=6), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_school_number_at", ["school_number", "at"], unique=False)

    op.create_table(
        "batch_numbers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_batch_numbers")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "pupils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupils")),
        sa.UniqueConstraint("identity_hash", name=op.f("uq_pupils_identity_hash")),
    )
    op.create_table(
        "schools",
        sa.Column("number", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("shares_classes", sa.Boolean(), nullable=False),
        sa.Column("sticker_offset_x", sa.Float(), nullable=False),
        sa.Column("sticker_offset_y", sa.Float(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_schools")),
    )
    op.create_table(
        "administrator_roles",
        sa.Column("administrator_id", sa.Integer(), nullable=False),
        sa.Column("school_number", sa.String(length=6), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["administrator_id"],
            ["administrators.id"],
            name=op.f("fk_administrator_roles_administrator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_number"], ["schools.number"], name=op.f("fk_administrator_roles_school_number")
        ),
        sa.PrimaryKeyConstraint(
            "administrator_id", "school_number", "role", name=op.f("pk_administrator_roles")
        ),
    )
    op.create_table(
        "audit_pupils",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_pupils_audit_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_audit_pupils_pupil_id")),
        sa.PrimaryKeyConstraint("audit_id", "pupil_id", name=op.f("pk_audit_pupils")),
    )
    with op.batch_alter_table("audit_pupils", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_pupils_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "batches",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_number", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_number"], ["schools.number"], name=op.f("fk_batches_school_number")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_batches")),
    )
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_batches_school_number"), ["school_number"], unique=False
        )

    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_number", sa.String(length=6), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("stamnummer", sorted_text, nullable=True),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("administrative_group", sorted_text, nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("account_type", sa.String(length=10), nullable=True),
        sa.Column("school_classes", sa.JSON(), nullable=False),
        sa.Column("begin_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("folded_first_name", sorted_text, nullable=False),
        sa.Column("folded_last_name", sorted_text, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_enrolments_pupil_id")),
        sa.ForeignKeyConstraint(
            ["school_number"], ["schools.number"], name=op.f("fk_enrolments_school_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint(
            "school_number",
            "school_year",
            "pupil_id",
            name=op.f("uq_enrolments_school_number_school_year_pupil_id"),
        ),
        sa.UniqueConstraint(
            "school_number",
            "school_year",
            "stamnummer",
            name=op.f("uq_enrolments_school_number_school_year_stamnummer"),
        ),
    )
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrolments_by_name",
            ["school_number", "school_year", "folded_last_name", "folded_first_name", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_enrolments_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "group_types",
        sa.Column("school_number", sa.String(length=6), nullable=False),
        sa.Column("administrative_group", sa.String(length=200), nullable=False),
        sa.Column("account_type", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_number"], ["schools.number"], name=op.f("fk_group_types_school_number")
        ),
        sa.PrimaryKeyConstraint(
            "school_number", "administrative_group", name=op.f("pk_group_types")
        ),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_number", sa.String(length=6), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("shape", sa.String(length=30), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("applied_at", UTCDateTime(), nullable=False),
        sa.Column("applied_by", sa.String(length=200), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_number"], ["schools.number"], name=op.f("fk_imports_school_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_imports_school_number"), ["school_number"], unique=False
        )

    op.create_table(
        "usernames",
        sa.Column("username", sa.String(length=50), nullable=False),
        sa.Column("base", sa.String(length=50), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("plan", sa.String(length=32), nullable=True),
        sa.Column("reserved_until", UTCDateTime(), nullable=True),
        sa.Column("issued_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(issued_at IS NULL) <> (plan IS NULL)", name=op.f("ck_usernames_issued_or_reserved")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_usernames_pupil_id")),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_usernames")),
    )
    with op.batch_alter_table("usernames", schema=None) as batch_op:
        batch_op.create_index("ix_usernames_base_number", ["base", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_usernames_plan"), ["plan"], unique=False)
        batch_op.create_index(batch_op.f("ix_usernames_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=50), nullable=False),
        sa.Column("account_type", sa.String(length=10), nullable=False),
        sa.Column("password_kind", sa.String(length=10), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_set_at", UTCDateTime(), nullable=False),
        sa.Column("password_expires_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("last_sign_in", UTCDateTime(), nullable=True),
        sa.Column("sign_in_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_accounts_pupil_id")),
        sa.ForeignKeyConstraint(
            ["username"], ["usernames.username"], name=op.f("fk_accounts_username")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("pupil_id", name=op.f("uq_accounts_pupil_id")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_table(
        "batch_members",
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_until", UTCDateTime(), nullable=True),
        sa.Column("previous", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["batch"], ["batches.number"], name=op.f("fk_batch_members_batch")),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_batch_members_pupil_id")
        ),
        sa.PrimaryKeyConstraint("batch", "pupil_id", name=op.f("pk_batch_members")),
    )
    with op.batch_alter_table("batch_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_members_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "enrolment_classes",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_enrolment_classes_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "name", name=op.f("pk_enrolment_classes")),
    )
    with op.batch_alter_table("enrolment_classes", schema=None) as batch_op:
        batch_op.create_index("ix_enrolment_classes_name", ["name", "enrolment_id"], unique=False)

    _forbid_changes_of_the_audit_trail()


def _forbid_changes_of_the_audit_trail() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END$$"
        )
    for table in ("audit", "audit_pupils"):
        for change in ("UPDATE", "DELETE"):
            op.execute(_trigger(table, change, op.get_bind().dialect.name))


def _trigger(table: str, change: str, dialect: str) -> str:
    head = f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
    if dialect == "postgresql":
        return f"{head} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    return f"{head} BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
