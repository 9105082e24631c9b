"""Damaged files of every kind end in an answer or in one sentence; ``make check-inputs`` tries ten thousand of them."""

from collections import Counter

import pytest
from support.bundle_folders import copy_of, describe_anew
from support.input_checks import check_mutation, check_unchanged
from support.input_corpus import make_corpus

SEED, MUTATIONS = 15, 40
# Seconds each; make check-inputs has them.
SLOW = ("CSV, survival", "CSV, dlr", "CSV, readers", "CSV, evaluation", "bundle, hashes made to fit")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def samples(corpus):
    return [sample for sample in corpus if sample.kind not in SLOW]


def test_the_corpus_itself_is_read(samples):
    said = {s.kind: check_unchanged(s, s.commands[0]) for s in samples}
    assert {kind: found for kind, found in said.items() if found[0] != 0} == {}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_forty_changes_are_answered_or_refused_in_one_line(samples):
    outcomes = [check_mutation(samples, SEED, number) for number in range(MUTATIONS)]
    faulty = {
        (o.number, o.kind, o.done, o.command): (o.faults, o.where, o.said) for o in outcomes if o.faults
    }
    assert faulty == {}
    assert Counter(o.code for o in outcomes).keys() == {0, 2}
    assert len({o.kind for o in outcomes}) > 12


@pytest.mark.parametrize("number", [2370, 3389, 3898, 4672, 5672])  # of make check-inputs: once a fault
def test_a_change_that_was_a_fault_is_none(corpus, number):
    outcome = check_mutation(corpus, SEED, number)
    assert (outcome.code, outcome.faults) in ((0, ()), (2, ())), (outcome.done, outcome.said)


def test_the_same_seed_changes_the_same(samples):
    one, other = (check_mutation(samples, SEED, 7) for _ in range(2))
    assert (one.kind, one.done, one.command, one.code) == (other.kind, other.done, other.command, other.code)


# what make check-inputs found -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("P1,i.nii,m.nii,inf", "'inf' is not a whole number"),
        ("P1,i.nii,m.nii,1.5", "'1.5' is not a whole number"),
        ("P1,i.nii,m.nii,+", "'+' is not a number"),
        ("P1,i\0.nii,m.nii,1", "is no name of a file"),
    ],
)
def test_a_cell_that_no_cohort_can_hold_is_named_with_its_line(onfh, tmp_path, row, words):
    (tmp_path / "cohort.csv").write_text(f"case,image,mask,label\n{row}\n", encoding="utf-8")
    code, out, err = onfh(
        "cohort", "extract", tmp_path / "cohort.csv", "--preset", "dlr-mri", "--out", tmp_path / "out"
    )
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "line 2" in err
    assert words in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"{", b"\xb0", b"", b"[1, 2]", b"<html>"])
def test_a_bundle_whose_numbers_are_no_json_is_refused_though_its_hashes_fit(onfh, tmp_path, content):
    folder = copy_of("dlrc-xray", tmp_path / "model")
    (folder / "models" / "model.json").write_bytes(content)
    describe_anew(folder)
    code, out, err = onfh("survival", "nomogram", "--model", folder, "--out", tmp_path / "a.svg")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "models/model.json of bundle dlrc-xray" in err
    assert not (tmp_path / "a.svg").exists()
