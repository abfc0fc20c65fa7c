"""The words of the claims layer: a pack's claims.toml, claim_verbs.tsv and claim_forms.tsv, compiled once."""

import functools
import re
from typing import NamedTuple

import msgspec

from ...lang import LanguagePack
from ...model.records import Act, Certainty
from ..forms import Form, Known
from .expressions import According, Expressions, Impersonal, Marked, Unverified, compiled

_OPEN = str.maketrans("è", "e")  # "ramènera" is of "ramener"


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that hand a claim over. Frames: clause, heading (a relative one), of, to (a noun or an infinitive),
    infinitive; owned: only where the words say whose it is."""

    words: list[str]
    frames: list[str]
    act: Act = "assert"
    certainty: Certainty = "certain"
    negates: bool = False


class Conditional(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reportive conditional told from the hypothetical one."""

    auxiliaries: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    hypothetical: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    subjects_not: frozenset[str] = frozenset()


class Hostility(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one side blames another for: sides, verbs that are always a blame, verbs (and `light` ones with a noun)
    that are the day's war report unless the paragraph names a truce, civilians or the like (`grounds`), and `acts`
    that only a denial mentions."""

    parties: frozenset[str]
    verbs: frozenset[str]
    routine: frozenset[str]
    grounds: list[str]
    light: frozenset[str]
    nouns: frozenset[str]
    acts: frozenset[str]


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the content's own words say about act, polarity and certainty: patterns over lower-case text."""

    possible: list[str]
    probable: list[str]
    rejecting: list[str]
    rejected: list[str]
    rejecting_names: list[str]
    negative: list[str]
    intent: list[str]
    expecting: list[str]
    wishing: list[str]
    requesting: list[str]
    supposing: list[str]
    blaming: list[str]
    losing: list[str]
    future: list[str]
    selves: list[str]
    experts: list[str]
    own: list[str]
    ours: list[str]
    plans: list[str]


class Speakers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who can speak, and how one speaker is called again. Single words unless said otherwise."""

    not_speakers: frozenset[str]
    trailing: frozenset[str]
    first_person: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    it: frozenset[str]
    they: frozenset[str]
    person_pronouns: frozenset[str]
    nobody: frozenset[str]
    possessives: frozenset[str]
    persons: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    publications: frozenset[str]
    courts: frozenset[str]
    authorities: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    generic_bodies: frozenset[str]
    generic_persons: frozenset[str]
    listeners: frozenset[str]
    realm: frozenset[str]
    spokesman: frozenset[str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """claims.toml. Single words unless a name ends in _patterns (regular expressions over lower-case text)."""

    complementizers: frozenset[str]
    conjunctions: frozenset[str]
    conditional_endings: frozenset[str]
    conditional_marks: list[str]
    future_endings: frozenset[str]
    future_stems: frozenset[str]
    infinitive_endings: frozenset[str]
    outlet_openers: frozenset[str]
    backgrounds: frozenset[str]
    resumptives: frozenset[str]
    phrase_stops: frozenset[str]
    among: frozenset[str]
    sharing: frozenset[str]
    adding: frozenset[str]
    places: frozenset[str]
    localities: frozenset[str]
    days: frozenset[str]
    whether: frozenset[str]
    infinitive_markers: frozenset[str]
    noun_markers: frozenset[str]
    not_told: dict[str, frozenset[str]]
    against: frozenset[str]
    role_markers: frozenset[str]
    direct_role_markers: frozenset[str]
    agent_markers: frozenset[str]
    aside_leads: frozenset[str]
    retorts: frozenset[str]
    gerund_markers: frozenset[str]
    bare_markers: frozenset[str]
    relatives: frozenset[str]
    oblique_relatives: frozenset[str]
    relative_headings: list[str]
    not_complement_after: frozenset[str]
    soft_adverbs: frozenset[str]
    leads: list[str]
    auxiliaries: frozenset[str]
    passive_auxiliaries: frozenset[str]
    passive_perfect: frozenset[str]
    reflexives: frozenset[str]
    clitics: frozenset[str]
    addressees: frozenset[str]
    subject_pronouns: frozenset[str]
    inverted: frozenset[str]
    inserts: list[str]
    negators: frozenset[str]
    weak_negators: frozenset[str]
    comparatives: frozenset[str]
    modals: frozenset[str]
    future_auxiliaries: frozenset[str]
    noun_of_markers: frozenset[str]
    noun_to_markers: frozenset[str]
    blame_markers: frozenset[str]
    demonstratives: frozenset[str]
    veils: frozenset[str]
    threatened: frozenset[str]
    accounts: frozenset[str]
    shifting: frozenset[str]
    negative_particles: frozenset[str]
    restrictions: frozenset[str]
    tolls: frozenset[str]
    of_them: frozenset[str]
    measure_markers: frozenset[str]
    likening: frozenset[str]
    judging: frozenset[str]
    faults: frozenset[str]
    tallies: frozenset[str]
    viewing: frozenset[str]
    seen_there: frozenset[str]
    seen_in: frozenset[str]
    unsaid: frozenset[str]
    trends: tuple[tuple[str, ...], ...]
    without: frozenset[str]
    purpose: frozenset[str]
    purpose_not: frozenset[str]
    sequels: frozenset[str]
    narrating: frozenset[str]
    carriers: frozenset[str]
    light_verbs: frozenset[str]
    conditions: frozenset[str]
    abbreviations: frozenset[str]
    according: list[According]
    according_not: frozenset[str]
    open: list[Impersonal]
    said_of: list[Impersonal]
    unverified: list[Unverified]
    hearsay: list[Marked]
    whose: list[Marked]
    summed: list[Marked]
    reckoned: list[Marked]
    channel_patterns: list[str]
    nouns: list[Nouns]
    conditional: Conditional
    hostility: Hostility
    content: Content
    speakers: Speakers


class Verb(NamedTuple):
    """A verb that hands a claim over: what it is followed by (frames) and the act each of them makes."""

    lemma: str
    frames: dict[str, Act]
    certainty: Certainty
    negates: bool
    reflexive: bool
    tail: tuple[str, ...]
    state: bool = False


# The lists that every content is searched for; most hold a word of none of them, and one search tells.
TELLING = (
    "possible", "probable", "rejecting", "rejecting_names", "negative", "intent", "expecting", "wishing", "blaming",
    "losing",
)  # fmt: skip


class Wording:
    """Patterns over the words of a content. Those that hold at its start alone are kept apart: mixed with the others
    they are tried at every character (26 microseconds a content instead of 4). Where all others begin with "\\b" and a
    letter, they are tried where words begin, not where they end too (half the time)."""

    def __init__(self, patterns: list[str]) -> None:
        self._opening = _any([pattern for pattern in patterns if pattern.startswith("^")])
        others = [pattern for pattern in patterns if not pattern.startswith("^")]
        begins = r"\b(?=\w)" if all(pattern.startswith(r"\b") for pattern in others) else ""
        self._anywhere = re.compile(f"{begins}(?:{_either(others)})") if others else None

    def fits(self, text: str) -> bool:
        """Whether one of them matches."""
        if self._opening is not None and self._opening.match(text):
            return True
        return self._anywhere is not None and self._anywhere.search(text) is not None


class Word(NamedTuple):
    """What is known of a form: the verbs it may belong to, the noun of speech it is, whether it is in the conditional
    or in the future, and whether its conditional may be the reportive one."""

    verbs: tuple[Verb, ...]
    noun: Nouns | None
    conditional: bool
    future: bool
    reports: bool


class Lexicon:
    """The compiled words. `verbs` maps a lower-case form to the verbs it may belong to."""

    def __init__(self, pack: LanguagePack) -> None:
        self.words = words = pack.words(Words, "claims")
        self.verbs = _verbs(pack, words)
        self.finite = frozenset(form for form, _, kind in pack.table("claim_forms") if kind == "f")
        self.gerunds = frozenset(form for form, _, kind in pack.table("claim_forms") if kind == "g")
        self.participles = frozenset(form for form, _, kind in pack.table("claim_forms") if kind in ("p", "b"))
        self.both = frozenset(form for form, _, kind in pack.table("claim_forms") if kind == "b")
        self.nouns = {word: noun for noun in words.nouns for word in noun.words}
        self.auxiliaries = frozenset(words.auxiliaries)
        self.clitics = words.clitics | words.negative_particles
        self.addressees = words.addressees
        self.cue_clitics = words.reflexives | words.negative_particles
        self.inverted = frozenset(words.inverted)
        self.complementizers = frozenset(words.complementizers)
        self.expressions = Expressions(
            compiled(words.according), compiled(words.open), compiled(words.said_of), compiled(words.unverified),
            compiled(words.hearsay), compiled(words.whose), compiled(words.summed), compiled(words.reckoned),
        )  # fmt: skip
        self.channel = _any(words.channel_patterns)
        self.lead = re.compile(
            r"(?:(?:" + "|".join(map(re.escape, sorted(words.leads, key=len, reverse=True))) + r")\b,? *)+"
        )
        self.relative_heading = _any([rf"\b{re.escape(heading)}\b" for heading in words.relative_headings])
        content = words.content
        self.content = {
            name: Wording(getattr(content, name))
            for name in content.__struct_fields__
            if name not in ("experts", "own", "plans", "ours", "supposing")
        }
        self.supposing = _any(content.supposing)
        self.telling = Wording([pattern for name in TELLING for pattern in getattr(content, name)])
        self.untold = dict.fromkeys(self.content, Wording([]))
        self.future_stems = tuple(words.future_stems) or ("\0",)
        self._future, self._conditional = tuple(words.future_endings), tuple(words.conditional_endings)
        self._normal, self.known = pack.normal, Known(self._word)
        speakers = words.speakers
        self.roles = frozenset([*speakers.persons, *speakers.spokesman])
        self.pronouns = speakers.he | speakers.she | speakers.it | speakers.they
        self.stressed = speakers.he | speakers.she | speakers.they | speakers.first_person
        self.sharing = tuple(f"{opening} " for opening in words.sharing)
        self.subjects = frozenset(words.subject_pronouns)
        self.selves = self.pronouns | speakers.first_person
        self.mine = self.selves | speakers.possessives | frozenset(content.ours)
        self.makers = speakers.persons | speakers.bodies | speakers.authorities | frozenset(content.experts)
        self.voices = (
            speakers.persons | speakers.bodies | speakers.he | speakers.she | speakers.they | speakers.authorities
        )
        self.side = speakers.persons | speakers.bodies | speakers.people | frozenset(content.own)
        self.experts = frozenset(word for word in content.experts if " " not in word)
        self.expert_phrases = [word for word in content.experts if " " in word]
        inserts = [tuple(phrase.split()) for phrase in words.inserts]
        self.inserts_from, self.inserts_to = _grouped(inserts, 0), _grouped(inserts, -1)
        self.abbreviations = frozenset(words.abbreviations)
        self.days = frozenset(words.days)
        self.grounds = _any(words.hostility.grounds)

    def _word(self, form: Form) -> Word:
        word, verbal = self._normal(form.lower), form.pos in ("VERB", "AUX")
        told = form.features.get("Mood") == "Cnd" and any(mark in word for mark in self.words.conditional_marks)
        conditional = told or (verbal and self._formed(form, word, self._conditional))
        return Word(
            verbs=self.verbs.get(word, ()),
            noun=self.nouns.get(word),
            conditional=conditional,
            future=self._told_future(form, word) or (verbal and self._formed(form, word, self._future)),
            reports=word in self.words.conditional.auxiliaries or (verbal and conditional),
        )

    def _told_future(self, form: Form, word: str) -> bool:
        """Whether the tagger has a verb in the future, and it ends like one ("commente" was so tagged)."""
        return form.features.get("Tense") == "Fut" and (not self._future or word.endswith(self._future))

    def _formed(self, form: Form, word: str, endings: tuple[str, ...]) -> bool:
        """Whether a verb's form is its future stem with one of the endings (the tagger misses forms that it has not
        met)."""
        lemma = form.lemma
        for ending in endings:
            stem = word.removesuffix(ending)
            if stem == word:
                continue
            for mark in self.words.infinitive_endings:
                if stem.translate(_OPEN) + mark == lemma.translate(_OPEN):
                    return True
            if stem.endswith(self.future_stems) and stem != lemma[: len(stem)]:
                return True
        return False


def _grouped(phrases: list[tuple[str, ...]], at: int) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first or last word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[at], []).append(phrase)
    return found


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile(_either(patterns)) if patterns else None


def _verbs(pack: LanguagePack, words: Words) -> dict[str, tuple[Verb, ...]]:
    """Forms to verbs. A lemma of several words is found by its first, the rest must follow."""
    verbs: dict[str, Verb] = {}
    for lemma, frames, certainty, flags in pack.table("claim_verbs"):
        core = (
            lemma.split("'", 1)[-1] if any(lemma.startswith(r) for r in words.reflexives if r.endswith("'")) else lemma
        )
        parts = core.split()
        reflexive = core != lemma or parts[0] in words.reflexives
        if parts[0] in words.clitics:  # "s'en prendre"
            parts = parts[1:]
        tail = tuple(parts[2:] if parts[0] in words.reflexives else parts[1:])
        acts = dict(frame.split("=") for frame in frames.split())
        parsed = (lemma, acts, certainty, "neg" in flags, reflexive, tail, "state" in flags)
        verbs[lemma] = msgspec.convert(parsed, Verb)
    found: dict[str, tuple[Verb, ...]] = {}
    for form, lemmas, _ in pack.table("claim_forms"):
        found[form] = tuple(verbs[lemma.replace("_", " ")] for lemma in lemmas.split())
    return found


@functools.lru_cache(maxsize=8)
def lexicon(pack: LanguagePack) -> Lexicon:
    """The lexicon of a pack, compiled once."""
    return Lexicon(pack)
