"""What a line is by its own words and marks, wherever it stands."""

import functools
import re

from ...lang.spelling import is_given
from .lines import ADDRESS, GLUED, SENTENCE, WORD, Line
from .words import LINES, Matcher

CRUMB = re.compile(r"\s[»›>/]\s|[›>]")
HOME_CRUMB = re.compile(r"\s?[»›>]\s?|\s/\s")
# ">> …", "► …": a link to another piece.
POINTS = re.compile(r"^(?:>>|[►▶▸➤➡→⇒])")
LINK = 220
# A caption is a picture's: over this length it is a paragraph that names an agency.
CAPTION = 420
# A line that ends with an agency in brackets, without a photographer's name, is a caption up to here, else a wire's
# signature under a paragraph.
CAPTION_PLAIN = 200
BYLINE = 80
STAMPED = 110
# "[Valentyn Ogirenko/Reuters]", "(MARWAN ALI / SIPA)": two names parted by a slash, at the end of a line.
PICTURED = re.compile(r"[\[(][A-ZÀ-Þ][^\[\]()/]{2,50}/\s?[A-ZÀ-Þ][^\[\]()/]{1,40}[\])]\.?$")
# "… sur la place de l'Horloge. Aaref Watad/AFP": a name, a slash, an agency.
BYLINED = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}\s?/\s?[A-ZÀ-Þ][\w ]{1,25}\.?$")
# "— Ministry of Defence (@mod) December 19, 2022": who wrote the message shown above.
HANDLE = re.compile(r"^[—–-]?\s?[^()]{2,60}\(@\w{2,30}\)")
NAMED = re.compile(r"[A-ZÀ-Þ](?=[\w'’-]*[a-zà-ÿ])[\w'’-]*\.?|[A-ZÀ-Þ]\.")
RULE = re.compile(r"\s[-–—|]\s")
DIGIT = re.compile(r"(?<=\s)(?=\d)")
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# No furniture is longer (cookie notices reach 450); some patterns below need this bound to take linear time.
LONGEST, ADDRESS_LENGTH = 600, 300
# A line that begins like furniture but is longer, and ends as a sentence does, is a sentence of the article.
LONGEST_OPENING = {"chrome": 90, "meta": 60, "caption": 110, "related": 220, "credit": 110}
# Over this length furniture's words have to come twice: one may stand in any paragraph.
TWICE = 250


def told(line: Line, hint: str, words: Matcher) -> str:
    """What a line is by its words, else by the page's markup (`hint`); empty where neither says."""
    said = by_words(line.text, words)
    if hint in ("", "body") or (hint in ("heading", "title") and said in ("related", "chrome")):
        return said or hint
    return "credit" if hint == "caption" and said == "credit" else hint


@functools.lru_cache(LINES)
def by_words(text: str, words: Matcher) -> str:
    """What a line's words say; empty where they say nothing. Furniture is short: a long line is not looked at."""
    if len(text) > LONGEST:
        return "" if any(character.isalnum() for character in text) else "chrome"
    line = Line(0, text)
    glued = GLUED.search(text, SENTENCE)
    if glued is not None and by_words(text[glued.end() :], words):
        return by_words(text[: glued.end()], words)
    folded, bare = words.fold(text), words.bare(text)
    if not bare or (len(folded) <= ADDRESS_LENGTH and ADDRESS.match(folded)):
        return "chrome"
    if words.dated(text) or (line.clock and not line.ended):
        return "meta" if re.search(r"\d\D+\d", bare) else "chrome"
    if kind := words.whole.get(words.uncounted(bare)):
        return kind
    if words.all_chrome(bare) or all(part[0] == "#" for part in folded.split()):
        return "chrome"
    if HANDLE.search(text) and len(text) <= STAMPED:
        return "meta"
    if POINTS.match(text) and len(text) <= LINK and not line.several:
        return "related"
    if words.opens(bare):
        return words.opens(bare)
    if _names_and_agency(text, folded, words):
        return "credit"
    if crumbs(text, words):
        return "meta"
    if len(text) <= STAMPED and not line.ended and words.stamped(text):
        return "meta"
    if len(text) <= STAMPED and not line.ended and words.date_opens(text):
        return "meta"
    if kind := _picture(text, folded, bare, words):
        return kind
    kind = words.starts(bare)
    if kind and not (line.ended and len(text) > LONGEST_OPENING[kind]):
        return kind
    if _byline(line, bare, words):
        return "meta"
    if line.cut:
        return "related"
    kind = words.within(folded)
    return kind if kind and (len(folded) <= TWICE or words.count(folded, kind) > 1) else ""


def crumbs(text: str, words: Matcher) -> bool:
    """A breadcrumb: the home page and a mark, or two marks after short parts."""
    parts = [part.strip() for part in CRUMB.split(text)]
    if len(HOME_CRUMB.split(text)) < 2 or not parts[0]:
        return False
    home = words.bare(HOME_CRUMB.split(text)[0])
    return home in words.home or (len(parts) > 2 and all(len(part) <= 30 for part in parts[:-1]))


def _picture(text: str, folded: str, bare: str, words: Matcher) -> str:
    """A caption that ends with its credit, or a credit alone."""
    if len(folded) > CAPTION:
        return ""
    if words.agency_only.match(bare):
        return "credit" if any(mark in folded for mark in "/©:") or words.credit_end.search(folded) else "meta"
    if folded.startswith("©") and YEAR.search(folded):
        return "chrome"
    if len(folded) <= CAPTION_PLAIN and PICTURED.search(text) and len(folded.split()) > 4:
        return "caption"
    match = words.credit_end.search(folded)
    if match and len(match["who"].split()) <= 8 and _is_name(text, match["who"], words):
        return "credit" if match.start() <= 3 or len(folded[: match.start()].split()) <= 2 else "caption"
    if BYLINED.search(text) and words.agency_end.search(folded):
        return "caption"
    match = words.agency_end.search(folded)
    if match:
        named = match["in"] or ""
        alone = bool(words.agency.fullmatch(named.strip())) or not named
        # "… fabrications (TASS)." is a sentence that names its source; a caption is closed before its credit.
        prose = len(folded) > CAPTION_PLAIN or not named or folded.endswith(".")
        if not alone or not prose:
            return "caption"
    # "… dans la région de Kherson. - AFP": one sentence, closed, and then an agency.
    return "caption" if len(folded) <= CAPTION_PLAIN and words.signed_picture(folded) else ""


def _is_name(text: str, who: str, words: Matcher) -> bool:
    """Whether what follows a credit's cue is a name: an agency, or words with a capital, where prose goes on small."""
    tail = " ".join(text.split())[-len(who) - 2 :].lstrip(" :/")
    return words.agency.search(who) is not None or not any(word.islower() and len(word) > 3 for word in tail.split())


def _names_and_agency(text: str, folded: str, words: Matcher) -> bool:
    """A photographer and an agency, "JACK DUPONT / AFP" or "via REUTERS - ARMED FORCES": capitals throughout."""
    if len(text) > BYLINE or text[-1] in ".?!" or not words.agency.search(folded):
        return False
    parts = [word for word in re.findall(r"[^\W\d_]+", text) if not words.via.fullmatch(word.lower())]
    names = "/" in text and len(parts) <= 6 and all(word[0].isupper() for word in parts)
    return names or (len(parts) > 1 and all(word.isupper() for word in parts))


def person(line: Line) -> bool:
    """A line that is a person's name and nothing else: a given name, and one or two names with capitals behind it."""
    named = line.text.split()
    shaped = 2 <= len(named) <= 3 and all(NAMED.fullmatch(word) for word in named)
    return shaped and is_given(named[0])


def _byline(line: Line, bare: str, words: Matcher) -> bool:
    """ "Par Anne Martin", "By pfvz8", "par leparisien", "Par X, à Kyiv": the word, names, and no sentence."""
    if len(line.text) > BYLINE or line.ended:
        return False
    if person(line):
        return True
    match = words.by.match(bare)
    if not match:
        return False
    # "par Ouest France - La sélection de la rédaction", "Par Jean Martin 22 septembre 2023, 18h42": who writes stands
    # before the first rule and the first digit.
    signed = DIGIT.split(RULE.split(line.text, maxsplit=1)[0], maxsplit=1)
    named = WORD.findall(signed[0])
    rest = [word for word in named[len(match[0].split()) :] if len(word) > 3 and not words.by.match(word.lower())]
    if len(signed) > 1 and not (rest and words.date_opens(signed[1])):
        return False  # "Par 30 voix contre 12"
    return all(not word.islower() for word in rest) or (len(line.words) <= 2 and match[0] not in words.loose_by)
