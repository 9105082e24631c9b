"""The backbone's bundle, and the picture of a region however its volume is stored."""

import hashlib
import io
import json
import math
import subprocess
import sys
import urllib.error

import numpy as np
import pytest
import torch
from support.geometry import centred

from ONFHAssistLab.training import backbone as train_backbone
from ONFHAssistLab.training import backbone_card
from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.extract import deep
from ONFHAssistLib.imaging.image import Image


def ball(size=(40, 36, 14), spacing=(1.5, 1.5, 4.5)) -> tuple[Image, Image]:
    grid = centred(size, spacing, (1, 0, 0, 0, 1, 0, 0, 0, 1), np.zeros(3))
    points = grid.points()
    distance = np.linalg.norm(points - grid.index_to_point([20, 18, 8]), axis=-1)
    values = 400 + 6 * points[..., 0] + np.where(distance < 22, 300, 0)
    return grid.like(values.astype(np.float32)), grid.like((distance < 22).astype(np.uint8))


def test_the_slices_are_those_that_were_acquired_however_they_are_stored():
    image, mask = ball()
    upright = deep.region_picture(image, mask, pixels=96)
    order = (1, 0, 2)
    spacing = tuple(np.array(image.spacing[::-1])[list(order)][::-1])
    turned = Image(np.ascontiguousarray(image.array.transpose(order)), spacing)
    outline = turned.like(np.ascontiguousarray(mask.array.transpose(order)))
    other = deep.region_picture(turned, outline, pixels=96)
    assert (upright.axis, other.axis) == (0, 1)
    assert upright.slice_index == other.slice_index == 8
    assert np.allclose(upright.pixels, other.pixels, atol=1e-6)


def test_heat_comes_back_onto_the_acquired_slice_of_the_input():
    torch.manual_seed(0)
    backbone = deep.Backbone(deep.build_network(3), "random", pixels=96)
    image, mask = ball()
    order = (1, 0, 2)
    spacing = tuple(np.array(image.spacing[::-1])[list(order)][::-1])
    turned = Image(np.ascontiguousarray(image.array.transpose(order)), spacing)
    heat = deep.grad_cam(turned, turned.like(mask.array.transpose(order).copy()), 1, backbone)
    assert heat.volume.same_grid(turned)
    assert heat.heat.shape == (96, 96)
    assert np.flatnonzero(heat.volume.array.any(axis=(0, 2))).tolist() == [8]


def test_every_shipped_weight_is_finite_and_the_features_vary():
    backbone = deep.load_backbone()
    assert (backbone.pixels, backbone.classes) == (128, ("0", "I", "II"))
    first = deep.extract_deep(*ball(), 1, backbone)
    image, mask = ball()
    second = deep.extract_deep(image.like(-image.array), mask, 1, backbone)
    assert list(first) == list(deep.NAMES)
    assert all(math.isfinite(value) for value in first.values())
    assert np.std(list(first.values())) > 0
    assert first != second


def test_a_bundle_gives_back_the_weights_it_was_saved_with(tmp_path):
    torch.manual_seed(1)
    network = deep.build_network(3)
    metadata = {**backbone_card.metadata({}, 10, "onfh train backbone"), "name": "mine"}
    state = {k: v.half() if v.is_floating_point() else v for k, v in network.state_dict().items()}
    inference = backbone_card.inference()
    saved = save_bundle(tmp_path / "mine", metadata, "# Card", state_dict=state, inference=inference)
    backbone = deep.load_backbone(saved.path)
    for key, value in backbone.network.state_dict().items():
        assert torch.allclose(value.float(), network.state_dict()[key].float(), atol=2e-3)
    other = {**inference, "network": "resnet50"}
    wrong = save_bundle(tmp_path / "wrong", metadata, "# Card", state_dict=state, inference=other)
    with pytest.raises(InputError, match="holds the network 'resnet50'"):
        deep.load_backbone(wrong.path)


def test_the_metadata_has_the_fields_of_the_model_zoo():
    metadata = json.loads(json.dumps(backbone_card.metadata({}, 10, "command")))
    for field in ("monai_version", "pytorch_version", "numpy_version", "network_data_format"):
        assert metadata[field]
    image = metadata["network_data_format"]["inputs"]["image"]
    assert image["spatial_shape"] == [128, 128]
    assert image["num_channels"] == 3


def test_monai_verifies_input_and_output_of_the_bundle():
    folder = resource_path("Models", deep.DEFAULT_BUNDLE, "configs")
    command = [sys.executable, "-m", "monai.bundle", "verify_net_in_out", "network_def"]
    command += ["--meta_file", str(folder / "metadata.json"), "--config_file", str(folder / "inference.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-1000:]
    assert "verified with no error" in done.stdout + done.stderr


def test_training_goes_on_where_it_stopped(tmp_path):
    rng = np.random.default_rng(0)
    size = train_backbone.CROP_PIXELS
    hips = train_backbone.Hips(
        rng.integers(0, 255, (12, size, size), dtype=np.uint8),
        np.arange(12) % 3,
        np.repeat(np.arange(6), 2),
        np.full(12, "test"),
    )
    seen = []
    network, log = train_backbone._train(hips, 2, 5, tmp_path / "a", lambda *a: seen.append(a))

    class StoppedError(Exception):
        pass

    def stop(fraction, _text):
        if fraction == 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        train_backbone._train(hips, 2, 5, tmp_path / "b", stop)
    resumed, again = train_backbone._train(hips, 2, 5, tmp_path / "b", lambda *_a: None)
    assert [row["epoch"] for row in again] == [1, 2]
    assert again == log
    for key, value in resumed.state_dict().items():
        assert torch.equal(value, network.state_dict()[key])


class Answer(io.BytesIO):
    """What urlopen gives."""


def test_nothing_is_downloaded_without_consent(tmp_path, monkeypatch):
    monkeypatch.setattr("urllib.request.urlopen", lambda *_a, **_k: pytest.fail("the network was used"))
    with pytest.raises(InputError, match="agree to the download"):
        deep.download_torchvision_checkpoint(tmp_path, consent=False)


def test_another_file_than_the_named_one_is_refused_and_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("urllib.request.urlopen", lambda *_a, **_k: Answer(b"something else"))
    with pytest.raises(InputError, match=r"not that of resnet18-f37072fd\.pth"):
        deep.download_torchvision_checkpoint(tmp_path, consent=True)
    assert list(tmp_path.iterdir()) == []


def test_the_right_file_is_kept(tmp_path, monkeypatch):
    content = b"weights"
    digest = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(deep, "IMAGENET_URL", f"https://example.org/resnet18-{digest[:8]}.pth")
    monkeypatch.setattr("urllib.request.urlopen", lambda *_a, **_k: Answer(content))
    path = deep.download_torchvision_checkpoint(tmp_path, consent=True)
    assert path.read_bytes() == content
    assert path.name == f"resnet18-{digest[:8]}.pth"


def test_no_connection_is_one_sentence(tmp_path, monkeypatch):
    def refuse(*_a, **_k):
        raise urllib.error.URLError("no route")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(InputError, match="cannot be reached"):
        deep.download_torchvision_checkpoint(tmp_path, consent=True)
    assert list(tmp_path.iterdir()) == []
