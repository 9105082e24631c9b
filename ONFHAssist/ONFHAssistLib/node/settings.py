"""What a node is told by its TOML file: where it listens, who may send, what is worked up, where results go."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..case.pipeline import ALL_STEPS
from ..case.result import RADIOGRAPH, SEGMENT
from ..core.errors import InputError
from ..core.serial import from_json_value
from .archives.address import Archive, Secret, Tls, archive_of, check_title, read_toml

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Listen:
    """Where studies come in.

    Attributes:
        callers: application entities that may send; nobody else is answered.
        title, host, port: of the node; it is heard on this computer alone unless ``host`` says more.
        tls: callers then need a certificate that its authority signed.
    """

    callers: tuple[str, ...]
    title: str = "ONFH"
    host: str = LOOPBACK
    port: int = 11112
    tls: Tls | None = None


@dataclass(frozen=True)
class Limits:
    """How much is taken before a caller is refused.

    Attributes:
        object_mb: of one object. study_objects: of one study. waiting_studies: that are not worked up yet.
        associations: at a time. free_mb: of the disk that stay free. idle_s: without a word, then a caller is hung up on.
        work_s: for one study. failures: after which a study is given up. keep_days: of images after their study is done.
    """

    object_mb: int = 512
    study_objects: int = 5000
    waiting_studies: int = 1000
    associations: int = 10
    free_mb: int = 1024
    idle_s: float = 30.0
    work_s: float = 1800.0
    failures: int = 3
    keep_days: float = 2.0


@dataclass(frozen=True)
class Choice:
    """Which studies are hip MRI, and which series of one is worked up.

    Attributes:
        body_parts: of the header, any of which is one of hips. words: of which one in the description of study, series or
            protocol says the same, whatever its case. not_words: that exclude a series.
        planes, sequences: best first; others come behind. least_slices: of a series.
        most_series: that are looked at until one shows a femoral head.
    """

    body_parts: tuple[str, ...] = ("HIP", "PELVIS", "HIPS", "FEMUR")
    words: tuple[str, ...] = (
        "hip",
        "hüft",
        "hueft",
        "pelvi",
        "becken",
        "femoral head",
        "hanche",
        "bassin",
        "anca",
        "cadera",
    )
    not_words: tuple[str, ...] = ("spine", "knee", "ship", "whip")
    planes: tuple[str, ...] = ("coronal", "axial", "sagittal")
    sequences: tuple[str, ...] = ("T1", "T2 FS", "STIR", "PD FS", "T2")
    least_slices: int = 5
    most_series: int = 3


@dataclass(frozen=True)
class Elsewhere:
    """A further archive outside of the hospital, which gets results without identity (PS3.15, Basic Profile).

    Attributes:
        archive: where. secret: from which new identifiers follow.
        images: whether the images of the series that was worked up go, too.

    A study goes only where each of its headers says YES on consent for distribution.
    """

    archive: Mapping[str, Any]
    secret: Secret
    images: bool = False


@dataclass(frozen=True)
class NodeSettings:
    """All of it.

    Attributes:
        folder: of the node's queue, images and results; nothing else may use it.
        archive: where results go. elsewhere: name to a further archive.
        quiet_s: without a new image, then a study is complete. retry_s: after which an archive that was away is tried
            again; doubled each time, up to ``retry_most_s``, which is also the time after a refusal.
        steps: of the pipeline. pictures, printed: key images, and a printed report as PDF.
        status_port: of the pages /health and /metrics, on ``status_host``; 0 for none.
        threads: of the child that works.
    """

    folder: str
    listen: Listen
    archive: Archive
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    choose: Choice = field(default_factory=Choice)
    quiet_s: float = 60.0
    retry_s: float = 10.0
    retry_most_s: float = 900.0
    steps: tuple[str, ...] = tuple(step for step in ALL_STEPS if step != RADIOGRAPH)
    pictures: bool = True
    printed: bool = True
    status_host: str = LOOPBACK
    status_port: int = 8104
    threads: int = 2

    def __post_init__(self) -> None:
        check_title(self.listen.title, "title")
        if not self.listen.callers:
            raise InputError("'callers' names nobody; name the application entities that may send studies.")
        for caller in self.listen.callers:
            check_title(caller, "callers")
        unknown = [step for step in self.steps if step not in ALL_STEPS]
        if unknown or SEGMENT not in self.steps:
            raise InputError(f"'steps' are {', '.join(ALL_STEPS)}, the first of them always.")
        low = [f.name for f in dataclasses.fields(Limits) if getattr(self.limits, f.name) < 0]
        if (
            low
            or min(self.limits.object_mb, self.limits.associations, self.limits.failures, self.quiet_s) <= 0
        ):
            raise InputError(f"'{low[0] if low else 'limits'}' has to be above 0.")

    @property
    def root(self) -> Path:
        """The folder."""
        return Path(self.folder)

    def secret_variables(self) -> frozenset[str]:
        """Names of the environment variables that hold secrets."""
        archives = list(self.destinations().values())
        secrets = [one.secret for one in self.elsewhere.values()]
        secrets += [secret for one in archives for secret in (one.password, one.token)]
        secrets += [
            tls.passphrase for tls in (self.listen.tls, *(one.tls for one in archives)) if tls is not None
        ]
        return frozenset(secret.environment for secret in secrets if secret.environment)

    def destinations(self) -> dict[str, Archive]:
        """Name to every archive that results go to; the hospital's own first, under ""."""
        return {
            "": self.archive,
            **{name: archive_of(one.archive, name, name) for name, one in self.elsewhere.items()},
        }


def read_settings(path: Path) -> NodeSettings:
    """The settings of a TOML file.

    Raises:
        InputError: not there, no TOML, a secret in it, unknown fields, values that do not fit, secrets that are
            missing.
    """
    content = read_toml(path)
    table = content.get("archive")
    if isinstance(table, Mapping):
        content = {**content, "archive": {"name": "the archive", **table}}
    made = from_json_value(NodeSettings, content, str(path))
    for one in made.destinations().values():
        for secret in (one.password, one.token):
            if secret:
                secret.read()
    for beyond in made.elsewhere.values():
        beyond.secret.read()
    return made
