"""The queue: whatever moment the process ends at, a study is neither lost nor done twice."""

from __future__ import annotations

import pytest

from ONFHAssistLib.node.queue import FAILED, LEFT, MADE, RECEIVING, SENT, WORKING, Queue


@pytest.fixture
def queue(tmp_path):
    made = Queue(tmp_path / "queue.sqlite")
    yield made
    made.close()


def state(queue: Queue) -> str:
    return queue.table()[0][1]


def with_images(queue: Queue, count: int) -> int:
    number = queue.number_of("1.2")
    for image in range(count):
        queue.add_image(number, f"1.2.{image}", "x")
    return number


def test_a_study_is_not_worked_on_before_it_was_quiet(queue):
    with_images(queue, 2)
    assert queue.claim_work(60.0) is None
    task = queue.claim_work(0.0)
    assert (task.images, state(queue)) == (2, WORKING)
    assert queue.claim_work(0.0) is None


def test_what_was_worked_on_when_the_process_ended_is_worked_on_again(queue, tmp_path):
    with_images(queue, 1)
    queue.claim_work(0.0)
    after = Queue(tmp_path / "queue.sqlite")
    after.recover()
    assert after.claim_work(0.0).number == 1
    after.close()


def test_results_on_fewer_images_than_there_are_do_not_count(queue):
    number = with_images(queue, 2)
    task = queue.claim_work(0.0)
    queue.add_image(number, "1.2.9", "x")
    assert not queue.finish_work(task, "content", "results/1")
    assert state(queue) == RECEIVING
    again = queue.claim_work(0.0)
    assert queue.finish_work(again, "content", "results/2")
    queue.add_image(number, "1.2.10", "x")  # before anything was sent
    assert queue.claim_sending() is None
    assert state(queue) == RECEIVING


def test_results_of_which_some_were_sent_stand_and_the_study_is_looked_at_again(queue):
    number = with_images(queue, 2)
    queue.finish_work(queue.claim_work(0.0), "content", "results/1")
    assert queue.claim_sending().result == "results/1"
    queue.add_image(number, "1.2.9", "x")
    assert state(queue) == MADE
    queue.deliver(number, "")
    assert queue.claim_sending().result == "results/1"  # after an end of the process in between
    assert queue.delivered(number) == {""}
    queue.finish_sending(number)
    assert state(queue) == RECEIVING
    task = queue.claim_work(0.0)
    assert task.content == "content"
    assert queue.finish_unchanged(task)
    assert (state(queue), queue.table()[0][3]) == (SENT, 1)


def test_a_study_is_given_up_after_some_failures_and_taken_up_on_wish(queue):
    with_images(queue, 1)
    assert not queue.fail_work(queue.claim_work(0.0), "crash", 2)
    assert queue.fail_work(queue.claim_work(0.0), "crash", 2)
    assert (state(queue), queue.table()[0][4]) == (FAILED, "crash")
    queue.add_image(1, "1.2.8", "x")
    task = queue.claim_work(0.0)
    queue.add_image(1, "1.2.9", "x")  # a failure while it grew is none of its own
    assert not queue.fail_work(task, "crash", 1)
    assert queue.fail_work(queue.claim_work(0.0), "crash", 1)
    assert queue.retry() == 1
    assert queue.claim_work(0.0) is not None


def test_an_archive_that_is_away_delays_a_study_and_loses_nothing(queue):
    with_images(queue, 1)
    queue.finish_work(queue.claim_work(0.0), "content", "results/1")
    task = queue.claim_sending()
    queue.postpone(task, MADE, 3600.0, "away")
    assert queue.claim_sending() is None
    assert queue.counts()[MADE] == 1
    queue.postpone(task, MADE, 0.0, "away")
    assert queue.claim_sending().waits == 2


def test_images_are_forgotten_only_of_studies_that_are_done(queue):
    number = with_images(queue, 1)
    assert queue.done_before(9e12) == []
    assert queue.leave(queue.claim_work(0.0), "a knee")
    assert state(queue) == LEFT
    assert queue.done_before(9e12) == [number]
    assert queue.forget_images(number)
    assert queue.done_before(9e12) == []
    queue.add_image(number, "1.2.9", "x")
    assert state(queue) == RECEIVING


def test_results_that_wait_for_an_archive_are_sent_though_an_image_of_no_account_came(queue):
    number = with_images(queue, 2)
    queue.finish_work(queue.claim_work(0.0), "content", "results/1")
    queue.add_image(number, "1.2.9", "x")
    assert queue.claim_sending() is None  # it grew before anything was sent
    assert queue.results() == {"results/1"}
    assert queue.finish_unchanged(queue.claim_work(0.0))
    assert state(queue) == MADE
    assert queue.claim_sending().result == "results/1"
    queue.finish_sending(number)
    assert (state(queue), queue.results()) == (SENT, set())


def test_results_that_were_never_sent_are_forgotten_with_a_study_that_is_left(queue):
    number = with_images(queue, 2)
    queue.finish_work(queue.claim_work(0.0), "content", "results/1")
    queue.add_image(number, "1.2.9", "x")
    queue.claim_sending()
    assert queue.leave(queue.claim_work(0.0), "two patients")
    queue.add_image(number, "1.2.10", "x")
    task = queue.claim_work(0.0)
    assert (task.content, task.result, queue.results()) == ("", "", set())


def test_a_study_with_which_the_node_ends_again_and_again_is_given_up(queue):
    with_images(queue, 1)
    queue.give_back(queue.claim_work(0.0))  # stopped as it should be, which counts for nothing
    queue.recover(2)
    assert state(queue) == RECEIVING
    for expected in (RECEIVING, FAILED):
        queue.claim_work(0.0)
        queue.recover(2)
        assert state(queue) == expected
    assert queue.table()[0][4] == "the node ended while it was worked on"


def test_a_study_whose_first_image_could_not_be_written_is_not_counted(queue):
    queue.number_of("1.2")
    assert (queue.waiting(), queue.oldest_s()) == (0, 0.0)
