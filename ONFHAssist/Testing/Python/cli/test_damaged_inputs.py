"""Damaged files of every kind end in an answer or in one sentence; ``make check-inputs`` tries ten thousand of them."""

from collections import Counter

import pytest
from support.input_checks import check_mutation, check_unchanged
from support.input_corpus import make_corpus

SEED, MUTATIONS = 15, 100
SLOW = ("CSV, survival", "CSV, dlr", "CSV, readers")  # each of several seconds; make check-inputs has them


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    made = make_corpus(tmp_path_factory.mktemp("corpus"))
    return [sample for sample in made if sample.kind not in SLOW]


def test_the_corpus_itself_is_read(samples):
    said = {s.kind: check_unchanged(s, s.commands[0]) for s in samples}
    assert {kind: found for kind, found in said.items() if found[0] != 0} == {}


@pytest.mark.timeout(600)
def test_a_hundred_changes_are_answered_or_refused_in_one_line(samples):
    outcomes = [check_mutation(samples, SEED, number) for number in range(MUTATIONS)]
    faulty = {
        (o.number, o.kind, o.done, o.command): (o.faults, o.where, o.said) for o in outcomes if o.faults
    }
    assert faulty == {}
    assert Counter(o.code for o in outcomes).keys() == {0, 2}
    assert len({o.kind for o in outcomes}) > 12


def test_the_same_seed_changes_the_same(samples):
    one, other = (check_mutation(samples, SEED, 7) for _ in range(2))
    assert (one.kind, one.done, one.command, one.code) == (other.kind, other.done, other.command, other.code)
