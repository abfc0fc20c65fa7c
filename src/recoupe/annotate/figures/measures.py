"""What happened to what is counted: the word that says so is looked for in the tree around it.

Every word of a measure in the sentence is a candidate; it must stand to what is counted as its role asks (a verb's
object or passive subject, a noun's complement …), and the one with the shortest way wins.
"""

from dataclasses import dataclass
from itertools import takewhile

from ...model.records import Measure
from ..tree import Node
from .counted import Counted
from .lists import Sense
from .verbs import has_own, is_active, verb_before
from .ways import CLAUSE, FARTHEST, NEAR, STEP, leader, relative_clause, ways_above
from .words import Lexicon

# A word that modifies what is counted, or is said of it by a verb, is nearer than the verb itself.
MODIFIER, PREDICATE = 0.5, 0.2
# A relative clause tells what is known, the verb of the sentence what is new.
RELATIVE = 1.1
# The verb right before the number.
ADJACENT = 0.6
# A noun of what had happened before ("prisonniers"): any verb of its own is nearer.
STATE = 2.0
# "Parmi les morts figurent deux enfants".
AMONG = 1.0
# What the verb of the wounded says makes them dead: "trois des huit blessés sont morts".
HARMED: frozenset[Measure] = frozenset({"killed", "wounded", "captured", "missing"})
DYING = ("subjects", "adjectives")
# The same without the tree: a base, and each word on the way.
LINEAR, WORD = 2.0, 0.15
DOWNED: frozenset[Measure] = frozenset({"destroyed", "intercepted"})
CLAUSES = ("acl", "acl:relcl", "advcl", "ccomp", "parataxis", "csubj")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that gives a measure, how far it is, and the role of what is counted."""

    node: Node
    measures: tuple[Measure, ...]
    cost: float
    role: str


class Surroundings:
    """What is counted, as a place in its sentence from which the ways to the words around it are measured."""

    def __init__(self, counted: Counted, inside: list[Node], words: Lexicon, aside: range = range(0)) -> None:
        self.counted, self.anchor, self.words = counted, counted.anchor, words
        self.aside = aside  # a part told between commas: "civils, parmi lesquels dix enfants, ont péri"
        self.own = {node.i for node in counted.nouns} or {counted.anchor.i}
        self.unit = self.own | {node.i for node in inside}
        self.last = max(self.own)
        self.ways, self.beyond = ways_above(self.own, self.unit, self.anchor.tree, self.is_bare(), words)
        self.before = verb_before(self.anchor.tree.nodes[min(self.unit)], words)
        self.relative = range(0) if counted.part else relative_clause(self.last, self.ways, self.anchor.tree)

    def find(self, cues: dict[int, list[Sense]], whole: bool) -> Cue | None:
        """The nearest fitting word. `whole`: another number is a part of this one and has the verb; only what follows
        or belongs to the noun is asked."""
        best: Cue | None = None
        fatal: Cue | None = None
        news: Cue | None = None  # a verb above that tells what became of what had been launched
        fate: Cue | None = None  # what befell those who had been sent
        plain: Cue | None = None  # the nearest of the words that tell of nothing that has a measure
        for i, senses in cues.items():
            node = self.anchor.tree.nodes[i]
            if not self._is_near(node) or (whole and i < min(self.own)):
                continue
            fitting = [(cost, sense) for sense in senses if (cost := self.cost(node, sense, whole)) is not None]
            least = min((cost for cost, _ in fitting), default=FARTHEST + 1)
            if least > FARTHEST:
                continue
            chosen = [sense for cost, sense in fitting if cost == least]
            if self._is_of_subject(node) and any(s.measure == "killed" and s.role in DYING for s in chosen):
                fatal = Cue(node, ("killed",), least, "subjects")
            if fatal is None and self._is_killed(node) and any(s.measure == "killed" for s in chosen):
                fatal = Cue(node, ("killed",), least, "objects")
            if all(sense.measure == "other" for sense in chosen):
                if plain is None or least < plain.cost:
                    plain = Cue(node, ("other",), least, chosen[0].role)
                continue
            roles = [sense.role for sense in chosen]
            role = "nouns" if "nouns" in roles else roles[0]
            cue = Cue(node, tuple(s.measure for s in chosen if s.measure != "other"), least, role)
            if best is None or least < best.cost:
                best = cue
            if self._is_of_subject(node) and not HARMED.isdisjoint(cue.measures):
                fate = cue
            if node.i in self.ways and not DOWNED.isdisjoint(cue.measures) and role == "objects":
                news = cue
        if news is not None and best is not None and self._is_old(best) and self._is_done(news.node):
            return news
        if (
            fate is not None
            and best is not None
            and best.measures == ("deployed",)
            and best.cost in (MODIFIER, RELATIVE)
        ):
            return fate  # "douze casques bleus déployés au Liban ont été blessés"
        if fatal is not None and best is not None and best.cost == 0.0 and best.role == "nouns":
            return fatal  # "trois des huit blessés sont morts"
        if fatal is not None and best is not None and "wounded" in best.measures and best.node is not fatal.node:
            return fatal  # "six prisonniers blessés ont été exécutés"
        return plain if plain is not None and (best is None or self._overrules(plain, best)) else best

    def _is_old(self, best: Cue) -> bool:
        """Whether a word only says that what is counted had been launched, and the verb of the sentence what became of
        it: "a abattu trois missiles lancés par l'ennemi"."""
        return best.measures == ("launched",) and best.role != "acts" and best.cost in (MODIFIER, RELATIVE)

    def _is_done(self, verb: Node) -> bool:
        """Whether a verb above is done to what is counted: before it, or in the passive."""
        return verb.i < min(self.unit) or self.ways[verb.i][1] == "nsubj:pass"

    def _is_of_subject(self, node: Node) -> bool:
        """Whether what is counted is the subject of a word."""
        return node.i in self.ways and self.ways[node.i][1].startswith("nsubj")

    def _is_killed(self, node: Node) -> bool:
        """Whether what is counted is the subject of a passive."""
        return node.i in self.ways and self.ways[node.i][1] == "nsubj:pass"

    def _is_near(self, node: Node) -> bool:
        """Whether a word is in the sentence, or its first verb where the parser cut the sentence before it."""
        if node.sentence == self.anchor.sentence:
            return True
        between = self.anchor.tree.nodes[self.last + 1 : node.i]
        if self._is_cut_off(node):
            return True
        return (
            node.i > self.last and len(between) <= NEAR and bool(between) and all(one.pos == "AUX" for one in between)
        )

    def _is_cut_off(self, node: Node) -> bool:
        """Whether the parser ended the sentence before its verb: "Mille soldats, appuyés par des drones" | ", ont été
        engagés"."""
        if node.sentence != self.anchor.sentence + 1 or self.anchor.dep != "ROOT":
            return False
        opening = self.anchor.tree.nodes[self.anchor.tree.sentences[node.sentence][0].i : node.i]
        return any(one.pos == "AUX" for one in opening) and all(one.pos in ("AUX", "ADV", "PUNCT") for one in opening)

    def _overrules(self, plain: Cue, best: Cue) -> bool:
        """Whether a word without a measure stands between the number and the best word that has one: "détruites, de
        quoi nourrir 200 personnes", "la libération de 50 otages"; those who fled have done so whatever they do now."""
        if best.role == "states":
            return plain.cost < best.cost and "captured" in best.measures
        if "captured" in best.measures and best.cost == MODIFIER and plain.node.i in self.ways:
            return plain.cost <= STEP  # "a relâché 200 soldats capturés": the verb is the news
        above = plain.node.i in self.ways and any(node is best.node for node in plain.node.ancestors())
        return above and plain.cost < best.cost

    def cost(self, node: Node, sense: Sense, whole: bool) -> float | None:
        """How far a word is from what is counted, None where it does not stand in its role to it."""
        if node.i in self.own and self.words.is_state(node):
            return STATE if self.counted.nouns and sense.role == "states" else None
        if node.i in self.own:
            told = sense.role in ("nouns", "adjectives") or (sense.role == "objects" and self.words.is_participle(node))
            return 0.0 if self.counted.nouns and told else None
        if node.i > self.last and sense.role in ("nouns", "states") and self._figures_among(node):
            return AMONG
        if node.i not in self.unit and (number := self.words.number_of(node)) and number.i not in self.unit:
            return None  # "43 morts et 330 000 déplacés": a count of its own
        if sense.role in ("nouns", "states") and node.i not in self.unit:
            return AMONG if self._is_among(node) else None
        if sense.role == "nouns" or node.i in self.unit:
            return None
        if node.sentence != self.anchor.sentence and self._is_cut_off(node):
            passive = node.left is not None and node.left.pos == "AUX" and not is_active(node, self.words)
            return STEP if sense.role == ("objects" if passive else "subjects") else None
        if sense.role == "means":
            return self._means(node)
        if sense.role == "acts":
            return self._act(node, sense)
        if sense.role == "adjectives" and not whole and self._is_said(node):
            return STEP
        if node.i in self.relative:
            return self._relative_clause(node, sense)
        if node is self.before and sense.role == "objects" and node.pos not in ("ADJ", "ADP"):
            return ADJACENT  # "blessant quatre", "tués 12": nothing is nearer to a number than the verb before it
        if self.aside and self._beside(node, sense) == STEP:
            return STEP  # "cinq soldats, parmi lesquels un officier, ont été tués"
        if node.head is not None and node.head.i in self.unit and node.i not in self.ways:
            cost = self._modifier(node, sense)
            # "12 des 15 missiles tirés": what follows tells of the whole before it tells of the part.
            return cost + STEP if cost is not None and self.counted.part else cost
        if whole:
            return None
        if node.i in self.ways:
            cost, label = self.ways[node.i]
            return cost if self._stands(node, sense, label) else None
        return self._predicate(node, sense) or self._beside(node, sense)

    def _is_said(self, node: Node) -> bool:
        """Whether only an auxiliary and adjectives stand between what is counted and a word, which the tagger may take
        for a noun: "huit de mes parents sont morts"."""
        after = self.anchor.tree.nodes[self.last + 1 : node.i] if node.pos != "VERB" else []
        between = [one for one in after if one.i not in self.aside]
        return bool(between) and between[-1].pos == "AUX" and all(one.pos in ("AUX", "ADJ", "ADV") for one in between)

    def _figures_among(self, node: Node) -> bool:
        """Whether what is counted is said to be among those of a noun after it: "treize soldats figurent parmi les 20
        victimes"."""
        led = leader(node)
        if led is None or self.words.plain(led) not in self.words.words.counted.among or led.left is None:
            return False
        between = self.anchor.tree.nodes[self.last + 1 : led.i]
        verbs = [token for token in between if token.pos in ("VERB", "AUX")]
        passive = all(one.pos == "AUX" for one in verbs[:-1])  # "sont rapportés parmi les tués"
        return bool(verbs) and passive and verbs[-1].i in self.ways and len(between) <= CLAUSE

    def _is_among(self, node: Node) -> bool:
        """Whether what is counted is said to be among those of a noun before it: "parmi les morts figurent deux"."""
        barred = (
            ("PUNCT", "NOUN", "SCONJ") if self.counted.nouns else ("NOUN", "SCONJ")
        )  # "parmi les blessés, quatre sont"
        if not 0 < min(self.unit) - node.i <= NEAR or any(
            token.pos in barred for token in self.anchor.tree.nodes[node.i + 1 : min(self.unit)]
        ):
            return False
        led = leader(node)
        return led is not None and self.words.plain(led) in self.words.words.counted.among

    def _act(self, node: Node, sense: Sense) -> float | None:
        """ "la mort de 12 personnes": the number's noun hangs on the act's."""
        if node.i >= self.anchor.i or node.i not in self.ways or node.pos not in ("NOUN", "PROPN"):
            return None
        led = self.anchor.tree.nodes[min(self.unit)].left
        away = led is not None and led.pos == "ADP" and self.words.plain(led) not in self.words.words.counted.of
        if away and sense.measure != "other":
            return None  # "un essaim de drones contre 11 positions"
        cost, label = self.ways[node.i]
        return cost if cost <= 2 * STEP and label.startswith(("nmod", "obl")) else None

    def _means(self, node: Node) -> float | None:
        """ "attaquer la ville avec 67 drones": the verb's, behind the preposition of a means."""
        if node.i not in self.ways or node.i > self.anchor.i:
            return None
        led = self.anchor.tree.nodes[min(self.unit)].left
        return (
            self.ways[node.i][0]
            if led is not None and self.words.plain(led) in self.words.words.counted.means
            else None
        )

    def _relative_clause(self, node: Node, sense: Sense) -> float | None:
        """ "véhicules qui ont explosé", "drones que la Russie a lancés": in the clause right after the noun."""
        between = self.anchor.tree.nodes[self.last + 2 : node.i]
        has_subject = any(token.pos in ("NOUN", "PROPN") for token in between)
        if sense.role == "subjects":
            return None if has_subject else RELATIVE
        if sense.role == "objects":
            return RELATIVE if has_subject or not is_active(node, self.words) else None
        return RELATIVE if not has_subject else None

    def _modifier(self, node: Node, sense: Sense) -> float | None:
        """ "30 chars détruits", "wounded soldiers"."""
        one = node.pos == "ADJ" or node.morph("VerbForm") == "Part"
        grouped = self.anchor.head is not None and self.words.is_group(
            self.anchor.head
        )  # "un groupe de 13 otages libéré"
        alone = node.morph("Number") == "Sing" and not node.lower.endswith(self.words.words.forms.plurals)
        if one and alone and self._is_plural() and not grouped:
            return None  # "un bâtiment de cinq étages détruit"
        if node.dep.startswith("nsubj") or node.dep in ("csubj", "advcl"):
            return None
        own_object = any(child.dep == "obj" for child in node.children)
        own_subject = any(child.dep.startswith("nsubj") and child.pos != "PRON" for child in node.children)
        far = node.dep in ("conj", "nmod", "appos", "dep") and abs(node.i - self.last) > NEAR
        if not node.dep.startswith("acl") and (own_subject or far):
            return None
        if node.dep.startswith("acl"):
            if own_object and sense.role == "objects":
                return None
            near = RELATIVE if node.dep == "acl:relcl" else MODIFIER
            if sense.role == "subjects":
                return None if own_subject else near
            if any(child.dep == "nsubj:pass" and child.pos != "PRON" for child in node.children):
                return None
            return near if sense.role == "adjectives" or own_subject or not is_active(node, self.words) else None
        if sense.role == "subjects" and node.morph("VerbForm") != "Part":
            return None
        if sense.role == "objects" and (own_object or node.morph("Tense") == "Pres"):
            return None
        return MODIFIER if node.dep in ("amod", "appos", "conj", "xcomp", "compound", "nmod") else STEP

    def _stands(self, node: Node, sense: Sense, label: str) -> bool:
        """Whether what is counted stands to a word above it as the sense's role asks."""
        if node.i in self.beyond and not sense.paired:
            return False
        after = min(self.unit) > node.i
        if sense.role == "subjects":
            if after and label == "obj" and self._is_caused(node):
                return True  # "a fait fuir 350 habitants"
            own_subject = any(child.dep.startswith("nsubj") and child.i < node.i for child in node.children)
            if sense.measure == "other" and not (label.startswith("nsubj") or self._leads_to(node)):
                return False
            return label != "obl:agent" and (not after or not own_subject)
        if sense.role == "adjectives":
            acts = node.find("obj") is not None and is_active(node, self.words)
            return not after and label.startswith("nsubj") and not acts
        if label == "obl:agent":
            return False
        if after and label in CLAUSES and node.find("aux:pass") is not None:
            return False  # "emmené à l'hôpital, où deux policiers l'ont entendu"
        if sense.paired and after:
            return not label.startswith("obl") or (self.is_bare() and not self._is_apart(node)) or self._is_via(sense)
        if not after:
            has_object = any(child.dep in ("obj", "iobj") and child.i > node.i for child in node.children)
            return label == "nsubj:pass" or not (is_active(node, self.words) or has_object)
        if label.startswith("obl") or label in ("nmod", "advcl", "acl"):
            return self.is_bare()
        return is_active(node, self.words) or label in ("obj", "xcomp", "nsubj:pass", "conj")

    def _is_apart(self, verb: Node) -> bool:
        """Whether what is counted stands in a clause of its own below a verb ("emmené à l'hôpital où deux …")."""
        up = takewhile(lambda node: node is not verb, (self.anchor, *self.anchor.ancestors()))
        return any(node.dep in CLAUSES for node in up)

    def _is_caused(self, verb: Node) -> bool:
        """Whether an infinitive follows a verb of causing, so that its object is who does it."""
        left = verb.left
        return (
            verb.morph("VerbForm") == "Inf"
            and left is not None
            and self.words.lemma(left) in self.words.words.sides.causes
        )

    def _leads_to(self, verb: Node) -> bool:
        """Whether only its own small words stand between what is counted and a verb: "détenus s'étaient évadés"."""
        return verb.i > self.last and all(
            node.pos in ("PRON", "AUX") for node in self.anchor.tree.nodes[self.last + 1 : verb.i]
        )

    def _is_plural(self) -> bool:
        return self.anchor.morph("Number") == "Plur" and len(self.counted.nouns) == 1

    def is_bare(self) -> bool:
        """Whether no preposition stands before what is counted: "a tué 30", not "a tué dans 30"."""
        first = self.anchor.tree.nodes[min(self.unit)]
        return first.left is None or first.left.pos != "ADP"

    def _is_via(self, sense: Sense) -> bool:
        first = self.anchor.tree.nodes[min(self.unit)]
        return first.left is not None and self.words.plain(first.left) in sense.via

    def _predicate(self, node: Node, sense: Sense) -> float | None:
        """ "ont été portés disparus", "were reported dead": said of the verb's subject."""
        if node.head is None or node.head.i not in self.ways or node.i < self.anchor.i:
            return None
        cost, label = self.ways[node.head.i]
        if node.dep == "conj" and label.startswith("nsubj") and not has_own(node):
            fits = sense.role == "subjects" or (sense.role == "objects" and not is_active(node, self.words))
            return cost + MODIFIER if fits else None  # "ont été secourues et évacuées": one subject
        if (
            node.dep == "advcl"
            and node.head.morph("Tense") == "Pres"
            and node.head.pos == "VERB"
            and label.startswith("nsubj")
        ):
            taken = sense.role == "objects" and node.find("aux:pass") is not None and not has_own(node)
            return cost - MODIFIER if taken else None  # "Trois drones visant X ont été abattus", hung on the participle
        if sense.role == "subjects" and node.morph("VerbForm") == "Inf" and label.startswith("nsubj"):
            return cost + MODIFIER  # "ont été forcées de fuir"
        if sense.role == "subjects" or (node.pos == "VERB" and is_active(node, self.words)):
            return None
        seen = label == "obj" and node.dep == "xcomp"  # "a vu 30 chars détruits"
        if not (label.startswith("nsubj") or seen):
            return None
        return cost + PREDICATE if node.dep in ("xcomp", "obj", "obl:arg", "amod", "advmod", "dep", "acl") else None

    def _beside(self, node: Node, sense: Sense) -> float | None:
        """The same clause read as a row of words, for where the tree goes wrong."""
        first, last = (self.last, node.i) if node.i > self.last else (node.i, min(self.unit))
        between = [token for token in self.anchor.tree.nodes[first + 1 : last] if token.i not in self.aside]
        helped = bool(between) and all(token.pos == "AUX" for token in between) and node.i > self.last
        if helped and node.pos in ("VERB", "ADJ") and not is_active(node, self.words) and sense.role == "objects":
            return STEP  # "plus de 200 ont été blessées": nothing stands between, whatever the tree says
        if helped and self.aside and node.pos == "VERB" and is_active(node, self.words) and sense.role == "subjects":
            return STEP  # "douze personnes, dit la police, ont péri"
        if sense.paired and node.pos == "ADP" and sum(token.pos == "VERB" for token in between) == 1:
            between = [token for token in between if token.pos != "VERB" or token.i not in self.ways]
        if any(token.pos in ("SCONJ", "VERB") or token.text in (";", ":", ".", "(", ")") for token in between):
            return None
        if sense.role == "adjectives" and not 0 < node.i - self.last <= 3:
            return None
        if self._is_others(node):
            return None
        if node.i > self.last:
            governs = any(child.dep == "obj" and child.i > node.i for child in node.children)
            if sense.role == "objects" and (governs or is_active(node, self.words)):
                return None
        elif sense.paired and node.pos == "ADP" and self._is_via(sense):
            pass  # "est sans nouvelles de 17 employés"
        elif (
            sense.role != "objects"
            or not (is_active(node, self.words) or node.morph("Tense") == "Pres")
            or not self.is_bare()
        ):
            return None
        if any(token.pos == "PUNCT" for token in between) and len(between) > 4:
            return None
        return LINEAR + WORD * len(between)

    def _is_others(self, node: Node) -> bool:
        """Whether a word after what is counted has another noun of its own there: its subject, or what it modifies."""
        if node.dep in ("acl", "amod", "acl:relcl") and node.head is not None and node.head.i > self.last:
            return True
        own = (child for child in node.children if child.dep.startswith("nsubj") and child.i not in self.aside)
        return any(child.i > self.last for child in own)
