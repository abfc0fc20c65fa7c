"""Instants as people write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.model.moments import moment, short, written

NOW = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2031-03-01T10:30Z", "2031-03-01T10:30:00.000000+00:00"),
        ("2031-03-01T10:30:05+02:00", "2031-03-01T08:30:05.000000+00:00"),
        ("2031-03-01T10:30 02:00", "2031-03-01T08:30:00.000000+00:00"),
        ("24h", "2031-03-02T12:00:00.000000+00:00"),
        ("90m", "2031-03-03T10:30:00.000000+00:00"),
        ("7d", "2031-02-24T12:00:00.000000+00:00"),
        (" 2w ", "2031-02-17T12:00:00.000000+00:00"),
    ],
)
def test_an_instant_is_read(text: str, found: str) -> None:
    assert moment(text, NOW) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "2031-13-01", "2031-03-01T25:00", "h", "-3d", "9999-12-31T23:59-23:00", "9999-12-31", "0001-01-01",
        "9999-12-31T23:59:59.5Z",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused(text: str) -> None:
    for end in (False, True):
        with pytest.raises(ValueError):
            moment(text, NOW, end=end)


def test_a_day_is_its_beginning_or_its_end() -> None:
    first, last = (datetime.fromisoformat(moment("2031-03-01", NOW, end=end)) for end in (False, True))
    assert (last - first).total_seconds() == 24 * 3600


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9000, 1, 1), timezones=st.just(UTC)))
def test_what_stands_in_an_address_is_no_earlier_and_within_a_second(found: datetime) -> None:
    again = datetime.fromisoformat(moment(short(written(found)), NOW))
    assert 0 <= (again - found).total_seconds() < 1
