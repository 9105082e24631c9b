"""Deep features: geometry of the picture, the checkpoint key for key, and where the heat lies."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from support.regions import ball

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract import deep
from ONFHAssistLib.extract.deep import Backbone
from ONFHAssistLib.imaging.image import Image


@pytest.fixture(scope="module")
def backbone() -> Backbone:
    """Random weights: they stand for any, no test here is about what was learnt."""
    torch.manual_seed(0)
    return Backbone(deep.build_network(), "random")


# The parameters of torchvision 0.20's resnet18(), as its published checkpoint holds them.
def torchvision_layout() -> dict[str, tuple[int, ...]]:
    def norm(name: str, n: int) -> dict:
        parts = {f"{name}.{p}": (n,) for p in ("weight", "bias", "running_mean", "running_var")}
        return {**parts, f"{name}.num_batches_tracked": ()}

    layout = {"conv1.weight": (64, 3, 7, 7), **norm("bn1", 64)}
    before = 64
    for k, width in enumerate((64, 128, 256, 512), 1):
        for block in (0, 1):
            at = f"layer{k}.{block}"
            layout |= {f"{at}.conv1.weight": (width, before, 3, 3), **norm(f"{at}.bn1", width)}
            layout |= {f"{at}.conv2.weight": (width, width, 3, 3), **norm(f"{at}.bn2", width)}
            if block == 0 and k > 1:
                layout |= {
                    f"{at}.downsample.0.weight": (width, before, 1, 1),
                    **norm(f"{at}.downsample.1", width),
                }
            before = width
    return {**layout, "fc.weight": (1000, 512), "fc.bias": (1000,)}


def checkpoint(folder: Path, state: dict, name: str = "weights.pth") -> Path:
    torch.save(state, folder / name)
    return folder / name


def test_network_has_the_parameters_of_torchvision_key_for_key() -> None:
    ours = {key: tuple(value.shape) for key, value in deep.build_network().state_dict().items()}
    assert ours == torchvision_layout()


def test_checkpoint_of_that_layout_is_taken_with_its_values(tmp_path: Path) -> None:
    torch.manual_seed(1)
    state = {
        key: torch.rand(shape) if shape else torch.tensor(7) for key, shape in torchvision_layout().items()
    }
    path = checkpoint(tmp_path, state)
    loaded = deep.load_torchvision_checkpoint(path, hashlib.sha256(path.read_bytes()).hexdigest())
    assert all(torch.equal(value, state[key]) for key, value in loaded.network.state_dict().items())
    assert loaded.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_checkpoint_without_batch_counters_is_taken(tmp_path: Path) -> None:
    state = {
        k: torch.rand(s) for k, s in torchvision_layout().items() if not k.endswith("num_batches_tracked")
    }
    deep.load_torchvision_checkpoint(checkpoint(tmp_path, state))


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda s: s.pop("layer3.1.conv2.weight"), "lacks 'layer3.1.conv2.weight'"),
        (lambda s: s.update(extra=torch.zeros(1)), "unknown 'extra'"),
        (
            lambda s: s.update({"conv1.weight": torch.zeros(64, 1, 7, 7)}),
            "'conv1.weight' has shape (64, 1, 7, 7)",
        ),
    ],
)
def test_other_weights_are_refused_with_the_key(tmp_path: Path, change, part: str) -> None:
    state = {key: torch.zeros(shape) for key, shape in torchvision_layout().items()}
    change(state)
    with pytest.raises(InputError) as caught:
        deep.load_torchvision_checkpoint(checkpoint(tmp_path, state))
    assert part in str(caught.value)


def test_a_wrong_hash_a_foreign_file_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    state = {key: torch.zeros(shape) for key, shape in torchvision_layout().items()}
    with pytest.raises(InputError, match="SHA-256"):
        deep.load_torchvision_checkpoint(checkpoint(tmp_path, state, "resnet18-f37072fd.pth"))
    (tmp_path / "text.pth").write_text("not weights")
    with pytest.raises(InputError, match="not a file of PyTorch weights"):
        deep.load_torchvision_checkpoint(tmp_path / "text.pth")
    torch.save(deep.build_network(), tmp_path / "pickled.pth")
    with pytest.raises(InputError, match="more than tensors"):
        deep.load_torchvision_checkpoint(tmp_path / "pickled.pth")
    with pytest.raises(InputError, match="do not exist"):
        deep.load_torchvision_checkpoint(tmp_path / "absent.pth")


def disc(spacing: tuple[float, float, float] = (1.0, 1.0, 3.0)) -> tuple[Image, Image]:
    """A bright disc of radius 15 mm around (40, 25) mm in slice 2, a smaller one in slice 1, on dark noise."""
    shape = (4, round(60 / spacing[1]), round(80 / spacing[0]))
    rng = np.random.default_rng(0)
    z, y, x = np.meshgrid(*(np.arange(n) for n in shape), indexing="ij")
    distance = np.hypot(x * spacing[0] - 40, y * spacing[1] - 25)
    inside = ((z == 2) & (distance < 15)) | ((z == 1) & (distance < 8))
    array = rng.normal(100, 5, shape) + 400 * inside
    image = Image(array.astype(np.float32), spacing)
    return image, image.like(inside.astype(np.uint8))


@pytest.mark.parametrize("spacing", [(1.0, 1.0, 3.0), (0.5, 1.25, 3.0)])
def test_picture_shows_the_largest_slice_round_and_centred(spacing: tuple[float, float, float]) -> None:
    picture = deep.region_picture(*disc(spacing))
    assert picture.slice_index == 2
    bright = picture.pixels > 0.5
    rows, columns = np.nonzero(bright)
    assert np.mean(rows) == pytest.approx(111.5, abs=2)
    assert np.mean(columns) == pytest.approx(111.5, abs=2)
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    assert height / width == pytest.approx(1.0, abs=0.08)  # round, although the pixels are not square
    assert height == pytest.approx(224 / (1 + 2 * deep.MARGIN), rel=0.06)


def test_picture_does_not_depend_on_scale_and_offset_of_the_grey_values() -> None:
    image, mask = disc()
    other = image.like(image.array * 7 - 300)
    assert deep.region_picture(other, mask).pixels == pytest.approx(
        deep.region_picture(image, mask).pixels, abs=1e-5
    )


def test_a_region_at_the_border_gets_black_outside() -> None:
    image, _ = ball((3, 20, 20))
    corner = np.zeros((3, 20, 20), np.uint8)
    corner[1, :6, :6] = 1
    picture = deep.region_picture(image, image.like(corner))
    assert (picture.pixels[:10] == 0).all()
    assert (picture.pixels[-40:, -40:] > 0).any()


def test_512_features_are_the_average_pooling_of_the_network(backbone: Backbone) -> None:
    image, mask = disc()
    features = deep.extract_deep(image, mask, 1, backbone)
    assert list(features) == [f"DL_{k}" for k in range(512)]
    pooled = {}
    hook = backbone.network.avgpool.register_forward_hook(
        lambda _m, _i, out: pooled.update(out=out.flatten())
    )
    with torch.no_grad():
        backbone.network(backbone.tensor(deep.region_picture(image, mask).pixels[None]))
    hook.remove()
    assert np.array(list(features.values())) == pytest.approx(pooled["out"].numpy(), rel=1e-4, abs=1e-6)


def test_many_pictures_give_what_each_gives_alone(backbone: Backbone) -> None:
    pictures = [deep.region_picture(*ball(seed=k)) for k in range(3)]
    together = deep.extract_deep_pictures(pictures, backbone)
    alone = deep.extract_deep_pictures(pictures[1:2], backbone)[0]
    assert list(together[1].values()) == pytest.approx(list(alone.values()), rel=1e-4, abs=1e-6)


def test_a_batch_of_pictures_is_quick(backbone: Backbone) -> None:
    pictures = [deep.region_picture(*disc())] * 16
    deep.extract_deep_pictures(pictures[:2], backbone)
    started = time.process_time()
    deep.extract_deep_pictures(pictures, backbone)
    assert time.process_time() - started < 60  # a guard; the figure itself is in benchmarks/radiomics_deep.py


def test_heat_of_one_feature_lies_where_its_activation_is(backbone: Backbone, tmp_path: Path) -> None:
    image, mask = disc()
    found = deep.grad_cam(image, mask, 1, backbone, {"DL_5": 2.0})
    with torch.no_grad():
        activation = backbone.activations(backbone.tensor(found.picture.pixels[None]))[0, 5].numpy()
    peak = np.unravel_index(found.heat.argmax(), found.heat.shape)
    strongest = np.unravel_index(activation.argmax(), activation.shape)
    assert np.abs(np.array(peak) / 32 - 0.5 - np.array(strongest)).max() <= 1.0
    assert found.heat.max() == pytest.approx(1.0)
    assert found.volume.same_grid(image)
    assert set(np.nonzero(found.volume.array)[0]) == {2}
    assert found.save(tmp_path / "cam.png").stat().st_size > 5000


def test_heat_comes_back_at_its_place_in_the_volume(backbone: Backbone) -> None:
    image, mask = disc((0.5, 1.25, 3.0))
    found = deep.grad_cam(image, mask, 1, backbone)
    row, column = (round(float(at)) for at in (found.picture.rows[112], found.picture.columns[112]))
    assert found.volume.array[2, row, column] == pytest.approx(found.heat[110:115, 110:115].mean(), abs=0.05)


def test_an_unknown_weight_and_a_missing_label_are_refused(backbone: Backbone) -> None:
    image, mask = disc()
    with pytest.raises(InputError, match="DL_512"):
        deep.grad_cam(image, mask, 1, backbone, {"DL_512": 1.0})
    with pytest.raises(InputError, match="Label 9"):
        deep.extract_deep(image, mask, 9, backbone)
