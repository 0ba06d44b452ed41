"""Judges retrieval: `python -m tests.evals.knowledge`.

Questions were written by someone who knew the articles' titles only. A third of them, fixed by a hash of the text, chose weights and
threshold (`--fit`); the figures are of the rest. `--misses` prints what went wrong among the third, never among the rest. The second
part, on tau3's documents of a bank, runs where that data set is at hand.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from knowledge.ingest import read_corpus
from knowledge.scope import outside
from knowledge.search import Library
from knowledge.support import WEIGHTS, read_weights
from tests.evals.knowledge import fit, tau3
from tests.evals.knowledge.judge import TODAY, Asked, judge, read_questions
from tests.knowledge.encoder import encoder, is_there, models

ROOT = Path(__file__).resolve().parents[3]
INDEX = ROOT / "var" / "evals" / "knowledge"


def main() -> int:
    parser = argparse.ArgumentParser(description="Judges retrieval over the corpus and over tau3's bank documents.")
    parser.add_argument("--fit", action="store_true", help="choose weights and threshold anew from their third of the questions")
    parser.add_argument("--misses", action="store_true", help="print each question for choosing that went wrong")
    arguments = parser.parse_args()
    if not is_there():
        print(f"knowledge: no encoder at {models()}: `make setup` exports it", file=sys.stderr)
        return 1
    embed, questions = encoder(), read_questions()
    library = Library.open(embed, INDEX)
    choosing = [asked for asked in questions if asked.chooses_weights]
    judging = [asked for asked in questions if not asked.chooses_weights]
    if arguments.fit:
        fit.fit(library, embed, [(asked.text, asked.slugs) for asked in choosing], WEIGHTS, INDEX)
        library = Library(read_corpus(), embed, INDEX, read_weights(), outside())
    print(f"{len(questions)} questions, {sum(not asked.slugs for asked in questions)} of them without an answer in the corpus")
    print(f"  choosing ({len(choosing)}): {judge(library, choosing)}")
    if arguments.misses:
        judge(library, choosing, misses=True)
    score = judge(library, judging)
    print(f"  judging ({len(judging)}): {score}")
    p50, p95 = _milliseconds(library, judging)
    print(f"  a search takes {p50:.0f} ms (p95 {p95:.0f} ms)")
    tau = tau3.measure(embed)
    print(
        f"EVAL knowledge hit3={score.hit3:.3f} abstain={score.abstained:.3f} false_abstain={score.falsely_abstained:.3f}"
        f" tau_recall5={tau.recall5} tau_ndcg10={tau.ndcg10} bm25_recall5={tau.bm25_recall5} bm25_ndcg10={tau.bm25_ndcg10}"
    )
    return 0


def _milliseconds(library: Library, questions: Sequence[Asked]) -> tuple[float, float]:
    times = []
    for asked in questions:
        start = time.perf_counter()
        library.search(asked.text, TODAY)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


if __name__ == "__main__":
    sys.exit(main())
