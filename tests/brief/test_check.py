"""An account is checked against its records and articles."""

import msgspec
import pytest
from newsdesk import Set

from recoupe.brief import account, check
from recoupe.brief.model import Account, Line, Part
from recoupe.lang import available, pack


@pytest.mark.parametrize("code", available())
def test_an_account_holds_what_its_records_hold(code: str, news: Set) -> None:
    assert check(*news, pack(code)) == []
    assert check(*news, pack(code), account(*news, pack(code))) == []


def altered(found: Account, line: Line) -> Account:
    story = found.stories[0]
    changed = msgspec.structs.replace(story, lead=(line, *story.lead[1:]))
    return msgspec.structs.replace(found, stories=(changed, *found.stories[1:]))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"refs": (("a", "nothing"),)}, "records"),
        ({"links": ()}, "passages"),
        ({"parts": (Part("des mots que nul n’a écrits", "words"),)}, "words"),
        ({"parts": (Part("Une phrase d’une autre main."),)}, "sentence"),
    ],
)
def test_what_is_altered_is_named(change: dict[str, object], reason: str, news: Set) -> None:
    found = account(*news, pack("fr"))
    line = msgspec.structs.replace(found.stories[0].lead[0], **change)  # type: ignore[arg-type]
    told = check(*news, pack("fr"), altered(found, line))
    assert any(pack("fr").phrase(f"brief.check.{reason}") in one for one in told)
