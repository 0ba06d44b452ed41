"""`steward rates load` as the operator runs it."""

from __future__ import annotations

from pathlib import Path

from tests.web.cli.conftest import Steward

HISTORY = "Date,USD,JPY,CYP,\n2026-05-08,1.2,163.17,N/A,\n2026-05-07,1.1999,N/A,0.58,\n"


def test_a_file_is_loaded_once_corrections_replace_and_a_broken_one_changes_nothing(steward: Steward, tmp_path: Path) -> None:
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text(HISTORY)
    first = steward("rates", "load", str(file))
    assert (first.code, first.out) == (
        0, "3 new and 0 corrected rates, 2026-05-07 to 2026-05-08.\nLeft out, no longer in use: CYP.\n",
    )  # fmt: skip
    file.write_text(HISTORY.replace("1.1999", "1.1998"))
    assert steward("rates", "load", str(file)).out.startswith("0 new and 1 corrected rates")
    file.write_text(HISTORY.replace("163.17", "many"))
    broken = steward("rates", "load", str(file))
    assert (broken.code, broken.err) == (1, "steward: line 2: 'many' is not a rate\n")
