"""The sentence encoder (MiniLM, a BERT) in ONNX on one thread: unit vectors, mean over tokens. Made by `assistant.training.export`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
_BATCH = 64


class ModelIsMissing(ValueError):
    """The encoder is not there, or is not the one that its manifest names; says what to do."""


class Encoder:
    """`encode` gives one unit vector for each text; `is_word` tells a word of everyday English from a name or a typing error."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, tokens_max: int, name: str, output: str) -> None:
        self.name = name
        self._session, self._tokenizer, self._output = session, tokenizer, output
        tokenizer.enable_truncation(tokens_max)
        tokenizer.no_padding()
        self._words = frozenset(word for word in tokenizer.get_vocab() if word.isalpha())

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Raises ModelIsMissing when a file is absent or its hash is not the manifest's."""
        try:
            manifest = json.loads((folder / "minilm.json").read_text(encoding="utf-8"))
            graph, tokens = (folder / "minilm.onnx").read_bytes(), (folder / "tokenizer.json").read_bytes()
        except (OSError, ValueError) as error:
            raise ModelIsMissing(f"the sentence encoder in {folder} cannot be read ({error}); run `make setup`") from error
        for content, key in ((graph, "onnx_sha256"), (tokens, "tokenizer_sha256")):
            if hashlib.sha256(content).hexdigest() != manifest[key]:
                raise ModelIsMissing(f"the sentence encoder in {folder} differs from its manifest ({key}); run `make setup`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return cls(session, Tokenizer.from_str(tokens.decode()), manifest["tokens_max"], manifest["onnx_sha256"], manifest["output"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Texts of like length go together, so that little is padded."""
        encoded = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at].ids))
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            length = max(len(encoded[at].ids) for at in chosen)
            ids, mask = np.zeros((len(chosen), length), dtype=np.int64), np.zeros((len(chosen), length), dtype=np.int64)
            for row, at in enumerate(chosen):
                tokens = encoded[at].ids
                ids[row, : len(tokens)], mask[row, : len(tokens)] = tokens, 1
            (vectors[chosen],) = self._session.run([self._output], {"input_ids": ids, "attention_mask": mask})
        return vectors

    def is_word(self, word: str) -> bool:
        return word in self._words
