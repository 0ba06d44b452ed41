"""Large files of each format for the measurement of the feeds: the same invented rows, as each format writes them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html import escape

from ledger.money import format_plain

Row = tuple[date, int, str]
_PLACES = ("Berlin", "Köln", "Hamburg", "München", "Leipzig", "Bonn", "Mainz", "Ulm")
_SHOPS = (
    "REWE", "EDEKA", "ALDI SUED", "LIDL", "DM DROGERIE", "SHELL", "DB VERTRIEB", "BAECKEREI KAMPS", "CAFE ROMA", "ZARA", "IKEA", "OBI",
    "H&M", "STADTWERKE", "TELEKOM", "SPOTIFY", "NETFLIX", "APOTHEKE AM MARKT", "RISTORANTE NAPOLI", "BUCHHANDLUNG LESER",
)  # fmt: skip


def rows(count: int) -> list[Row]:
    """Three years of an account that is busier than any household's; oldest first."""
    chance = random.Random(940)
    last = date(2026, 11, 1)
    found = []
    for number in range(count):
        amount = chance.randint(200_000, 400_000) if number % 900 == 0 else -chance.randint(100, 25_000)
        words = f"{chance.choice(_SHOPS)} {chance.randint(1, 400)} {chance.choice(_PLACES)}"
        found.append((last - timedelta(days=(count - number) * 1000 // count), amount, words))
    return found


def as_csv(found: Sequence[Row]) -> bytes:
    lines = [f"{day};{words};{format_plain(minor, 'EUR')}" for day, minor, words in found]
    return "\n".join(["Date;Description;Amount", *lines, ""]).encode()


def as_ofx(found: Sequence[Row]) -> bytes:
    begin = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\n"
    account = "<BANKACCTFROM><BANKID>1<ACCTID>123456789<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n"
    body = [
        f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day:%Y%m%d}<TRNAMT>{format_plain(minor, 'EUR')}<FITID>F{number}"
        f"<NAME>{escape(words)}</STMTTRN>\n"
        for number, (day, minor, words) in enumerate(found)
    ]
    return f"{begin}{account}{''.join(body)}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n".encode()


def as_qif(found: Sequence[Row]) -> bytes:
    body = [f"D{day:%d.%m.%Y}\nT{format_plain(minor, 'EUR').replace('.', ',')}\nP{words}\n^\n" for day, minor, words in found]
    return f"!Type:Bank\n{''.join(body)}".encode()


def as_camt(found: Sequence[Row]) -> bytes:
    begin = (
        "<?xml version='1.0' encoding='UTF-8'?>\n<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>\n"
    )
    account = "<Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
    return f"{begin}{account}{''.join(map(_entry, enumerate(found)))}</Stmt></BkToCstmrStmt></Document>\n".encode()


def _entry(numbered: tuple[int, Row]) -> str:
    number, (day, minor, words) = numbered
    mark, role = ("DBIT", "Cdtr") if minor < 0 else ("CRDT", "Dbtr")
    return (
        f'<Ntry><Amt Ccy="EUR">{format_plain(abs(minor), "EUR")}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>S{number}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><{role}><Pty><Nm>"
        f"{escape(words)}</Nm></Pty></{role}></RltdPties><RmtInf><Ustrd>Rechnung {number}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def as_mt940(found: Sequence[Row]) -> bytes:
    body = [
        f":61:{day:%y%m%d}{day:%m%d}{'D' if minor < 0 else 'C'}{format_plain(abs(minor), 'EUR').replace('.', ',')}NMSCNONREF//B{number}\n"
        f":86:105?00LASTSCHRIFT?20SVWZ+Rechnung {number}?32{words[:27]}\n"
        for number, (day, minor, words) in enumerate(found)
    ]
    total = sum(minor for _, minor, _ in found)
    closing = f"{'D' if total < 0 else 'C'}261101EUR{format_plain(abs(total), 'EUR').replace('.', ',')}"
    return f":20:A\n:25:37040044/0532013000\n:28C:1/1\n:60F:C231101EUR0,00\n{''.join(body)}:62F:{closing}\n-\n".encode()


def as_json(found: Sequence[Row]) -> bytes:
    body = ",\n".join(
        f'{{"id": "j{number}", "booked_on": "{day}", "amount_minor": {minor}, "description": "{words}"}}'
        for number, (day, minor, words) in enumerate(found)
    )
    return f'{{"format": "steward.transactions", "version": 1, "account": {{"currency": "EUR"}}, "transactions": [\n{body}\n]}}'.encode()


def as_array(found: Sequence[Row]) -> bytes:
    body = ",\n".join(
        f'{{"date": "{day}", "amount": {format_plain(minor, "EUR")}, "description": "{words}"}}' for day, minor, words in found
    )
    return f"[{body}]".encode()


WRITERS: dict[str, Callable[[Sequence[Row]], bytes]] = {
    "csv": as_csv, "ofx": as_ofx, "qif": as_qif, "camt": as_camt, "mt940": as_mt940, "json": as_json, "array": as_array,
}  # fmt: skip
