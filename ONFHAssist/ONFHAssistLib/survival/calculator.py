"""One patient on a survival model: points on its nomogram, survival with interval, and what would change it.

The published clinical model needs numpy and scipy alone; a developed model that is loaded from JSON also needs pandas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..bundles.bundle import METADATA, Bundle, bundle_folders, load_bundle
from ..bundles.defaults import list_survival_models
from ..bundles.kinds import SURVIVAL
from ..bundles.loading import load as load_model
from ..core.errors import InputError
from .nomogram.nomogram import Nomogram, PatientPoints, clinical_nomogram, nomogram
from .published import clinical
from .published.clinical import ClinicalInput, SurvivalEstimate

if TYPE_CHECKING:
    from .cox.model import CoxModel
    from .develop.models import DevelopedModel

MONTHS = (36.0, 60.0)
_ANGLE = "combined_necrotic_angle_deg"


@dataclass(frozen=True)
class Calculator:
    """What a panel, a picture and the command line need of a model; see :func:`published_calculator` and
    :func:`load_calculator`.

    Attributes:
        title: for people.
        scales: the nomogram at the model's months.
        labels: covariate -> words. ``levels``: 0/1 covariate -> words of its two levels.
        ranges: covariate -> (smallest, largest, usual) value.
        source: path of the model, "" for the published one.
        statement: what it learned from and what it is for, in sentences; "" where nobody wrote that down.
        accepts: of a bundle, what its features must be made with (``preset_sha256``, ``backbone_sha256``).
    """

    title: str
    scales: Nomogram
    labels: Mapping[str, str]
    levels: Mapping[str, tuple[str, str]]
    ranges: Mapping[str, tuple[float, float, float]]
    source: str = ""
    statement: str = ""
    accepts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def months(self) -> tuple[float, ...]:
        """Months of the nomogram."""
        return tuple(self.scales.hazard)

    def usual_values(self) -> dict[str, float]:
        """A value for each covariate to start from: 0 for 0/1, else the mean."""
        return {name: usual for name, (_, _, usual) in self.ranges.items()}

    def points(self, values: Mapping[str, float]) -> PatientPoints:
        """Points of each covariate, their sum, and survival; see :meth:`.nomogram.Nomogram.patient`."""
        return self.scales.patient(values)

    def from_findings(self, findings: ClinicalInput) -> dict[str, float]:
        """Values of those covariates that follow from the three findings."""
        raise NotImplementedError

    def estimate(
        self, values: Mapping[str, float], months: Sequence[float] | None = None
    ) -> SurvivalEstimate:
        """Survival with 95% interval at ``months`` (the nomogram's by default).

        Raises:
            InputError: a value is missing, or a month beyond the model's follow-up.
        """
        raise NotImplementedError

    def curve(self, values: Mapping[str, float]) -> SurvivalEstimate:
        """Survival with interval, every month from 0 to the end of the model's follow-up."""
        raise NotImplementedError

    def references(self, months: Sequence[float]) -> dict[str, tuple[float, ...]]:
        """Survival of groups to compare with: name -> value at each of ``months``."""
        raise NotImplementedError

    def alternatives(self, values: Mapping[str, float]) -> list[tuple[str, SurvivalEstimate]]:
        """(change in words, estimate) of a hip that differs in one 0/1 covariate."""
        found = []
        for name in (axis.name for axis in self.scales.axes if axis.discrete):
            other = {**values, name: 1.0 - values[name]}
            word = self.levels.get(name, ("no", "yes"))[int(other[name])]
            found.append((f"{self.labels.get(name, name)}: {word}", self.estimate(other)))
        return found

    def risk_group(self, values: Mapping[str, float]) -> str | None:
        """ "low" or "high" against the median of the model's development, or None where that is not known."""
        del values
        return None


@dataclass(frozen=True)
class _Published(Calculator):
    def from_findings(self, findings: ClinicalInput) -> dict[str, float]:
        return dict(zip((a.name for a in self.scales.axes), map(float, findings.findings), strict=True))

    def _input(self, values: Mapping[str, float]) -> ClinicalInput:
        self.points(values)  # names a missing value
        angle = clinical.ANGLE_CUT_DEG if values["angle"] else 0.0
        return ClinicalInput("IIIA" if values["arco_iiia"] else "II", bool(values["oedema"]), angle)

    def estimate(
        self, values: Mapping[str, float], months: Sequence[float] | None = None
    ) -> SurvivalEstimate:
        return clinical.predict_survival(self._input(values), months or self.months)

    def curve(self, values: Mapping[str, float]) -> SurvivalEstimate:
        return clinical.survival_curve(self._input(values))

    def references(self, months: Sequence[float]) -> dict[str, tuple[float, ...]]:
        curves = clinical.reference_curves(months)
        return {
            "Low-risk group of the study": curves["low"].survival,
            "High-risk group of the study": curves["high"].survival,
        }


def published_calculator(months: Sequence[float] = MONTHS) -> Calculator:
    """The published clinical model of the DLRC study."""
    clinical.check_months(months)
    return _Published(
        "Published clinical model (DLRC)",
        clinical_nomogram(months),
        {
            "arco_iiia": "ARCO stage",
            "oedema": "Bone marrow oedema",
            "angle": "Combined necrotic angle",
        },
        {
            "arco_iiia": ("I-II", "IIIA"),
            "oedema": ("no", "yes"),
            "angle": (f"< {clinical.ANGLE_CUT_DEG}°", f"≥ {clinical.ANGLE_CUT_DEG}°"),
        },
        dict.fromkeys(("arco_iiia", "oedema", "angle"), (0.0, 1.0, 0.0)),
    )


@dataclass(frozen=True)
class _Developed(Calculator):
    model: DevelopedModel | None = None
    cox: CoxModel = field(kw_only=True)

    def from_findings(self, findings: ClinicalInput) -> dict[str, float]:
        known = {}
        for name in self.ranges:
            column, sign, rest = name.partition(">=") if ">=" in name else name.partition("=")
            if column == "arco_stage" and sign == "=":
                known[name] = float(findings.arco == rest)
            elif name == "bone_marrow_oedema":
                known[name] = float(findings.oedema)
            elif column == _ANGLE:
                known[name] = float(findings.angle_deg >= float(rest)) if sign else findings.angle_deg
        return known

    def _row(self, values: Mapping[str, float]):
        import pandas as pd

        self.points(values)
        return pd.DataFrame([{name: float(values[name]) for name in self.cox.names_}])

    def estimate(
        self, values: Mapping[str, float], months: Sequence[float] | None = None
    ) -> SurvivalEstimate:
        months = tuple(float(m) for m in (months or self.months))
        survival = self.cox.survival_interval(self._row(values), months)
        return SurvivalEstimate(months, *(tuple(map(float, part[0])) for part in survival))

    def curve(self, values: Mapping[str, float]) -> SurvivalEstimate:
        return self.estimate(values, np.arange(int(self.cox.last_time_) + 1.0).tolist())

    def references(self, months: Sequence[float]) -> dict[str, tuple[float, ...]]:
        groups = {} if self.model is None else self.model.groups
        if not groups:
            average = np.exp(-self.cox.cumulative_baseline(months))
            return {"Average hip of the cohort": tuple(map(float, average))}
        step = np.asarray(months, float).astype(int)
        return {
            f"{name.capitalize()}-risk group of the cohort": tuple(
                float(curve[k]) if k < len(curve) else float("nan") for k in step
            )
            for name, curve in groups.items()
        }

    def risk_group(self, values: Mapping[str, float]) -> str | None:
        if self.model is None:
            return None
        return "high" if float(self.cox.log_hazard(self._row(values))[0]) > self.model.cut else "low"


def load_calculator(path: str | Path, months: Sequence[float] = MONTHS) -> Calculator:
    """A model that was developed here: a JSON file (``models/dlrc.json``), the folder of a development, or a bundle.

    A bundle is named by its folder, or by its name where it comes with the extension; its hashes are checked. Months
    beyond the model's follow-up are left out.

    Raises:
        InputError: no such file, another format, or damaged; a model without follow-up at any of ``months``.
    """
    from .cox.model import FORMAT as COX_FORMAT
    from .cox.model import CoxModel, read_json
    from .develop.models import DevelopedModel
    from .names import TITLES, readable_covariate

    bundle = None
    if _is_bundle(path):
        bundle, content = load_model(path, SURVIVAL, _opened)
        path = bundle.path / "models" / "model.json"
    else:
        path = model_file(Path(path))
        content = read_json(path)
    plain = isinstance(content, Mapping) and content.get("format") == COX_FORMAT
    model = None if plain else DevelopedModel.from_dict(content)
    cox = CoxModel.from_dict(content) if model is None else model.cox
    within = [m for m in months if cox.baseline_.times[0] <= m <= cox.last_time_]
    if not within:
        raise InputError(
            f"The model in {path} was followed for {cox.last_time_:g} months; none of "
            f"{', '.join(f'{m:g}' for m in months)} lies in that, choose earlier months."
        )
    scales = nomogram(cox, within)
    ranges = {}
    for name, low, high, mean in zip(cox.names_, cox.minimum_, cox.maximum_, cox.means_, strict=True):
        ranges[name] = (float(low), float(high), 0.0 if {low, high} == {0.0, 1.0} else float(mean))
    origin = bundle.name if bundle else path.name
    title = (
        f"Cox model {path.stem}"
        if model is None
        else f"{TITLES.get(model.name, model.name)} model ({origin})"
    )
    labels = {name: readable_covariate(name) for name in cox.names_}
    facts = bundle.metadata if bundle else {}
    statement = f"{facts['training_data']} {facts['intended_use']}" if bundle else ""
    accepts = facts.get("accepts", {})
    return _Developed(title, scales, labels, {}, ranges, str(path), statement, accepts, model, cox=cox)


def shipped_models() -> dict[str, str]:
    """Bundles of survival models at hand, the user's own among them: name of the bundle -> title for people."""
    names = [str(row["name"]) for row in list_survival_models()]
    return {name: str(load_bundle(name).metadata["description"]).partition(":")[0] for name in names}


def stamp_of(path: str | Path) -> str:
    """Changes when the model at ``path`` does: of a bundle its hash, else when its file was written.

    Raises:
        InputError: a bundle that is refused.
    """
    if _is_bundle(path):
        return load_bundle(path).sha256
    try:
        return str(model_file(Path(path)).stat().st_mtime_ns)
    except OSError:
        return ""


def _is_bundle(path: str | Path) -> bool:
    return str(path) in bundle_folders() or (Path(path) / METADATA).is_file()


def _opened(bundle: Bundle) -> tuple[Bundle, dict[str, Any]]:
    return bundle, bundle.model_json()


def model_file(path: Path) -> Path:
    """The JSON file of a model, or the fullest model in the folder of a development.

    Raises:
        InputError: a folder without any.
    """
    if not path.is_dir():
        return path
    candidates = [path / "models" / f"{name}.json" for name in ("dlrc", "dl", "radiomics", "clinical")]
    found = next((c for c in candidates if c.is_file()), None)
    if found is None:
        raise InputError(
            f"The folder {path} holds no developed survival model (models/dlrc.json); choose another."
        )
    return found


def signature_values(
    calculator: Calculator, features: Mapping[str, float]
) -> tuple[dict[str, float], list[str]]:
    """Scores of the model's signatures from a hip's features, and sentences for those that cannot be computed.

    Args:
        calculator: from :func:`load_calculator`.
        features: radiomics and deep features of one hip by name.
    """
    import pandas as pd

    model = getattr(calculator, "model", None)
    if model is None:
        return {}, []
    table = pd.DataFrame([features])
    found, doubts = {}, []
    for name, signature in model.signatures.items():
        try:
            found[f"{name}_signature"] = float(signature.score(table)[0])
        except InputError as error:
            doubts.append(str(error))
    return found, doubts
