"""The tables, as they are after the newest migration."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the moment in UTC; a moment without time zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class EpochMillis(TypeDecorator[datetime]):
    """A moment in whole milliseconds since 1970: small where there are millions, and plain
    arithmetic makes it a day or an hour on every database.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Store the milliseconds; a moment without time zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return (value - EPOCH) // MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else EPOCH + value * MILLISECOND


class EpochDay(TypeDecorator[date]):
    """A day as the number of days since 1970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """Store the number of the day."""
        return None if value is None else (value - EPOCH.date()).days

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else EPOCH.date() + timedelta(days=value)


# One order on every database: that of the folded text, whatever language the server runs in.
sorted_text = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key_fingerprint", String(64), nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

schools = Table(
    "schools",
    metadata,
    Column("number", String(6), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("level", Integer),
    Column("shares_classes", Boolean, nullable=False),
    Column("sticker_offset_x", Float, nullable=False),
    Column("sticker_offset_y", Float, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
)

# What a school decided for a group whose name does not tell its type.
group_types = Table(
    "group_types",
    metadata,
    Column("school_number", ForeignKey("schools.number"), primary_key=True),
    Column("administrative_group", String(200), primary_key=True),
    Column("account_type", String(10), nullable=False),
)

# A person. The names, sex and birth date are official only with an identity hash.
pupils = Table(
    "pupils",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity_hash", LargeBinary(32), unique=True),
    Column("first_name", String(200), nullable=False),
    Column("last_name", String(200), nullable=False),
    Column("sex", String(1)),
    Column("birth_date", Date),
)

# Whoever is counted together: the enrolments that no figure over sign-ins can tell apart.
cohorts = Table(
    "cohorts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_number", ForeignKey("schools.number"), nullable=False),
    Column("school_year", Integer, nullable=False),
    Column("administrative_group", sorted_text, nullable=False),
    Column("level", Integer),
    Column("account_type", String(10)),
    Column("school_classes", JSON, nullable=False),
    # The columns above as one text: NULLs would make a unique constraint let doubles through.
    Column("key", LargeBinary(32), nullable=False, unique=True),
    Index("ix_cohorts_school_number_school_year", "school_number", "school_year"),
)

cohort_classes = Table(
    "cohort_classes",
    metadata,
    Column("cohort_id", ForeignKey("cohorts.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Index("ix_cohort_classes_name", "name", "cohort_id"),
)

# The same data as the school gives them: two schools may spell one person differently.
enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_number", ForeignKey("schools.number"), nullable=False),
    Column("school_year", Integer, nullable=False),
    Column("stamnummer", sorted_text),
    Column("pupil_id", ForeignKey("pupils.id"), nullable=False, index=True),
    Column("first_name", String(200), nullable=False),
    Column("last_name", String(200), nullable=False),
    Column("sex", String(1)),
    Column("birth_date", Date),
    Column("administrative_group", sorted_text, nullable=False),
    Column("level", Integer),
    Column("account_type", String(10)),
    Column("school_classes", JSON, nullable=False),
    Column("begin_date", Date, nullable=False),
    Column("end_date", Date, nullable=False),
    Column("folded_first_name", sorted_text, nullable=False),
    Column("folded_last_name", sorted_text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("cohort_id", ForeignKey("cohorts.id"), index=True),
    UniqueConstraint("school_number", "school_year", "stamnummer"),
    UniqueConstraint("school_number", "school_year", "pupil_id"),
    # A page by name, and whoever a search has among them; each without reading the table.
    Index(
        "ix_enrolments_by_name",
        "school_number",
        "school_year",
        "folded_last_name",
        "folded_first_name",
        "id",
        "folded",
    ),
    # How many a search has: as narrow as can be, because it is read from end to end.
    Index("ix_enrolments_folded", "school_number", "school_year", "folded", "pupil_id"),
)

enrolment_classes = Table(
    "enrolment_classes",
    metadata,
    Column("enrolment_id", ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Index("ix_enrolment_classes_name", "name", "enrolment_id"),
)

# Every name ever issued, and those reserved for a plan. A row that was issued is never deleted.
usernames = Table(
    "usernames",
    metadata,
    Column("username", String(50), primary_key=True),
    Column("base", String(50)),
    Column("number", Integer),
    Column("pupil_id", ForeignKey("pupils.id"), index=True),
    Column("plan", String(32), index=True),
    Column("reserved_until", UTCDateTime),
    Column("issued_at", UTCDateTime),
    CheckConstraint("(issued_at IS NULL) <> (plan IS NULL)", name="issued_or_reserved"),
    Index("ix_usernames_base_number", "base", "number"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pupil_id", ForeignKey("pupils.id"), nullable=False, unique=True),
    Column("username", ForeignKey("usernames.username"), nullable=False, unique=True),
    Column("account_type", String(10), nullable=False),
    Column("password_kind", String(10), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("password_set_at", UTCDateTime, nullable=False),
    Column("password_expires_at", UTCDateTime),
    Column("created_at", UTCDateTime, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("last_sign_in", UTCDateTime),
    Column("sign_in_count", Integer, nullable=False),
)

# The number of a batch is printed in its archive before the batch is written.
batch_numbers = Table(
    "batch_numbers",
    metadata,
    Column("number", Integer, primary_key=True),
)

batches = Table(
    "batches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("school_number", ForeignKey("schools.number"), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("undone_at", UTCDateTime),
)

# `previous` is what a renewal replaced (never a clear password), so that it can be undone.
batch_members = Table(
    "batch_members",
    metadata,
    Column("batch", ForeignKey("batches.number"), primary_key=True),
    Column("pupil_id", ForeignKey("pupils.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("sealed", LargeBinary),
    Column("sealed_until", UTCDateTime),
    Column("previous", JSON(none_as_null=True)),
    # The first sign-in since the batch was made, whenever it came to be known.
    Column("first_sign_in", UTCDateTime),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_number", ForeignKey("schools.number"), nullable=False, index=True),
    Column("file_name", String(255), nullable=False),
    Column("shape", String(30), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("applied_at", UTCDateTime, nullable=False),
    Column("applied_by", String(200), nullable=False),
    Column("counts", JSON, nullable=False),
    Column("undone_at", UTCDateTime),
)

# What the last import of a school replaced; `before` is empty for an enrolment that was new.
import_changes = Table(
    "import_changes",
    metadata,
    Column("import_id", ForeignKey("imports.id"), primary_key=True),
    Column("enrolment_id", ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True),
    Column("before", JSON(none_as_null=True)),
)

# Append-only: a trigger refuses update and delete.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("origin", String(100), nullable=False),
    Column("action", String(40), nullable=False),
    Column("school_number", String(6)),
    Column("details", JSON, nullable=False),
    Index("ix_audit_school_number_at", "school_number", "at"),
)

audit_pupils = Table(
    "audit_pupils",
    metadata,
    Column("audit_id", ForeignKey("audit.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupils.id"), primary_key=True, index=True),
)

administrators = Table(
    "administrators",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(100), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("disabled_at", UTCDateTime),
    Column("password_hash", String(200)),
    # A start password was made by somebody else: until when it works, and then must be changed.
    Column("start_password_until", UTCDateTime),
)

administrator_roles = Table(
    "administrator_roles",
    metadata,
    Column("administrator_id", ForeignKey("administrators.id"), primary_key=True),
    Column("school_number", ForeignKey("schools.number"), primary_key=True),
    Column("role", String(20), primary_key=True),
)

# Who is signed in. The token itself is only in the browser.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("administrator_id", ForeignKey("administrators.id"), nullable=False, index=True),
    Column("origin", String(100), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("last_seen_at", UTCDateTime, nullable=False),
)

# Whose kernel it is: written by the server, read by the kernel.
claims = Table(
    "claims",
    metadata,
    Column("kernel_id", String(36), primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("server", String(300), nullable=False, index=True),
)

# Wrong passwords per account and per address; `subject` is a keyed hash, because people type
# their password where the login belongs.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("subject", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UTCDateTime, nullable=False, index=True),
    Column("blocked_until", UTCDateTime, nullable=False),
)

# What a pupil signed in to; Mijn LeerID itself is one of them.
applications = Table(
    "applications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

# Every sign-in that succeeded, here or told by a file: the raw events behind the figures.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("pupil_id", ForeignKey("pupils.id"), primary_key=True),
    Column("at", EpochMillis, primary_key=True),
    Column("application_id", ForeignKey("applications.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# The same, counted as they arrive, in a table for each thing that is shown; day and hour are those
# of the schools. Without foreign keys: cohorts and applications stay for ever, and each count would
# look both up. A day has its hours in one row: that is a fifteenth of the rows to read.
HOURS = tuple(f"hour_{hour:02}" for hour in range(24))

sign_in_days = Table(
    "sign_in_days",
    metadata,
    Column("cohort_id", Integer, primary_key=True, autoincrement=False),
    Column("day", EpochDay, primary_key=True),
    *(Column(hour, Integer, nullable=False) for hour in HOURS),
    sqlite_with_rowid=False,
)

# In this order the counts of an application in a period stand together.
sign_in_applications = Table(
    "sign_in_applications",
    metadata,
    Column("cohort_id", Integer, primary_key=True, autoincrement=False),
    Column("application_id", Integer, primary_key=True, autoincrement=False),
    Column("day", EpochDay, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Every attempt at Mijn LeerID, with a keyed hash of the network address; forgotten after 30 days.
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UTCDateTime, nullable=False, index=True),
    Column("pupil_id", ForeignKey("pupils.id"), index=True),
    Column("application", String(200), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("address_hash", LargeBinary(32), nullable=False),
)

# Which pupils are signed in to Mijn LeerID. The token itself is only in the browser.
pupil_sessions = Table(
    "pupil_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("pupil_id", ForeignKey("pupils.id"), nullable=False, index=True),
    Column("created_at", UTCDateTime, nullable=False),
    Column("last_seen_at", UTCDateTime, nullable=False, index=True),
)

# The e-mail address that a pupil gave, for himself; it counts once it is confirmed.
pupil_emails = Table(
    "pupil_emails",
    metadata,
    Column("pupil_id", ForeignKey("pupils.id"), primary_key=True),
    Column("address", String(254), nullable=False),
    Column("confirmed_at", UTCDateTime),
)

# The links in mail: each works once, and not for long.
mail_links = Table(
    "mail_links",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("pupil_id", ForeignKey("pupils.id"), nullable=False, index=True),
    Column("purpose", String(20), nullable=False),
    Column("address", String(254), nullable=False),
    Column("expires_at", UTCDateTime, nullable=False, index=True),
)
