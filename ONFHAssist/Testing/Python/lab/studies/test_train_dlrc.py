"""The DLRC bundle: developed, written, checked, and used by its name or folder."""

import json
import shutil

import numpy as np
import pytest
from support.developed_study import developed_study

from ONFHAssistLab.studies.dlrc import bundle as train_dlrc
from ONFHAssistLib.bundles.bundle import load_bundle
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.deep import load_backbone
from ONFHAssistLib.extract.presets import load_preset
from ONFHAssistLib.survival import calculator


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """(answer of train_dlrc, folder of the bundle): the features are made up, the rest is real."""
    folder = tmp_path_factory.mktemp("dlrc")
    printed, study, _table = developed_study(tmp_path_factory)

    def reproduce(_cohort, out, _work, *, options, **_):
        assert options == {"bootstraps": 0, "seed": 0}
        shutil.copytree(study, out)
        return printed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train_dlrc, "reproduce_dlrc", reproduce)
        result = train_dlrc.train_dlrc(folder / "dlrc-xray", None, folder / "work", options={"bootstraps": 0})
    return result, folder / "dlrc-xray"


def test_the_bundle_says_what_it_is_and_what_it_takes(written):
    result, folder = written
    bundle = load_bundle(folder)
    assert bundle.metadata["accepts"]["preset_sha256"] == load_preset("dlrc-xray").sha256
    assert bundle.metadata["accepts"]["backbone_sha256"] == load_backbone().sha256
    assert "41 of them collapsed" in bundle.metadata["training_data"]
    assert bundle.metadata["metrics"] == result["metrics"]
    assert result["metrics"]["dlrc C-index"]["low"] < result["metrics"]["dlrc C-index"]["value"]
    card = (folder / "docs/README.md").read_text(encoding="utf-8")
    assert "| dlrc C-index |" in card
    for feature in bundle.model_json()["signatures"]["dl"]["features"]:
        assert f"| `{feature['name']}` | {feature['coefficient']:+.4f} |" in card


def test_the_bundle_answers_as_the_model_that_was_developed(written):
    _, folder = written
    one = calculator.load_calculator(folder)
    other = calculator.load_calculator(folder.parent / "work" / "report")
    values = {**other.usual_values(), "dl_signature": 0.7}
    assert one.estimate(values) == other.estimate(values)
    assert one.title == "DLRC model (dlrc-xray)"
    assert one.statement.startswith("Trained on simulated radiographs of 140 hips of 100 patients")
    assert other.statement == ""
    assert set(one.references([36.0])) == {
        "Low-risk group of the cohort",
        "High-risk group of the cohort",
    }


def test_a_changed_bundle_is_refused(written, tmp_path):
    _, folder = written
    copy = tmp_path / "dlrc-xray"
    shutil.copytree(folder, copy)
    model = json.loads((copy / "models/model.json").read_text(encoding="utf-8"))
    model["cut"] += 0.1
    (copy / "models/model.json").write_text(json.dumps(model), encoding="utf-8")
    with pytest.raises(InputError, match="was changed"):
        calculator.load_calculator(copy)


def test_the_shipped_nomogram_is_there_by_its_name():
    assert "dlrc-xray" in calculator.shipped_models()
    model = calculator.load_calculator("dlrc-xray")
    assert {"dl_signature", "radiomics_signature"} & set(model.ranges)
    values = model.usual_values()
    survival = model.estimate(values).survival
    assert 0 < survival[1] < survival[0] < 1
    worse = model.estimate({name: high for name, (_, high, _) in model.ranges.items()}).survival
    assert np.all(np.array(worse) < survival)
