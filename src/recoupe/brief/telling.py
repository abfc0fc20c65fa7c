"""How a sentence of ours takes up what someone says: by the act, and by how the article joins its content to its verb.

The article's own joint says what the content is: after "que" a clause, after "de" or "à" an infinitive, right after
the verb what it governs. Where there is none that can be carried over, or the words are of another language than the
sentence, a colon stands before them, which is always right.
"""

import re
from typing import Literal

import msgspec

from ..lang import LanguagePack
from ..model.records import Claim, Event, Span
from ..model.relations import Ref
from .index import Index
from .model import Part
from .wording import Parts, fill, own_words
from .words import BriefWords, words_of

# Between verb and content stand at most this many characters of whom it is said to or about, or when.
MIDDLE = 90
# A time among them may begin with a preposition and an article.
SMALL = 8
# A clause without its "that" is known by a finite verb among its first words.
FIRST = 12
Shape = Literal[
    "that", "whether", "subjunctive", "of", "to", "for", "noun", "verb",
    "accused", "called", "told", "charged", "blamed", "none",
]  # fmt: skip
# Verbs of their own within an act: what is announced or owned to, who is blamed, what is accepted.
FINER = (("announce", "assert"), ("avow", "assert"), ("confirm", "assert"), ("blame", "accuse"), ("accept", "commit"))
# Whom it is said of or to stands between verb and content, and is shown with it.
WHOM: frozenset[Shape] = frozenset({"accused", "called", "told", "charged"})


class Content(msgspec.Struct, frozen=True):
    """The words of a claim to show, and the shape they have."""

    spans: tuple[Span, ...]
    shape: Shape = "none"


def act_key(index: Index, doc: str, claim: Claim) -> str:
    """The phrase of what a claim does: an order is told from a request, a fear or hope from a forecast by its verb."""
    finer = {"request": ("order", "offer"), "expect": ("fear", "hope")}.get(claim.act, ())
    for key in finer:
        if _begins(index, doc, claim, key):
            return key
    if claim.act == "question" and claim.source is None:
        return "open"
    if claim.act == "deny" and claim.polarity == "-":
        return "reject"
    if claim.act == "commit" and claim.polarity == "-" and content(index, doc, claim).shape != "that":
        return "refuse"
    return claim.act


def _begins(index: Index, doc: str, claim: Claim, key: str) -> bool:
    """Whether the words that hand a claim over have a verb of a kind."""
    cue = index.words_of(doc).normal(index.raw(doc, claim.cue)).lower() if claim.cue else ""
    return any(head.startswith(words_of(index.words_of(doc)).verbs[key]) for head in re.findall(r"\w+", cue))


def content(index: Index, doc: str, claim: Claim) -> Content:
    """The content of a claim with its shape, from what stands between it and the words that hand it over."""
    spans = (claim.span, *claim.more)
    if claim.act == "accuse" and claim.source is None and claim.cue is not None and claim.cue[1] <= claim.start:
        # Of "X is accused of" no accuser is known, and whom it is against stands before the verb.
        return Content(((_sentence_start(index, doc, claim.cue[0]), claim.end), *claim.more))
    if claim.cue is None or claim.cue[1] > claim.start or claim.start - claim.cue[1] > MIDDLE:
        return Content(spans)
    pack = index.words_of(doc)
    words = words_of(pack)
    between = pack.normal(index.raw(doc, (claim.cue[1], claim.start)))
    found = re.fullmatch(
        r"((?:[^.:;!?\"\n]|\"[^.:;!?\"\n]+\")*?)(?:\b(" + "|".join(map(re.escape, words.joints)) + r"))?[\s\"]*",
        between,
    )
    if found is None:
        return Content(spans)
    start, middle = _untimed(index, doc, claim.cue[1], found.group(1))
    kind = words.joints.get(found.group(2) or "")
    governed = _governs(pack, pack.normal(index.raw(doc, claim.span)), kind)
    cue = pack.normal(index.raw(doc, claim.cue)).lower()
    if kind == "that" and governed == "noun" and cue.startswith(words.restricting):
        return Content(spans)  # "n'a confirmé que trois morts": a restriction
    if kind in ("that", "whether", "subjunctive"):
        return Content(spans, kind)
    if middle:
        whom = _whom(words, claim, middle, kind, governed)
        return Content(((start, claim.end), *claim.more), whom) if whom != "none" else Content(spans)
    if kind is None and governed == "noun" and cue.endswith(words.clausal):
        return Content(spans, "that")  # "said the rebels hit the bridge": a clause, whatever it begins with
    if kind is None:
        return Content(spans, "blamed" if _to_whom(index, doc, claim) else governed)
    whole = kind == "for" or governed == "verb" or (kind == "of" and claim.act == "accuse")
    return Content(spans, kind if whole else "none")


def _sentence_start(index: Index, doc: str, offset: int) -> int:
    """Where the sentence begins that an offset stands in."""
    block = index.block_at(doc, offset)
    first = block.start if block else 0
    before = re.search(r"(?s:.*)[.!?…][\"'»”’]?\s+", index.raw(doc, (first, offset)))
    return first + before.end() if before else first


def _to_whom(index: Index, doc: str, claim: Claim) -> bool:
    """Whether a content begins with whom something is laid to ("à l'armée cette frappe")."""
    text = index.words_of(doc).normal(index.raw(doc, claim.span)).lower()
    return claim.act == "accuse" and re.match(words_of(index.words_of(doc)).dative, text) is not None


def _untimed(index: Index, doc: str, start: int, middle: str) -> tuple[int, str]:
    """Words between verb and content without the time they begin with ("a accusé dimanche les forces russes de")."""
    end = start + len(middle)
    for time in index.times_in(doc, (start, end)):
        before = index.words_of(doc).normal(index.raw(doc, (start, max(start, time.start)))).strip(" ,").lower()
        if len(before) <= SMALL:
            start = min(time.end, end)
    text = index.raw(doc, (start, end))
    return start + len(text) - len(text.lstrip(" ,")), text.strip(" ,")


def _whom(words: BriefWords, claim: Claim, middle: str, kind: Shape | None, governed: Shape) -> Shape:
    """How words between verb and content name whom it is said of or to: "accuse X de", "demande à X de"."""
    if claim.act == "accuse" and kind == "of":
        return "told" if re.match(words.dative, middle.lower()) else "accused"  # "reproche à X de"
    if claim.act != "request" or governed != "verb":
        return "none"
    if kind in ("to", None):
        return "called"
    return ("told" if re.match(words.dative, middle.lower()) else "charged") if kind == "of" else "none"


def _governs(pack: LanguagePack, told: str, kind: Shape | None) -> Shape:
    """What content is that stands right after its verb or preposition: a noun phrase, a verb, a clause, or unknown."""
    words = words_of(pack)
    bare = told.lstrip(' "')
    if re.match(words.infinitive if kind == "to" and words.infinitive else words.verb, bare):
        return "verb"
    tokens = re.findall(r"\w+", bare.lower())[:FIRST]
    if not words.finite.isdisjoint(tokens[1:]) and tokens[0] not in words.finite:
        return "that"
    return "noun" if bare[:1].isdigit() or (tokens and tokens[0] in words.noun_starts) else "none"


def said(index: Index, doc: str, claim: Claim, spans: tuple[Span, ...] = ()) -> Parts:
    """The words of a claim, and how sure its source puts them."""
    words = own_words(index, doc, spans or (claim.span, *claim.more), claim.form == "direct")
    if claim.certainty != "certain" and claim.act != "expect":
        words = fill(index.reader, f"brief.certainty.{claim.certainty}", words=words)
    return words


def telling(index: Index, ref: Ref, name: Parts, many: bool, aside: Parts = ()) -> Parts:
    """A sentence on who says what: "X affirme que …"; with a colon where no joint is safe. After a role stands a comma.
    Words of another language stand after a colon, with whom they are said of."""
    doc, claim = ref[0], index.claim(ref)
    assert claim is not None
    found, key, n = content(index, doc, claim), act_key(index, doc, claim), 2 if many else 1
    words = said(index, doc, claim, found.spans)
    home = index.at_home(doc)
    whom = _accused(index, doc, claim) if (key, found.shape) == ("accuse", "of") else ()
    known = claim.form != "direct" and (bool(whom) or (key, found.shape) != ("accuse", "of"))
    finer = [one for one, of in FINER if key == of and _begins(index, doc, claim, one)]
    tried = [one for one in (*finer, key) if known and _joined(index.reader, one, found.shape, n)[0]]
    verb, joint = _joined(index.reader, tried[0], found.shape, n) if tried else ("", "")
    if verb and not home and found.shape not in WHOM:
        joint = index.reader.phrase("brief.colon")
    elif not verb or not home:
        words = words if not home or found.shape == "none" else said(index, doc, claim)
        verb, joint = index.reader.phrase(f"brief.act.{key}", n=n), index.reader.phrase("brief.colon")
    joint = _elided(index.reader, joint, words)
    whom = (Part(" "), *whom) if whom else ()
    return (*name, Part(", " if len(name) > 1 else " "), Part(verb, "act"), *whom, Part(joint), *words, *aside)


def _accused(index: Index, doc: str, claim: Claim) -> Parts:
    """Whom an accusation is against that does not name anybody before its content ("l'accuse d'avoir tiré"): who did
    what it tells of, as the records say."""
    for event in index.layer(doc, Event):
        if event.actor is not None and claim.start <= event.start < claim.end:
            for name in index.names_in(doc, event.actor):
                entity = index.entity(doc, name.stands_for or name.entity)
                if entity is not None and name.entity != claim.source_entity:
                    return (Part(index.subject(entity.id), "name"),)
    return ()


def _joined(reader: LanguagePack, key: str, shape: Shape, n: int) -> tuple[str, str]:
    """The verb and joint for an act and a shape; empty where the language has none."""
    known = reader.phrases("brief_acts").get(key)
    if not isinstance(known, dict) or shape not in known:
        return "", ""
    verb, _, joint = reader.phrase(f"brief_acts.{key}.{shape}", n=n).partition("|")
    return verb, joint


def _elided(reader: LanguagePack, joint: str, words: Parts) -> str:
    """The joint before these words: "que" and "de" lose their vowel before one."""
    if words and words[0].kind == "words":
        for full, short in words_of(reader).elisions:
            if joint.endswith(full) and re.match(words_of(reader).elided, words[0].text):
                return joint.removesuffix(full) + short
    return joint
