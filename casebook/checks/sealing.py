"""Sealed keys: what stands under the normal form of an answer opens only to that answer.

A form and the task's salt go through one slow hash. From it come a token, by which the entry is
found, and a keystream, by which its text is read. Right answers and diagnosed mistakes are sealed
alike and padded alike, so nobody sees from the file which is which. What this cannot do: stop
somebody who tries all answers of a small answer space one by one: two ranks among nine open in
less than a second, a number of days in a few, two counts below a thousand in two hours. Marks never
depend on it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

ROUNDS = 5000  # about 5 ms; blake2b, because the browser's Python has neither scrypt nor pbkdf2


def digest(form: str, salt: str) -> bytes:
    """Return the slow hash of a normal form (64 bytes)."""
    key = salt.encode()
    value = hashlib.blake2b(form.encode(), key=key[:64]).digest()
    for _ in range(ROUNDS):
        value = hashlib.blake2b(value, key=key[:64]).digest()
    return value


def token(opened: bytes) -> str:
    """Return the name under which the entry of a digest is filed."""
    return hashlib.blake2b(opened, digest_size=12, person=b"token").hexdigest()


def seal(entry: Mapping[str, Any], opened: bytes, length: int) -> str:
    """Return an entry as text that only the same digest opens.

    Parameters
    ----------
    entry : mapping
        What to seal, as JSON allows it.
    opened : bytes
        From `digest`.
    length : int
        Bytes to pad to, so that lengths tell nothing.
    """
    plain = packed(entry)
    if len(plain) > length:
        raise ValueError(f"The entry takes {len(plain)} bytes, more than {length}")
    return _text(_mix(plain.ljust(length), opened))


def packed(entry: Mapping[str, Any]) -> bytes:
    """Return an entry as bytes, before padding."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unseal(sealed: str, opened: bytes) -> dict[str, Any]:
    """Return the entry under a digest whose token was found."""
    entry: dict[str, Any] = json.loads(_mix(base64.b85decode(sealed), opened).decode().rstrip())
    return entry


def decoy(opened: bytes, number: int, length: int) -> tuple[str, str]:
    """Return a token and a text that look like an entry and open to nothing."""
    other = hashlib.blake2b(opened + b"decoy%d" % number).digest()
    return token(other), _text(_mix(b"\0" * length, other))


def veil(text: str, salt: str) -> str:
    """Write a text so that it is not read by accident; anyone with the file can unveil it."""
    return _text(_mix(text.encode(), salt.encode()))


def unveil(veiled: str, salt: str) -> str:
    """Return a veiled text."""
    return _mix(base64.b85decode(veiled), salt.encode()).decode()


def _text(data: bytes) -> str:
    return base64.b85encode(data).decode()


def _mix(data: bytes, key: bytes) -> bytes:
    stream = b""
    for block in range(-(-len(data) // 64)):
        stream += hashlib.blake2b(b"%d" % block, key=key[:64], person=b"stream").digest()
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))
