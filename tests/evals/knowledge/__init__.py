"""Judges retrieval over the corpus: `python -m tests.evals.knowledge`."""
