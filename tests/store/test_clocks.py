"""A clock that jumps: what came later stays later, nothing is kept from being told, and verify passes."""

from collections.abc import Callable, Iterator

import pytest

from recoupe.lang import DEFAULT
from recoupe.model import moments
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.model.reviews import Review, in_force
from recoupe.run import related
from recoupe.store import Store, reviews, verify

# Hours of a clock that runs ahead, is set back, stands still and runs ahead again.
JUMPS = (0, 80_000, -50_000, -50_000, 3, 200_000, 1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], str]]:
    """Sets the clock to so many hours from the first of 2031; gives the instant."""

    def at(hours: int) -> str:
        days, hour = divmod(hours, 24)
        years, day = divmod(days, 360)
        made = f"{2031 + years}-{day // 30 + 1:02}-{day % 30 % 28 + 1:02}T{hour:02}:00:00.000000+00:00"
        monkeypatch.setattr(moments, "now", lambda: made)
        return made

    yield at


def article(n: int) -> Annotated:
    text = f"Le pont {n} a rouvert mardi, selon la préfecture."
    return Annotated(Article(id=str(n), text=text, sha256="0" * 64, lang=DEFAULT, published="2031-03-03"), ())


def test_what_came_later_stays_later(store: Store, clock: Callable[[int], str]) -> None:
    for n, hours in enumerate(JUMPS):
        clock(hours)
        assert store.put(article(n))
        related(store)
        said = Review(doc="0", record="r", layer="claim", verdict="noted", who="a", at=moments.now(), note=str(n))
        reviews.append(store.engine, said)
    times = [one.at for one in store.arrivals(0)]
    assert times == sorted(set(times)) and [one.doc for one in store.arrivals(0)] == [str(n) for n in range(len(JUMPS))]
    assert [store.reached(at) for at in times] == [*range(1, len(JUMPS) + 1)]
    with store.engine.connect() as connection:
        assert in_force(one for _, one in reviews.log(connection))[0].note == str(len(JUMPS) - 1)
    assert verify(store) == (len(JUMPS), 0) and store.fresh()


def test_no_alert_is_kept_back(store: Store, clock: Callable[[int], str]) -> None:
    told = list[str]()
    for n, hours in enumerate(JUMPS):
        now = clock(hours)
        store.put(article(n))
        store.notice([(f"alert{n}", str(n), "{}")], store.noticed(), n + 1)
        for one in store.waiting("hook", now):
            store.delivered("hook", one.id)
            told.append(one.id)
    assert told == [f"alert{n}" for n in range(len(JUMPS))]
    assert [one.n for one in store.alerts()] == [*range(len(JUMPS), 0, -1)] and verify(store)[0] == len(JUMPS)
