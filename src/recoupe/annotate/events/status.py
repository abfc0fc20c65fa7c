"""Whether an event happened, and who says so: from the claims around it, else from the modality of its clause."""

from ...model.records import Claim, Span, Status
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node
from .lexicon import Lexicon
from .modality import OWN_CLAUSE, REPORTED, Modality
from .subjects import SUBJECTS
from .words import NOMINAL, VERBAL

# What hangs on a verb of saying as its content.
COMPLEMENTS = ("xcomp", "ccomp", "obl:arg", "obj")
# Links between a noun that happens and its verb.
LINKED = ("nsubj", "nsubj:pass", "obj", "obl", "obl:mod", "obl:agent", "obl:arg", "nmod", "conj")
# Links between an order and whom it is given to.
RECEIVERS = ("obj", "iobj", "obl:arg", "obl:mod", "obl")
# A noun that is subject or adverbial of a verb has a clause that tells of it.
TOLD = frozenset({"nsubj", "nsubj:pass", "obl", "obl:mod"})
ASKED = frozenset({"request", "commit", "expect", "question"})
# Tokens between a verb inside quotation marks and its object outside.
SPLIT = 4


def contents(claim: Claim) -> tuple[Span, ...]:
    """All stretches of a claim's content."""
    return (claim.span, *claim.more)


class Statuses(Modality):
    """Reads the status of triggers in one article."""

    def __init__(self, draft: Draft, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.draft = draft
        claims = draft.layer(Claim)
        self.claims = Shelf(claims, contents)
        self.cues = Shelf(claims, lambda claim: [claim.cue] if claim.cue is not None else [])

    def claims_of(self, node: Node) -> list[Claim]:
        """The claims whose content covers a trigger, the widest first."""
        start, end = node.start, node.end
        found = [
            c
            for c in self.claims.near(node.span)
            if (c.start <= start and end <= c.end) or (c.more and any(a <= start and end <= b for a, b in c.more))
        ]
        found = found or self._governing(node) or self._split(node)
        return sorted(found, key=lambda c: (c.start - c.end, c.start)) if len(found) > 1 else found

    def is_cue(self, node: Node) -> bool:
        """Whether a token is part of the words that hand a claim over, and not of what is claimed: of a verb in the
        conditional of reports it is both."""
        near = [c for c in self.cues.near(node.span) if c.cue and c.cue[0] <= node.start and node.end <= c.cue[1]]
        return any(not any(a <= node.start < b for a, b in contents(c)) for c in near)

    def _governing(self, node: Node) -> list[Claim]:
        """The claims whose cue governs a trigger that their content leaves out ("assure n'avoir visé que « … »")."""
        while node.dep in COMPLEMENTS and node.head is not None:
            node = node.head
            near = self.cues.near(node.span)
            cued = [c for c in near if c.cue is not None and c.cue[0] <= node.start and node.end <= c.cue[1]]
            if cued:
                return cued
        return []

    def _split(self, node: Node) -> list[Claim]:
        """The claims that hold the verb of an object that they leave out ("avoir « respecté » la trêve")."""
        head = node.left
        while head is not None and head.pos in ("DET", "ADJ", "PUNCT") and node.i - head.i < SPLIT:
            head = head.left
        if node.pos != "NOUN" or head is None or head.pos not in VERBAL or head.sentence != node.sentence:
            return []
        near = self.claims.near(head.span)
        return [c for c in near if any(a <= head.start and head.end <= b for a, b in contents(c))]

    def status(self, node: Node, claims: list[Claim], *, known: bool, past: bool, violent: bool) -> Status:
        """The status of a trigger; `known` says that the article itself has stated this happening before, `past` that
        its kind is only told once it is over, so that announcing it makes it no plan; `violent` things are not called
        off but forgone."""
        self._climbed = None, []
        self._bounds = contents(claims[-1]) if claims and claims[-1].act != "expect" else ()
        if not violent and (self._cancelled(node) or self.put_off(node)):
            return "planned"
        if self._blamed(node):
            return "actual"
        if not claims:
            # Read of the paragraph alone, kept with it.
            voices: dict[tuple[int, bool], Status] = node.tree.once("voices", dict)
            if (node.i, past) not in voices:
                voices[node.i, past] = self._own_voice(node, past=past)
            return voices[node.i, past]
        if violent and self._of_people(node):
            return "actual"
        told = claims[-1].act not in ("request", "commit", "expect", "question")
        told = told or (claims[-1].act == "question" and known)
        if (known and told and not self._asserted(node)) or self._background(node, claims):
            return "actual"
        if violent and told and all(claim.act != "deny" for claim in claims) and self._amidst(node):
            return "actual"
        return self._claimed(node, claims, past=past)

    def _asserted(self, node: Node) -> bool:
        """Whether a known happening is what is being said, not only referred to: "les combats se poursuivent"."""
        head = node.head
        if head is None or head.pos not in VERBAL:
            return False
        if self.lexicon.preposition(node) in self.words.prepositions.among:
            # "Trois enfants figurent parmi les blessés"
            return True
        if node.dep in ("nsubj", "nsubj:pass"):
            return self.lexicon.is_verb(head, self.lexicon.occurrences) or self.lexicon.is_verb(
                head, self.lexicon.keeps
            )
        return node.dep == "obj" and self.lexicon.is_verb(head, self.lexicon.keeps)

    def _cancelled(self, node: Node) -> bool:
        """Whether a meeting or the like was called off: it had been announced, and did not begin."""
        verb = node.head
        linked = node.dep in ("obj", "nsubj:pass", "obl:arg") and node.pos not in VERBAL
        return linked and verb is not None and self.lexicon.is_verb(verb, self.lexicon.cancels)

    def _blamed(self, node: Node) -> bool:
        """Whether a definite noun is what someone is blamed for, claims or condemns: nobody doubts that it happened."""
        if node.dep in TOLD and any(self._is(c, self.lexicon.imputes) for c in node.all("acl", "amod")):
            return True  # "une frappe attribuée à Israël a tué trois personnes"
        while self._shelled(node) and node.head is not None:
            node = node.head
        verb = node.head
        linked = (
            node.dep in ("obj", "nsubj:pass") and verb is not None and self.lexicon.is_verb(verb, self.lexicon.blames)
        )
        if verb is not None and self._is(verb, self.lexicon.vaunts) and self.lexicon.among(node, self.words.feats):
            # Who claims an attack has made it; that he has taken a town only he says.
            return False
        return linked and self.given(node)

    def _ended(self, node: Node) -> bool:
        """Whether a noun is what is to stop or be punished: it is taken to go on."""
        verb = node.head
        owned = self.given(node) or any(c.morph("Poss") == "Yes" for c in node.children)
        if node.dep in ("nmod", "obl:arg") and verb is not None and self.lexicon.is_a(verb, "stops"):
            return owned  # "réclame la fin des bombardements"
        return node.dep in ("obj", "obl:arg") and owned and verb is not None and self._is(verb, self.lexicon.ends)

    def _own_voice(self, node: Node, *, past: bool) -> Status:
        for above in self._governors(node):
            if above is not node and self.lexicon.is_verb(above, self.lexicon.denials):
                refused = any(c.lower in self.words.negations for c in above.children)
                return "possible" if refused else "denied"
        if self.negated(node):
            return "possible" if self.conditional(node) else "denied"
        if self._reported(node):
            return "claimed"
        if self._asked(node):
            return "possible"
        if self._counted_off(node):
            return "claimed"
        return "possible" if self.modal(node) else "planned" if self.future(node, past=past) else "actual"

    def _counted_off(self, node: Node) -> bool:
        """Whether someone only speaks of, counts or reports what a noun names ("évoque 500 victimes")."""
        verb: Node | None = node
        for _ in range(4):
            if verb is None or verb.pos in VERBAL or self.given(verb) or self._cut_off(verb):
                break
            verb = verb.head
        if node.pos in VERBAL or verb is None or verb.pos not in VERBAL or not self._is(verb, self.lexicon.tells):
            return False
        return verb.find("nsubj", "nsubj:pass") is not None

    @staticmethod
    def _cut_off(node: Node) -> bool:
        """Whether a comma or colon ends the clause of a token before the verb that the parse hangs it on."""
        end = node.head.i if node.head is not None else node.i
        return any(other.lower in (",", ":", ";") for other in node.tree.nodes[node.i : end])

    def _asked(self, node: Node) -> bool:
        """Whether the sentence is a question, and the trigger no definite noun that it takes for granted."""
        last = node.tree.sentences[node.sentence][-1]
        return last.lower == "?" and not self.given(node)

    def _reported(self, node: Node) -> bool:
        """Whether the clause is in the conditional of reports ("aurait fait 120 morts")."""
        for above in self._governors(node):
            # "il y aurait 200 blessés"
            bare = above.morph("Mood") == "Cnd" and above.lower in self.words.auxiliaries
            if bare and above is not node and node.dep == "obj":
                return True
            if self._come_about(above):
                return True
            if any(c.dep in REPORTED and c.morph("Mood") == "Cnd" and c.i < above.i for c in above.children):
                return above.find("aux:tense") is not None and not any(
                    key in self.words.modals or key in self.words.duties for key in self.lexicon.keys(above)
                )
        return False

    def _claimed(self, node: Node, claims: list[Claim], *, past: bool) -> Status:
        inner = claims[-1]
        denials = [c for c in claims if c.act == "deny"]
        if denials and self._offered(node):
            return "possible"
        if denials and not self.negated(node):
            told = [c for c in claims if c.act in ("assert", "accuse") and c.source is not None]
            settled = any(self._is(c, self.lexicon.authors) for c in node.all("acl"))
            if settled or all(c.polarity == "-" or any(self._beside(each, c) for each in told) for c in denials):
                return "actual" if settled else "claimed"
        if denials:
            return "actual" if self._told_beside(node, denials[-1]) else "denied"
        if inner.act in ("request", "expect") and self._ended(node):
            return "claimed"
        doubted = inner.certainty == "possible" and self._main(node, inner)
        if not denials and self._circumstance(node) and (inner.act in ASKED or self.given(node)):
            return "actual"
        if self._past_qualifier(node) and all(claim.act in ASKED for claim in claims):
            return "actual"
        if inner.act in ASKED and any(self._is(c, self.lexicon.imputes) for c in node.all("acl", "amod")):
            # "réclame une enquête sur les exactions imputées à l'armée"
            return "claimed"
        if inner.act == "expect" and inner.polarity == "-" and self.negated(node):
            return "denied" if inner.certainty == "certain" else "possible"
        if inner.act in ASKED and inner.form == "direct" and self._reports(node, inner):
            return "claimed"
        if inner.act in ASKED and any(self._come_about(above) for above in self._governors(node)):
            return "claimed"
        if inner.act == "expect" and inner.form == "direct" and self._under_way(node):
            return "claimed"
        if inner.act in ("expect", "question") or doubted:
            return "planned" if self._awaited(node, inner) else "possible"
        if self.conditional(node):
            return "possible"
        refused = inner.polarity == "-" and not self._given_by(node) and self._one_sentence(node, inner)
        if (refused and self._main(node, inner) and self._refusal(node, inner)) or self.negated(node):
            return "possible" if inner.certainty == "probable" else "denied"
        if inner.act == "request":
            if past and self.given(node):
                # A killing that was ordered has been done.
                return "claimed"
            return "planned" if self.ordered(inner, node) else "possible"
        if inner.act == "commit" and self._hedged(inner, node):
            return "possible"
        if inner.act == "commit" and (self._any(node) or self._supposed(node)):
            return "possible"
        if inner.act == "commit":
            return "planned" if self.ahead(node) and not self._goes_on(node) else "claimed"
        if inner.act != "accuse" and self.modal(node):
            return "possible"
        if inner.act in ("assert", "accuse", "admit"):
            return "planned" if self._hung_on(node, self.lexicon.settles) or self._coming(node) else "claimed"
        return "planned" if self.future(node, past=past) else "claimed"

    @staticmethod
    def _beside(told: Claim, denial: Claim) -> bool:
        """Whether what someone denies is what someone else says, who does not report the denial."""
        cue = denial.cue or denial.span
        return told.span == denial.span or (
            told.cue is not None
            and not any(start <= cue[0] < end for start, end in contents(told))
            and (cue[0] >= told.end or not any(start <= told.cue[0] < end for start, end in contents(denial)))
        )

    def _coming(self, node: Node) -> bool:
        """Whether a verb stands below one that puts it ahead ("ils allaient enquêter"), or is what is prepared."""
        if any(above is not node and self._is(above, self.lexicon.prepares) for above in self._governors(node)):
            return not self.given(node)
        head = node.head
        if head is not None and node.dep in SUBJECTS and node.pos == "NOUN":
            # "des pourparlers doivent s'ouvrir jeudi", "une rencontre aura lieu lundi"
            verb = head.find("xcomp") if self.lexicon.among(head, self.words.duties) else head
            return verb is not None and self.lexicon.is_verb(verb, self.lexicon.occurrences) and self._is_ahead(head)
        ahead = node.dep == "xcomp" and head is not None and self.lexicon.among(head, self.words.infinitive_plans)
        return ahead and head is not None and head.morph("VerbForm") == "Fin"

    def _told_beside(self, node: Node, claim: Claim) -> bool:
        """Whether a noun only says in what someone denies a part: "nie être impliquée dans l'attaque"."""
        verb = node.head
        beside = node.pos == "NOUN" and node.dep.startswith("obl") and self.given(node)
        return beside and verb is not None and verb.pos in VERBAL and claim.start <= verb.start < claim.end

    def _refusal(self, node: Node, claim: Claim) -> bool:
        """Whether the negation of a claim may be a trigger's: of what is told, one must stand above it."""
        if claim.act not in ("assert", "accuse", "admit"):
            return True
        for above in (node, *node.ancestors()):
            words = [c for c in above.children if c.lower in self.words.negations]
            if words and not self._restricted(above, words):
                return True
            if above.dep == "conj" and above.find(*SUBJECTS) is not None:
                return False  # "il n'y a pas de menace et un exode est prévu"
        return False

    def _past_qualifier(self, node: Node) -> bool:
        """Whether a relative clause says what a noun has done before: "punir la frappe qui a tué dix soldats"."""
        tense = node.find("aux:tense") if node.dep == "acl:relcl" else None
        return tense is not None and tense.morph("Tense") == "Pres" and tense.morph("Mood") == "Ind"

    def _reports(self, node: Node, claim: Claim) -> bool:
        """Whether the clause of a trigger is in a past tense: what someone fears, asks or promises in his own words has
        sentences that tell what happened."""
        verb: Node | None = node
        while verb is not None and verb.pos not in VERBAL:
            verb = verb.head if verb.dep in LINKED else None
        if verb is None or self.conditional(node) or self.negated(node):
            return False
        if not any(start <= verb.start < end for start, end in contents(claim)):
            return False
        tense = verb.find("aux:tense", "aux")
        if tense is not None:
            return tense.morph("Mood") == "Ind" and tense.morph("Tense") in ("Pres", "Past")
        return verb.morph("VerbForm") == "Fin" and verb.morph("Tense") == "Past"

    def _under_way(self, node: Node) -> bool:
        """Whether a verb of a main clause is in the present: who warns also says what is going on."""
        main = node.pos in VERBAL and node.find("mark") is None and node.dep in ("ROOT", "ccomp", "conj", "parataxis")
        present = node.morph("Mood") == "Ind" and node.morph("Tense") == "Pres" and node.morph("VerbForm") == "Fin"
        return main and present and not (self.negated(node) or self.modal(node) or self.future(node))

    def _circumstance(self, node: Node) -> bool:
        """Whether a noun only says after, since or during what something is asked, promised or feared."""
        top = node
        while top.pos not in VERBAL and top.head is not None and top.dep in ("nmod", "obl:arg", "conj"):
            if self.lexicon.preposition(top) in self.words.prepositions.after:
                return True
            top = top.head
        return top.pos not in VERBAL and self.lexicon.preposition(top) in self.words.prepositions.after

    def _amidst(self, node: Node) -> bool:
        """Whether a definite noun is what something else happened in: "ont péri dans la bataille de Goma", "la frappe a
        tué douze civils"."""
        verb = node.head
        if node.dep == "nsubj" and verb is not None and verb.pos in VERBAL and self.given(node):
            harmed = (verb, *verb.all("obj"))
            return any(rule.type in ("casualties", "damage") for word in harmed for _, rule in self.lexicon.rules(word))
        inside = node.dep.startswith("obl") and self.lexicon.preposition(node) in self.words.lasting
        return inside and self.given(node) and verb is not None and verb.pos in VERBAL

    def _of_people(self, node: Node) -> bool:
        """Whether a definite noun only says which people are meant: "punir les auteurs de l'attaque"."""
        head = node.head if node.dep == "nmod" and self.given(node) else None
        if head is None:
            return False
        kinds = ("people", "authorship", "gunmen")
        return head.pos == "PRON" or any(self.lexicon.is_a(head, kind) for kind in kinds)

    def _offered(self, node: Node) -> bool:
        """Whether a noun is only what a plan or an offer is about ("la proposition de trêve")."""
        head = node.head
        linked = node.dep in ("nmod", "compound") and head is not None
        return linked and head is not None and self.lexicon.among(head, self.words.offers)

    def _hedged(self, claim: Claim, node: Node) -> bool:
        """Whether a promise is only a thought, a possibility or something not ruled out."""
        cue = node.tree.within(claim.cue) if claim.cue is not None else []
        threats = self.lexicon.threats
        words = (c for c in cue if c.pos not in VERBAL or not self._is(c, threats))
        return any(self.lexicon.among(c, self.lexicon.hedges) for c in words)

    def ordered(self, claim: Claim, node: Node) -> bool:
        """Whether a request is an order by those who may give it to their own: then it is a plan."""
        cue = node.tree.within(claim.cue) if claim.cue is not None else []
        return any(self._is(word, self.lexicon.orders) and not self._foreign(word) for word in cue)

    def _foreign(self, order: Node) -> bool:
        """Whether an order goes to people who are neither forces nor officials: inhabitants may leave or stay."""
        told = (c for c in order.children if c.i > order.i and c.pos in NOMINAL and c.dep in RECEIVERS)
        people = (c for c in told if self.lexicon.is_a(c, "people") and not self.lexicon.rules(c))
        return any(not (self.lexicon.is_a(c, "forces") or self.lexicon.is_a(c, "leaders")) for c in people)

    def _main(self, node: Node, claim: Claim) -> bool:
        """Whether a trigger belongs to the main clause of a claim, whose negation and doubt are the claim's."""
        parts = contents(claim)
        for above in (node, *node.ancestors()):
            if above.head is None or not any(start <= above.head.start < end for start, end in parts):
                return True
            joined = above.dep == "conj" and above.pos in VERBAL and above.find(*OWN_CLAUSE) is not None
            if joined or above.dep in ("acl:relcl", "acl", "advcl", "parataxis"):
                return False
        return True

    @staticmethod
    def _one_sentence(node: Node, claim: Claim) -> bool:
        """Whether a claim's negation may be that of a trigger: a quotation of several sentences has many verbs."""
        sentence = node.tree.sentences[node.sentence]
        return sentence[0].start <= claim.start + 1 and claim.end - 1 <= sentence[-1].end

    def _awaited(self, node: Node, claim: Claim) -> bool:
        """Whether an expectation is an announcement: certain, or put as a duty or a future without a doubt in it."""
        if claim.act != "expect" or claim.certainty == "possible" or claim.polarity == "-" or self.modal(node):
            return False
        cue = node.tree.within(claim.cue) if claim.cue is not None else []
        if any(self.lexicon.among(word, self.lexicon.doubts) for word in cue):
            return False
        return (claim.certainty == "certain" and node.pos in VERBAL) or self.future(node)

    @staticmethod
    def _of_subject(node: Node) -> bool:
        """Whether a participle that commas set off says something of a subject, not of what is told last."""
        return node.find(*SUBJECTS) is not None or (node.head is not None and node.head.dep in SUBJECTS)

    def _background(self, node: Node, claims: list[Claim]) -> bool:
        """A relative clause set off by a comma within a reported sentence is the outlet's own knowledge."""
        if any(claim.form in ("direct", "mixed") for claim in claims) or claims[-1].form == "conditional":
            return False
        for above in (node, *node.ancestors()):
            if above is node and self._set_off(node) and self._of_subject(node):
                return claims[-1].start < node.start - 2
            clause = above.pos in VERBAL or above.find("cop") is not None
            if above.dep == "acl:relcl" and clause and above.start >= claims[-1].start:
                pronoun = next((c for c in above.children if c.lower in self.words.relatives), None)
                # "a annoncé, citant la police, que P": what opens the claim is no relative pronoun
                inside = pronoun is not None and pronoun.start >= claims[-1].start
                left = pronoun.left if inside and pronoun is not None else None
                return left is not None and left.lower == ","
        return False
