"""One case through extract and predict: the right hip's numbers stand in the right hip's row."""

import numpy as np
import pytest

from ONFHAssistLib.errors import InputError
from ONFHAssistLib.hips import extract_hips, feature_rows_as_csv, sides_of, write_text
from ONFHAssistLib.image import Image
from ONFHAssistLib.predict.external import load_model_bundle
from ONFHAssistLib.predict.rad import out_of_scope, predict_hips


@pytest.fixture(scope="module")
def two_heads() -> tuple[Image, Image]:
    """Two balls of different texture: the right (LPS x < 0) bright and rough, the left dark and smooth."""
    grid = Image(np.zeros((40, 40, 90), np.float32), (2.0, 2.0, 2.0), (-89.0, -39.0, -39.0))
    rng = np.random.default_rng(3)
    values = rng.normal(300, 10, grid.array.shape)
    labels = np.zeros(grid.array.shape, np.uint8)
    for x, label, level, spread in ((-45.0, 1, 900.0, 80.0), (45.0, 2, 500.0, 15.0)):
        ball = np.linalg.norm(grid.points() - [x, 0.0, 0.0], axis=-1) <= 22.0
        values[ball] = rng.normal(level, spread, ball.sum())
        labels[ball] = label
    top = np.linalg.norm(grid.points() - [-45.0, 0.0, 15.0], axis=-1) <= 8.0
    labels[top & (labels == 1)] = 3
    image = grid.like(values.astype(np.float32), modality="MR", sequence="T2 FS")
    return image, grid.like(labels)


def flipped(image: Image, axes: tuple[int, ...]) -> Image:
    """The same patient stored the other way round along some array axes (z, y, x)."""
    index = [0, 0, 0]
    direction = np.asarray(image.direction).reshape(3, 3).copy()
    for axis in axes:
        index[2 - axis] = image.size[2 - axis] - 1
        direction[:, 2 - axis] *= -1
    return Image(
        np.ascontiguousarray(np.flip(image.array, axes)),
        image.spacing,
        tuple(image.index_to_point(index)),
        tuple(direction.ravel()),
        image.metadata,
    )


def test_sides_stay_with_their_numbers_however_the_volume_is_stored(two_heads):
    image, labels = two_heads
    upright = extract_hips(image, labels)
    assert list(upright) == ["R", "L"]
    name = "original_shape_VoxelVolume"
    assert upright["R"].features[name] > upright["L"].features[name] * 0.95
    contrast = "original_glcm_Contrast"
    assert upright["R"].features[contrast] > 5 * upright["L"].features[contrast]
    turned = extract_hips(flipped(image, (2,)), flipped(labels, (2,)))
    for side in ("R", "L"):
        assert turned[side].features[contrast] == pytest.approx(upright[side].features[contrast], rel=0.02)


def test_the_region_is_the_head_with_its_necrosis(two_heads):
    image, labels = two_heads
    whole = labels.like(np.where(labels.array == 3, 1, labels.array).astype(np.uint8))
    with_lesion, without = extract_hips(image, labels), extract_hips(image, whole)
    assert with_lesion["R"].features == without["R"].features


def test_prediction_adds_up_and_keeps_the_sides(two_heads):
    image, labels = two_heads
    answer = predict_hips(image, labels)
    assert [hip["side"] for hip in answer["hips"]] == ["R", "L"]
    for hip in answer["hips"]:
        log_odds = hip["intercept"] + sum(row["contribution"] for row in hip["contributions"])
        assert hip["dlr_probability"] == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-12)
        assert (hip["answer"] == "early osteonecrosis likely") == (hip["dlr_probability"] >= hip["threshold"])
    assert answer["out_of_scope"] is False


def test_another_sequence_is_flagged_before_the_answer(two_heads):
    image, _labels = two_heads
    bundle, _model = load_model_bundle("rad-dlr-mri")
    t1 = image.like(image.array, sequence="T1")
    assert out_of_scope(image, bundle) == []
    assert "sequence is T1; the model was trained on T2 FS" in out_of_scope(t1, bundle)[0]
    coarse = Image(image.array, (2.0, 2.0, 9.0), metadata=image.metadata)
    assert "9.00 mm are outside" in out_of_scope(coarse, bundle)[0]


def test_a_segmentation_without_heads_is_refused():
    with pytest.raises(InputError, match="holds 7 but no femoral head"):
        sides_of(Image(np.full((3, 3, 3), 7, np.uint8)))


def test_csv_keeps_every_digit_and_one_row_a_hip():
    text = feature_rows_as_csv("P1", {"R": {"a": 1 / 3, "b": 1e-300}, "L": {"a": 2.0, "b": float("nan")}})
    header, right, left = text.splitlines()
    assert header == "case,side,a,b"
    assert [float(v) for v in right.split(",")[2:]] == [1 / 3, 1e-300]
    assert left == "P1,L,2.0,nan"


def test_a_text_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    write_text(target, "old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_a: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_text(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
