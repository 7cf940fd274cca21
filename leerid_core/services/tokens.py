"""Secrets that only a browser or a mail holds; the database keeps a hash that finds them."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return a token that nobody guesses, of letters, digits, - and _."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()
