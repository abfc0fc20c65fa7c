"""When something is asked for again: bounds, delays, and the longer waits of what fails."""

import email.utils
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from ...model.moments import written
from ..net import Bounds

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
# So long at most until an end that was asked for is noticed.
STEP = 0.2


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How sources are watched (times in seconds).

    `every` is the time between two looks at a source, `glance` at a folder, `delay` that between two requests to one
    server. A page is read again after each of `revisits`: most changes of news come within hours. What fails is tried
    again after `wait`, twice as long each time up to `longest`; a page no more than `tries` times. Of what a list
    names, only what changed within `recent` counts. A file is read once it has stayed as it is for `settled`. A round
    that ends waits for a busy server for `patience` at most. Of one source no more than `waiting` things that it named
    wait to be asked for.
    """

    every: float = 15 * MINUTE
    glance: float = 10.0
    delay: float = 5.0
    revisits: tuple[float, ...] = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
    wait: float = MINUTE
    longest: float = DAY
    tries: int = 5
    recent: float = 7 * DAY
    settled: float = 2.0
    patience: float = 2 * MINUTE
    redirects: int = 5
    waiting: int = 10_000
    page: Bounds = Bounds()
    list: Bounds = Bounds(seconds=60.0, size=16_000_000)
    robots: Bounds = Bounds(seconds=20.0, size=512_000, cut=True)


class Clock:
    """What time it is, and waiting that can be ended."""

    def __init__(self) -> None:
        self._ended = False

    def now(self) -> datetime:
        """This instant."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Waits, no longer than a minute at a time: a machine that slept meanwhile looks at the clock again."""
        until = time.monotonic() + min(seconds, MINUTE)
        # In small steps: what waits on a lock may not be ended by a signal's handler.
        while not self._ended and (rest := until - time.monotonic()) > 0:
            time.sleep(min(rest, STEP))

    def stop(self) -> None:
        """Ends all waiting, from any thread or a signal."""
        self._ended = True

    @property
    def stopped(self) -> bool:
        """Whether the end was asked for."""
        return self._ended


def later(now: datetime, seconds: float) -> str:
    """An instant after another, as the store writes it."""
    return written(now + timedelta(seconds=seconds))


def backed_off(failures: int, settings: Settings, chance: random.Random) -> float:
    """How long to leave alone what has failed so often in a row: doubled each time, up to a third more by chance, so
    that many that failed together do not come back together."""
    wait = settings.wait * 2.0 ** min(failures - 1, 30)
    return min(wait, settings.longest) * (1 + chance.random() / 3)


def asked_for(headers: Mapping[str, str], now: datetime, longest: float) -> float:
    """For how long a server asks to be left alone (Retry-After, in seconds or as a date); 0 where it does not."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal() and text.isascii():
        return min(float(text[:9]), longest)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), longest)
