"""The product's sentence encoder for tests and evals of retrieval, from `var/models` or STEWARD_MODELS."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embed import Embed, Vectors

ROOT = Path(__file__).resolve().parents[2]
TOKENS_MAX = 256


def models() -> Path:
    return Path(os.environ.get("STEWARD_MODELS", ROOT / "var" / "models"))


def is_there() -> bool:
    return (models() / "minilm.onnx").exists()


def encoder() -> Embed:
    """Sentences to unit vectors. One thread: evals share the machine."""
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(models() / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS_MAX)
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(models() / "minilm.onnx"), options, providers=["CPUExecutionProvider"])

    def embed(texts: Sequence[str]) -> Vectors:
        rows = tokenizer.encode_batch(list(texts))
        ids = np.array([row.ids for row in rows], dtype=np.int64)
        mask = np.array([row.attention_mask for row in rows], dtype=np.int64)
        vectors: Vectors = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors

    return embed
