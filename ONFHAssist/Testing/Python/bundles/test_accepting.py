"""A bundle that is put into use answers from then on; the one before it is kept."""

from __future__ import annotations

import json
import shutil

import pytest

from ONFHAssistLib.bundles.accepting import use_bundle
from ONFHAssistLib.bundles.bundle import OWN_MODELS, load_bundle, models_folder
from ONFHAssistLib.cli import run
from ONFHAssistLib.core.errors import InputError


@pytest.fixture
def candidate(tmp_path):
    """A survival model in a folder of another name."""
    return shutil.copytree(models_folder() / "dlrc-xray", tmp_path / "candidates" / "new")


def test_it_takes_the_shipped_one_s_place_by_an_explicit_command(candidate, tmp_path, monkeypatch, capsys):
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv(OWN_MODELS, str(own))
    assert load_bundle("dlrc-xray").path.parent == models_folder()
    assert run(["bundles", "use", str(candidate), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert load_bundle("dlrc-xray").path == own / "dlrc-xray"
    assert (said["bundle"], said["earlier"]) == (str(own / "dlrc-xray"), None)


def test_what_was_in_use_is_kept_and_answers_no_more(candidate, tmp_path):
    own = tmp_path / "own"
    first = use_bundle(candidate, own).bundle
    description = candidate / "configs" / "metadata.json"
    description.write_text(description.read_text().replace('"version": "', '"version": "9.'))
    second = use_bundle(candidate, own)
    assert second.bundle.version.startswith("9.")
    assert second.earlier == own / "earlier" / f"dlrc-xray-{first.sha256[:8]}"
    assert load_bundle(second.earlier).sha256 == first.sha256
    assert [path.name for path in own.iterdir() if (path / "configs").is_dir()] == ["dlrc-xray"]


def test_a_damaged_candidate_or_no_folder_is_refused(candidate, tmp_path, monkeypatch):
    monkeypatch.delenv(OWN_MODELS, raising=False)
    with pytest.raises(InputError, match="There is no folder for bundles of your own"):
        use_bundle(candidate)
    (candidate / "LICENSE").write_text("changed")
    with pytest.raises(InputError, match="LICENSE was changed"):
        use_bundle(candidate, tmp_path / "own")
    assert not (tmp_path / "own").exists()
