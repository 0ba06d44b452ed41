"""What is on file can be asked: every meaning has a value in its household, on any day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.evals.questions import Loader, cases, problems, skills

WRITTEN_ON = date(2026, 11, 21)


def test_every_question_on_file_has_an_answer_on_the_day_it_was_written() -> None:
    assert list(problems(WRITTEN_ON)) == []


@pytest.mark.parametrize("today", [date(2027, 1, 2), date(2028, 3, 1)])
def test_on_any_other_day_nearly_all_questions_have_an_answer_and_none_is_malformed(today: date) -> None:
    found = list(problems(today))
    assert [problem for problem in found if "Unanswerable" not in problem.text and "NoSuchPeriod" not in problem.text] == []
    assert len(found) < len(cases(today)) / 10


def test_the_questions_cover_every_skill() -> None:
    asked = [turn.skill for case in cases(date.today()) for turn in case.turns]
    assert skills() - set(asked) == set()


def _check(folder: Path, questions: str) -> str:
    (folder / "questions").mkdir()
    (folder / "questions" / "okafor.yaml").write_text(f"household: okafor\nquestions:\n  - {questions}\n")
    return "\n".join(problem.text for problem in problems(date(2026, 11, 21), folder))


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ('{id: a, skill: total, text: "x", expect: {meaning: {measure: wealth}}}', "measure"),
        ('{id: a, skill: total, text: "x", expect: {meaning: {measure: spending, where: {merchant: Lidl}}}}', "no merchant Lidl"),
        ('{id: a, skill: total, text: "x", expect: {meaning: {measure: spending, period: {last: eon}}}}', "no unit"),
        ('{id: a, skill: magic, text: "x", expect: {meaning: {measure: spending}}}', "no skill magic"),
        ('{id: a, skill: total, text: "in 2026", expect: {meaning: {measure: spending}}}', "a year in the text"),
        ('{id: a, skill: total, text: "x", expect: {meaning: {measure: spending, by: category}}}', "nobody knows"),
        ('{id: a, skill: total, text: "x", expect: {status: answered}}', "needs a meaning"),
        ('{id: a, skill: total, text: "x", expect: {status: proposed}}', "belong together"),
    ],
)
def test_a_question_that_means_nothing_is_named(tmp_path: Path, question: str, fault: str) -> None:
    assert fault in _check(tmp_path, question)


def test_yes_no_and_on_are_words() -> None:
    assert yaml.load("{ask: [yes, no], period: {on: today}, share: true}", Loader) == {
        "ask": ["yes", "no"],
        "period": {"on": "today"},
        "share": True,
    }
