"""Clock times in more than one zone: what a range shares, and how far two zones lie apart where the text tells it."""

import datetime as dt

import msgspec

from ...model.records import Time
from .surroundings import Surroundings

NEAR = 12  # characters between the two ends of a range
BESIDE = 24  # characters between two ways to tell one instant: "midday in Kyiv (0900 GMT)"
MOST = dt.timedelta(hours=14)  # no two zones that people live in lie further apart
DAY = dt.timedelta(days=1)


class Zones:
    """The zones of one article. Intervals are in the local time that the article tells its hours in: an hour of a
    fixed zone ("0900 GMT") is converted once the article tells one instant in both, and keeps its own clock before
    or without that; `value` always says the hour as written, `zone` whose it is."""

    def __init__(self, text: str, words: Surroundings) -> None:
        self.text, self.words = text, words
        self.away: dict[str, dt.timedelta] = {}

    def see(self, times: list[Time], closes: bool) -> None:
        """Looks at the last of the times, which may close a range, and puts right what its zone says."""
        last = times[-1]
        before = times[-2] if len(times) > 1 else None
        if before is not None and before.zone in self.words.fixed_zones and self._one_instant(last, before):
            times[-2] = self._converted(before, last)  # "0900 GMT, or noon in Moscow"
        if last.type != "TIME" or not last.zone:
            return
        unsaid = before is not None and before.type == "TIME" and not before.zone
        if closes and before is not None and unsaid and last.start - before.end <= NEAR:
            times[-2] = before = msgspec.structs.replace(before, zone=last.zone)
        if last.zone in self.words.fixed_zones and last.earliest is not None and last.grain != "part":
            times[-1] = self._converted(last, before)

    def _converted(self, last: Time, before: Time | None) -> Time:
        start = dt.datetime.fromisoformat(str(last.earliest))
        length = dt.datetime.fromisoformat(str(last.latest)) - start
        if before is not None and self._one_instant(before, last):
            local = dt.datetime.fromisoformat(str(before.earliest))
            away = local - start
            away -= DAY * round(away / DAY)
            if abs(away) > MOST:
                return last
            self.away[last.zone] = away
            start = local
        elif last.zone in self.away:
            start += self.away[last.zone]
        else:
            return last
        return msgspec.structs.replace(
            last, earliest=start.isoformat(timespec="minutes"), latest=(start + length).isoformat(timespec="minutes")
        )

    def _one_instant(self, local: Time, fixed: Time) -> bool:
        """Whether two clock times are one instant, told in the local time and in a fixed zone."""
        between = self.text[min(local.end, fixed.end) : max(local.start, fixed.start)]
        if local.grain not in ("hour", "minute") or local.earliest is None or local.zone in self.words.fixed_zones:
            return False
        return len(between) <= BESIDE and ("(" in between or bool(self.words.same_instant.search(between)))
