"""The words of strangers, made harmless for where they go: a link, a terminal, a line of JSON, a page beside ours."""

import re

# Control characters and what divides lines; a terminal obeys the one and programs divide at the other.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Marks that say in which direction the characters around them are shown.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Of these, those that open a stretch, by what closes it (Unicode Annex 9).
OPENS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
CLOSES = frozenset(OPENS.values())
WEB = re.compile(r"https?://[^/\s\x00-\x20\x7f-\x9f][^\s\x00-\x20\x7f-\x9f]*", re.IGNORECASE)
CALLS = re.compile(r"(@)(?=\w)")
IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def address(url: str) -> str:
    """An address that may be followed: of http or https, without signs that no address has; empty for any other."""
    return url if WEB.fullmatch(url) and not DIRECTION.search(url) else ""


def plain(text: str) -> str:
    """Text for a terminal: nothing in it is obeyed, and nothing turns the line around."""
    return DIRECTION.sub("", CONTROL.sub(" ", text))


def quiet(text: str) -> str:
    """Text for a chat room: a line that calls nobody, and in which no words stand for another address. Rooms take
    `<…>` and `[…](…)` for that, and a name behind an at sign."""
    return CALLS.sub("\\1\u2060", plain(text)).replace("<", "\u2039").replace(">", "\u203a").replace("](", "] (")


def closed(text: str) -> str:
    """Text with an end for each change of direction that it begins and does not end, so that what stands behind it is
    read as it was written. Ends that end nothing go."""
    if not DIRECTION.search(text):
        return text
    kept, open_ = [], list[str]()
    for sign in text:
        if sign in CLOSES:
            if sign not in open_:
                continue
            # An isolate ends what was begun inside it; an embedding does not end the isolate around it.
            if sign == "\u202c" and open_[-1] != sign:
                continue
            while open_.pop() != sign:
                pass
        elif sign in OPENS:
            open_.append(OPENS[sign])
        kept.append(sign)
    return "".join([*kept, *reversed(open_)])


def json(raw: bytes) -> bytes:
    """JSON that says the same, with every sign escaped that a terminal obeys, that turns a line around, or at which
    programs divide lines though JSON does not."""
    return IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", raw.decode("utf-8", "replace")).encode()
