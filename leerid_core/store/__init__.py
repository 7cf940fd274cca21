"""Workshop: the database. Only here is SQLAlchemy known.

`Database` opens a unit of work; its repositories return frozen values and raise our own errors.
"""

from leerid_core.store.accounts import Account, Password
from leerid_core.store.administrators import AdministratorAccount, KeptPassword
from leerid_core.store.analysis import Rows
from leerid_core.store.attempts import Outcome, SignInAttempt
from leerid_core.store.audit import AuditEntry
from leerid_core.store.batches import Batch, BatchKind, Member
from leerid_core.store.database import Database, UnitOfWork
from leerid_core.store.enrolments import Person
from leerid_core.store.figures import AsOf, Behind, Population
from leerid_core.store.imports import Import
from leerid_core.store.listing import NO_ACCOUNT, ListedPupil, Page, PupilQuery, SortBy
from leerid_core.store.pupil_emails import MailLink, PupilEmail, Purpose
from leerid_core.store.pupil_sessions import PupilSession
from leerid_core.store.schools import School
from leerid_core.store.sessions import Session
from leerid_core.store.sign_in_figures import CountBy, SignInQuery
from leerid_core.store.sign_ins import SignInEvent
from leerid_core.store.statistics import Counted, HandOut
from leerid_core.store.throttling import Failures
from leerid_core.store.usernames import Reservation

__all__ = [
    "NO_ACCOUNT",
    "Account",
    "AdministratorAccount",
    "AsOf",
    "AuditEntry",
    "Batch",
    "BatchKind",
    "Behind",
    "CountBy",
    "Counted",
    "Database",
    "Failures",
    "HandOut",
    "Import",
    "KeptPassword",
    "ListedPupil",
    "MailLink",
    "Member",
    "Outcome",
    "Page",
    "Password",
    "Person",
    "Population",
    "PupilEmail",
    "PupilQuery",
    "PupilSession",
    "Purpose",
    "Reservation",
    "Rows",
    "School",
    "Session",
    "SignInAttempt",
    "SignInEvent",
    "SignInQuery",
    "SortBy",
    "UnitOfWork",
]
