"""The vault: every ciphertext of the product, under the operator's master key or a poll's own.

AES-256-GCM; keys come from the master secret by HKDF-SHA256. A sealed text says its version and key:
"1.<key id>.<base64 of nonce and ciphertext>". What it belongs to is bound to it: none opens elsewhere.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = "1"
KEY = 32
NONCE = 12
STEP = 64
"""Sealed texts grow in steps of so many bytes: otherwise their length would tell short answers from long."""


class CannotOpen(Exception):
    """A sealed text that this key does not open: another key's, another place's, or not whole."""


class Vault:
    """What one master secret seals and opens."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(_derived(secret, b"palabre seals"))
        self.key_id = _derived(secret, b"palabre key id")[:8].hex()

    def seal(self, plain: bytes, place: str) -> str:
        """Return a sealed text. place: what it belongs to, the same when it is opened."""
        return f"{VERSION}.{self.key_id}.{_sealed(self._cipher, plain, place)}"

    def open(self, sealed: str, place: str) -> bytes:
        version, key_id, body = (*sealed.split("."), "", "")[:3]
        if (version, key_id) != (VERSION, self.key_id):
            raise CannotOpen("sealed with another master key")
        return _opened(self._cipher, body, place)


def new_key() -> bytes:
    return os.urandom(KEY)


def seal(key: bytes, plain: bytes, place: str) -> str:
    """Return a text sealed with a key of its own; spaces fill it up to the next step."""
    filled = plain.ljust(-(-len(plain) // STEP) * STEP)
    return f"{VERSION}.{_sealed(AESGCM(key), filled, place)}"


def unseal(key: bytes, sealed: str, place: str) -> bytes:
    """Return what was sealed, and the spaces after it."""
    version, _, body = sealed.partition(".")
    if version != VERSION:
        raise CannotOpen("sealed by a later version")
    return _opened(AESGCM(key), body, place)


def _sealed(cipher: AESGCM, plain: bytes, place: str) -> str:
    nonce = os.urandom(NONCE)
    return b64encode(nonce + cipher.encrypt(nonce, plain, place.encode())).decode()


def _opened(cipher: AESGCM, body: str, place: str) -> bytes:
    try:
        raw = b64decode(body, validate=True)
        return cipher.decrypt(raw[:NONCE], raw[NONCE:], place.encode())
    except (InvalidTag, NotBase64, ValueError) as error:
        raise CannotOpen("not sealed here") from error


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=purpose).derive(secret.encode())
