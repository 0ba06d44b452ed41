"""Who lives in the books of agreements.py: pay, home, services, and the life between that is no agreement at all."""

from __future__ import annotations

from tests.evals.agreements import SPAN_DAYS, Book, Household, extras, fixed, raised, seasonal, swaying

MUSIC = ("Spotify", "Deezer", "Tidal")
FILMS = ("Netflix", "Disney+", "Paramount+", "Hulu", "Crunchyroll")
SOFTWARE = ("Adobe", "Dropbox", "Notion", "GitHub", "1Password", "OpenAI")
PRESS = ("Der Spiegel", "The Economist", "Le Monde")


def household(seed: int) -> Book:
    """One household's books, in order of days."""
    made = Household(seed)
    _pay(made)
    _home(made)
    _utilities(made)
    _insurance_and_state(made)
    _services(made)
    _shops_with_both(made)
    _life(made)
    made.book.payments.sort(key=lambda payment: (payment.booked_on, payment.id))
    return made.book


def _pay(made: Household) -> None:
    draw = made.draw
    pay = draw.randint(180_000, 480_000)
    price = draw.choice((fixed(pay), raised(pay, draw.randint(4, 14), 1.04), swaying(pay, 0.08), raised(pay, draw.randint(4, 14), 1.12)))
    how = draw.randrange(6)
    cadence = ("monthly", "monthly", "monthly", "fortnightly", "weekly", "four_weekly")[how]
    amount = {"fortnightly": 0.46, "weekly": 0.23}.get(cadence, 1)
    made.agree(
        draw.choice(("Acme Ltd", "Nordlicht GmbH", "City Hospital", "Steelworks")), "Salary", "income", cadence,
        lambda d, n, on: round(price(d, n, on) * amount), day=(25, 31, 1, 1, 1, 1)[how], way=-1,
        ends=draw.choice((None, None, None, 420)),
    )  # fmt: skip
    if draw.random() < 0.4:
        made.agree("Savings Bank", "Interest", "income", "quarterly", swaying(2_700, 0.25), day=31, way=-1)
    if draw.random() < 0.4:
        made.agree("Familienkasse", "Benefits", "income", "monthly", raised(25_000, 8, 1.02), day=draw.randint(5, 18))
    if draw.random() < 0.4:  # works for herself beside: invoices, not pay
        made.visits("Client " + draw.choice("ABC"), "Income", 9, 70, tuple(-draw.randint(20_000, 180_000) for _ in range(9)), "checking")


def _home(made: Household) -> None:
    draw = made.draw
    rent = draw.randint(60_000, 190_000)
    if draw.random() < 0.7:
        made.agree(
            "Hausverwaltung " + draw.choice(("Brandt", "Ost", "Klein")), "Rent", "bill", "monthly",
            draw.choice((fixed(rent), raised(rent, 9, 1.05))), day=draw.choice((1, 3, 5, 31)),
        )  # fmt: skip
    else:
        made.agree("Home Savings Bank", "Mortgage", "bill", draw.choice(("monthly", "four_weekly")), fixed(rent), day=draw.choice((15, 30)))
    if draw.random() < 0.5:
        made.agree("Auto Credit", "Loan", "bill", "monthly", fixed(draw.randint(9_000, 40_000)), day=draw.choice((2, 15, 28)), ends=400)
    if draw.random() < 0.3:
        made.agree("Kita Sonne", "Children", "bill", "monthly", fixed(31_000), day=1, begins=draw.choice((0, 200)), skip=0.05)


def _utilities(made: Household) -> None:
    draw = made.draw
    how = draw.randrange(4)
    if how == 0:
        made.agree("City Power", "Utilities", "bill", "monthly", seasonal(11_000, 0.4), day=draw.randint(3, 24), jitter=2)
    elif how == 1:
        made.agree("City Power", "Utilities", "bill", "bimonthly", seasonal(21_000, 0.35), jitter=4)
    elif how == 2:
        made.agree("Union Energy", "Utilities", "bill", "monthly", fixed(9_400), day=15)
        made.agree("Union Energy", "Utilities", "bill", "monthly", fixed(4_200), day=15)
    else:
        made.agree("Union Energy", "Utilities", "bill", "quarterly", seasonal(28_000, 0.3), jitter=6)
    if draw.random() < 0.6:
        made.agree(
            "Water Works", "Utilities", "bill", draw.choice(("quarterly", "bimonthly", "half_yearly")), swaying(9_000, 0.15), jitter=3
        )
    made.agree(
        draw.choice(("Vodafone", "Telekom", "O2")), "Internet & phone", "bill", "monthly", extras(3_999, 0.25), day=draw.randint(1, 28),
        moved=draw.choice((None, None, 7)),
    )  # fmt: skip
    if draw.random() < 0.4:  # two lines of one price with one company
        made.agree("congstar", "Internet & phone", "bill", "monthly", fixed(1_500), day=4)
        made.agree("congstar", "Internet & phone", "bill", "monthly", fixed(1_500), day=19)


def _insurance_and_state(made: Household) -> None:
    draw = made.draw
    made.agree(
        "HUK-Coburg", "Insurance", "bill", draw.choice(("yearly", "half_yearly", "quarterly", "monthly")), raised(14_000, 2, 1.07), day=1
    )
    if draw.random() < 0.5:
        made.agree("Allianz", "Insurance", "bill", "yearly", raised(31_240, 1, 1.04), day=draw.randint(1, 28))
    if draw.random() < 0.6:
        made.agree("Rundfunk ARD ZDF", "Taxes", "bill", "quarterly", fixed(5_508), day=15)
    if draw.random() < 0.3:
        made.agree("Finanzamt", "Taxes", "bill", "quarterly", swaying(60_000, 0.05), day=10)
    if draw.random() < 0.4:
        made.agree("Spreebank", "Fees", "bill", draw.choice(("monthly", "quarterly")), fixed(490), day=31, way=-1)


def _services(made: Household) -> None:
    draw = made.draw
    for name in [draw.choice(MUSIC), *draw.sample(FILMS, draw.randint(0, 2)), *draw.sample(SOFTWARE, draw.randint(0, 2))]:
        minor = draw.choice((499, 799, 999, 1_099, 1_399, 1_999))
        price = draw.choice((fixed(minor), fixed(minor), raised(minor, draw.randint(3, 13), 1.15), swaying(minor, 0.02)))
        made.agree(
            name, "Subscriptions", "subscription", "monthly", price, account="card", way=0, day=draw.choice((5, 12, 17, 29, 31)),
            begins=draw.choice((0, 0, 0, 150, 330)), ends=draw.choice((None, None, None, 280, 460)), skip=draw.choice((0, 0, 0.06)),
            retry=draw.choice((0, 0, 0.08)), double=draw.choice((0, 0, 0.03)),
        )  # fmt: skip
    if draw.random() < 0.6:
        made.agree(
            draw.choice(("FitX", "McFit", "PureGym")), "Fitness", "subscription", draw.choice(("monthly", "four_weekly", "weekly")),
            fixed(draw.choice((690, 2_490, 2_990))), day=1, ends=draw.choice((None, None, 400)),
        )  # fmt: skip
    if draw.random() < 0.4:
        made.agree(draw.choice(PRESS), "Subscriptions", "subscription", draw.choice(("four_weekly", "quarterly", "yearly")), fixed(4_990))
    if draw.random() < 0.3:
        made.agree("GoDaddy", "Subscriptions", "subscription", "yearly", raised(1_799, 1, 1.2), account="card", way=0)
    if draw.random() < 0.4:
        made.agree("Deutschlandticket", "Transport", "subscription", "monthly", raised(5_800, 10, 1.09), day=1)
    if draw.random() < 0.3:
        made.agree("Doctors Without Borders", "Gifts & donations", "subscription", draw.choice(("monthly", "half_yearly")), fixed(2_500))
    if draw.random() < 0.3:
        made.agree("Swim School", "Education", "bill", "weekly", fixed(1_400), skip=0.06, way=0)


def _shops_with_both(made: Household) -> None:
    draw = made.draw
    made.habit("Amazon", "Shopping", draw.choice((5, 9, 20)), 600, 12_000)
    if draw.random() < 0.7:
        made.agree("Amazon", "Shopping", "subscription", "monthly", raised(899, draw.choice((99, 6, 14)), 1.12), account="card", way=0)
    if draw.random() < 0.6:
        made.agree("Apple Services", "Subscriptions", "subscription", "monthly", fixed(299), account="card", way=0, day=8)
        made.agree("Apple Services", "Subscriptions", "subscription", "monthly", fixed(999), account="card", way=0, day=21)
        made.habit("Apple Services", "Subscriptions", 45, 99, 1_499)
    if draw.random() < 0.5:
        made.habit("PayPal", "Shopping", 8, 300, 9_000)
        made.agree("PayPal", "Shopping", "subscription", "monthly", swaying(1_250, 0.015), account="card", way=0)
    if draw.random() < 0.3:
        made.habit("Audible", "Subscriptions", 60, 500, 2_500)
        made.agree("Audible", "Subscriptions", "subscription", "monthly", fixed(995), account="card", way=0, ends=draw.choice((None, 300)))


def _life(made: Household) -> None:
    draw = made.draw
    made.habit("Rewe", "Groceries", 2.5, 800, 7_500)
    made.habit("Market Hall", "Groceries", 8, 1_500, 4_500, days=range(5, 6))  # Saturdays
    made.habit("Aldi", "Groceries", 6, 900, 5_200, account="checking")
    made.habit("Corner Café", "Coffee", 2.5, 350, 350, days=range(5))
    made.habit("Canteen", "Eating out", 3, 680, 680, account="checking", days=range(5))
    made.habit("City Transit", "Transport", 4, 290, 290)
    made.habit("Shell", "Fuel", 11, 4_000, 7_800)
    made.habit("ATM", "Cash", 16, 5_000, 20_000, account="checking", step=5_000)
    made.habit("Pizzeria", "Eating out", 14, 1_400, 5_200)
    made.habit("Zalando", "Clothing", 40, 2_000, 15_000)
    made.habit("Steam", "Entertainment", 35, 499, 5_999)
    made.visits("Hair & Care", "Personal care", 32, 50, (3_200,))
    made.visits("City Cinema", "Entertainment", 12, 60, (1_150, 2_300))
    made.visits("Pharmacy", "Pharmacy", 10, 60, (595, 1_290, 2_140, 780))
    made.visits("Parking House", "Transport", 5, 50, (200, 400))
    made.visits("Dr Lang", "Health", 40, 160, (5_000,))
    made.visits("Lena Park", "Uncategorised", 8, 90, (2_000, -2_000, 1_500, -3_500), "checking")
    made.visits("Lottery", "Entertainment", 4, 40, (500, 1_000))
    for _ in range(draw.randint(2, 6)):
        made.visits(
            draw.choice(("IKEA", "MediaMarkt", "Lufthansa", "Hotel Sol")), "Shopping", 200, SPAN_DAYS, (draw.randint(5_000, 90_000),)
        )
