"""The European Central Bank's files of rates: both formats read alike, and whatever else is given is refused, never half read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import Invalid
from ledger.conversion import Rate
from ledger.feeds.ecb_rates import parse_rates
from web.demo.rates import LEVELS, sample_csv

XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
\t<Cube>
\t\t<Cube time="2026-05-08"><Cube currency="USD" rate="1.2"/><Cube currency="JPY" rate="163.17"/></Cube>
\t\t<Cube time='2026-05-07'><Cube currency='USD' rate='1.1999'/><Cube currency='CYP' rate='0.58'/></Cube>
\t</Cube>
</gesmes:Envelope>"""
CSV = b"Date,USD,JPY,CYP,\n2026-05-08,1.2,163.17,N/A,\n2026-05-07,1.1999,N/A,0.58,\n"
ONE_DAY = b"Date, USD, JPY, \n08 May 2026, 1.2, 163.17, \n"
EXPECTED = {
    Rate("USD", date(2026, 5, 8), Decimal("1.2")),
    Rate("JPY", date(2026, 5, 8), Decimal("163.17")),
    Rate("USD", date(2026, 5, 7), Decimal("1.1999")),
}


@pytest.mark.parametrize("content", [XML, CSV, b"\xef\xbb\xbf" + CSV, CSV.replace(b"\n", b"\r\n")])
def test_both_formats_read_alike(content: bytes) -> None:
    parsed = parse_rates(content)
    assert (set(parsed.rates), parsed.ignored) == (EXPECTED, ("CYP",))


def test_the_file_of_one_day_is_read() -> None:
    assert set(parse_rates(ONE_DAY).rates) == {rate for rate in EXPECTED if rate.on == date(2026, 5, 8)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither"),
        (b"Day,USD\n2026-05-08,1.2\n", "neither"),
        (b"Date,USD\n", "no rates"),
        (b"Date,USD\n2026-05-08,N/A\n", "no rates"),
        (b"Date,USD\n2026-05-08,0\n", "line 2: '0' is not a rate"),
        (b"Date,USD\n2026-05-08,-1.2\n", "not a rate"),
        (b"Date,USD\n2026-05-08,1e3\n", "not a rate"),
        (b"Date,USD\n2026-05-08,NaN\n", "not a rate"),
        (b"Date,USD\n2026-05-08,1.1234567890123\n", "not a rate"),
        ("Date,USD\n2026-05-08,١.٢\n".encode(), "not a rate"),
        (b"Date,USD\n2026-02-30,1.2\n", "not a day"),
        (b"Date,USD\n1998-12-31,1.2\n", "not a day"),
        (b"Date,USD,GBP\n2026-05-08,1.2\n", "2 cells under 3"),
        (b"Date,USD\n2026-05-08,1.2,0.8\n", "3 cells under 2"),
        (b"Date,usd\n2026-05-08,1.2\n", "not a currency code"),
        (b"Date,EUR\n2026-05-08,1\n", "base"),
        (b"Date,USD\n2026-05-08,1.2\n2026-05-08,1.3\n", "two rates"),
        (b"Date,USD\n2026-05-08,\xff\n", "not readable"),
        (b"<a><Cube time='2026-05-08'/></a>", "envelope"),
        (XML[:-10], "not well-formed"),
        (XML.replace(b'encoding="UTF-8"', b'encoding="moon"'), "not well-formed"),
        (XML.replace(b'<Cube time="2026-05-08">', b"<Cube>"), "outside a day"),
        (XML.replace(b"163.17", b""), "not a rate"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + XML[38:], "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + XML[38:], "document type"),
    ],
)
def test_anything_else_is_refused_saying_where(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as refusal:
        parse_rates(content)
    assert refusal.value.code == "rates_file_is_malformed"


def test_a_file_that_grows_by_entities_is_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{"x" * 9}">' for n in range(20))
    with pytest.raises(Invalid):
        parse_rates(f"<!DOCTYPE a [{laughs}]><a>&l19;</a>".encode())


@given(
    st.one_of(
        st.binary(max_size=300), st.tuples(st.integers(0, len(XML)), st.binary(max_size=5)), st.tuples(st.integers(0, 60), st.binary())
    )
)
def test_parsing_ends_in_rates_or_a_refusal(change: bytes | tuple[int, bytes]) -> None:
    """Any bytes, and both formats with something put in somewhere."""
    contents = [change] if isinstance(change, bytes) else [base[: change[0]] + change[1] + base[change[0] :] for base in (XML, CSV)]
    for content in contents:
        try:
            parsed = parse_rates(content)
        except Invalid:
            continue
        assert parsed.rates
        assert all(rate.per_euro > 0 and rate.on >= date(1999, 1, 1) for rate in parsed.rates)


def test_the_sample_is_plausible_and_each_day_stays_as_it_was() -> None:
    last = date(2026, 5, 29)
    first = last - timedelta(days=731)
    parsed = parse_rates(sample_csv(first, last))
    assert ({rate.currency for rate in parsed.rates}, parsed.ignored) == (set(LEVELS), ())
    for rate in parsed.rates:
        assert abs(rate.per_euro / Decimal(LEVELS[rate.currency]) - 1) < Decimal("0.035")
    assert set(parse_rates(sample_csv(first - timedelta(days=9), last - timedelta(days=9))).rates) & set(parsed.rates)
    later = {(rate.currency, rate.on): rate for rate in parse_rates(sample_csv(first, last + timedelta(days=30))).rates}
    assert all(later[rate.currency, rate.on] == rate for rate in parsed.rates)
