"""The one secret of an installation, and what is done with it: sealing and recognising.

Credentials are sealed with AES-GCM, identity numbers kept as a keyed hash (ARCHITECTURE.md,
contract 4; DOMAIN.md, Identity). The secret is in a file that only its owner reads, or in the
environment; never in the database.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leerid_core.errors import ConfigurationError, Refused
from leerid_core.settings import Settings

KEY_BYTES = 32
NONCE_BYTES = 12


class Keys:
    """What is derived from the secret; each use has a key of its own.

    `cookies` signs those of the server, so that a restart signs nobody out.
    """

    def __init__(self, secret: bytes) -> None:
        self._sealing = AESGCM(_derive(secret, b"sealed credentials"))
        self._identity = _derive(secret, b"identity numbers")
        self._subjects = _derive(secret, b"sign-in subjects")
        self.cookies = _derive(secret, b"cookies")
        self.fingerprint = _derive(secret, b"fingerprint").hex()

    def seal(self, password: str, *, batch: int, pupil_id: int) -> bytes:
        """Return `password` sealed, to be opened for this pupil of this batch only."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._sealing.encrypt(nonce, password.encode(), _place(batch, pupil_id))

    def unseal(self, sealed: bytes, *, batch: int, pupil_id: int) -> str:
        """Return what was sealed; raises `Refused` when it was sealed for another or changed."""
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._sealing.decrypt(nonce, text, _place(batch, pupil_id)).decode()
        except InvalidTag as error:
            raise Refused("sealed_unreadable", batch=batch) from error

    def identity(self, number: str) -> bytes:
        """Return the keyed hash of an identity number (11 digits)."""
        return hmac.digest(self._identity, number.encode(), "sha256")

    def subject(self, text: str) -> bytes:
        """Return the keyed hash of a login or an address that tries to sign in."""
        return hmac.digest(self._subjects, text.encode(), "sha256")


def load_keys(settings: Settings) -> Keys:
    """Return the keys of this installation.

    Raises `ConfigurationError` when the secret is missing, malformed, or readable by others.
    """
    if settings.key is not None:
        return Keys(_decode(settings.key))
    path = settings.key_file
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text("ascii")
    except FileNotFoundError as error:
        raise ConfigurationError("key_missing", path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("key_unreadable", path=path) from error
    if os.name == "posix" and mode & 0o077:
        raise ConfigurationError("key_readable_by_others", path=path)
    return Keys(_decode(text))


def make_key_file(path: Path) -> None:
    """Write a new secret that only its owner reads; a file that is there is left alone.

    Raises `ConfigurationError` when it cannot be written.
    """
    secret = base64.b64encode(secrets.token_bytes(KEY_BYTES))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise ConfigurationError("key_unwritable", path=path) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _decode(text: str) -> bytes:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ConfigurationError("key_malformed") from error
    if len(secret) != KEY_BYTES:
        raise ConfigurationError("key_malformed")
    return secret


def _derive(secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"leerid " + use).derive(secret)


def _place(batch: int, pupil_id: int) -> bytes:
    return f"{batch}:{pupil_id}".encode()
