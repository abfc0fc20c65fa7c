"""How often one machine may ask, change something, or try a token."""

import time
from collections.abc import Callable

# More machines than this are not remembered: those that could ask again anyway are forgotten first.
REMEMBERED = 10_000


class Rate:
    """So many at once, and then one each so many seconds, for each asker (GCRA: an instant for each is all that is
    kept)."""

    def __init__(self, at_once: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._slack, self._seconds, self._clock = (at_once - 1) * seconds, seconds, clock
        self._free: dict[str, float] = {}

    def wait(self, who: str) -> float:
        """The seconds that an asker has to wait; none where it may ask now."""
        now = self._clock()
        return max(0.0, self._free.get(who, now) - now - self._slack)

    def take(self, who: str) -> float:
        """The same, and it has asked."""
        wait = self.wait(who)
        if not wait:
            now = self._clock()
            if len(self._free) >= REMEMBERED:
                self._free = {one: free for one, free in self._free.items() if free > now}
            self._free[who] = max(now, self._free.get(who, now)) + self._seconds
        return wait
