"""The analysis written down before the hips are looked at: a file with its hash, and what was done otherwise.

A plan that can be changed afterwards without anybody noticing is none: the file carries the SHA-256 of its content, to
be published (on a registry, in a preprint, in a mail) before the outcomes are known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...core.atomic_files import write_text
from ...core.errors import InputError
from ...core.provenance import sha256_of_file
from ...report.case_page import Section

FORMAT = "onfh-analysis-plan/1"
_HOW_FAST = ("workers", "threads")  # change nothing but the time that it takes


@dataclass(frozen=True)
class AnalysisPlan:
    """A plan that was read, with the hash that it carries.

    Attributes:
        study: "dlr" or "dlrc". written: date and time in UTC.
        protocol: every setting, by name. columns: role to column.
        primary: what is tested or estimated first, in words. cohort_sha256: of the table, where it existed already.
    """

    study: str
    written: str
    protocol: Mapping[str, Any]
    columns: Mapping[str, str | None]
    primary: str
    cohort_sha256: str
    sha256: str

    @property
    def words(self) -> str:
        """One sentence for checklists."""
        return f"analysis plan of {self.written}, SHA-256 {self.sha256[:16]}…; deviations are listed in the report"


def write_plan(
    path: str | Path,
    study: str,
    protocol: Mapping[str, Any],
    columns: Mapping[str, str | None] | None = None,
    primary: str = "",
    cohort: str | Path | None = None,
) -> AnalysisPlan:
    """Write a plan with its hash.

    Args:
        study: "dlr" or "dlrc".
        protocol: every setting by name; see :func:`..planning.plan_analysis`.
        columns: role (outcome, patient, time, event, scanner) to column.
        primary: what is estimated first.
        cohort: table, if there is one already, whose hash is kept.
    """
    content = {
        "format": FORMAT,
        "study": study,
        "written": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "protocol": {name: value for name, value in protocol.items() if name not in _HOW_FAST},
        "columns": {role: name for role, name in (columns or {}).items() if name is not None},
        "primary": primary,
        "cohort_sha256": "" if cohort is None else sha256_of_file(Path(cohort)),
    }
    digest = _digest(content)
    write_text(Path(path), json.dumps({**content, "sha256": digest}, indent=2, ensure_ascii=False) + "\n")
    plan = read_plan(path, study)
    assert plan is not None
    return plan


def read_plan(path: str | Path | None, study: str) -> AnalysisPlan | None:
    """A plan that was written; None without a path.

    Raises:
        InputError: no such file, no plan, of another study, or changed after it was written.
    """
    if path is None:
        return None
    path = Path(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        digest = content.pop("sha256")
        if content.get("format") != FORMAT:
            raise KeyError("format")
        found = {name: content[name] for name in ("study", "written", "protocol", "columns", "primary")}
    except OSError:
        raise InputError(
            f"{path} cannot be read; choose the file of an analysis plan that was written down beforehand."
        ) from None
    except (ValueError, KeyError, AttributeError, TypeError):
        raise InputError(f"{path} is no analysis plan that ONFHAssist wrote.") from None
    if digest != _digest(content):
        raise InputError(
            f"{path} was changed after it was written: its hash does not fit. Take the file that was registered."
        )
    if found["study"] != study:
        raise InputError(f"{path} plans the study '{found['study']}', this is '{study}'.")
    return AnalysisPlan(**found, cohort_sha256=content.get("cohort_sha256", ""), sha256=digest)


def deviations(
    plan: AnalysisPlan,
    protocol: Mapping[str, Any],
    columns: Mapping[str, str | None],
    cohort: Path | None = None,
) -> list[tuple[str, str, str]]:
    """(setting, planned, done) of everything that differs; a setting that either lacks counts as differing."""
    done = json.loads(json.dumps({n: v for n, v in protocol.items() if n not in _HOW_FAST}))
    rows = []
    for name in dict.fromkeys([*plan.protocol, *done]):
        before, after = plan.protocol.get(name, "not in the plan"), done.get(name, "not known")
        if before != after:
            rows.append((name.replace("_", " "), _text(before), _text(after)))
    for role in dict.fromkeys([*plan.columns, *columns]):
        before, after = plan.columns.get(role), columns.get(role)
        if before != after and (before is not None or plan.columns):
            rows.append((f"column of the {role}", _text(before), _text(after)))
    if plan.cohort_sha256 and cohort is not None:
        here = sha256_of_file(cohort)
        if here != plan.cohort_sha256:
            rows.append(("table of the cohort", plan.cohort_sha256[:16], here[:16]))
    return rows


def plan_section(
    plan: AnalysisPlan, protocol: Mapping[str, Any], columns: Mapping[str, str | None], cohort: Path
) -> Section:
    """What was planned, and everything that was done otherwise."""
    rows = deviations(plan, protocol, columns, cohort)
    text = f"Written {plan.written}, SHA-256 {plan.sha256}."
    if plan.primary:
        text += f" First of all: {plan.primary.rstrip('.')}."
    text += " Nothing was done otherwise." if not rows else f" {len(rows)} deviations:"
    return Section("Analysis plan", text, ("Setting", "Planned", "Done") if rows else (), rows)


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text(value: Any) -> str:
    if value is None:
        return "none"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
