"""The steps of a cohort, what each rests on, and the key under which its answer is kept.

A step's key is a hash of the source's content, of the answers of the steps that it needs, and of the bundles, presets and
software that it works with. Where the key is the same the answer is, so it is taken and not computed again: a new stager
stages every hip anew and outlines none.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ...bundles.bundle import bundle_folders, load_bundle
from ...bundles.defaults import default_backbone, default_detector, default_outliner
from ...case.result import MEASURE, PROBABILITY, SEGMENT, STAGE, SURVIVAL
from ...case.work import Settings
from ...core.errors import InputError
from ...core.versions import software_versions
from ...extract.presets import load_preset

RADIOMICS, DEEP, REPORT = "radiomics", "deep", "report"
STEPS = (SEGMENT, MEASURE, RADIOMICS, DEEP, STAGE, PROBABILITY, SURVIVAL, REPORT)
NEEDS: dict[str, tuple[str, ...]] = {
    SEGMENT: (),
    MEASURE: (SEGMENT,),
    RADIOMICS: (SEGMENT,),
    DEEP: (SEGMENT,),
    STAGE: (SEGMENT,),
    PROBABILITY: (SEGMENT,),
    SURVIVAL: (SEGMENT, MEASURE, STAGE),
    REPORT: STEPS[:-1],
}
_FORM = 1  # of what is kept; a change of it has everything done again


@dataclass(frozen=True)
class Plan:
    """What a run does with every case.

    Attributes:
        steps: of :data:`STEPS`, in their order, with those that they need.
        settings: of the pipeline, completed.
        facts: step to what it works with: bundles, presets and software by name, each with its hash or version.
    """

    steps: tuple[str, ...]
    settings: Settings
    facts: Mapping[str, Mapping[str, str]]

    @property
    def digest(self) -> str:
        """Hash of all of it: a case that was done whole under the same one has nothing left to do."""
        return hash_of(
            [_FORM, list(self.steps), asdict(self.settings), {k: dict(v) for k, v in self.facts.items()}]
        )

    def key(self, step: str, content: str, outputs: Mapping[str, str]) -> str:
        """Under which the answer of a step is kept.

        Args:
            content: hash of the source. outputs: step to the hash of its answer, of those that came before.
        """
        needed = [[name, outputs[name]] for name in NEEDS[step] if name in outputs]
        return hash_of([_FORM, step, content, needed, dict(self.facts[step]), self._chosen(step)])

    def _chosen(self, step: str) -> list[Any]:
        s = self.settings
        own: dict[str, list[Any]] = {
            SEGMENT: [s.twice],
            MEASURE: [s.sagittal, s.find_edges],
            RADIOMICS: [s.engine],
        }
        return own.get(step, [])


def make_plan(steps: Iterable[str] = (), settings: Settings | None = None) -> Plan:
    """The plan of a run on this machine.

    Args:
        steps: of :data:`STEPS`; all where none is named. What they need is added, but only the answers that are tables'.

    Raises:
        InputError: an unknown step, a bundle or preset that is not there or not whole.
    """
    asked = tuple(steps) or STEPS
    unknown = [step for step in asked if step not in STEPS]
    if unknown:
        raise InputError(f"There is no step '{unknown[0]}'; steps are {', '.join(STEPS)}.")
    wanted = set(asked)
    for step in reversed(STEPS):
        if step in wanted and step != REPORT:
            wanted.update(NEEDS[step])
    wanted.add(SEGMENT)
    chosen = _settled((settings or Settings()).completed())
    ordered = tuple(step for step in STEPS if step in wanted)
    return Plan(ordered, chosen, {step: _facts(step, chosen) for step in ordered})


def _settled(settings: Settings) -> Settings:
    """With absolute paths, which mean the same wherever a later program starts; names stay names."""

    bundles = bundle_folders()

    def bundle(named: str) -> str:
        return (
            str(Path(named).absolute()) if named and named not in bundles and Path(named).is_dir() else named
        )

    def preset(named: str) -> str:
        return str(Path(named).absolute()) if Path(named).is_file() else named

    return replace(
        settings,
        preset=preset(settings.preset),
        radiograph_preset=preset(settings.radiograph_preset),
        predictor=bundle(settings.predictor),
        stager=bundle(settings.stager),
        survival_model=bundle(settings.survival_model),
    )


def _facts(step: str, settings: Settings) -> dict[str, str]:
    """What a step works with."""
    facts: dict[str, Callable[[], dict[str, str]]] = {
        SEGMENT: lambda: {
            **_bundles(detector=default_detector(), outliner=default_outliner()),
            **_software("deep"),
        },
        MEASURE: lambda: _software("native"),
        RADIOMICS: lambda: {"preset": load_preset(settings.preset).sha256, **_software(settings.engine)},
        DEEP: lambda: {**_bundles(backbone=default_backbone()), **_software("deep")},
        STAGE: lambda: {**_bundles(stager=settings.stager), **_software("deep")},
        PROBABILITY: lambda: _facts_of_predictor(settings),
        SURVIVAL: lambda: {**_bundles(model=settings.survival_model), **_software("native")},
        REPORT: lambda: {**_software("native"), **_versions("matplotlib", "jinja2")},
    }
    return facts[step]()


def _facts_of_predictor(settings: Settings) -> dict[str, str]:
    from ...early.predictor import load_predictor

    predictor = load_predictor(settings.predictor)
    backbone = {} if predictor.backbone is None else {"backbone": predictor.backbone.sha256}
    preset = {"preset": load_preset(predictor.preset).sha256}
    bundle = _bundles(predictor=settings.predictor)
    return {**bundle, **preset, **backbone, **_software("native"), **_software("deep")}


def _bundles(**names: str) -> dict[str, str]:
    return {role: load_bundle(name).sha256 for role, name in names.items()}


def _software(engine: str) -> dict[str, str]:
    return software_versions(engine)


def _versions(*packages: str) -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in packages}


def hash_of(value: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its names."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
