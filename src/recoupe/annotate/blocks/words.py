"""The words by which a line shows what it is, of all packs together: pages in one language have another's furniture."""

import functools
import re

import msgspec

from ...lang import LanguagePack, available, pack
from ...lang.stamps import date_forms

COUNT = re.compile(r"^\W*\d+\W+|(?<!\W)\W+\d+\W*$")
COUNTED = 60
SET_OFF = re.compile(r",\s\w{0,3}\s?$")
CLOSING = 30
# A weekday and an article stand before the date that opens a line; behind it an hour or a rule.
DATE_FIRST = 12
AFTER_DATE = re.compile(r"[\s,.]{0,3}(?:[|·•–—]|[^\W\d_]{0,2}\s?\d{1,2}\s?[:hH.]\s?\d{2}(?!\d))")
SENTENCES = re.compile(r"[a-zà-ÿ0-9)\"»][.!?…][\"»]?\s")
# Characters that hang on a line without saying anything: bullets, arrows, rules.
DECORATION = (
    " \t\r\n\x0b\x0c\x85\u2028\u2029•►▶▸▼▲→←↓↑➤➡➔‣·*#|-–—_=>»<«:;.,!?…()[]\u200b\ufeff\u200e\u200f\u00a0\u202f🔴🔵⚡✔☑"
)
# Lines that are kept as they were read, because they come again in other articles.
LINES = 1 << 12
# No line that begins with furniture's words is longer, and none that only holds some.
STARTS_LENGTH, WITHIN_LENGTH = 220, 450


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases of one kind: the whole line, the beginning of a short one, anywhere in one of middling length."""

    whole: list[str] = []
    starts: list[str] = []
    within: list[str] = []


class BlockWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """blocks.toml. `home` begins a breadcrumb, `by` a byline (`loose_by` only before names), `credit`, `via` and
    `agencies` make a picture's credit, `video_length` tells a video's length, `comments` and `list_opens` open the
    readers' comments and lists of links, `sections` are a page's."""

    home: list[str]
    by: list[str]
    loose_by: list[str]
    credit: list[str]
    agencies: list[str]
    via: list[str]
    video_length: list[str]
    comments: list[str]
    list_opens: list[str]
    sections: list[str]
    chrome: Phrases
    meta: Phrases
    related: Phrases
    caption: Phrases
    credit_line: Phrases


class Matcher:
    """The phrases compiled. `fold` brings a line to the form in which they are written."""

    def __init__(self, packs: list[LanguagePack]) -> None:
        self._pack = packs[0]
        self.bare = functools.lru_cache(LINES)(self._bare)
        self.day_closes = functools.lru_cache(LINES)(self._day_closes)
        self._forms = [date_forms(each) for each in packs]
        words = [each.words(BlockWords, "blocks") for each in packs]
        kinds = {
            "related": [w.related for w in words],
            "meta": [w.meta for w in words],
            "chrome": [w.chrome for w in words],
            "credit": [w.credit_line for w in words],
            "caption": [w.caption for w in words],
        }
        self.whole: dict[str, str] = {}
        self._starts: list[tuple[str, re.Pattern[str]]] = []
        self._within: list[tuple[str, re.Pattern[str]]] = []
        for kind, phrases in kinds.items():
            for listed in phrases:
                for phrase in listed.whole:
                    self.whole.setdefault(self.bare(phrase), kind)
            starts = [phrase for listed in phrases for phrase in listed.starts]
            self._starts.append((kind, self._compiled(starts, glued=kind == "related")))
            self._within.append((kind, self._compiled([p for listed in phrases for p in listed.within])))
        self.comments = {self.bare(phrase) for w in words for phrase in w.comments}
        self.list_opens = {self.bare(phrase) for w in words for phrase in w.list_opens}
        self._sections = {self.bare(phrase) for w in words for phrase in w.sections}
        self.home = {self.bare(phrase) for w in words for phrase in w.home}
        self.by = self._compiled([phrase for w in words for phrase in w.by])
        self.loose_by = {self.fold(phrase) for w in words for phrase in w.loose_by}
        self.video_length = self._compiled([phrase for w in words for phrase in w.video_length])
        agencies = self._source([phrase for w in words for phrase in w.agencies])
        cues = self._source([phrase for w in words for phrase in w.credit])
        # "… Crédit : Reuters", "… © AFP", "… 1 credit: East2West": a cue, a colon or sign, and at most a few words.
        self.credit_end = re.compile(rf"(?:(?<!\w)(?:{cues})\s?[:/]|©|\(c\))\s?(?P<who>[^.!?:]{{2,70}})[.)\]]?$")
        # "(SERGEI SUPINSKY / AFP)", "[Valentyn Ogirenko/Reuters]", "- AFP", "| Getty Images"
        self.agency_end = re.compile(
            rf"(?:[(\[](?P<in>[^()\[\]]{{0,80}}(?<!\w)(?:{agencies})(?!\w)[^()\[\]]{{0,40}})[)\]]|[/|–—-]\s?(?:{agencies}))\.?$"
        )
        # "… d'Odessa. Photo AFP", "… de Kherson. - AFP": a sentence, then an agency behind a picture's word or a rule.
        self._picture_end = re.compile(rf"[.!?…][\"»]?\s(?:(?:{cues})\s|[-–—|/]\s?)(?:{agencies})\.?$")
        self.agency = re.compile(rf"(?<!\w)(?:{agencies})(?!\w)")
        self.via = self._compiled([phrase for w in words for phrase in w.via])
        self.agency_only = re.compile(rf"[(\[]?(?:{cues}|with|[^\w]|(?<!\w)(?:{agencies})(?!\w))*[)\]]?$")

    def fold(self, line: str) -> str:
        """Lower case, plain quotes and apostrophes, single spaces."""
        return " ".join(self._pack.normal(line).lower().split())

    def _bare(self, line: str) -> str:
        """The folded line without what hangs on its ends."""
        return self.fold(line).strip(DECORATION)

    def uncounted(self, bare: str) -> str:
        """The bare line without a count in front of it or behind ("12 commentaires", "Comments (3)")."""
        return COUNT.sub("", bare).strip(DECORATION) or bare if len(bare) <= COUNTED else bare

    def stamp(self, text: str) -> int:
        """The length of a collection's stamp of year and month in front of a text; 0 where there is none."""
        return max((match.end() for form in self._forms if (match := form.bare(text))), default=0)

    def all_chrome(self, bare: str) -> bool:
        """Whether a short line strings chrome words together ("Facebook X (Twitter) LinkedIn")."""
        parts = bare.replace("(", " ").replace(")", " ").split() if len(bare) <= WITHIN_LENGTH else []
        return len(parts) > 1 and all(self.whole.get(part) == "chrome" for part in parts)

    def dated(self, line: str) -> bool:
        """Whether a line is a date and little else."""
        return any(form.alone(line) for form in self._forms)

    def _day_closes(self, line: str) -> bool:
        """Whether a full date behind a comma closes a line, but for a few words ("…, le 5 avril 2018 à Moscou.")."""
        return any(
            SET_OFF.search(line[:start]) and len(line) - end <= CLOSING
            for form in self._forms
            for start, end, _ in form.days(line)
        )

    def signed_picture(self, folded: str) -> bool:
        """Whether one closed sentence is followed by an agency's name as a picture's is."""
        match = self._picture_end.search(folded)
        return match is not None and not SENTENCES.search(folded[: match.start()])

    def date_opens(self, line: str) -> bool:
        """Whether a line begins with a full date and goes on with an hour or a rule ("6 janv. 2023, 18:05 | …")."""
        return any(
            start <= DATE_FIRST and AFTER_DATE.match(line[end:]) is not None
            for form in self._forms
            for start, end, _ in form.days(line)
        )

    def has_day(self, line: str) -> bool:
        """Whether a line gives a date with its year, as captions do and reports on their own days do not."""
        return any(True for form in self._forms for _ in form.days(line))

    def stamped(self, line: str) -> bool:
        """Whether a line holds words of publication or change with their date."""
        return any(form.published(line) or form.changed(line) for form in self._forms)

    def opens(self, bare: str) -> str:
        """What a line opens: "chrome" for the readers' comments, "related" for a list of links; else empty."""
        bare = self.uncounted(bare)
        return "chrome" if bare in self.comments else "related" if bare in self.list_opens else ""

    def section(self, bare: str) -> bool:
        """Whether a line is the name of a page's section."""
        return bare in self._sections

    def starts(self, bare: str) -> str:
        """The kind whose words begin a short line; empty where there is none."""
        return _first(self._starts, bare) if len(bare) <= STARTS_LENGTH else ""

    def within(self, folded: str) -> str:
        """The kind whose words a line of middling length holds."""
        if len(folded) > WITHIN_LENGTH:
            return ""
        return next((kind for kind, pattern in self._within if pattern.search(folded)), "")

    def count(self, folded: str, kind: str) -> int:
        """How many phrases of a kind a line holds."""
        return sum(len(pattern.findall(folded)) for name, pattern in self._within if name == kind)

    def _compiled(self, phrases: list[str], *, glued: bool = False) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self._source(phrases, glued=glued)})" if phrases else r"(?!)")

    def _source(self, phrases: list[str], *, glued: bool = False) -> str:
        """The phrases as an alternation, the longer first; where one ends in a letter the word ends there too.

        `glued`: after two words or more the next may follow without a space, as links do in scraped text.
        """
        folded = sorted({self.fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
        loose = [(glued and " " in phrase) or not phrase[-1].isalnum() for phrase in folded]
        return "|".join(re.escape(p) + ("" if free else r"(?!\w)") for p, free in zip(folded, loose, strict=True))


def _first(patterns: list[tuple[str, re.Pattern[str]]], bare: str) -> str:
    return next((kind for kind, pattern in patterns if pattern.match(bare)), "")


@functools.cache
def matcher() -> Matcher:
    """The words of every pack."""
    return Matcher([pack(code) for code in available()])
