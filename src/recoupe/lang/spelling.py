"""Whether two names are one: the words of each, paired by their skeletons."""

import functools
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import tomli
from rapidfuzz.distance import OSA

from .skeleton import plain, seen, skeleton, slugged, visible

__all__ = [
    "Comparison",
    "alike",
    "article_prefixes",
    "compare",
    "given_key",
    "is_given",
    "plain",
    "seen",
    "skeleton",
    "slugged",
    "telling",
    "without_article",
    "words",
]
Verdict = Literal["same", "different", "unsure"]
_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})\Z")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Edits that one word may differ by: none up to three letters, one up to six, two beyond. Tried on spelling variants
# and on names of other people; a third edit took Montenegro for Monteiro.
_EDITS = ((3, 0), (7, 1), (99, 2))
# The reason of two names of which one only looks like the other: letters of two alphabets stand in a word of it.
LOOKALIKE = "look_alike"
CONSONANTS = re.compile(r"[aeiouy]+")


class Comparison(msgspec.Struct, frozen=True):
    """A verdict, how sure it is (0: certainly different, 1: certainly the same), and the key of the reason
    (phrases/spelling.toml)."""

    verdict: Verdict
    score: float
    why: str


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """spelling.toml."""

    titles: frozenset[str]
    particles: frozenset[str]
    prefixes: frozenset[str]
    patronymic: frozenset[str]
    articles: frozenset[str]
    generic: frozenset[str]
    forms: frozenset[str]
    numbers: dict[str, str]
    variants: dict[str, list[str]]


@functools.cache
def _data() -> _Words:
    path = Path(__file__).with_name("spelling.toml")
    return msgspec.convert(tomli.loads(path.read_text(encoding="utf-8")), _Words)


@functools.cache
def _variants() -> dict[str, str]:
    """From a given name's plain form and its skeleton to the key of its group."""
    found: dict[str, str] = {}
    for key, forms in _data().variants.items():
        for form in (key, *forms):
            found.setdefault(plain(form), key)
    return found


def given_key(word: str) -> str:
    """The key that all languages' forms of one given name share; the skeleton where the name is in no group."""
    return _variants().get(plain(word)) or skeleton(word)


@functools.cache
def _given() -> frozenset[str]:
    lines = Path(__file__).with_name("given.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(plain(word) for line in lines if not line.startswith("#") for word in line.split())


@functools.lru_cache(maxsize=65536)
def is_given(word: str) -> bool:
    """Whether a word is a given name of given.txt or of the table of variants."""
    found = plain(word)
    return found in _given() or found in _variants()


@functools.cache
def article_prefixes() -> tuple[str, ...]:
    """The articles that names from Arabic begin with, written with a hyphen: "al" of "al-Burhane"."""
    return tuple(sorted(_data().prefixes, key=len, reverse=True))


def without_article(word: str) -> str:
    """A name without such an article."""
    first, _, rest = word.partition("-")
    return rest if rest and first.lower() in _data().prefixes else word


def words(name: str, kind: str = "PER") -> list[str]:
    """The words of a name in plain Latin letters; titles and legal forms left out where others remain."""
    return list(_words(name, kind))


@functools.lru_cache(maxsize=65536)
def _words(name: str, kind: str) -> tuple[str, ...]:
    data, name = _data(), visible(name)
    if kind == "PER" and "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    if kind != "PER":
        name = re.sub(r"\b(\w)\.\s?(?=\w(?:\.|\b))", r"\1", name).replace("&", " and ")
    name = _GLUED.sub(" ", name) if kind == "PER" and " " not in name.strip() else name
    found = [plain(part) for part in _WORD.findall(re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}`]", "", name))]
    found = [part for word in found for part in _WORD.findall(word)]
    if kind == "PER":
        kept = [word for word in found if word not in data.titles]
    else:
        kept = [data.numbers.get(word, word) for word in found if word not in data.forms and word not in data.articles]
    return tuple(kept or found)


def telling(found: Sequence[str]) -> list[str]:
    """The words that say which body it is, without "comité" or "group"; all of them where no other is left."""
    generic = _data().generic
    return [word for word in found if word not in generic] or list(found)


@functools.lru_cache(maxsize=65536)
def alike(a: str, b: str) -> bool:
    """Whether two words are spellings of one: equal skeletons, equal consonants, or few edits for their length."""
    if a == b or skeleton(a) == skeleton(b) or _variants().get(a, a) == _variants().get(b, b):
        return True
    longest = max(len(a), len(b))
    allowed = next(edits for length, edits in _EDITS if longest <= length)
    if OSA.distance(a, b) <= allowed:
        return True
    one, two = skeleton(a), skeleton(b)
    bare_one, bare_two = CONSONANTS.sub("", one), CONSONANTS.sub("", two)
    if len(bare_one) > 2 and bare_one == bare_two and one[:1] == two[:1] and OSA.distance(one, two) <= 2:
        return True
    shorter = max(len(one), len(two))
    return shorter > 3 and OSA.distance(one, two) <= min(allowed, 1) and OSA.distance(a, b) <= allowed + 1


def compare(a: str, b: str, kind: str = "PER") -> Comparison:
    """Whether two names ("PER", "ORG", "LOC") are of one: with its score and the key of the reason."""
    if a == b:
        return Comparison("same", 1.0, "equal")
    if plain(seen(a)) != plain(a) or plain(seen(b)) != plain(b):
        alike_to_see = compare(seen(a), seen(b), kind).verdict != "different"
        return Comparison("unsure", 0.6, LOOKALIKE) if alike_to_see else Comparison("different", 0.0, "other_words")
    if _ideographs(a) and _ideographs(b):
        return Comparison("different", 0.1, "other_words")
    one, two = words(a, kind), words(b, kind)
    if not one or not two:
        return Comparison("unsure", 0.5, "no_words")
    if "".join(map(skeleton, one)) == "".join(map(skeleton, two)) or sorted(one) == sorted(two):
        return _swapped(one, two) or Comparison("same", 0.98, "same_spelling")
    return _people(one, two) if kind == "PER" else _bodies(one, two)


def _ideographs(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith(("CJK", "HANGUL")) for letter in letters)


def _swapped(one: list[str], two: list[str]) -> Comparison | None:
    """Father and son: the same words on other sides of "bin"."""
    if one != two and any(word in _data().patronymic for word in one) and sorted(one) == sorted(two):
        return Comparison("different", 0.3, "other_order")
    return None


def _pairs(one: list[str], two: list[str], initials: bool) -> tuple[list[tuple[int, int]], list[str], list[str]]:
    """Words paired one to one, equal ones first; what is left on each side."""
    free_one, free_two = dict(enumerate(one)), dict(enumerate(two))
    pairs: list[tuple[int, int]] = []

    def take(test: Callable[[str, str], bool]) -> None:
        for i, x in list(free_one.items()):
            for j, y in list(free_two.items()):
                if test(x, y):
                    pairs.append((i, j))
                    del free_one[i], free_two[j]
                    break

    take(lambda x, y: x == y)
    take(lambda x, y: skeleton(x) == skeleton(y))
    take(alike)
    if initials:
        take(lambda x, y: (len(x) == 1 or len(y) == 1) and x[0] == y[0])
    return pairs, list(free_one.values()), list(free_two.values())


def _people(one: list[str], two: list[str]) -> Comparison:
    data = _data()
    one, two = _spelt_out(one, two), _spelt_out(two, one)
    pairs, left, right = _pairs(one, two, initials=True)
    small = data.particles | data.patronymic
    left = [word for word in left if word not in small]
    right = [word for word in right if word not in small]
    weight = sum(1 for i, _ in pairs if one[i] not in small)
    if left and right:
        if alike("".join(left), "".join(right)) and len("".join(left)) > 7:
            return Comparison("same", 0.85, "same_letters")
        return Comparison("different", 0.2 if weight else 0.0, "given_differs" if weight else "other_words")
    if not weight:
        return Comparison("different", 0.0, "other_words")
    full = [word for word in one if word not in small], [word for word in two if word not in small]
    if weight == 1 and (left or right):
        last = full[0][-1] if full[0] else one[-1], full[1][-1] if full[1] else two[-1]
        return Comparison("unsure", 0.6 if alike(*last) else 0.4, "surname_alone")
    if _swapped([_variants().get(w, w) for w in one], [_variants().get(w, w) for w in two]):
        return Comparison("different", 0.3, "other_order")
    extra = len(left) + len(right)
    if extra and (_in_front(pairs, one, two, small) or any(_only_near(one[i], two[j]) for i, j in pairs)):
        return Comparison("unsure", 0.6, "given_before")
    exact = sum(skeleton(one[i]) == skeleton(two[j]) for i, j in pairs) / len(pairs)
    return Comparison("same", max(0.6, 0.7 + 0.25 * exact - 0.03 * extra), "more_names" if extra else "near_spelling")


def _in_front(pairs: Sequence[tuple[int, int]], one: Sequence[str], two: Sequence[str], small: frozenset[str]) -> bool:
    """Whether one name is the other's end, with a given name more in front: a son named after his father."""
    longer = [i for i, _ in pairs] if len(one) > len(two) else [j for _, j in pairs]
    words = one if len(one) > len(two) else two
    shift = len(words) - len(pairs)
    front = [word for word in words[:shift] if word not in small]
    return sorted(longer) == list(range(shift, len(words))) and bool(front) and all(len(word) > 1 for word in front)


def _only_near(a: str, b: str) -> bool:
    """Whether two words are alike by few edits alone (Marie and Marine), and no initial."""
    return min(len(a), len(b)) > 1 and skeleton(a) != skeleton(b) and given_key(a) != given_key(b)


def _spelt_out(one: list[str], two: list[str]) -> list[str]:
    """Initials written as one word ("JC") as single letters, where the other name has them as names."""
    found: list[str] = []
    for word in one:
        starts = "".join(other[0] for other in two)
        found += list(word) if 1 < len(word) < 4 and word in starts and word not in two else [word]
    return found


def _bodies(one: list[str], two: list[str]) -> Comparison:
    data = _data()
    if _digits(one) and _digits(two) and _digits(one) != _digits(two):
        return Comparison("different", 0.2, "other_number")
    pairs, left, right = _pairs(one, two, initials=False)
    joined = "".join(one), "".join(two)
    if len(min(joined, key=len)) > 4 and OSA.distance(*joined) <= len(max(joined, key=len)) // 8:
        if _digits(left) != _digits(right):
            return Comparison("different", 0.2, "other_number")
        numbered = any(map(_number, (*left, *right)))
        return Comparison("unsure", 0.55, "other_number") if numbered else Comparison("same", 0.9, "near_spelling")
    if any(_number(word) for word in (*left, *right)):
        return Comparison("different", 0.3, "other_number")
    core = [one[i] for i, _ in pairs if one[i] not in data.generic]
    if left and right:
        return Comparison("different", 0.3 if core else 0.0, "other_words")
    if not left and not right:
        return Comparison("same", 0.9, "near_spelling")
    extra = [word for word in (*left, *right) if word not in data.generic]
    if core and (len(extra) + len(left) + len(right) <= 2 or not extra):
        return Comparison("same", 0.65, "more_words")
    return Comparison("unsure" if core else "different", 0.45 if core else 0.2, "more_words")


def _digits(found: list[str]) -> list[str]:
    return sorted(number for word in found for number in re.findall(r"\d+", word))


def _number(word: str) -> bool:
    return word.isdigit() or bool(_ROMAN.match(word))
