"""One case through extract and predict: the right hip's numbers stand in the right hip's row."""

import csv
import json

import numpy as np
import pytest

from ONFHAssistLib.bundles.bundle import load_bundle, save_bundle
from ONFHAssistLib.case.case import Case, outlined_sides
from ONFHAssistLib.case.features import extract_hips, feature_rows_as_csv
from ONFHAssistLib.case.files import write_prediction
from ONFHAssistLib.case.pipeline import run_case
from ONFHAssistLib.case.rows import rows_of
from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.early.predictor import load_predictor
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.tabular.linear_model import LinearModel
from ONFHAssistLib.tabular.portable_classifier import PortableClassifier
from ONFHAssistLib.tabular.portable_models import PortableNeighbours


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


def predicted(image, labels, out, bundle=""):
    """The case after the step of the probability."""
    return run_case(Case(image, "hip", labels), out, ["probability"], Settings(predictor=str(bundle)))


def test_prediction_adds_up_and_keeps_the_sides(two_heads, tmp_path):
    result = predicted(*two_heads, tmp_path)
    assert [hip.side for hip in result.hips] == ["R", "L"]
    for hip in result.hips:
        answer = hip.probability
        log_odds = answer.intercept + sum(row.contribution for row in answer.contributions)
        assert answer.probability == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-12)
        assert (answer.reading == "early osteonecrosis likely") == (answer.probability >= answer.threshold)
    assert result.steps["probability"].out_of_scope == ()


def scope_of(image, predictor, labels=None):
    """(what speaks against an answer, doubts), as the step of the probability asks it."""
    from ONFHAssistLib.imaging.head import heads_from_labels

    check = predictor.scope(image, () if labels is None else heads_from_labels(labels))
    return [*check.against, *check.unsaid], list(check.doubts)


def test_another_sequence_is_flagged_before_the_answer(two_heads):
    image, _labels = two_heads
    predictor = load_predictor("rad-dlr-mri")
    assert scope_of(image, predictor) == ([], [])
    assert scope_of(image.like(image.array, sequence="T1"), predictor) == ([], [])
    without = image.like(image.array, sequence="PD")
    said = scope_of(without, predictor)[0][0]
    assert "sequence is PD; the model was trained on T1, T2, T2 FS, STIR, PD FS" in said
    coarse = Image(image.array, (2.0, 2.0, 9.0), metadata=image.metadata)
    assert "9.00 mm are outside" in scope_of(coarse, predictor)[0][0]


def test_what_is_out_of_scope_is_withheld_with_its_reason_and_given_nowhere_else(two_heads, tmp_path):
    image, labels = two_heads
    result = predicted(image.like(image.array, sequence="PD"), labels, tmp_path)
    for hip in result.hips:
        assert hip.probability is None
        assert "sequence is PD" in hip.withheld["probability"].reasons[0]
        assert 0 < hip.computed_probability.probability < 1
    answer = write_prediction(result, tmp_path, "P1")
    assert [hip["dlr_probability"] for hip in answer["hips"]] == [None, None]
    assert [(one["side"], one["answer"]) for one in answer["withheld"]] == [
        ("R", "probability"),
        ("L", "probability"),
    ]
    for hip in answer["hips"]:
        numbers = hip.pop("withheld")["probability"]
        assert 0 < numbers["probability"] < 1
        assert "sequence is PD" in numbers["reasons"][0]
        given = {name: value for name, value in hip.items() if name != "side"}
        assert all(value in (None, []) for value in given.values()), given
    assert not list(tmp_path.glob("*.png"))
    (row, _left) = rows_of(result, "prediction")
    assert (row["reading"], row["scope"]) == ("out of scope", "out of scope")
    assert row["probability"] is row["threshold"] is None


def test_a_series_is_known_by_its_looks_where_its_file_does_not_say_and_chooses_the_model():
    from ONFHAssistLib.imaging.head import heads_from_labels

    folder = resource_path("SampleData")
    labels = read_mask(folder / "onfh-right-stage2-outlines.nrrd")
    bundle = load_predictor("rad-dlr-mri")
    t1 = read_image(folder / "onfh-right-stage2-t1.nrrd")
    silent = Image(t1.array, t1.spacing, t1.origin, t1.direction, {"modality": "MR"})
    read = "The image does not state its sequence; that it is {} was read from the image."
    assert scope_of(silent, bundle, labels) == ([], [read.format("T1-weighted (T1)")])
    heads = heads_from_labels(labels)
    assert bundle.for_image(silent, heads).part == "bright marrow (T1, T2)"
    against, doubts = scope_of(silent.like(t1.array, sequence="T2 FS"), bundle, labels)
    assert against == ["The image states T2 FS but looks T1-weighted; check which series it is."]
    assert doubts == []
    t2 = read_image(folder / "onfh-right-stage2-t2fs.nrrd")
    silent = Image(t2.array, t2.spacing, t2.origin, t2.direction, {"modality": "MR"})
    looks = read.format("fat-suppressed (T2 FS or STIR or PD FS)")
    assert scope_of(silent, bundle, labels) == ([], [looks])
    assert bundle.for_image(silent, heads).part == "suppressed marrow (T2 FS, STIR, PD FS)"
    stated = silent.like(t2.array, sequence="T2 FS")
    assert scope_of(stated, bundle, labels) == ([], [])


def test_an_outline_too_small_for_a_sphere_has_a_scope_all_the_same(two_heads):
    from ONFHAssistLib.case.result import CaseResult
    from ONFHAssistLib.case.steps import _heads_or_none
    from ONFHAssistLib.case.work import Work

    image, labels = two_heads
    speck = np.zeros_like(labels.array)
    speck[10, 20, 30] = 1
    case = Case(image, "hip", labels.like(speck))
    assert _heads_or_none(Work(case, Settings(), None, CaseResult("hip", "x"))) == ()


def test_a_segmentation_without_heads_is_refused():
    with pytest.raises(InputError, match="holds 7 but no femoral head"):
        outlined_sides(Image(np.full((3, 3, 3), 7, np.uint8)))


def test_csv_keeps_every_digit_and_one_row_a_hip():
    text = feature_rows_as_csv("P1", {"R": {"a": 1 / 3, "b": 1e-300}, "L": {"a": 2.0, "b": float("nan")}})
    header, right, left = text.splitlines()
    assert header == "case,side,a,b"
    assert [float(v) for v in right.split(",")[2:]] == [1 / 3, 1e-300]
    assert left == "P1,L,2.0,nan"


DEEP_NAMES = ("original_firstorder_Mean", "DL_3", "DL_400")


def saved_model(folder, **accepts):
    """A bundle of a linear model of one radiomics and two deep features."""
    backbone = load_bundle("backbone-resnet18")
    facts = {
        "preset": "dlr-mri",
        "sequence": ["T2 FS"],
        "modality": ["MR"],
        "spacing_mm": [0.3, 6.0],
        "backbone": backbone.name,
        "backbone_sha256": backbone.sha256,
    }
    model = LinearModel("DLR", DEEP_NAMES, (300.0, 0.5, 0.5), (50.0, 0.3, 0.3), (0.8, -1.1, 0.6), 0.2, 0.4)
    metadata = dict(load_bundle("rad-dlr-mri").metadata) | {"name": folder.name, "accepts": facts | accepts}
    metadata.pop("sha256")
    return save_bundle(folder, metadata, "# Card", model_json=model.to_dict()).path


def test_a_dlr_bundle_reads_both_feature_sets_and_says_what_drove_the_answer(two_heads, tmp_path):
    image, labels = two_heads
    out = tmp_path / "out"
    answer = write_prediction(predicted(image, labels, out, saved_model(tmp_path / "dlr-x")), out, "P1")
    with (tmp_path / "out" / "deep.csv").open(encoding="utf-8") as file:
        deep = {row["side"]: row for row in csv.DictReader(file)}
    radiomics = extract_hips(image, labels)
    for hip in answer["hips"]:
        side = hip["side"]
        values = (radiomics[side].features[DEEP_NAMES[0]], *(float(deep[side][n]) for n in DEEP_NAMES[1:]))
        parts = np.array([0.8, -1.1, 0.6]) * (np.array(values) - [300, 0.5, 0.5]) / [50, 0.3, 0.3]
        assert hip["dlr_probability"] == pytest.approx(1 / (1 + np.exp(-0.2 - parts.sum())), abs=1e-12)
        order = [row["feature"] for row in hip["contributions"]]
        assert order == [DEEP_NAMES[k] for k in np.argsort(-np.abs(parts))]
        assert (tmp_path / "out" / f"contributions_{side}.png").is_file()
    assert len(deep["R"]) == 514


def test_a_bundle_of_another_backbone_or_preset_is_refused(two_heads, tmp_path):
    image, labels = two_heads
    other = saved_model(tmp_path / "other", backbone_sha256="0" * 64)
    with pytest.raises(InputError, match="is not the one that the bundle other was trained with"):
        predicted(image, labels, tmp_path, other)
    silent = saved_model(tmp_path / "silent", backbone="")
    with pytest.raises(InputError, match="silent does not say which backbone made its deep features"):
        predicted(image, labels, tmp_path, silent)
    own = saved_model(tmp_path / "own", preset=None, preset_sha256="a" * 64)
    with pytest.raises(InputError, match=r"own was trained with a preset of its own \(a{12}\)"):
        predicted(image, labels, tmp_path, own)


def test_the_answer_of_a_model_that_is_not_linear_is_json_too(two_heads, tmp_path):
    image, labels = two_heads
    model = PortableClassifier(
        "Rad", "KNN", DEEP_NAMES[:1], np.array([300.0]), np.array([50.0]),
        PortableNeighbours(np.array([[-1.0], [0.0], [1.0]]), np.array([0, 1, 1]), 3, True),
    )  # fmt: skip
    metadata = dict(load_bundle("rad-dlr-mri").metadata)
    metadata.pop("sha256")
    path = save_bundle(tmp_path / "rad-knn", metadata, "# Card", model_json=model.to_dict()).path
    answer = write_prediction(predicted(image, labels, tmp_path / "out", path), tmp_path / "out", "P1")
    assert answer["hips"][0]["intercept"] is None
    text = (tmp_path / "out" / "prediction.json").read_text(encoding="utf-8")
    stored = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    assert stored["hips"][0]["contributions"][0]["coefficient"] is None
    assert not list((tmp_path / "out").glob("*.png"))


def test_the_bundled_dlr_model_tells_the_sample_patients_hips_apart(tmp_path):
    image = read_image(resource_path("SampleData", "onfh-right-stage2-t2fs.nrrd"))
    labels = read_mask(resource_path("SampleData", "onfh-right-stage2-outlines.nrrd"))
    right, left = (hip.computed_probability for hip in predicted(image, labels, tmp_path, "dlr-mri").hips)
    assert right.probability > 0.7
    assert left.probability < 0.3
    assert (right.reading, left.reading) == ("early osteonecrosis likely", "early osteonecrosis unlikely")
    kinds = {row.feature.startswith("DL_") for row in right.contributions}
    assert kinds == {True, False}  # both feature sets are in it
