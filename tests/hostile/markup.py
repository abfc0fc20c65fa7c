"""What a page is made of, read as browsers read it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple


class Element(NamedTuple):
    """A tag with its attributes."""

    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """The elements of a page, its text, and all that stands in attributes."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.others: list[str] = []
        self._text: list[str] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    @property
    def text(self) -> str:
        return "".join(self._text)

    def kinds(self) -> set[tuple[str, str]]:
        """Which attributes stand on which tags; a tag stands for itself too."""
        return {(one.tag, name) for one in self.elements for name in ("", *one.attributes)}

    def values(self, name: str) -> Iterator[str]:
        return (one.attributes[name] for one in self.elements if name in one.attributes)


# Where links of ours lead: within the page, or to a page of the desk.
OURS = re.compile(
    r"#[\w-]+|data:,|\?[^\s\"'<>]*|/(?:|static/[\w.]+|(?:story|article|entity|outlet)/[^\s\"'<>]+"
    r"|(?:search|changes|log|seen|review|set|enter|feed\.atom)(?:\?[^\s\"'<>]*)?)"
)
NAMED = re.compile(r"[A-Za-z][\w-]*|[\w-]+")
CLASS = re.compile(r"[\w -]*")


def faults(page: Page, known: set[tuple[str, str]], followed: set[str]) -> list[str]:
    """What stands in a page and is made from what it tells: elements and attributes that no page of ours has, comments,
    links that lead elsewhere than to the addresses (http, https) that may be followed, names and classes."""
    found = [f"element or attribute {one}" for one in sorted(page.kinds() - known)]
    found += [f"comment {one[:60]!r}" for one in page.others]
    for one in page.elements:
        for name in ("href", "src", "action", "formaction", "data", "xlink:href"):
            where = one.attributes.get(name)
            if where is None or OURS.fullmatch(where):
                continue
            if one.tag == "a" and name == "href" and where in followed:
                if not {"noreferrer", "noopener", "nofollow"} <= set(one.attributes.get("rel", "").split()):
                    found.append(f"a link elsewhere without rel: {where!r}")
                continue
            found.append(f"{one.tag} {name} {where!r}")
    found += [f"id {one!r}" for one in page.values("id") if not NAMED.fullmatch(one)]
    found += [f"class {one!r}" for one in page.values("class") if not CLASS.fullmatch(one)]
    return found
