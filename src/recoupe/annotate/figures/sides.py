"""Whose people or things a figure counts, and who did it: from its own words, its verb, its claim, its event, and
failing that from the last figure told of the same happening."""

from ...lang.numerals.numeral import folded
from ...model.records import Claim, Event, Measure
from ..draft import Draft
from .allegiance import Allegiances
from .claimants import Claimants
from .doers import ATTACKS, Doers
from .making import Found, Sided
from .ranks import Ranks
from .scenes import Scenes
from .words import Lexicon

HARM: frozenset[Measure] = frozenset(
    {"killed", "wounded", "casualties", "destroyed", "damaged", "affected", "missing", "captured"}
)
# What others do to people: their enemy, or who attacked.
BLOODSHED: frozenset[Measure] = frozenset({"killed", "wounded", "casualties"})
# What the doer moves or sends is its own.
OWN: frozenset[Measure] = frozenset({"launched", "deployed", "delivered"})
# A figure may share the sides of one told at most so many paragraphs before.
MEMORY = 8
# In so many paragraphs before a figure an attack must have been told of, for its harm to be of that attack.
RECENT = 4


class Sides:
    """Finds the sides of an article's figures in text order, remembering the last."""

    def __init__(self, draft: Draft, words: Lexicon) -> None:
        self.draft, self.words = draft, words
        self.allegiances = Allegiances(draft, words)
        self.doers = Doers(draft, words, self.allegiances)
        self.ranks = Ranks(words)
        self.scenes = Scenes(words, self.allegiances, self.doers)
        self.trees = {id(tree): i for i, tree in enumerate(draft.trees)}
        self.told: dict[int, Sided] = {}
        self.before: Found | None = None  # the last figure told
        self.parts: dict[int, dict[int, str | None]] = {}  # whose the parts of a figure are
        self.scene: tuple[int, str] | None = None  # where harm was last told of: the paragraph and the state
        self.last: dict[bool, tuple[int, Sided]] = {}
        self.claimants = Claimants(draft, words, self.allegiances, self.doers)
        self.lead: str | None = None  # whose people the first harm told of befell
        self.sideless = -1  # the paragraph that counts the dead of a fight, whosever they are

    def of(self, one: Found, claims: list[Claim], event: Event | None) -> Sided:
        """Party and by of a figure that these claims carry and that is a number of this event."""
        self.scenes.listen(claims)
        party, by = self._said(one)
        if by is None and one.measure != "other" and (self.doers.is_own_deed(one) or self.doers.is_ours(one)):
            by = self.claimants.of([claim for claim in claims if claim.act in ("assert", "admit", "commit")])
        aboard = self._is_crew(one)
        party = party or (None if aboard else self._owner(one, claims) or self._others(one))
        party, by = self.claimants.called(one, (party, by), claims)
        if party is None and by is None and one.measure in HARM:
            party = self.doers.mourner(one) or self._announced(one, claims)
        if self._counts_attacks(one):
            return None, by or self.doers.blamed(one.counted.anchor) or party or self.claimants.accused(claims)
        if one.measure == "other" and one.cue is not None:
            by = None
        if party is None and one.measure in HARM | {"lost"} and any(claim.act == "admit" for claim in claims):
            party = next((s for c in claims if (s := self.allegiances.of_entity(c.source_entity)) is not None), None)
        if one.measure in OWN:
            party = party or by
            if party is None and one.measure != "launched" and one.cue is not None and one.cue.role == "acts":
                # "L'Allemagne a annoncé la livraison de 14 chars".
                party = by = self.doers.orderer(one) or self.claimants.of(claims)
            if one.measure == "launched" and party is None:
                party = self.claimants.accused([claim for claim in claims if claim.act == "accuse"])
            if party is None and (one.measure == "launched" or self._are_striking(one)):
                party = self.scenes.fired_from(one) or self._striker(one, claims)
            if party is None and one.measure == "deployed" and self._are_sent(one):
                home = self.allegiances.home()
                alone = home is not None and self.allegiances.opponent(home) in {None, *self.allegiances.armed}
                party = self.claimants.speaking(one) or (home if alone else None)
            by = by or (party if one.measure != "delivered" else None)
        elif one.measure == "intercepted":
            by = by or self.claimants.of(claims)
            party = party or self._other_striker(by)
        elif aboard:
            by = by or self.doers.attacker(one, event, claims)
        elif one.measure in HARM:
            party, by = self._harm(one, (party, by), claims, event)
        elif one.measure == "displaced":
            here = self.scenes.place_after(one) or self.allegiances.home()
            party = party or here or self.scenes.where(one) or self._scene(one)
        elif one.measure == "other" and party is None and self._is_public(one):
            party = self.scenes.gathered(one)
        parts = list(self.parts.get(id(one), {}).values())
        if one.measure == "launched" and party is None and parts:
            party = by = parts[0]
        elif one.measure == "other" and party is None and one.counts and parts and self._is_civil(one):
            party = parts[0]
        party = None if self._is_land(one) else self.claimants.owned(one, (party, by), claims)
        if one.measure in HARM | {"displaced"} and self.doers.is_accident(one) and self._said(one)[1] is None:
            by = None  # "l'effondrement d'un pont a fait sept morts", in an article about a war
        if one.measure in HARM - {"affected"} | {"displaced"} and not self._fights(by):
            by = None  # "l'ONU a recensé 600 morts"
        if by is not None and by == party and one.cue is not None and self.doers.loses(one.cue.node):
            by = None  # "Moscou reconnaît avoir perdu 63 soldats"
        if one.part_of is not None and id(one.part_of) in self.told:
            whole = self.told[id(one.part_of)]
            party = self._said(one)[0] or whole[0] or party
            by = by or (whole[1] if one.measure == one.part_of.measure else None)
        self.told[id(one)], self.before = (party, by), one
        if (side := by or party) is not None and one.measure in OWN:
            self.doers.counted.update(((id(one.tree), noun.i), side) for noun in one.counted.nouns)
        if one.part_of is not None:
            self.parts.setdefault(id(one.part_of), {})[id(one)] = party
        if self.lead is None and one.measure in HARM and self._is_civil(one):
            self.lead = party
        if party is not None or by is not None:
            self.last[one.measure in HARM] = (self.trees[id(one.tree)], (party, by))
        return party, by

    def _others(self, one: Found) -> str | None:
        """Whose "others" are: those of the same noun counted right before ("trois de ses agents … deux autres")."""
        last = self.before
        if not one.counted.other or last is None or last.tree is not one.tree or last.counts != one.counts:
            return None
        return self._owner(last, [])

    def _striker(self, one: Found, claims: list[Claim]) -> str | None:
        """The only side that the article says attacks, for what hit a place of another's; else whom that one fights."""
        where, strikers = self.scenes.where(one), self.doers.strikers - {self.claimants.of(claims)}
        if len(strikers) == 1 and where not in strikers:
            return next(iter(strikers))
        foe = self.allegiances.opponent(where)
        return foe if foe in strikers or foe in self.allegiances.armed else None

    def _harm(self, one: Found, said: Sided, claims: list[Claim], event: Event | None) -> Sided:
        """Sides of people and things harmed: by the event's doer, by what was said before, by where it happened."""
        explicit = said[0] is not None and said[1] is not None
        speaker = self.claimants.of(claims)
        party, by = said[0], said[1] or self.doers.attacker(one, event, claims)
        if party is None and one.part_of is not None and id(one.part_of) in self.told:
            party = self.told[id(one.part_of)][0]
        if self.scenes.is_arrest(one):
            land = self.scenes.where(one) or self.allegiances.home()
            return party or land or said[1], said[1] or land
        if one.counts and self.words.words.counted.targets.issuperset(map(folded, one.counts)):
            foe = self.allegiances.opponent(by)
            return party or (foe if foe in self.allegiances.armed else None), by  # "2 000 cibles": whose, few texts say
        told, paragraph, done = party is not None, self.trees[id(one.tree)], by
        if (scene := self.scenes.where(one)) is not None:
            self.scene = (paragraph, scene)
        place = None if self._is_military(one) or (one.measure == "captured" and not self._is_taken(one, by)) else scene
        if one.measure == "captured" and party is None and by is None and self._are_held(one):
            foe, group = self._foe(scene), self.allegiances.group()
            if foe is not None and group is not None and foe not in self.allegiances.armed:
                return foe, group  # "59 otages sont retenus à Gaza"
        if one.measure == "captured" and party is None and by is not None and by == scene and self._is_civil(one):
            return by, by  # a state's police at home: "La police turque a arrêté 110 personnes à Istanbul"
        if not told and self.doers.is_fight(one):
            foe = self._foe(speaker)
            if foe is not None and speaker == self.allegiances.home():
                return speaker, foe  # the dead that one side's own bodies count
            self.sideless = paragraph
        if party is None and (party := self._of_noun(one)) is not None:
            explicit = by is not None and any(self.words.is_state_of(count) for count in one.counts)
            party = party if explicit or party != by else None
        irregular = bool(one.counts) and all(map(self.words.is_irregular, one.counts))
        if party is None and irregular:
            by = by or self.claimants.against(claims)
            group = self.allegiances.group()
            foe = self.allegiances.opponent(by)
            return (group if group == foe or (by is None and group in self.allegiances.fighters) else None), by
        party = party or self.claimants.accuser(claims, by)
        if party is None and self.sideless == paragraph:
            return None, said[1]
        if party is None and (place is None or place != by):
            if not self._is_new(one, claims):
                party, by = self._remembered(one, by, place)
                if by is not None and by == speaker and said[1] is None and self._are_civilians(one):
                    party = speaker  # no one says of itself that it killed people of no army
                if by is not None and by == speaker == party and said[1] is None:
                    by = self.allegiances.opponent(by)  # no one says of itself that it did it
            party = party or place or self.scenes.hit(one) or self._victim(one, by) or self._at_home(one, by)
        if party is None and self._is_fallen(one, by):
            party = self.allegiances.home()
        if by is None and party is not None:
            by = self._enemy(one, party, claims) or self._raided(one, party)
        if party == by and not explicit:  # its own people at its own place: whose side they are on, no text says
            return (party, None) if told or done is None else (None, by)
        return party, by

    def _is_taken(self, one: Found, by: str | None) -> bool:
        """Whether people of no army are in an armed group's hands, known or not: they are of where it took them."""
        group = self.doers.is_unknown(one) if by is None else not self.allegiances.is_state(by)
        return group and self._is_civil(one)

    def _victim(self, one: Found, by: str | None) -> str | None:
        """Whom one of the article's two parties fights: people of no army are not those of an armed group."""
        foe = self._foe(by)
        at_home = by is not None and by == self.allegiances.home()
        return None if (at_home or foe in self.allegiances.armed) and self._is_civil(one) else foe

    def _at_home(self, one: Found, by: str | None) -> str | None:
        """The state the article is about, or whose people it told of, for those of no side: none that strikes alone."""
        home = (self.allegiances.home() or self.lead) if self._is_civil(one) else None
        return home if home != by and self.doers.strikers != {home} else None

    def _is_fallen(self, one: Found, by: str | None) -> bool:
        """Whether soldiers or arms were hit by others than a state's, so that they are the state's that the article is
        about."""
        allegiances = self.allegiances
        if by is None:
            foe = allegiances.opponent(allegiances.home())
            group = self.doers.is_unknown(one) or foe is None or foe in allegiances.armed
        else:
            group = not allegiances.is_state(by)
        return group and self._is_military(one) and self._are_people(one)

    def _are_civilians(self, one: Found) -> bool:
        return bool(one.counts) and self.words.words.sides.civilians.issuperset(map(folded, one.counts))

    def _are_striking(self, one: Found) -> bool:
        """Whether aircraft are sent to strike: "des dizaines d'avions ont frappé le port"."""
        cue = one.cue
        told = cue is not None and cue.role == "subjects" and cue.node.pos == "VERB"
        return told and cue is not None and any(sense.measure == "launched" for sense in self.words.of(cue.node))

    def _are_sent(self, one: Found) -> bool:
        """Whether soldiers are sent, and by whom goes without saying: "5 000 militaires ont été dépêchés"."""
        sent = one.cue is not None and one.cue.role == "objects" and one.cue.node.find("aux:pass") is not None
        regular = self.words.words.sides.organs | self.words.words.counted.formations
        return sent and bool(one.counts) and regular.issuperset(map(folded, one.counts))

    def _are_held(self, one: Found) -> bool:
        return bool(one.counts) and self.words.words.sides.hostages.issuperset(map(folded, one.counts))

    def _are_people(self, one: Found) -> bool:
        return {self.words.kind(count) for count in one.counts} == {"people"}

    def _is_public(self, one: Found) -> bool:
        """Whether people of a place are counted, as those who march there, and no officials, sources or forces."""
        return bool(one.counts) and self.words.words.counted.crowds.issuperset(map(folded, one.counts))

    def _is_crew(self, one: Found) -> bool:
        """Whether people aboard are counted, of no land around them: "trois marins", "deux membres d'équipage"."""
        nouns = {folded(count) for count in one.counts}
        for noun in one.counted.nouns:
            nouns.update(self.words.lemma(child) for child in noun.children if child.i > noun.i)
        return not nouns.isdisjoint(self.words.words.sides.crews)

    def _fights(self, side: str | None) -> bool:
        """Whether a side may do harm: a state, an armed group, or whoever the article says attacks."""
        if side is None or side in self.allegiances.armed or side in self.doers.strikers:
            return side is not None
        return self.allegiances.is_state(side)

    def _is_land(self, one: Found) -> bool:
        """Whether states are counted, which are nobody's."""
        return bool(one.counts) and self.words.words.sides.lands.issuperset(map(folded, one.counts))

    def _is_civil(self, one: Found) -> bool:
        kinds = {self.words.kind(count) for count in one.counts}
        return kinds <= {"people", "buildings"} and not self._is_military(one)

    def _enemy(self, one: Found, party: str, claims: list[Claim]) -> str | None:
        """Who must have done it: whom they fought, else the other one of the article's two parties."""
        if (fought := self.doers.fought(one, party)) is not None:
            return fought
        own = {self.claimants.of_claim(claim) for claim in claims} == {party}
        things = one.measure in ("destroyed", "damaged")
        foe = self._foe(party) if self.allegiances.is_party(party) else None
        abroad = self.allegiances.home() not in (None, party)
        if foe is not None and not (self.doers.strikers or abroad) and not self.allegiances.is_state(foe):
            return foe if self._is_military(one) and self._are_people(one) else None
        if foe == self.allegiances.home() and party in self.allegiances.armed and not self._fights_here(foe, claims):
            return None  # "cinq membres du Hezbollah" killed in Syria
        military = self._is_military(one) or own or self.ranks.of(one) or self._are_losses(one)
        if military or (things and self.doers.strikers):
            return foe
        return foe if foe is not None and one.measure in BLOODSHED and self._is_at_it(foe, party, one) else None

    def _fights_here(self, side: str | None, claims: list[Claim]) -> bool:
        return side in self.doers.strikers or side == self.claimants.of(claims)

    def _raided(self, one: Found, party: str) -> str | None:
        """The armed group whose attack the article tells of, where it tells of no one else's."""
        raider = self.doers.raider
        fits = raider in self.allegiances.armed and party == self.allegiances.home() and one.measure in BLOODSHED
        told = fits and raider not in self.claimants.disputing and raider in self._striking(one, 0)
        return raider if told else None

    def _striking(self, one: Found, after: int, before: int = RECENT) -> set[str | None]:
        """Whose attacks so many paragraphs before a figure, its own and so many after it tell of; None for no one's."""
        paragraph = self.trees[id(one.tree)]
        trees = self.draft.trees[max(0, paragraph - before) : paragraph + 1 + after]
        return {side for start, side in self.doers.blows if trees[0].start <= start < trees[-1].end}

    def _is_at_it(self, foe: str, party: str, one: Found) -> bool:
        """Whether the article tells of a side's attacks around here, and it neither denies nor accuses."""
        state = self.allegiances.is_state(foe)
        if foe in self.claimants.disputing or (not state and self.allegiances.opponent(foe) != party):
            return False
        if not state and party == self.allegiances.home():
            return False  # people of a land that an armed group fights over
        nobody = state and not self.doers.strikers and None in self._striking(one, 0, 0)
        return nobody or foe in self._striking(one, 1)

    def _of_noun(self, one: Found) -> str | None:
        """The side that the article gave to people of the same noun before."""
        nouns = [folded(count) for count in one.counts if self.words.kind(count) == "people"]
        found = {side for noun in nouns if (side := self.allegiances.of_noun(noun, one.span[0])) is not None}
        return found.pop() if len(found) == 1 else None

    def _is_new(self, one: Found, claims: list[Claim]) -> bool:
        """Whether the sentence begins another matter: an attack not told of before ("une attaque", "un drone a
        frappé"), someone unknown who did it, a third party that speaks."""
        if self.doers.is_unknown(one):
            return True
        sentence = one.tree.sentences[one.counted.anchor.sentence]
        for event in self.doers.events.near((sentence[0].start, sentence[-1].end)):
            if event.type in ATTACKS and sentence[0].start <= event.start < sentence[-1].end:
                head = next((node for node in sentence if node.start <= event.start < node.end), None)
                subject = head.find("nsubj") if head is not None and head.pos == "VERB" else head
                if subject is not None and any(child.morph("Definite") == "Ind" for child in subject.all("det")):
                    other = self.words.words.counted.other  # "une autre frappe": the same who struck before
                    return not any(self.words.plain(child) in other for child in subject.children)
        speaker = self.claimants.of(claims)
        return speaker is not None and speaker not in self.last.get(True, (0, (None, None)))[1]

    def _scene(self, one: Found) -> str | None:
        """The state where the harm told of before happened."""
        if self.scene is None or self.trees[id(one.tree)] - self.scene[0] > MEMORY:
            return None
        return self.scene[1]

    def _foe(self, side: str | None) -> str | None:
        """The other one of the article's two parties, where the article tells of an attack by one of them."""
        other = self.allegiances.opponent(side)
        if not self.doers.strikers:
            return other if self.doers.fights else None
        return other if self.doers.strikers & {side, other} else None

    def _owner(self, one: Found, claims: list[Claim]) -> str | None:
        """Whose a possessive says they are: the speaker's, or those of the one who acts ("106 de ses militaires", "un
        mort dans ses rangs")."""
        ranks = self.ranks.of(one)
        noun = ranks or (one.counted.nouns[0] if one.counted.nouns else None)
        if noun is None:
            return None
        words, node = self.words.words.sides.possessives, noun.left
        while node is not None and node.pos in ("ADJ", "NUM"):
            node = node.left
        if node is None or self.words.plain(node) not in words:
            phrase = self.doers.phrase(ranks) if ranks is not None else []
            forms = (form for word in phrase for form in (word.lemma, self.words.plain(word).removesuffix("s")))
            rebel = any(map(self.words.is_irregular, forms))  # "côté rebelle"
            return self.allegiances.only(phrase) or (self.allegiances.group() if rebel else None)
        doer = self.doers.names(one) or self.doers.subject(one.counted.anchor)
        side = self.allegiances.only([doer, *self.doers.phrase(doer)]) if doer is not None else None
        return side or self.claimants.of(claims)

    def _announced(self, one: Found, claims: list[Claim]) -> str | None:
        """Whose soldiers they are whose death an army makes known: its own ("annonce la mort de 13 soldats")."""
        act = one.cue is not None and one.cue.role == "acts" and one.measure in BLOODSHED
        regular = {folded(count) for count in one.counts} <= self.words.words.sides.organs
        return self.claimants.of(claims) if act and regular and one.counts else None

    def _counts_attacks(self, one: Found) -> bool:
        """Whether attacks are counted: they are nobody's, but somebody's doing."""
        attacks = self.words.words.sides.attacks
        return one.measure in ("other", "launched") and any(folded(count) in attacks for count in one.counts)

    def _other_striker(self, by: str | None) -> str | None:
        """Whose missiles one side shot down: those of the only other side that the article says attacks."""
        others = self.doers.strikers - {by}
        return others.pop() if by is not None and len(others) == 1 else self._foe(by)

    def _said(self, one: Found) -> Sided:
        """What the figure's own phrase and its verb say."""
        nodes = one.counted.nouns or [one.counted.anchor]
        own = [node for node in nodes if node.pos == "PROPN" or self.allegiances.nation(node) is not None]
        group = next((group for node in nodes if (group := self.allegiances.groups.get(node.lower))), None)
        if group is not None:
            return self.allegiances.of_name(group), self.doers.of(one)
        owners = (own, *(self.doers.own_phrase(node) for node in (nodes[-1], nodes[0])))
        sides = (self.allegiances.of_nodes(words) for words in owners)
        party = next((side for side in sides if side is not None), None)
        by = self.doers.of(one)
        if self._are_losses(one):
            return party or by, self.allegiances.opponent(party or by) if self._is_military(one) else None
        if one.cue is not None and "lost" in one.cue.measures:
            certain = one.measure != "lost" and self._is_military(one)
            return party or by, self.allegiances.opponent(party or by) if certain else None
        if one.part_of is not None and one.counted.part:
            party = party or self._said(one.part_of)[0] or self._said(one.part_of)[1]
        return party, by

    def _are_losses(self, one: Found) -> bool:
        """Whether a number is put on a side's losses, which are its own ("les pertes russes s'élèvent à 900")."""
        cue = one.cue.node if one.cue is not None else None
        nouns = [cue, *cue.children] if cue is not None else []
        return any(self.words.lemma(node) in self.words.words.sides.losses for node in nouns)

    def _remembered(self, one: Found, by: str | None, place: str | None) -> Sided:
        """The sides of the last figure of harm, if it is near and nothing speaks against it."""
        paragraph, sides = self.last.get(True, (-MEMORY - 1, (None, None)))
        if place is not None and place != sides[0]:
            return place, by  # elsewhere
        last = self.before
        if last is not None and last.tree is one.tree and self._is_military(one) and self._is_civil(last):
            return None, by  # "deux Palestiniens ont été tués par l'armée et un soldat a été blessé"
        if self.trees[id(one.tree)] - paragraph > MEMORY or (by is not None and sides[1] not in (None, by)):
            return None, by
        named = self.allegiances.told_of(one.tree)
        if named and not named & set(sides):
            return None, by  # the talk is of other states by now
        regular = {folded(count) for count in one.counts} & self.words.words.sides.organs
        if sides[0] in self.allegiances.armed and (regular or self._is_civil(one)):
            return None, by
        return sides[0], by or sides[1]

    def _is_military(self, one: Found) -> bool:
        nouns = {folded(count) for count in one.counts}
        return bool(nouns & self.words.words.sides.military)
