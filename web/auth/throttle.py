"""How often one may try to sign in. Guessing is slowed without giving anybody the means to lock the owner out.

Three windows, each counted before the password is looked at: the tries at one account from one place, all tries from one place, and all
tries at one account from places where its owner has not signed in before. Kept in memory, per process, bounded. The clock is injected;
a jump backwards forgets what now lies in the future.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kit.clock import Clock
from kit.errors import StewardError

WINDOW = timedelta(minutes=15)
MAX_KEYS = 50_000  # about 20 MB at most
PER_ACCOUNT_AND_PLACE, PER_PLACE, PER_ACCOUNT = 10, 100, 100


class TooManyAttempts(StewardError):
    """Rendered as 429 with Retry-After."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("too_many_attempts", "too many attempts to sign in; try again later")
        self.retry_after_s = retry_after_s


def place_of(address: str | None) -> str:
    """The network place of a caller: an IPv4 address, or the /64 that one IPv6 household has."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@dataclass
class _Windows:
    """The times of recent tries by key, the key that was used longest ago first."""

    limit: int
    times: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)

    def wait(self, key: str, now: datetime) -> timedelta | None:
        """How long until another try is allowed; None: now."""
        times = self.times.get(key)
        if times is None:
            return None
        while times and not now - WINDOW < times[0] <= now:
            times.popleft()
        return times[0] + WINDOW - now if len(times) >= self.limit else None

    def count(self, key: str, now: datetime) -> None:
        self.times.setdefault(key, deque(maxlen=self.limit)).append(now)
        self.times.move_to_end(key)
        while len(self.times) > MAX_KEYS:
            self.times.popitem(last=False)

    def forget(self, key: str) -> None:
        self.times.pop(key, None)


class Throttle:
    """The gate before each try to sign in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._account_and_place = _Windows(PER_ACCOUNT_AND_PLACE)
        self._place = _Windows(PER_PLACE)
        self._account = _Windows(PER_ACCOUNT)
        self._familiar: OrderedDict[str, None] = OrderedDict()

    def admit(self, email: str, place: str) -> None:
        """Counts a try. Raises TooManyAttempts without counting it."""
        account, pair = _key(email), f"{_key(email)} {place}"
        windows = [(self._account_and_place, pair), (self._place, place)]
        if pair not in self._familiar:
            windows.append((self._account, account))
        now = self._clock.now()
        waits = [wait for window, key in windows if (wait := window.wait(key, now)) is not None]
        if waits:
            raise TooManyAttempts(max(int(max(waits).total_seconds()), 1))
        for window, key in windows:
            window.count(key, now)

    def succeeded(self, email: str, place: str) -> None:
        """The owner was there: this place is familiar to the account from now on."""
        pair = f"{_key(email)} {place}"
        self._account_and_place.forget(pair)
        self._familiar[pair] = None
        self._familiar.move_to_end(pair)
        while len(self._familiar) > MAX_KEYS:
            self._familiar.popitem(last=False)


def _key(email: str) -> str:
    return email.strip().lower()[:254]
