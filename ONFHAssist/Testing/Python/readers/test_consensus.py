"""Consensus: exact votes, STAPLE against the truth that noisy readers were made from, records of who and when."""

import json

import numpy as np
import pytest
from support.outlined_balls import ball, necrotic

from ONFHAssistLab.simulate.second_reader import second_reader
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.readers.agreement import compare_segmentations
from ONFHAssistLib.readers.consensus import consensus
from ONFHAssistLib.readers.reader_files import compare_cohort, record_confirmation, record_consensus


def boxes(*spans):
    """One label image a span (first and last slice of a box of head L)."""
    images = []
    for low, high in spans:
        array = np.zeros((20, 12, 12), np.uint8)
        array[low:high, 3:9, 3:9] = 2
        images.append(Image(array))
    return images


def slices_of(image):
    return np.flatnonzero(image.array.any(axis=(1, 2))).tolist()


def test_a_majority_is_more_than_half():
    three = consensus(boxes((2, 10), (4, 12), (6, 14)), "majority")
    assert slices_of(three.labels) == list(range(4, 12))
    two = consensus(boxes((2, 10), (4, 12)), "majority", ["AB", "CD"])
    assert slices_of(two.labels) == list(range(4, 10))
    assert two.readers == ("AB", "CD")
    assert two.performance["Femoral head L"][0][0] == 1.0


@pytest.mark.parametrize("method", ["staple", "majority"])
def test_the_consensus_of_three_readers_is_nearer_the_truth_than_they_are(method):
    truth = necrotic(55)
    readers = [second_reader(truth, seed) for seed in (1, 2, 3)]
    agreed = consensus(readers, method).labels
    for structure in (0, 1):
        alone = [compare_segmentations(truth, reader).structures[structure].dice for reader in readers]
        assert compare_segmentations(truth, agreed).structures[structure].dice > np.median(alone)
    assert set(np.unique(agreed.array)) == {0, 1, 3}
    assert agreed.same_grid(truth)


def test_staple_trusts_the_two_who_agree_and_says_so():
    wide = ball(26, spacing=(1.0, 1.0, 1.0))
    narrow = ball(20, spacing=(1.0, 1.0, 1.0))
    result = consensus([narrow, narrow, wide], "staple")
    assert np.array_equal(result.labels.array, narrow.array)
    found = result.performance["Femoral head R"]
    assert found[2][1] < found[0][1]


def test_readers_who_agree_wholly_are_taken_as_they_are():
    same = necrotic(50)
    assert np.array_equal(consensus([same, same]).labels.array, same.array)


def test_a_speck_apart_from_the_head_is_left_out_and_holes_are_filled():
    image = ball(20, spacing=(1.0, 1.0, 1.0))
    array = image.array.copy()
    array[2:4, 2:4, 2:4] = 1
    array[35, 35, 35] = 0
    agreed = consensus([image.like(array)] * 3, "majority").labels
    assert np.array_equal(agreed.array, image.array)


def test_mistakes_are_named():
    one, two = boxes((2, 10), (12, 18))
    with pytest.raises(InputError, match="two or more"):
        consensus([one])
    with pytest.raises(InputError, match='method is "vote"'):
        consensus([one, one], "vote")
    with pytest.raises(InputError, match="1 names for 2"):
        consensus([one, one], readers=["AB"])
    with pytest.raises(InputError, match="agree on no femoral head"):
        consensus([one, two], "majority")
    with pytest.raises(InputError, match="another grid"):
        consensus([one, Image(one.array, (1.0, 1.0, 2.0))])


def test_who_and_when_lie_beside_the_file(tmp_path):
    images = boxes((2, 10), (4, 12))
    sources = [write_image(image, tmp_path / f"{k}.nii.gz") for k, image in enumerate(images)]
    result = consensus(images, "majority", ["AB", "CD"])
    path = write_image(result.labels, tmp_path / "agreed.nii.gz")
    record = json.loads(record_consensus(path, result, sources).read_text(encoding="utf-8"))
    assert record["readers"] == ["AB", "CD"]
    assert list(record["sources"]) == [str(s) for s in sources]
    assert "confirmed_by" not in record
    record_confirmation(path, "EF")
    record = json.loads(record_confirmation(path, " GH ").read_text(encoding="utf-8"))
    assert (record["confirmed_by"], record["earlier"][0]["confirmed_by"]) == ("GH", "EF")
    assert record["readers"] == ["AB", "CD"]
    assert record["confirmed_at"].endswith("+00:00")
    with pytest.raises(InputError, match="needs the reader's name"):
        record_confirmation(path, " ")


def test_a_cohort_gives_limits_figures_and_failures(tmp_path):
    rows = ["case,first,second"]
    for k, opening in enumerate((40, 48, 56, 64)):
        truth = necrotic(opening)
        write_image(truth, tmp_path / f"{k}a.nii.gz")
        write_image(necrotic(opening + 2 + k % 2), tmp_path / f"{k}b.nii.gz")
        rows.append(f"c{k},{k}a.nii.gz,{k}b.nii.gz")
    rows.append("lost,none.nii.gz,0a.nii.gz")
    table = tmp_path / "pairs.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    result = compare_cohort(table, tmp_path / "out", ("AB", "CD"))
    assert (result["cases"], result["hips"], list(result["failures"])) == (4, 4, ["lost"])
    assert result["bland_altman"]["combined_necrotic_angle"]["bias"] == pytest.approx(5.0, abs=1.0)
    assert result["bland_altman"]["head_ml"]["bias"] == 0.0
    assert result["structures"]["Femoral head"]["dice"] == 1.0
    assert all(path.stat().st_size > 100 for path in result["files"])
    table.write_text("case,first\nc1,a.nii.gz", encoding="utf-8")
    with pytest.raises(InputError, match="lacks the column 'second'"):
        compare_cohort(table, tmp_path / "out", ("AB", "CD"))
