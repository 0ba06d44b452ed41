"""`python -m assistant.training.articles MODELS`: makes the index of the articles, so that the first question need not wait for it."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.encoder import Encoder
from knowledge.search import Library


def main() -> None:
    models = Path(sys.argv[1])
    Library.open(Encoder.load(models).encode, models / "articles")


if __name__ == "__main__":
    main()
