from dataclasses import replace

import pytest

from eval import metrics
from tests.eval.samples import FAULTY, GOOD, row


def test_joint_is_the_product() -> None:
    assert metrics.joint(FAULTY, FAULTY.references[0]) == pytest.approx(1.0, abs=1e-3)
    assert metrics.joint(FAULTY, FAULTY.draft) == 0.0
    assert metrics.joint(GOOD, "x") is None


def test_joint_leaves_out_what_cannot_be_scored_but_not_what_is_lost() -> None:
    bare = replace(FAULTY, references=())
    assert metrics.joint(bare, "I'll check order 48213.") == 1.0
    assert metrics.joint(bare, "I'll flurb order 48213.") == pytest.approx(2 / 3, abs=0.1)
    assert metrics.joint(replace(bare, must=("check",)), "I'll look into order 48213.") == 0.0


def test_names_of_metrics_are_no_other_names_of_a_row() -> None:
    given = {"task", "version", "system", "id", "language", "rules", "expect", "draft", "references", "reply", "error"}
    assert not given & set(metrics.METRICS)


def test_every_example_is_decided_by_one_figure() -> None:
    for example in (FAULTY, GOOD):
        scores = metrics.score(example, example.draft)
        assert sum(scores[name] is not None for name in metrics.PRIMARY) == 1


def test_a_failed_row_counts_as_nothing_in_the_figure_that_decides() -> None:
    failed = row(FAULTY, None)
    assert metrics.primary(failed) == 0.0
    assert [metrics.counted(failed, name) for name in ("joint", "alone", "chrf")] == [0.0, None, None]
    assert metrics.primary(row(GOOD, None)) == 0.0
    assert metrics.primary(row(GOOD, GOOD.draft)) == 1.0
