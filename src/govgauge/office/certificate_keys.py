"""The secret halves of the keys that sign certificates: files in the office's folder that only its account reads."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from govgauge.errors import Unusable
from govgauge.reports.certificates.signing import key_id, public_of

FOLDER = "certificate-keys"
VARIABLE = "GOVGAUGE_CERTIFICATE_KEY"
BYTES = 32


def given() -> bytes | None:
    """The secret that the environment gives instead of a file. Raises Unusable when it is none."""
    told = os.environ.get(VARIABLE, "").strip()
    return _secret(told, VARIABLE) if told else None


def kept(name: str) -> bytes:
    """The secret of a key. Raises Unusable with the remedy when it is not there, or is another one."""
    file = _file(name)
    try:
        secret = _secret(file.read_text(encoding="ascii").strip(), str(file))
    except (FileNotFoundError, UnicodeDecodeError):
        secret = b""
    if not secret or key_id(public_of(secret)) != name:
        raise Unusable(
            f"证书的签名私钥 {name} 不在 {file}；请从备份放回原处。确已丢失时运行 govgauge certificates keys --new "
            "启用新密钥，已颁发的证书照常可以核验 (the signing key is gone: bring it back, or start a new one)."
        )
    return secret


def make() -> bytes:
    """A new secret, kept in a file of its own, mode 0600, before anybody is told of it."""
    secret = secrets.token_bytes(BYTES)
    file = _file(key_id(public_of(secret)))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secret.hex() + "\n")
        out.flush()
        os.fsync(out.fileno())
    return secret


def _file(name: str) -> Path:
    return Path(settings.HOME) / FOLDER / f"{name}.key"


def _secret(told: str, place: str) -> bytes:
    try:
        secret = bytes.fromhex(told)
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise Unusable(f"{place} 中应是 64 位十六进制的签名私钥 (64 hexadecimal digits are wanted).")
    return secret
