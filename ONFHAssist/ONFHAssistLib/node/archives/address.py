"""Where an archive is and how it is spoken to: a table of a TOML file. Secrets stand elsewhere and are read when used."""

from __future__ import annotations

import os
import ssl
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ...core.errors import InputError
from ...core.serial import from_json_value

_SECRETS = ("password", "passphrase", "token", "secret")
_TITLE_LENGTH = 16  # of an application entity (PS3.5 6.2)


@dataclass(frozen=True)
class Secret:
    """A secret by the file or the environment variable that holds it; it is not kept, shown or written.

    Attributes:
        file: whose first line it is. environment: name of the variable.
    """

    file: str = ""
    environment: str = ""

    def __bool__(self) -> bool:
        return bool(self.file or self.environment)

    def read(self) -> str:
        """The secret.

        Raises:
            InputError: the file or the variable is not there or empty.
        """
        if self.environment:
            found = os.environ.get(self.environment, "")
            if not found:
                raise InputError(
                    f"The environment variable {self.environment} is to hold a secret and is empty; set it."
                )
            return found
        try:
            found = Path(self.file).read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeError) as error:
            raise InputError(
                f"The secret in {self.file} cannot be read; check its path and rights."
            ) from error
        if not found:
            raise InputError(f"The first line of {self.file} is to hold a secret and is empty.")
        return found


@dataclass(frozen=True)
class Tls:
    """Encryption of a connection, each side known by its certificate (PEM files).

    Attributes:
        authority: that signed the other side's certificate; "" takes those that the system trusts.
        certificate, key: our own; a server needs them, a client where the archive asks for one.
        passphrase: of the key.
    """

    authority: str = ""
    certificate: str = ""
    key: str = ""
    passphrase: Secret = field(default_factory=Secret)

    def context(self, server: bool = False) -> ssl.SSLContext:
        """Settings for a connection: TLS 1.2 or later; the other side's certificate is always checked.

        Raises:
            InputError: a file is not there or does not fit, or a server without a certificate.
        """
        if server and not (self.certificate and self.authority):
            raise InputError(
                "TLS of the node needs 'certificate' and 'key' of its own, and the 'authority' of those that may call."
            )
        purpose = ssl.Purpose.CLIENT_AUTH if server else ssl.Purpose.SERVER_AUTH
        try:
            made = ssl.create_default_context(purpose, cafile=self.authority or None)
            made.minimum_version = ssl.TLSVersion.TLSv1_2
            made.verify_mode = ssl.CERT_REQUIRED
            if self.certificate:
                password = self.passphrase.read() if self.passphrase else ""
                made.load_cert_chain(self.certificate, self.key or None, lambda: password)
        except (OSError, ssl.SSLError) as error:
            files = ", ".join(filter(None, (self.authority, self.certificate, self.key)))
            raise InputError(
                f"TLS cannot be set up with {files} ({type(error).__name__}); PEM files that belong together are "
                "expected."
            ) from error
        return made


@dataclass(frozen=True)
class Archive:
    """An archive.

    Attributes:
        name: by which messages call it.
        host, port, title: of its DIMSE service; title is its application entity.
        calling: our own application entity.
        url: of its DICOMweb service instead of host, port and title.
        retrieve: "get", or "move" for archives that know no C-GET; these send to ``receive_port`` of this computer.
        receive_host: address on which this computer waits then.
        tls: None without encryption.
        user, password: for DICOMweb. token: instead of them.
        timeout_s: for each answer. tries: how often a connection that fails is tried. wait_s: before the second try;
            doubled each time.
    """

    name: str = "the archive"
    host: str = ""
    port: int = 104
    title: str = ""
    calling: str = "ONFH"
    url: str = ""
    retrieve: str = "get"
    receive_host: str = "127.0.0.1"
    receive_port: int = 0
    tls: Tls | None = None
    user: str = ""
    password: Secret = field(default_factory=Secret)
    token: Secret = field(default_factory=Secret)
    timeout_s: float = 30.0
    tries: int = 3
    wait_s: float = 2.0

    def __post_init__(self) -> None:
        if bool(self.url) == bool(self.host):
            raise InputError(
                f"{self.name} needs either 'host', 'port' and 'title' (DIMSE) or 'url' (DICOMweb)."
            )
        for name in ("title", "calling"):
            check_title(getattr(self, name), name, may_be_empty=bool(self.url))
        if not 0 < self.port < 65536 or not 0 <= self.receive_port < 65536:
            raise InputError(f"A port of {self.name} is {self.port}; 1 to 65535 is expected.")
        if self.retrieve not in ("get", "move") or (self.retrieve == "move" and not self.receive_port):
            raise InputError(f"'retrieve' of {self.name} is \"get\", or \"move\" with a 'receive_port'.")
        if self.timeout_s <= 0 or self.tries < 1 or self.wait_s < 0:
            raise InputError(
                f"'timeout_s' and 'tries' of {self.name} have to be above 0, and 'wait_s' not below."
            )
        if self.url and not self.url.startswith(("http://", "https://")):
            raise InputError(f"'url' of {self.name} begins with http:// or https://.")
        if self.url and not _is_plain(self.url):
            raise InputError(
                f"'url' of {self.name} is no address, or names a user before its host; use 'user' and 'password' or "
                "'token'."
            )
        if self.url.startswith("http://") and (self.password or self.token) and not _is_local(self.url):
            raise InputError(f"'url' of {self.name} would carry a secret without encryption; use https://.")


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def _is_plain(url: str) -> bool:
    """Whether an address names a host, and nobody who logs on: what stands before it would be shown and logged."""
    try:
        return bool(urlsplit(url).hostname) and "@" not in urlsplit(url).netloc
    except ValueError:
        return False


def check_title(title: str, name: str, may_be_empty: bool = False) -> None:
    """Hold the name of an application entity against the standard (PS3.5 6.2).

    Raises:
        InputError: empty, longer than 16 characters, or with others than printable ASCII ones.
    """
    fits = title.isascii() and title.isprintable() and "\\" not in title and title == title.strip()
    if not fits or len(title) > _TITLE_LENGTH or not (title or may_be_empty):
        raise InputError(
            f"'{name}' is '{title}'; an application entity title has 1 to 16 printable characters."
        )


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file without secrets in it.

    Raises:
        InputError: not there, no TOML, or it states a secret itself.
    """
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); give a TOML file.") from error
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise InputError(f"{path} is no valid TOML file: {error}.") from error
    _refuse_secrets(content, path)
    return content


def _refuse_secrets(content: Mapping[str, Any], path: Path) -> None:
    for key, value in content.items():
        if isinstance(value, Mapping):
            _refuse_secrets(value, path)
        elif key in _SECRETS:
            raise InputError(
                f'{path} states \'{key}\' itself; write {key} = {{ file = "..." }} or {key} = {{ environment = "..." }} '
                "and put the secret there."
            )


def archive_of(table: Mapping[str, Any], name: str, where: str) -> Archive:
    """An archive from its table; ``name`` is taken where it states none.

    Raises:
        InputError: an unknown field, or values that do not fit.
    """
    return from_json_value(Archive, {"name": name, **table}, where)


def read_archive(path: Path) -> Archive:
    """The archive that a TOML file describes: its fields at the top, or the table ``[archive]`` of a node's file.

    Raises:
        InputError: as :func:`read_toml` and :func:`archive_of`.
    """
    content = read_toml(path)
    inner = content.get("archive")
    table = inner if isinstance(inner, Mapping) else content
    return archive_of(table, path.stem, str(path))
