"""One loader with one cache: opened once, never stale, bounded, and a changed file is always noticed."""

import gc
import json
import os
import subprocess
import sys
import threading
import weakref

import numpy as np
import pytest
from support.bundle_folders import copy_of, describe_anew, set_up_anew

from ONFHAssistLib.bundles import bundle as bundles
from ONFHAssistLib.bundles import fingerprint, loading
from ONFHAssistLib.bundles.bundle import load_bundle, save_bundle
from ONFHAssistLib.bundles.fingerprint import fingerprint_of, has_settled
from ONFHAssistLib.bundles.kinds import PROBABILITY
from ONFHAssistLib.bundles.loading import MOST_OPENED, load
from ONFHAssistLib.core.errors import InputError

METADATA = {
    "name": "small", "kind": "probability", "version": "1.0.0", "task": "t", "description": "d", "authors": "a",
    "copyright": "c", "changelog": {}, "intended_use": "i", "training_data": "t", "metrics": {}, "accepts": {},
    "network_data_format": {},
}  # fmt: skip


class Opened:
    def __init__(self, bundle):
        self.content = bundle.model_json()


def write(folder, number):
    return save_bundle(folder, METADATA, "# Card", model_json={"number": number}).path


def test_a_bundle_is_opened_once_and_a_retrained_one_at_once(tmp_path):
    folder = write(tmp_path / "small", 1)
    first = load(folder, PROBABILITY, Opened)
    assert load(folder, PROBABILITY, Opened) is first
    write(folder, 2)
    second = load(folder, PROBABILITY, Opened)
    assert second.content == {"number": 2}
    forgotten = weakref.ref(first)
    del first
    gc.collect()
    assert forgotten() is None  # nothing stale is kept


def test_only_so_many_models_stay_open(tmp_path):
    for number in range(MOST_OPENED + 3):
        load(write(tmp_path / f"small-{number}", number), PROBABILITY, Opened)
    assert len(loading._OPENED) <= MOST_OPENED


def test_a_bundle_that_is_replaced_while_it_is_opened_is_opened_again(tmp_path):
    folder = write(tmp_path / "small", 1)
    seen = []

    def slow(bundle):
        seen.append(bundle.sha256)
        if len(seen) == 1:
            write(folder, 2)  # another process trains it anew
            raise InputError("The weights of the old network do not fit.")
        return Opened(bundle)

    assert load(folder, PROBABILITY, slow).content == {"number": 2}
    assert len(set(seen)) == 2

    def restless(bundle):
        write(folder, len(seen) + 10)
        seen.append(bundle.sha256)
        return Opened(bundle)

    with pytest.raises(InputError, match="is changed again and again while it is opened"):
        load(folder, PROBABILITY, restless)


def test_what_an_opener_says_of_a_bundle_at_rest_is_said(tmp_path):
    def refusing(_bundle):
        raise InputError("These weights do not fit.")

    with pytest.raises(InputError, match="These weights do not fit"):
        load(write(tmp_path / "small", 1), PROBABILITY, refusing)


def test_threads_get_models_of_the_bundle_that_lies_there(tmp_path):
    folder = write(tmp_path / "small", 7)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(load(folder, PROBABILITY, Opened).content))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [{"number": 7}] * 6


@pytest.fixture
def hashed(monkeypatch):
    """Files that were hashed, by name."""
    names, real = [], bundles.sha256_of_file
    monkeypatch.setattr(bundles, "sha256_of_file", lambda path: names.append(path.name) or real(path))
    return names


def test_files_at_rest_are_hashed_once_a_process(tmp_path, monkeypatch, hashed):
    folder = write(tmp_path / "small", 1)
    hashed.clear()
    load_bundle(folder)
    assert "model.json" in hashed  # written a moment ago: not yet at rest
    monkeypatch.setattr(fingerprint, "REST_NS", 0)
    load_bundle(folder)
    hashed.clear()
    assert load_bundle(folder).metadata["name"] == "small"
    assert hashed == []


@pytest.mark.parametrize("name", ["models/model.json", "docs/README.md", "LICENSE", "configs/inference.json"])
def test_a_changed_file_of_the_same_size_is_noticed_after_the_bundle_was_at_rest(tmp_path, monkeypatch, name):
    folder = write(tmp_path / "small", 1)
    monkeypatch.setattr(fingerprint, "REST_NS", 0)
    load_bundle(folder)
    assert folder.absolute() in bundles._CHECKED
    content = bytearray((folder / name).read_bytes())
    content[0] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name} was changed"):
        load_bundle(folder)


def test_a_changed_file_whose_times_were_set_back_is_noticed(tmp_path, monkeypatch):
    folder = write(tmp_path / "small", 1)
    path, monkey = folder / "models/model.json", monkeypatch
    monkey.setattr(fingerprint, "REST_NS", 0)
    load_bundle(folder)
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    if os.name == "nt":
        pytest.skip("Windows keeps no time of the last change of status")
    with pytest.raises(InputError, match="was changed"):
        load_bundle(folder)


def test_what_was_written_a_moment_ago_or_in_the_future_has_not_settled(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("a")
    print_of, written = fingerprint_of(tmp_path), max(path.stat().st_mtime_ns, path.stat().st_ctime_ns)
    second = 1_000_000_000
    assert not has_settled(print_of, written + second)
    assert not has_settled(print_of, written - 3600 * second)
    assert has_settled(print_of, written + 4 * second)


def test_a_missing_and_a_new_file_are_noticed_after_the_bundle_was_at_rest(tmp_path, monkeypatch):
    folder = write(tmp_path / "small", 1)
    monkeypatch.setattr(fingerprint, "REST_NS", 0)
    load_bundle(folder)
    (folder / "models/extra.py").write_text("print()")
    with pytest.raises(InputError, match=r"extra\.py is not listed"):
        load_bundle(folder)
    (folder / "models/extra.py").unlink()
    load_bundle(folder)
    (folder / "LICENSE").unlink()
    with pytest.raises(InputError, match="LICENSE is missing"):
        load_bundle(folder)


def test_a_network_that_was_trained_anew_in_its_place_answers_at_once(tmp_path, monkeypatch):
    torch = pytest.importorskip("torch")
    from ONFHAssistLib.extract.deep import load_backbone
    from ONFHAssistLib.segment.detector import load_detector
    from ONFHAssistLib.segment.outliner import load_outliner

    for name in ("backbone-resnet18", "detector-3dc-yolox", "outliner-unet"):
        copy_of(name, tmp_path / name)
    monkeypatch.setenv("ONFHASSIST_MODELS", str(tmp_path))
    before = load_backbone(), load_detector(), load_outliner()
    assert (load_backbone(), load_detector(), load_outliner()) == before
    set_up_anew(tmp_path / "detector-3dc-yolox", threshold=0.9)
    set_up_anew(tmp_path / "outliner-unet", necrosis_threshold=0.9)
    path = tmp_path / "backbone-resnet18/models/model.pt"
    state = torch.load(path, weights_only=True)
    state["bn1.bias"] += 1.0
    torch.save(state, path)
    describe_anew(tmp_path / "backbone-resnet18")
    assert (load_detector().threshold, load_outliner().necrosis_threshold) == (0.9, 0.9)
    pictures = before[0].tensor(np.full((1, 128, 128), 0.5, np.float32))
    assert not np.allclose(load_backbone().features(pictures), before[0].features(pictures))


def test_a_running_worker_uses_a_model_that_was_trained_anew_in_its_place(tmp_path):
    """Its process stays the same, so does the name of the bundle, and the folder."""
    from ONFHAssistLib.bundles.bundle import models_folder
    from ONFHAssistLib.survival.calculator import load_calculator

    folder = copy_of("dlrc-xray", tmp_path / "dlrc-xray")
    code = (
        "import sys\n"
        "from ONFHAssistLib.survival.calculator import load_calculator\n"
        "from ONFHAssistLib.worker import server\n"
        "def survival(arguments, progress):\n"
        "    model = load_calculator(arguments['bundle'])\n"
        "    return list(model.estimate(model.usual_values()).survival)\n"
        "sys.modules['ours'] = sys.modules['__main__']\n"
        "server.serve(sys.stdin, sys.stdout, {'survival': ('ours', 'survival')})\n"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "ONFHASSIST_MODELS": str(tmp_path)},
    )  # fmt: skip

    def ask():
        worker.stdin.write(
            json.dumps({"id": 1, "task": "survival", "arguments": {"bundle": "dlrc-xray"}}) + "\n"
        )
        worker.stdin.flush()
        return json.loads(worker.stdout.readline())["value"]

    try:
        assert json.loads(worker.stdout.readline())["kind"] == "ready"
        shipped = load_calculator(models_folder() / "dlrc-xray")
        assert ask() == pytest.approx(list(shipped.estimate(shipped.usual_values()).survival))
        model = json.loads((folder / "models/model.json").read_text(encoding="utf-8"))
        model["cox"]["coef"] = [0.5 * value for value in model["cox"]["coef"]]
        model["cox"]["means"] = [value + 1.0 for value in model["cox"]["means"]]
        (folder / "models/model.json").write_text(json.dumps(model), encoding="utf-8")
        describe_anew(folder)
        anew = load_calculator(folder)
        expected = list(anew.estimate(anew.usual_values()).survival)
        assert ask() == pytest.approx(expected)
        assert expected != pytest.approx(list(shipped.estimate(shipped.usual_values()).survival), abs=1e-4)
    finally:
        worker.stdin.close()
        worker.wait(60)
