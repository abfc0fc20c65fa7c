"""events.toml indexed: from a token to the rules that it may follow, and to the classes that it is in."""

import functools
import operator
from collections.abc import Iterable
from itertools import compress
from typing import NamedTuple

from ...lang import LanguagePack
from ...lang.demonyms import demonyms
from ...model.records import Means, Name
from ..forms import Form, Known
from ..tree import Node, Tree
from .words import ANY, COUNTRY, LOOSE, NATION, NOMINAL, NUMBER, SILENT, UNKNOWN, VERBAL, Rule, Words

# The roles that conditions of a rule look at, the cheapest first.
ROLES = ("next", "before", "object", "subject", "of", "near")
Pairs = list[tuple[str, Rule]]


class Wanted(NamedTuple):
    """One list of a rule's conditions: the bit that tokens with its words or classes have, and kinds of names."""

    bit: int
    kinds: frozenset[str]


class Word(NamedTuple):
    """What is known of a form: the words it may be looked up by (its lemma, itself, and without its plural ending), the
    classes it is in, whether rules list it, whether it may be a trigger, the bits of the lists that it is in, and those
    that it would be in as a noun."""

    keys: tuple[str, ...]
    classes: frozenset[str]
    listed: bool
    tells: bool
    bits: int
    nominal: int


_TELLS, _BITS = operator.attrgetter("tells"), operator.attrgetter("nominal")
# Links of an adjective that stands for a noun ("au moins 19 terroristes").
SHORTEST = 2  # letters
NOUN_LIKE = frozenset({"nsubj", "nsubj:pass", "obj", "obl:agent"})


class Condition(NamedTuple):
    """What a rule wants in a role of its trigger, and what must not stand there."""

    role: str
    wanted: Wanted | None
    unwanted: Wanted | None


class Seen(NamedTuple):
    """The tokens that a condition looks at, and the bits that they have together."""

    nodes: list[Node]
    bits: int


class Lists:
    """The lists of words that the conditions of rules name: each has a bit, so that one look at a token's bits tells
    which of some 400 lists hold it."""

    def __init__(self, classes: dict[str, frozenset[str]]) -> None:
        self._classes = classes
        self._made: dict[tuple[str, ...], Wanted] = {}
        self._words: dict[str, int] = {}
        self._members: dict[str, int] = {}
        self._kinds: dict[str, int] = {}

    def add(self, listed: tuple[str, ...]) -> Wanted | None:
        """The list of words, classes ("@people") and kinds of names; None for an empty one."""
        if not listed:
            return None
        found = self._made.get(listed)
        if found is None:
            bit = 1 << len(self._made)
            marked = [word[1:] for word in listed if word.startswith("@")]
            kinds = frozenset(name for name in marked if name not in self._classes)
            found = self._made[listed] = Wanted(bit, kinds)
            _mark(self._words, (word for word in listed if not word.startswith("@")), bit)
            _mark(self._members, {word for name in marked for word in self._classes.get(name, ())}, bit)
            _mark(self._kinds, kinds, bit)
        return found

    def bits(self, keys: Iterable[str], *, classes: bool) -> int:
        """The bits of the lists that a token with these keys is in; an adjective is in no class: "military exercises"
        are no soldiers."""
        bits = 0
        for key in keys:
            bits |= self._words.get(key, 0) | (self._members.get(key, 0) if classes else 0)
        return bits

    def of_names(self, names: Iterable[Name]) -> int:
        """The bits of the lists that want names of these kinds, or words that only their capitals tell."""
        bits = 0
        for kind in {UNKNOWN, COUNTRY, NATION, NUMBER, *(name.type for name in names)}:
            bits |= self._kinds.get(kind, 0)
        return bits


def _mark(bits: dict[str, int], words: Iterable[str], bit: int) -> None:
    for word in words:
        bits[word] = bits.get(word, 0) | bit


def _bits(lists: Iterable[Wanted | None]) -> int:
    """The bits of several lists together."""
    return functools.reduce(operator.or_, (one.bit for one in lists if one is not None), 0)


class Lexicon:
    """events.toml of one pack, indexed: which rules a token may follow, and which classes it is in."""

    def __init__(self, pack: LanguagePack) -> None:
        self.words, self._nations = pack.words(Words, "events"), demonyms(pack)
        self.classes = {name: frozenset(listed) for name, listed in self.words.classes.items()}
        self._verbs: dict[str, list[tuple[str, Rule]]] = {}
        self._forms: dict[str, list[tuple[str, Rule]]] = {}
        self._nouns: dict[str, list[tuple[str, Rule]]] = {}
        self._open: list[tuple[str, Rule]] = []
        for rule in self.words.rules:
            if ANY in rule.verbs:
                self._open.append((ANY, rule))
                continue
            for verb in rule.verbs:
                self._verbs.setdefault(verb, []).append((verb, rule))
                for form in self.conjugated(verb):
                    self._forms.setdefault(form, []).append((verb, rule))
            for noun in rule.nouns:
                self._nouns.setdefault(noun, []).append((noun, rule))
        control, authors = self.words.object_control, self.words.authors
        self.controls, self.authors = self._with_forms(control), self._with_forms(authors)
        self.witnesses, self.planned = self._with_forms(self.words.witnesses), self._with_forms(self.words.plans)
        self.idle, self.occurrences = self._with_forms(self.words.idle), self._with_forms(self.words.occurrences)
        self.settles, self.discusses = self._with_forms(self.words.settles), self._with_forms(self.words.discusses)
        self.keeps, self.cancels = self._with_forms(self.words.keeps), self._with_forms(self.words.cancels)
        self.hits, self.suffers = self._with_forms(self.words.hits), self._with_forms(self.words.suffers)
        self.aims, self.ends = self._with_forms(self.words.aims), self._with_forms(self.words.ends)
        self.blames, self.urges = self._with_forms(self.words.blames), self._with_forms(self.words.urges)
        self.charges, self.regrets = self._with_forms(self.words.charges), self._with_forms(self.words.regrets)
        self.addresses, self.vaunts = self._with_forms(self.words.addresses), self._with_forms(self.words.vaunts)
        self.tells, self.prepares = self._with_forms(self.words.tells), self._with_forms(self.words.prepares)
        self.orders, self.imputes = self._with_forms(self.words.orders), self._with_forms(self.words.imputes)
        self.unmoved = self._with_forms(self.words.intransitives)
        self.gathers, self.opposes = self._with_forms(self.words.gathers), self._with_forms(self.words.opposes)
        self.goes_on = self._with_forms(self.words.goes_on)
        # Only where active participles are no nouns ("shelling" is one in English).
        self._active = bool(self.words.gerunds)
        self._looked = Known(self._pairs)
        self._lists = Lists(self.classes)
        self._conditions = {id(rule): tuple(self._conditions_of(rule)) for rule in self.words.rules}
        self._needs = {key: _bits(c.wanted for c in found) for key, found in self._conditions.items()}
        self.nouns, self.plurals = frozenset(self._nouns), self.words.plural_endings
        # Nouns, and what stands behind the hyphen of those that the tokeniser cuts ("cease-fire").
        self._heads = self.nouns | {noun.rpartition("-")[2] for noun in self.nouns}
        self._known = Known(self._word)
        self.doubts = self.words.modals | self.words.fears
        # A promise with one of these is none; to threaten is to announce.
        self.hedges, self.threats = self.words.modals | self.words.denials, self._with_forms(self.words.threats)
        # Nouns that hand on what is said of them to their complement: "une vague de frappes", "un projet d'attaque".
        self.handing = self.doubts | self.words.plans | self.classes["shells"]
        # Nouns of a kind of place that say no more than a preposition ("au large"), or are mostly meant otherwise.
        self.nowhere = self.words.nowhere | self.words.prepositions.heads
        # Verbs that leave it to their infinitive what happens: "des pourparlers devaient avoir lieu".
        self.helping = self.words.duties | self.words.modals
        self.denials, self.lights = self._with_forms(self.words.denials), self._with_forms(self.words.lights)
        self.means: dict[str, Means] = {word: kind for kind, listed in self.words.means.items() for word in listed}

    def _with_forms(self, verbs: frozenset[str]) -> frozenset[str]:
        return verbs | {form for verb in verbs for form in self.conjugated(verb)}

    def conjugated(self, verb: str) -> Iterable[str]:
        """The forms of a verb that its ending tells."""
        yield from self.words.irregular.get(verb, ())
        for ending, forms in self.words.verb_endings.items():
            if verb.endswith(ending):
                stem = verb[: len(verb) - len(ending)]
                yield from (stem + form for form in forms)
                return

    def keys(self, node: Node) -> tuple[str, ...]:
        """The words a token may be looked up by: lemma, form, and the form without its plural ending."""
        return self._known[node.form].keys

    def rules(self, node: Node) -> Pairs:
        """The (lemma, rule) pairs that a token's form and part of speech allow, in the order of the file."""
        if node.pos in VERBAL:
            # A finite noun look-alike ("attaque") keeps its verb reading; a noun tagged as a verb is rare.
            # A lemma may be another verb's ("tue": "taire"), so that the form is asked as well.
            found, opened = self._found(node)
            return found if found is opened or node.pos == "AUX" or node.find("cop") is not None else opened
        if not self._known[node.form].listed:
            return []
        if node.lower in self._forms and self.after_auxiliary(node) and node.find("nsubj", "nsubj:pass") is not None:
            # "sont entrées": a participle whatever its tag.
            return self._forms[node.lower]
        if self.is_infinitive(node):
            return self._verbs[node.lower]
        whole = hyphenated(node)
        if whole is not None and whole in self._nouns:
            return self._nouns[whole]
        if (node.pos in NOMINAL or (node.pos in LOOSE and node.pos != "ADJ")) and node.dep != "amod":
            for key in self.keys(node):
                if key in self._nouns:
                    return self._nouns[key]
        if is_joined_participle(node) and node.lower in self._forms:
            return self._forms[node.lower]
        if "-" in node.lower and node.lower in self._nouns:
            return self._nouns[node.lower]
        # "l'attaquant": a participle behind an article is a noun.
        if node.pos not in VERBAL and node.left is not None and node.left.pos == "DET":
            return []
        verbal = node.pos == "ADJ" or node.find("aux:pass", "aux:tense", "cop", "nsubj:pass") is not None
        verbal = verbal or self.after_auxiliary(node) or self.is_gerund(node) or is_joined_participle(node)
        if verbal and node.pos in LOOSE and node.lower in self._forms:
            return self._forms[node.lower]
        return []

    def _word(self, form: Form) -> Word:
        singular = [form.lower[: -len(end)] for end in self.words.plural_endings if form.lower.endswith(end)]
        # "deux MiG.": the tokeniser leaves the full stop at a word that it takes for an abbreviation
        stopped = [form.lower[:-1]] if len(form.lower) > SHORTEST and form.lower.endswith(".") else []
        keys = (form.lemma.lower(), form.lower, *stopped, *singular)
        classes = frozenset(name for name, listed in self.classes.items() if not listed.isdisjoint(keys))
        listed = form.lower in self._forms or keys[0] in self._verbs or not self._heads.isdisjoint(keys)
        tells = (listed and form.pos not in SILENT) or form.pos == "VERB"
        nominal = self._lists.bits(keys, classes=True)
        bits = self._lists.bits(keys, classes=False) if form.pos == "ADJ" else nominal
        return Word(keys, classes, listed, tells, bits, nominal)

    def survey(self, tree: Tree, names: dict[int, Name]) -> tuple[int, list[Node]]:
        """The bits of the lists that something in a paragraph may meet, and the tokens that may have rules: most have
        none, and most rules want what is nowhere in the paragraph."""
        words = list(map(self._known.__getitem__, tree.forms))
        bits = functools.reduce(operator.or_, filter(None, map(_BITS, words)), self._lists.of_names(names.values()))
        return bits, list(compress(tree.nodes, map(_TELLS, words)))

    def possible(self, candidates: Pairs, bits: int) -> Pairs:
        """The pairs whose rule wants nothing that a paragraph lacks."""
        needs, lacking = self._needs, ~bits
        return [pair for pair in candidates if not needs[id(pair[1])] & lacking]

    def _found(self, node: Node) -> tuple[Pairs, Pairs]:
        """The rules of a verb's lemma, then those of its form; and these with the rules for any verb."""
        return self._looked[node.form]

    def _pairs(self, form: Form) -> tuple[Pairs, Pairs]:
        lemma, lower = form.lemma.lower(), form.lower
        own = self._verbs.get(lemma, [])
        own = own + [pair for pair in self._forms.get(lower, []) if pair not in own]
        return own, own if lemma in self.idle or lower in self.idle else own + self._open

    def is_verb(self, node: Node, listed: frozenset[str]) -> bool:
        """Whether a token's lemma or form is in a set of verbs with their forms (the lemmas are often forms)."""
        lemma, form, *_ = self._known[node.form].keys
        return lemma in listed or form in listed

    def is_infinitive(self, node: Node) -> bool:
        """Whether a token that the parse takes for a noun is an infinitive: "vouloir « annexer » l'île"."""
        bare = node.pos in LOOSE and node.lower in self._verbs and node.find("det", "amod", "case") is None
        return bare and node.lower.endswith(self.words.infinitive_endings)

    def after_auxiliary(self, node: Node) -> bool:
        """Whether an auxiliary stands right before a token, whatever the parse makes of it ("d'avoir violé")."""
        left = node.left
        return left is not None and left.sentence == node.sentence and left.lower in self.words.auxiliaries

    def is_gerund(self, node: Node) -> bool:
        """Whether a token is an active participle behind its particle, whatever its tag ("en bombardant")."""
        left = node.left
        if left is None or not node.lower.endswith(self.words.active_endings):
            return False
        # "tuant deux personnes et blessant douze autres"
        joined = left.pos == "CCONJ" and node.pos == "NOUN" and node.lower in self._forms and self._active
        return left.lower in self.words.gerunds or joined

    def conditions(self, rule: Rule) -> tuple[Condition, ...]:
        """What has to stand around the triggers of a rule."""
        return self._conditions[id(rule)]

    def _conditions_of(self, rule: Rule) -> Iterable[Condition]:
        for role in ROLES:
            wanted, unwanted = self._lists.add(getattr(rule, role)), self._lists.add(getattr(rule, f"no_{role}"))
            if wanted is not None or unwanted is not None:
                yield Condition(role, wanted, unwanted)

    def meets(self, seen: Seen, wanted: Wanted, names: dict[int, Name]) -> bool:
        """Whether some of the tokens is one of the words or in one of the classes; `names` are those of the
        paragraph by token."""
        if wanted.bit & seen.bits:
            return True
        return bool(wanted.kinds) and any(self._is_kind(node, wanted.kinds, names) for node in seen.nodes)

    def seen(self, nodes: list[Node]) -> Seen:
        """What conditions look at in some tokens."""
        bits = 0
        for node in nodes:
            word = self._known[node.form]
            # "exécuté 200 civils": the noun is read as the adjective of its number
            counted = node.head is not None and node.head.pos == "NUM"
            counted = counted or (node.pos == "ADJ" and node.find("nummod") is not None)
            bits |= word.nominal if counted or node.dep in NOUN_LIKE else word.bits
        return Seen(nodes, bits)

    def _is_kind(self, node: Node, kinds: frozenset[str], names: dict[int, Name]) -> bool:
        name = names.get(node.i)
        if (name is not None and name.type in kinds) or (UNKNOWN in kinds and _unknown(node, names)):
            return True
        if NUMBER in kinds and (node.pos == "NUM" or node.text[0].isdigit() or self.is_a(node, "numbers")):
            return True
        if COUNTRY in kinds and self._nations.named(node.text) is not None:
            return True
        return NATION in kinds and self._nations.nationality(node.text) is not None

    def addressed(self, node: Node) -> bool:
        """Whether a phrase stands behind a verb that has a receiver: who blames, supplies or asks."""
        verb = next((above for above in node.ancestors() if above.pos in VERBAL), None)
        return verb is not None and verb.i < node.i and self.is_verb(verb, self.addresses)

    def is_country(self, words: str) -> bool:
        """Whether words are the name of a country."""
        return self._nations.named(words) is not None

    def is_a(self, node: Node, name: str) -> bool:
        """Whether a token's lemma or form is in a class."""
        return name in self._known[node.form].classes

    def among(self, node: Node, listed: frozenset[str]) -> bool:
        """Whether a token's lemma or form is one of the words listed."""
        return not listed.isdisjoint(self.keys(node))

    def preposition(self, node: Node) -> str:
        """The preposition in front of a nominal, without contraction; empty where there is none."""
        case = node.find("case")
        if case is None and node.dep == "nmod":
            # "l'offensive des rebelles" and an indefinite plural look alike; below a noun it is the preposition.
            case = next((c for c in node.all("det") if c.lower in self.words.contracted), None)
        if case is None:
            return ""
        first = case.left
        if first is not None and first.lower in self.words.prepositions.heads:
            case = first
        return self.words.prepositions.full.get(case.lower, case.lower)


def _unknown(node: Node, names: dict[int, Name]) -> bool:
    """A proper noun by its tag, or by a capital inside a sentence, that no layer knows."""
    capital = node.text[0].isupper() and node.left is not None and node.left.sentence == node.sentence
    return node.i not in names and (node.pos == "PROPN" or (capital and node.text[1:].islower()))


def is_joined_participle(node: Node) -> bool:
    """A bare noun coordinated with a passive verb is its second participle ("ont été tués et blessés")."""
    head = node.head
    if node.dep != "conj" or node.pos in VERBAL or head is None or head.pos not in VERBAL:
        return False
    return head.find("aux:pass", "aux:tense") is not None and node.find("det", "nummod", "amod", "case") is None


def hyphenated(node: Node) -> str | None:
    """The whole word that a token ends, where the tokeniser has cut it at its hyphen ("cease-fire")."""
    hyphen = node.left
    first = hyphen.left if hyphen is not None and hyphen.text == "-" and hyphen.end == node.start else None
    return f"{first.lower}-{node.lower}" if first is not None and hyphen and first.end == hyphen.start else None


@functools.cache
def lexicon(pack: LanguagePack) -> Lexicon:
    """The index of a pack, made once."""
    return Lexicon(pack)
