"""Eighteen months in the life of the demo customer, invented: what three bank accounts would have booked, the same on every machine.

Each month is drawn from a seed of its own, so that a day's bookings do not change as the year moves on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from web.demo.days import days_of, month_after, months_between, on_day

CHECKING, SAVINGS, CARD = "checking", "savings", "card"
OPENING_MINOR = {CHECKING: 184_213, SAVINGS: 620_000, CARD: 0}
NAME = "Mara Winter"


@dataclass(frozen=True)
class Movement:
    """One booking; outflows are negative. `category` is what the card's own export calls it."""

    on: date
    account: str
    amount_minor: int
    party: str
    text: str = ""
    category: str = ""


@dataclass(frozen=True)
class Shop:
    party: str
    category: str
    low_minor: int
    high_minor: int
    account: str = CARD


GROCERS = (
    Shop("REWE SAGT DANKE 4411", "Groceries", 1_450, 6_890, CHECKING),
    Shop("LIDL DIENSTLEISTUNG", "Groceries", 980, 5_240, CHECKING),
    Shop("EDEKA NEUKOELLN", "Groceries", 1_120, 4_730),
    Shop("DM-DROGERIE MARKT", "Drugstore", 540, 2_860),
)
TABLES = (
    Shop("CAFE MORGENROT", "Restaurants", 420, 1_380),
    Shop("PIZZERIA DA ENZO", "Restaurants", 1_650, 4_420),
    Shop("RAMEN KAZE", "Restaurants", 1_480, 3_960),
    Shop("WOLT", "Restaurants", 1_890, 3_870),
    Shop("BAECKEREI SIEBERT", "Restaurants", 310, 1_150),
)
WHIMS = (
    Shop("BUCHHANDLUNG KAPITEL 8", "Shopping", 1_200, 4_600),
    Shop("DECATHLON", "Shopping", 1_990, 9_900),
    Shop("KINO INTERNATIONAL", "Entertainment", 1_150, 2_800),
    Shop("APOTHEKE AM PARK", "Health", 590, 3_450),
    Shop("IKEA DEUTSCHLAND", "Home", 1_790, 14_900),
)
TRIP = (
    (-40, Shop("TAP AIR PORTUGAL", "Travel", 21_840, 21_840)),
    (0, Shop("AEROBUS LISBOA", "Transport", 450, 450)),
    (0, Shop("PENSAO ALFAMA", "Travel", 58_200, 58_200)),
    (1, Shop("PASTELARIA SANTO ANTONIO", "Restaurants", 740, 740)),
    (1, Shop("CERVEJARIA RAMIRO", "Restaurants", 5_320, 5_320)),
    (2, Shop("COMBOIOS DE PORTUGAL", "Transport", 960, 960)),
    (3, Shop("OCEANARIO DE LISBOA", "Entertainment", 2_500, 2_500)),
    (4, Shop("TASCA DO CHICO", "Restaurants", 3_850, 3_850)),
    (5, Shop("PINGO DOCE", "Groceries", 2_170, 2_170)),
)


def life(start: date, end: date) -> list[Movement]:
    """Everything booked from `start` (a first of a month) to `end`, both included, in order of days."""
    months = months_between(start, end)
    drawn = [movement for index, first in enumerate(months) for movement in _month(index, first)]
    pay_offs = list(_pay_offs(drawn, months))
    return sorted((movement for movement in drawn + pay_offs if start <= movement.on <= end), key=lambda movement: movement.on)


def _month(index: int, first: date) -> Iterator[Movement]:
    chance = random.Random(f"steward demo {first:%Y-%m}")  # noqa: S311  a story, not a secret
    yield from _work_and_home(index, first)
    yield from _subscriptions(index, first)
    yield from _moving_own_money(index, first)
    yield from _rare_events(index, first)
    yield from _days(chance, first)
    if index == 7:
        for day, shop in TRIP:
            yield Movement(first + timedelta(days=11 + day), shop.account, -shop.low_minor, shop.party, "", shop.category)


def _work_and_home(index: int, first: date) -> Iterator[Movement]:
    salary = 312_480 if index < 6 else 326_910  # a raise in the middle of the year
    yield Movement(on_day(first, 27), CHECKING, salary, "Nordlicht Software GmbH", f"Gehalt {first:%m/%Y}")
    yield Movement(on_day(first, 1), CHECKING, -108_000, "Hausverwaltung Brandt", "Miete Weserstr. 12")
    yield Movement(on_day(first, 15), CHECKING, -9_400 if index < 9 else -10_200, "Berliner Stadtwerke", "Abschlag Strom und Gas")
    yield Movement(on_day(first, 12), CHECKING, -3_999, "Vodafone GmbH", "Internet Kd. 884120")
    yield Movement(on_day(first, 20), CHECKING, -1_200, "congstar", "Mobilfunk Rechnung")
    yield Movement(on_day(first, 3), CHECKING, -5_800 if index < 2 else -6_300, "BVG Berliner Verkehrsbetriebe", "Deutschlandticket Abo")


def _subscriptions(index: int, first: date) -> Iterator[Movement]:
    yield Movement(on_day(first, 8), CARD, -1_399 if index < 5 else -1_499, "NETFLIX.COM", "", "Entertainment")
    yield Movement(on_day(first, 17), CARD, -1_099, "SPOTIFY AB", "", "Entertainment")
    yield Movement(on_day(first, 22), CARD, -299, "APPLE.COM/BILL", "", "Software")
    if index < 8:  # cancelled in spring
        yield Movement(on_day(first, 2), CHECKING, -2_990, "FitX Studio", "Mitgliedsbeitrag")


def _moving_own_money(index: int, first: date) -> Iterator[Movement]:
    yield from _between(CHECKING, SAVINGS, on_day(first, 28), 45_000, "Sparen")
    if index == 7:
        yield from _between(SAVINGS, CHECKING, on_day(first, 4), 80_000, "Urlaub Lissabon")


def _between(source: str, target: str, on: date, amount_minor: int, text: str) -> Iterator[Movement]:
    yield Movement(on, source, -amount_minor, NAME, f"Umbuchung {text}")
    yield Movement(on, target, amount_minor, NAME, f"Umbuchung {text}")


def _rare_events(index: int, first: date) -> Iterator[Movement]:
    if first.month % 3 == 0:
        yield Movement(on_day(first, 30), CHECKING, -1_470, "Spreebank", "Kontofuehrung Entgelt Quartal")
        yield Movement(on_day(first, 30), SAVINGS, 2_760 + index * 190, "Spreebank", "Zinsen Quartal")
    events = {
        1: Movement(on_day(first, 9), CHECKING, -31_240, "HUK-COBURG", "Haftpflicht und Hausrat Jahresbeitrag"),
        3: Movement(on_day(first, 19), CARD, -74_900, "MEDIAMARKT BERLIN", "", "Electronics"),
        4: Movement(on_day(first, 11), CARD, -12_980, "ZALANDO SE", "", "Shopping"),
        6: Movement(on_day(first, 18), CHECKING, 41_270, "Finanzamt Neukoelln", "Einkommensteuer Erstattung"),
        7: Movement(on_day(first, 14), CARD, -390, "Spreebank", "Auslandseinsatz Entgelt", "Fees"),
        9: Movement(on_day(first, 21), CHECKING, -5_000, "Aerzte ohne Grenzen", "Spende"),
        10: Movement(on_day(first, 6), CARD, -8_950, "DB VERTRIEB GMBH", "", "Transport"),
        11: Movement(on_day(first, 16), CARD, -3_900, "Spreebank", "Kartenpreis Jahr", "Fees"),
    }
    if index in events:
        yield events[index]
    if index == 13:
        yield from _stolen_card(first)
    if index == 4:
        yield Movement(on_day(first, 23), CARD, 7_990, "ZALANDO SE", "Gutschrift Retoure", "Shopping")


def _stolen_card(first: date) -> Iterator[Movement]:
    """Two small payments, a large one, and the bank's refund of all three."""
    taken = ((18, 1_000, "STEAM*GUTHABEN 88120"), (18, 1_000, "STEAM*GUTHABEN 88121"), (19, 38_900, "ELEKTRO-OUTLET24 7712"))
    for day, amount_minor, party in taken:
        yield Movement(on_day(first, day), CARD, -amount_minor, party, "", "Shopping")
    yield Movement(
        on_day(first, 26), CARD, sum(amount for _, amount, _ in taken), "Spreebank", "Gutschrift Reklamation Kartenmissbrauch", "Refund"
    )


def _days(chance: random.Random, first: date) -> Iterator[Movement]:
    for on in days_of(first):
        for likelihood, shops in ((36, GROCERS), (28, TABLES), (9, WHIMS)):
            if chance.randrange(100) < likelihood:
                shop = chance.choice(shops)
                yield _purchase(on, shop, chance.randint(shop.low_minor, shop.high_minor))
    cash_minor = chance.choice((5_000, 8_000, 10_000))
    yield Movement(on_day(first, chance.randint(5, 25)), CHECKING, -cash_minor, "Spreebank GA Hermannplatz", "Bargeldauszahlung")


def _purchase(on: date, shop: Shop, amount_minor: int) -> Movement:
    text = "Kartenzahlung girocard" if shop.account == CHECKING else ""
    return Movement(on, shop.account, -amount_minor, shop.party, text, shop.category)


def _pay_offs(drawn: list[Movement], months: list[date]) -> Iterator[Movement]:
    """On the 5th the checking account pays what the card owed at the end of the month before."""
    for first in months:
        due = -sum(m.amount_minor for m in drawn if m.account == CARD and (m.on.year, m.on.month) == (first.year, first.month))
        if due > 0:
            on = on_day(month_after(first, 1), 5)
            yield Movement(on, CHECKING, -due, "Spreebank Kreditkarte", "Ausgleich Kreditkartenabrechnung")
            yield Movement(on, CARD, due, "Spreebank", "Ausgleich Kreditkartenabrechnung", "Payment")
