"""Who did what a figure counts: the agent or subject of its verb, what caused it, the attack told of beside it."""

from ...model.records import Claim, Event, EventType, Span
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node, Tree
from .allegiance import Allegiances
from .making import Found
from .subjects import doer_of, subject_of
from .verbs import has_own
from .words import Lexicon

ATTACKS: frozenset[EventType] = frozenset({"strike", "violation"})
FIGHTS: frozenset[EventType] = ATTACKS | {"ground", "invasion"}
# How many words after a passive its agent is looked for, and around a fight the one that was fought.
AGENT = 10
# How many sentences back a pronoun's own word is looked for.
BACK = 2
FOUGHT = 9
# Labels on the way from a noun to the one that has the verb.
BESIDE = ("conj", "appos", "nummod", "flat", "fixed", "dep", "flat:name")
MADE = ("obj", "obl:arg", "dep")
NOMINAL = ("NOUN", "PROPN", "ADJ", "ADP", "DET")


class Doers:
    """The doers of one article's figures."""

    def __init__(self, draft: Draft, words: Lexicon, allegiances: Allegiances) -> None:
        self.draft, self.words, self.allegiances = draft, words, allegiances
        events = draft.layer(Event)
        self.events = Shelf(events, lambda event: [event.span])
        self.counted: dict[tuple[int, int], str] = {}  # whose the things counted so far are, by where their noun stands
        told = [(event, self._fighter(event)) for event in events if event.type in FIGHTS]
        self.blows = [(event.start, side) for event, side in told]
        self.fights = bool(told)
        fights = [(event, side) for event, side in told if side]
        self.blows += (fired := self._fired())
        self.strikers = {side for _, side in (*fights, *fired)}
        hits = {side for event, side in fights if event.type in ATTACKS} | {side for _, side in fired}
        self.raider = next(iter(hits)) if len(hits) == 1 == len(self.strikers) else None  # who alone attacks
        allegiances.fighters = frozenset(self.strikers)
        struck = ((side, self.of_span(event.target) or self.of_span(event.place)) for event, side in fights)
        allegiances.fought.update((side, other) for side, other in struck if other is not None and other != side)

    def _fighter(self, event: Event) -> str | None:
        """Who fights, by the event's doer or the nationality beside its word."""
        tree = self.draft.tree_at(event.start)
        return self.striker(event, tree) if tree is not None else None

    def _fired(self) -> list[tuple[int, str]]:
        """Where the article speaks of what an armed group fires: "sous les obus des Forces de soutien rapide"."""
        found: list[tuple[int, str]] = []
        for name in self.allegiances.names:
            if name.entity not in self.allegiances.armed or (node := self.draft.node_at(name.start)) is None:
                continue
            led = node.left
            while led is not None and led.pos in ("DET", "ADP") and node.i - led.i < 3:
                led = led.left
            if led is None or led.right is node:
                continue
            fired = "projectiles" in (self.words.kind(led.lemma), self.words.kind(led.lower))
            if fired or self.words.lemma(led) in self.words.words.sides.attacks:
                found.append((led.start, name.entity))
        return found

    def _blamed_for(self, attack: Node) -> str | None:
        """Who says that an attack is its doing, or is said to have made it: "X revendique l'attentat", "Bamako impute
        l'assaut à X"."""
        verb, sides = attack.head, self.words.words.sides
        if verb is None or attack.dep not in MADE or attack.i < verb.i:
            return None
        if self.words.lemma(verb) in sides.authors:
            subject = verb.find("nsubj")
            return self._side(subject) if subject is not None else None
        if self.words.lemma(verb) not in sides.imputes:
            return None
        for child in verb.children:
            led = child.find("case") if child.i > attack.i else None
            if led is not None and self.words.plain(led) in sides.imputed:
                return self._side(child)
        return None

    def tells_fight(self, span: Span) -> bool:
        """Whether some words tell of a fight."""
        return any(event.type in FIGHTS and span[0] <= event.start < span[1] for event in self.events.near(span))

    def of(self, one: Found) -> str | None:
        """The side that the figure's verb names, or that of what caused it."""
        doer = self._doer(one)
        return self._side(doer) if doer is not None else self._cause(one.counted.anchor)

    def _doer(self, one: Found) -> Node | None:
        anchor = one.counted.anchor
        cue = one.cue.node if one.cue is not None else anchor
        numbered = cue.left is not None and cue.left.pos == "NUM"
        own = numbered or (cue is anchor and cue.pos == "NOUN")  # "14 blessés", "2 339 évacués": nouns have no subject
        made = cue.head if cue.pos == "NOUN" and cue.dep in MADE else None
        if made is not None and self.words.lemma(made) in self.words.words.sides.makers:
            return doer_of(made, anchor)  # "a mené 49 frappes"
        if one.cue is None or self._mourns(cue):
            return None
        return self._agent(cue) or (doer_of(cue, anchor) if not own else None) or self._author(cue)

    def _mourns(self, verb: Node) -> bool:
        return self.words.lemma(verb) in self.words.words.sides.mourns

    def loses(self, verb: Node) -> bool:
        """Whether a verb tells what its own subject lost."""
        return any(sense.measure == "lost" for sense in self.words.of(verb))

    def mourner(self, one: Found) -> str | None:
        """Whose own the dead are: the subject of a verb of mourning ("Israël déplore 51 morts")."""
        verb = next((above for above in one.counted.anchor.ancestors() if above.pos in ("VERB", "AUX")), None)
        subject = verb.find("nsubj") if verb is not None and (self.loses(verb) or self._mourns(verb)) else None
        return self._side(subject) if subject is not None else None

    def _author(self, cue: Node) -> Node | None:
        """Who says that what the word tells of is their doing: "a revendiqué la capture de 12 soldats"."""
        node = cue
        for above in cue.ancestors():
            if above.pos in ("VERB", "AUX") or self.words.lemma(above) in self.words.words.sides.authors:
                claims = self.words.lemma(above) in self.words.words.sides.authors
                return next((c for c in above.children if claims and c.dep.startswith("nsubj")), None)
            if node.dep not in ("conj", "nmod", "acl", "obj", "amod", "acl:relcl"):
                return None
            node = above
        return None

    def blamed(self, anchor: Node) -> str | None:
        """The side that is accused of what is counted: "a accusé les Houthis de 1 600 violations"."""
        for above in anchor.ancestors():
            if self.words.lemma(above) in self.words.words.sides.blames:
                blamed = above.find("obj")
                return self._side(blamed) if blamed is not None and blamed.i < anchor.i else None
        return None

    def is_unknown(self, one: Found) -> bool:
        """Whether the sentence says who did it, and no one knows whose they are: "par des hommes armés"."""
        doer = self._doer(one)
        if doer is None or doer.pos != "NOUN" or self._side(doer) is not None:
            return False
        vague = any(child.morph("Definite") == "Ind" for child in doer.all("det"))
        return self.words.is_irregular(doer.lemma) or (vague and self.words.kind(doer.lemma) == "people")

    def is_own_deed(self, one: Found) -> bool:
        """Whether an infinitive without a subject tells it, so that the one who says it did it: "affirme avoir capturé
        1 450 militaires"."""
        if one.cue is None or one.cue.role != "objects" or one.cue.node.pos != "VERB":
            return False
        verb = one.cue.node
        chain = [verb, *([verb.head] if verb.dep == "conj" and verb.head is not None else [])]
        if any(child.dep.startswith("nsubj") or child.dep == "aux:pass" for node in chain for child in node.children):
            return False
        return any(
            node.morph("VerbForm") == "Inf"
            for one in chain
            for node in (one, *one.children)
            if node.pos in ("VERB", "AUX")
        )

    def is_ours(self, one: Found) -> bool:
        """Whether those who speak did it: "nous avons saisi 12 fusils et arrêté 30 suspects"."""
        if one.cue is None or one.cue.role != "objects" or one.cue.node.pos != "VERB":
            return False
        verb = one.cue.node
        chain = [verb, *([verb.head] if verb.dep == "conj" and verb.head is not None else [])]
        subjects = (child for node in chain for child in node.children if child.dep == "nsubj")
        return any(subject.pos == "PRON" and subject.morph("Person") == "1" for subject in subjects)

    def orderer(self, one: Found) -> str | None:
        """Who has what the figure's noun tells of done: "il a ordonné l'envoi de 400 hommes"."""
        cue = one.cue.node if one.cue is not None else None
        while cue is not None and cue.dep == "nmod":
            cue = cue.head  # "l'envoi d'un renfort de 400 hommes"
        verb = cue.head if cue is not None and cue.dep in MADE else None
        doer = doer_of(verb, one.counted.anchor) if verb is not None and verb.pos == "VERB" else None
        return self._side(doer) if doer is not None else None

    def names(self, one: Found) -> Node | None:
        """The doer's own word."""
        return doer_of(one.cue.node, one.counted.anchor) if one.cue is not None else None

    def subject(self, anchor: Node) -> Node | None:
        """The subject of the clause that a number stands in."""
        for above in anchor.ancestors():
            if above.pos in ("VERB", "AUX"):
                subject = subject_of(above)
                if subject is not None or above.morph("VerbForm") == "Fin":
                    return subject
        return None

    def _side(self, doer: Node) -> str | None:
        if doer.pos == "PRON":
            meant = self._antecedent(doer)
            return self._side(meant) if meant is not None else None
        if (side := self.counted.get((id(doer.tree), doer.i))) is not None:
            return side  # "140 roquettes se sont abattues et ont fait neuf blessés"
        own = [event for event in self.events.near(doer.span) if event.start <= doer.start < event.end]
        # "Le bombardement du consulat iranien a fait 13 morts": whom it hit did not do it
        phrase = [doer, *(n for n in self.phrase(doer) if not any(self._is_struck(n, event) for event in own))]
        joined = {self.allegiances.nation(node) for node in (doer, *doer.all("conj"))} - {None}
        if len(joined) > 1:
            return None  # "la Russie et la Biélorussie"
        if self.words.lemma(doer) in self.words.words.sides.attacks:
            phrase = [node for node in phrase if not self.allegiances.is_town(node)]  # "la frappe de Soumy": its target
        return self.allegiances.only(phrase) or self._body(doer)

    def _body(self, doer: Node) -> str | None:
        """The armed group that the article has named so far, for "le mouvement", "les jihadistes"."""
        lemma, article = self.words.lemma(doer), doer.find("det")
        if article is None or article.morph("Definite") != "Def":
            return None
        fits = lemma in self.words.words.sides.bodies or self.words.is_irregular(doer.lemma)
        return self.allegiances.group() if fits else None

    def _antecedent(self, pronoun: Node) -> Node | None:
        """Whom a personal pronoun stands for: the subject of the nearest sentence before that agrees with it."""
        number, gender = pronoun.morph("Number"), pronoun.morph("Gender")
        sentences = pronoun.tree.sentences
        for sentence in reversed(sentences[max(0, pronoun.sentence - BACK) : pronoun.sentence]):
            for node in sentence:
                if not node.dep.startswith("nsubj") or node.pos not in ("NOUN", "PROPN"):
                    continue
                if node.morph("Number") in ("", number) and node.morph("Gender") in ("", gender):
                    return node
        return None

    def _cause(self, anchor: Node) -> str | None:
        """ "Des drones russes font trois morts": the subject of a verb of causing, or its agent."""
        subject = self._causing(anchor)
        if subject is None or subject.pos == "PRON" or self._is_fought(subject):
            return None
        return self._side(subject)

    def _causing(self, anchor: Node) -> Node | None:
        """The subject of the verb of causing whose object is counted: "a fait 12 morts", not "a fait état de 12"."""
        node = anchor
        for above in anchor.ancestors():
            if above.pos in ("VERB", "AUX"):
                if self.words.lemma(above) not in self.words.words.sides.causes or above.sentence != anchor.sentence:
                    return None
                if any(c.dep == "obj" and c is not node and not self.words.of(c) for c in above.children):
                    return None  # "a fait état de 12 morts"
                one = above.head if above.dep == "conj" and above.head is not None and not has_own(above) else above
                return next((c for c in one.children if c.dep.startswith("nsubj") and c.i < anchor.i), None)
            if node.dep not in BESIDE and not self.words.is_group(above):
                return None
            node = above
        return None

    def _is_fought(self, subject: Node) -> bool:
        """Whether a word tells of a fight, whose dead are both sides', and of no one's alone ("l'offensive russe")."""
        adjectives = [node for node in self.phrase(subject) if node.pos == "ADJ"]
        if sum(self.allegiances.nation(node) is not None for node in adjectives) == 1:
            return False
        return any(
            event.type in ("ground", "invasion") and subject.start < event.end and event.start < subject.end
            for event in self.events.near(subject.span)
        )

    def _agent(self, cue: Node) -> Node | None:
        """The agent of a passive: what "by" leads to, on the verb or one joined to it ("tuées et 14 autres blessées par
        une attaque"), or as the words have it where the tree hangs it elsewhere ("livrés à A par B")."""
        # "… tués par l'armée et un soldat a été blessé": a clause of its own
        apart = cue.find("aux:pass") is not None and cue.find("nsubj", "nsubj:pass") is not None
        joined = [cue, *cue.all("conj"), *([cue.head] if cue.dep == "conj" and cue.head and not apart else [])]
        for verb in joined:
            if (agent := verb.find("obl:agent")) is not None:
                return agent
            for child in verb.children:
                led = child.find("case") if child.dep.startswith("obl") else None
                if led is not None and self.words.plain(led) in self.words.words.sides.agents and child.i > verb.i:
                    return child
        if cue.find("aux:pass") is None:
            return None
        node, seen = cue.right, 0
        while node is not None and seen < AGENT and node.pos not in ("VERB", "AUX", "SCONJ") and node.text not in ";.":
            if self.words.plain(node) in self.words.words.sides.agents and node.right is not None:
                return node.right
            node, seen = node.right, seen + 1
        return None

    def of_span(self, span: tuple[int, int] | None) -> str | None:
        """The side of the words at a span."""
        if span is None:
            return None
        tree = self.draft.tree_at(span[0])
        return self.allegiances.of_nodes(tree.within(span)) if tree is not None else None

    def attacker(self, one: Found, event: Event | None, claims: list[Claim]) -> str | None:
        """Who struck: the doer of the figure's event, else of the nearest attack told in its sentence."""
        if event is not None and event.actor is not None:
            start, end = event.actor
            if not any(c.source is not None and start < c.source[1] and c.source[0] < end for c in claims):
                return self.of_span(event.actor)
        if one.cue is not None and one.cue.node.find("obl:agent") is not None and not self._is_attack(one.cue.node):
            return None  # someone else is named, of a side that is not known
        if self.is_unknown(one):
            return None
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        inside = one.tree.start, one.tree.end
        end = _end(one)
        attacks = [e for e in self.events.near(inside) if e.type in ATTACKS and one.tree.start <= e.start]
        near = [e for e in attacks if sentence[0].start <= e.start < end]
        if not near:  # told in a sentence before, and its harm now
            near = [e for e in attacks if e.start < sentence[0].start]
        sided = [(abs(e.start - one.span[0]), side) for e in near if (side := self.striker(e, one.tree)) is not None]
        return min(sided)[1] if sided else None

    def _is_attack(self, cue: Node) -> bool:
        """Whether what did it is an attack, whose doer is told elsewhere."""
        agent = cue.find("obl:agent")
        return agent is not None and self.words.lemma(agent) in self.words.words.sides.attacks

    def striker(self, attack: Event, tree: Tree) -> str | None:
        """Whose attack it is: its doer's, else that of the nationality in its phrase ("bombardements israéliens", "une
        attaque de drones russes")."""
        if attack.actor is not None:
            return self.of_span(attack.actor)
        head = next((node for node in tree.within(attack.span) if node.pos == "NOUN"), None)
        if head is None:
            return None
        struck = [span for span in (attack.target, attack.place) if span is not None]
        beside = [
            node
            for node in (head.left, *self.phrase(head))
            if node is not None and node.pos == "ADJ" and not any(start <= node.start < end for start, end in struck)
        ]
        sides = {side for node in beside if (side := self.allegiances.nation(node)) is not None}
        return sides.pop() if len(sides) == 1 else self._blamed_for(head)

    def fought(self, one: Found, party: str) -> str | None:
        """Whom a side fought in the sentence: "tués dans des affrontements avec l'Azerbaïdjan"."""
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        for event in self.events.near((sentence[0].start, sentence[-1].end)):
            if event.type != "ground" or not sentence[0].start <= event.start < sentence[-1].end:
                continue
            head = next((node for node in sentence if node.start <= event.start < node.end), None)
            beside = one.tree.nodes[head.i + 1 : head.i + FOUGHT] if head is not None else []
            if head is not None and self.words.lemma(head) in self.words.words.sides.attacks:
                # "l'attaque d'une base américaine": whom it hit fought nobody
                beside = [node for node in beside if not self._is_struck(node, event)]
            sides = {side for node in beside if (side := self.allegiances.of_nodes([node])) is not None} - {party}
            if len(sides) == 1:
                return sides.pop()
        return None

    @staticmethod
    def _is_struck(node: Node, event: Event) -> bool:
        """Whether a token stands in what an event hit, or where."""
        return any(span is not None and span[0] <= node.start < span[1] for span in (event.target, event.place))

    def is_fight(self, one: Found) -> bool:
        """Whether the sentence says that both sides' dead are counted: a fight caused them."""
        subject = self._causing(one.counted.anchor)
        if subject is not None and subject.morph("PronType") == "Rel" and subject.head is not None:
            subject = subject.head.head  # "la guerre, qui a fait 6 500 morts"
        if subject is None or self._is_fought(subject):
            return subject is not None
        home = self.allegiances.home()
        between = home is None or self.allegiances.opponent(home) is not None
        return between and self.words.lemma(subject) in self.words.words.sides.wars

    def is_accident(self, one: Found) -> bool:
        """Whether the sentence, or the one before it, tells of a mishap and of no attack."""
        number = one.counted.anchor.sentence
        nodes = [node for sentence in one.tree.sentences[max(0, number - 1) : number + 1] for node in sentence]
        if not any(self.words.lemma(node) in self.words.words.sides.accidents for node in nodes):
            return False
        return not self.tells_fight((nodes[0].start, nodes[-1].end))

    def own_phrase(self, noun: Node) -> list[Node]:
        """A noun's phrase up to an attack in it, whose nationality is that of who did it ("le bilan d'une frappe
        russe")."""
        words, sides = self.phrase(noun), self.words.words.sides
        attack = (i for i, node in enumerate(words) if self.words.lemma(node) in sides.attacks | sides.operations)
        return words[: next(attack, len(words))]

    def phrase(self, noun: Node) -> list[Node]:
        """The words of a noun's phrase: adjectives and names before it, then those after it and what it is of, up to a
        verb, a comma or a place."""
        found: list[Node] = []
        node = noun.left
        while node is not None and node.pos in ("ADJ", "PROPN") and len(found) < 3 and node.sentence == noun.sentence:
            found.append(node)
            node = node.left
        node = noun.right
        while node is not None and node.pos in NOMINAL and len(found) < 9 and node.sentence == noun.sentence:
            if node.pos == "ADP" and self.words.plain(node) not in self.words.words.counted.of:
                break
            found.append(node)
            node = node.right
        return found


def _end(one: Found) -> int:
    """Where a figure's sentence ends, with a next one that begins with "et": there the parser cut one in two."""
    sentences, number = one.tree.sentences, one.counted.anchor.sentence
    if number + 1 < len(sentences) and sentences[number + 1][0].pos == "CCONJ":
        number += 1
    return sentences[number][-1].end
