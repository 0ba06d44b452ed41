"""Whatever is said, understanding ends in a plan whose queries are valid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.plan import Plan
from tests.assistant.understanding.households import HARPERS, KELLERS, OKADAS, dialogue, understand
from tools.query.model import Query
from tools.vocabulary import Vocabulary

WORDS = """
how much many did I spend on at from to groceries Tesco Nest egg Visa rent last this month year May 2025 2026-05-03 31 over 50 £20 % without
except and or than compared with average per by category top 5 biggest latest first list show budget set transfer savings balance owe since
between until payday weekends Saturday ? , . more less share what when which why those it not earned refund interest \" ' Müller 店 ØÆß ﬁ
""".split()  # noqa: SIM905
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
BOOKS = st.sampled_from([HARPERS, KELLERS, OKADAS])
EMPTY = Vocabulary((), (), (), (), "GBP", "Europe/London", None, None, HARPERS.today)


def check(plan: Plan) -> None:
    for step in plan.steps:
        if step.tool == "query":
            query = Query.model_validate(step.arguments)
            assert query.model_dump(mode="json", exclude_defaults=True) == step.arguments
    assert plan.steps or plan.form or plan.question or plan.status in ("out_of_scope", "refused")
    assert plan.status != "proposed" or any(step.tool.startswith("propose_") for step in plan.steps)


@given(st.text(max_size=200), BOOKS)
def test_any_text_at_all_is_understood_or_asked_back(text: str, vocabulary: Vocabulary) -> None:
    check(understand(text, vocabulary))


@given(PHRASES, BOOKS)
def test_any_row_of_the_trade_s_words_gives_valid_queries(text: str, vocabulary: Vocabulary) -> None:
    check(understand(text, vocabulary))


@given(st.lists(PHRASES, min_size=2, max_size=4))
def test_any_dialogue_gives_valid_queries(texts: list[str]) -> None:
    for plan in dialogue(*texts):
        check(plan)


@given(PHRASES)
def test_empty_books_are_no_trap(text: str) -> None:
    check(understand(text, EMPTY))


@given(PHRASES)
def test_the_same_words_are_understood_the_same_way(text: str) -> None:
    assert understand(text) == understand(text)
