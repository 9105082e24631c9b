"""Bundles: nothing of them is used before every file was checked."""

import json
import pickle
from pathlib import Path

import pytest

from ONFHAssistLib.bundles import bundle as bundles
from ONFHAssistLib.bundles.bundle import find_problem, load_bundle, save_bundle
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.survival.calculator import shipped_models

METADATA = {
    "name": "small",
    "kind": "probability",
    "version": "1.0.0",
    "task": "a test",
    "description": "Small.",
    "authors": "Somebody",
    "copyright": "Somebody",
    "changelog": {"1.0.0": "first"},
    "intended_use": "Tests.",
    "training_data": "None.",
    "metrics": {},
    "accepts": {},
    "network_data_format": {},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return save_bundle(tmp_path / "small", METADATA, "# Card", model_json={"intercept": 0.1 + 0.2}).path


def test_a_bundle_comes_back_as_it_was_saved(folder):
    bundle = load_bundle(folder)
    assert bundle.model_json() == {"intercept": 0.1 + 0.2}
    assert (bundle.name, bundle.version) == ("small", "1.0.0")
    assert bundle.sha256 == sha256_of_file(folder / "configs/metadata.json")
    assert [p.name for p in folder.parent.iterdir()] == ["small"]


@pytest.mark.parametrize("name", ["models/model.json", "docs/README.md", "LICENSE", "configs/inference.json"])
def test_one_changed_byte_is_refused_by_name(folder, name):
    path = folder / name
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match=f"{name} was changed"):
        load_bundle(folder)


@pytest.mark.parametrize("name", ["models/model.json", "docs/README.md", "configs/metadata.json"])
def test_a_missing_file_is_refused_by_name(folder, name):
    (folder / name).unlink()
    assert name.split("/", maxsplit=1)[0] in find_problem(folder)
    with pytest.raises(InputError, match="refused"):
        load_bundle(folder)


def test_a_file_that_is_not_listed_is_refused(folder):
    (folder / "models/extra.py").write_text("print('hello')")
    with pytest.raises(InputError, match=r"models/extra\.py is not listed"):
        load_bundle(folder)


@pytest.mark.parametrize("field", sorted(bundles.REQUIRED_FIELDS))
def test_a_missing_metadata_field_is_refused_by_name(folder, field):
    path = folder / "configs/metadata.json"
    metadata = json.loads(path.read_text())
    del metadata[field]
    path.write_text(json.dumps(metadata))
    with pytest.raises(InputError, match=f"field '{field}'"):
        load_bundle(folder)


def test_a_pickle_in_place_of_tensors_is_refused_and_not_run(tmp_path):
    torch = pytest.importorskip("torch")
    marker = tmp_path / "ran"

    class Trap:
        def __reduce__(self):
            return (marker.write_text, ("the pickle ran",))

    folder = save_bundle(tmp_path / "net", METADATA, "# Card", state_dict={"w": torch.ones(2)}).path
    assert torch.equal(load_bundle(folder).state_dict()["w"], torch.ones(2))
    model = folder / "models/model.pt"
    model.write_bytes(pickle.dumps(Trap()))
    path = folder / "configs/metadata.json"
    metadata = json.loads(path.read_text())
    metadata["sha256"]["models/model.pt"] = sha256_of_file(model)
    path.write_text(json.dumps(metadata))
    with pytest.raises(InputError, match="not a plain state dict"):
        load_bundle(folder).state_dict()
    assert not marker.exists()


def test_saving_never_overwrites_a_folder_of_something_else(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep me")
    with pytest.raises(InputError, match="not a bundle"):
        save_bundle(tmp_path / "mine", METADATA, "# Card", model_json={})
    assert (tmp_path / "mine/notes.txt").read_text() == "keep me"


def test_a_failed_save_leaves_the_old_bundle(folder):
    with pytest.raises(ValueError, match="JSON compliant"):
        save_bundle(folder, METADATA, "# Card", model_json={"intercept": float("nan")})
    assert load_bundle(folder).model_json() == {"intercept": 0.1 + 0.2}
    assert [p.name for p in folder.parent.iterdir()] == ["small"]


def test_an_unknown_bundle_is_answered_with_those_at_hand():
    with pytest.raises(InputError, match="no model bundle 'nosuch'; bundles at hand: "):
        load_bundle("nosuch")


def test_every_bundle_of_the_extension_is_valid():
    rows = bundles.list_bundles()
    assert "rad-dlr-mri" in [row["name"] for row in rows]
    assert [row["problem"] for row in rows] == [None] * len(rows)


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of the user's own bundles: one of a new name, one in the place of the extension's."""
    place = tmp_path / "ours"
    for name in ("dlr-ours", "outliner-unet"):
        save_bundle(place / name, METADATA | {"name": name}, "# Card", model_json={"ours": 1})
    (place / "notes").mkdir()
    monkeypatch.setenv("ONFHASSIST_MODELS", str(place))
    return place


def test_a_bundle_of_one_s_own_takes_the_place_of_the_extension_s(own):
    assert load_bundle("outliner-unet").path == own / "outliner-unet"
    assert load_bundle("dlr-ours").model_json() == {"ours": 1}
    assert load_bundle("rad-dlr-mri").path == bundles.models_folder() / "rad-dlr-mri"
    rows = {row["name"]: row["own"] for row in bundles.list_bundles()}
    assert rows["dlr-ours"] and rows["outliner-unet"] and not rows["rad-dlr-mri"]
    assert "notes" not in rows


def test_a_changed_bundle_of_one_s_own_is_refused_and_not_passed_over(own):
    (own / "outliner-unet/models/model.json").write_text("{}", encoding="utf-8")
    (own / "dlr-ours/configs/metadata.json").write_text("not JSON", encoding="utf-8")
    with pytest.raises(InputError, match="outliner-unet is refused"):
        load_bundle("outliner-unet")
    assert "dlrc-xray" in shipped_models()
    assert {row["name"] for row in bundles.list_bundles() if not row["valid"]} == {
        "outliner-unet",
        "dlr-ours",
    }


def test_a_folder_in_the_working_directory_does_not_take_the_place_of_a_named_bundle(tmp_path, monkeypatch):
    save_bundle(tmp_path / "rad-dlr-mri", METADATA, "# Card", model_json={"stranger": 1})
    monkeypatch.chdir(tmp_path)
    assert load_bundle("rad-dlr-mri").path == bundles.models_folder() / "rad-dlr-mri"
    assert load_bundle(tmp_path / "rad-dlr-mri").name == "small"


def test_a_folder_of_one_s_own_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("ONFHASSIST_MODELS", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match="nowhere', which is no folder"):
        load_bundle("rad-dlr-mri")
