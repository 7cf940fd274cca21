"""What a report costs, beside matplotlib drawing its charts alone and the figures being counted.

Run it with `python benchmarks/reports.py [PUPILS ...]`, by default for 688 and 30,000 pupils. The
pupils are written straight into a database of its own, in classes of 20, all with an account,
three of four signed in; sign-ins go through the store. Times are processor seconds, the best of
three. The ratios are within one run: the whole PDF, Excel and CSV to the six charts drawn by
matplotlib, and to the counting of the figures.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from leerid_core.reports import charts
from leerid_core.reports.report import last_sign_in, shares
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.follow_up import make_follow_up
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.reporting import ReportForm, make_report
from leerid_core.services.schools import add_school
from leerid_core.services.suppression import suppressed
from leerid_core.services.usage import usage
from leerid_core.services.usage_chapters import chapter_of
from leerid_core.services.usage_query import UsageQuery
from leerid_core.settings import Settings
from leerid_core.store import Account, Password, PupilQuery, SignInEvent
from leerid_core.rules.school_years import SchoolYear

SCHOOL, CLASS_SIZE, ROUNDS = "030569", 20, 3
NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
ACTOR = Operator("benchmark")
QUERY = UsageQuery((SCHOOL,))
