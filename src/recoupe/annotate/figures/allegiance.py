"""Which side a name or a phrase of an article belongs to: a state, or an armed group by its own name."""

import collections
import difflib
import functools
import operator
from collections.abc import Iterable
from itertools import compress, pairwise

from ... import places
from ...lang.demonyms import demonyms
from ...lang.numerals.numeral import folded
from ...model.records import Name
from ...model.relations import Place
from ..draft import Draft
from ..tree import Node, Tree
from .words import Lexicon

# How many words around a name its nationality may stand in: "le ministre russe de la Défense, Sergueï Choïgou".
NEAR = 7
# A state must be named this often, adjectives included, to be taken for one of the two parties of the article.
OFTEN = 3
# So often, where it names places of no other.
TWICE = 2
# The places in so many paragraphs from the first on count twice.
LEAD = 2
# How alike two spellings of one town are at least, and where they begin with another letter: "Soumy" and "Sumy" .89,
# "Beyrouth" and "Beirut" .71, "Jonglei" and "Zhongli" .71, "Hiwane" and "Heyuan" .5.
ALIKE, UNLIKE = 0.6, 0.8
# Where nationalities are looked for.
NATIONAL = frozenset({"ADJ", "NOUN", "PROPN"})
_COUNTRY, _POSITION = operator.attrgetter("country"), operator.attrgetter("i")


class Allegiances:
    """The sides of one article, by the nationality that stands in and beside its names."""

    def __init__(self, draft: Draft, words: Lexicon) -> None:
        self.draft, self.words = draft, words
        self.table = demonyms(draft.pack)
        self.states = words.state_of_code
        self.names = draft.layer(Name)
        self.at: dict[int, Name] = {}  # by where the words of a name begin
        self.first: dict[str, Name] = {}  # by entity
        self.groups = {name.text.lower(): name for name in self.names if name.type == "ORG"}
        for name in self.names:
            self.first.setdefault(name.entity, name)
            self.at[name.start] = name
            if not name.text.isalpha() and (tree := draft.tree_at(name.start)) is not None:
                self.at.update((node.start, name) for node in tree.within(name.span)[1:])
        self.votes: dict[str, collections.Counter[str]] = {}
        self.named: dict[int, set[str]] = {}  # by where a paragraph begins
        self.mentioned: collections.Counter[str] = collections.Counter()
        self.modified: dict[str, list[tuple[int, str]]] = {}  # nouns with a nationality, and where
        self.states_of: dict[str, str | None] = {}
        self._home: tuple[str | None] | None = None
        self.meant: dict[str, str] = {}
        fighting = {name.entity for name in self.names if name.type == "ORG" and self._is_led(name)}
        named = [name for name in self.names if self._is_armed(name) or name.entity in fighting]
        self.armed = collections.Counter(name.entity for name in named)  # groups that fight for no state
        self.fighters: frozenset[str] = frozenset()  # sides that the article says fight; who reads its events sets it
        self.fought: collections.Counter[tuple[str, str]] = collections.Counter()  # who strikes whom, set with them
        for tree in draft.trees:
            self._read(tree)

    def _meant(self, slug: str) -> str:
        """A state that shares its adjective with others, as the one whose places the article names: Goma makes
        "congolais" the one of Kinshasa."""
        if slug not in self.meant:
            group = next((group for group in self.words.words.sides.namesakes if slug in group), ())
            found = {one for one in group if one in self.first}
            codes = [code for one in group if (code := self.table.codes.get(one))]
            if codes and not found:
                named = {self.draft.raw(name.span) for name in self.names if name.type == "LOC"}
                looked = (places.look_up(text, countries=codes) for text in sorted(named))
                told = collections.Counter(place.country for place in looked if place is not None)
                top = [code for code, _ in told.most_common() if code in codes]
                found = {self.states[top[0]]} if top and (len(top) == 1 or told[top[0]] > told[top[1]]) else set()
            self.meant[slug] = found.pop() if len(found) == 1 else slug
        return self.meant[slug]

    def _read(self, tree: Tree) -> None:
        """Counts the states of a paragraph, and gives each of its people and bodies a vote for the one beside it."""
        at = self.at
        national = tree.once("national", lambda: self._national(tree))
        named = list(compress(tree.nodes, map(at.__contains__, tree.starts)))
        told = sorted({*named, *national}, key=_POSITION)
        nations = {node.i: slug for node in told if (slug := self.nation(node)) is not None}
        self.mentioned.update(nations.values())
        self.mentioned.update(state for node in named if (state := self._holder(node)) is not None)
        for i, slug in nations.items():
            head = tree.nodes[i].head
            if tree.nodes[i].pos == "ADJ" and head is not None and head.pos == "NOUN":
                self.modified.setdefault(folded(head.lemma), []).append((head.start, slug))
        for node in told:
            name = at.get(node.start)
            if name is None or name.start != node.start or name.type == "LOC":
                continue
            own = self.words.nation_of(self.draft.raw(name.span))
            if own is not None:
                self.votes.setdefault(name.entity, collections.Counter())[own] += 3
                if not any(tree.nodes[i].start < name.end for i in nations if tree.nodes[i].start >= name.start):
                    self.mentioned[own] += 1  # a seat of power or an army by its own name: "Tsahal"
                continue
            for i, slug in nations.items():
                if abs(i - node.i) <= NEAR and self._linked(tree, i, node.i):
                    self.votes.setdefault(name.entity, collections.Counter())[slug] += 1

    def _national(self, tree: Tree) -> list[Node]:
        """The words of a paragraph that may be a nationality."""
        known = map(_COUNTRY, map(self.words.known.__getitem__, tree.forms))
        return [node for node in compress(tree.nodes, known) if node.pos in NATIONAL]

    def _linked(self, tree: Tree, first: int, second: int) -> bool:
        """Whether nothing but a noun phrase stands between two words: no verb, no other name, no full stop."""
        low, high = sorted((first, second))
        between = tree.nodes[low + 1 : high]
        return not any(
            node.pos in ("VERB", "AUX", "CCONJ", "SCONJ") or node.text in (".", ";", ":") or node.start in self.at
            for node in between
        ) and (tree.nodes[first].pos == "ADJ" or tree.nodes[first].start in self.at)

    def told_of(self, tree: Tree) -> set[str]:
        """The states and groups that a paragraph names, by their names, people and places."""
        if tree.start not in self.named:
            nodes = [node for node in tree.nodes if node.start in self.at or self.words.known[node.form].country]
            sides = (self.of_nodes([node]) for node in nodes)
            self.named[tree.start] = {side for side in sides if side and (side in self.armed or self.is_state(side))}
        return self.named[tree.start]

    def nation(self, node: Node) -> str | None:
        """The state of a token, or the armed group: its adjective, its people or its name."""
        name = self.at.get(node.start)
        if name is not None and name.start == node.start and name.type == "LOC" and name.entity in self.table.labels:
            return name.entity
        if node.pos == "ADJ" and (group := self.words.words.sides.adjectives.get(node.lower)) is not None:
            return group
        slug = self._of_two(node) or (self.words.known[node.form].country if node.pos in NATIONAL else None)
        return self._meant(slug) if slug is not None else None

    def _of_two(self, node: Node) -> str | None:
        """The state of two words for its people: "South African", "North Korean"."""
        left = node.left
        if left is None or not (left.text[:1].isupper() and node.text[:1].isupper()) or left.end + 1 != node.start:
            return None
        return self.table.nationality(f"{left.text} {node.text}")

    def of_name(self, name: Name) -> str | None:
        """The side of a name: what it stands for, the state it lies in or serves; an armed group is its own."""
        if name.stands_for is not None:
            return name.stands_for
        if name.type == "LOC":
            return self._of_place(name)
        if name.entity in self.armed:
            return name.entity
        votes = self.votes.get(name.entity)
        if votes:
            return max(votes, key=lambda slug: (votes[slug], slug))
        if name.type != "ORG" or self._is_unit(name):
            return None
        return self._seated(name) or (self.home() if self._is_organ(name) else None) or name.entity

    def _is_organ(self, name: Name) -> bool:
        """Whether a name is of a state's body and says not whose: "le ministère de la Défense"."""
        return folded(self.words.normal(name.text)).split()[0] in self.words.words.sides.organs

    def _seated(self, name: Name) -> str | None:
        """The state or territory of the place that the name of a body ends in: "ministère de la Santé de Gaza"."""
        if name.entity not in self.states_of:
            *_, before, last = ["", "", *self.draft.raw(name.span).split()]
            led = folded(self.words.normal(before)) in self.words.words.counted.of
            place = places.look_up(last) if led and last[:1].isupper() and places.is_large(last) else None
            self.states_of[name.entity] = self._of_found(place) if place is not None else None
        return self.states_of[name.entity]

    def _of_found(self, place: Place) -> str | None:
        return places.territory_of(place) or self.states.get(place.country)

    def _is_unit(self, name: Name) -> bool:
        """Whether a name is of a part of some army: "brigade Golani"."""
        return folded(self.words.normal(name.text)).split()[0] in self.words.words.counted.formations

    def _is_led(self, name: Name) -> bool:
        """Whether people who fight for no state are of a body: "les islamistes du Fatah al-Islam"."""
        node = self.draft.node_at(name.start)
        beside = of = node.left if node is not None else None
        while of is not None and (self.words.plain(of).strip("'") in self.words.words.counted.of or of.pos == "DET"):
            of = of.left
        return of is not None and of is not beside and self.words.is_irregular(of.lemma)

    def _is_armed(self, name: Name) -> bool:
        plain, groups = folded(self.words.normal(name.text)), self.words.words.sides.groups
        pairs = (f"{first} {second}" for first, second in pairwise(plain.split()))
        return name.type == "ORG" and not (groups.isdisjoint(plain.split()) and groups.isdisjoint(pairs))

    def _of_place(self, name: Name) -> str | None:
        if name.entity in self.table.labels:
            return name.entity
        if name.entity not in self.states_of:
            self.states_of[name.entity] = self._look_up(name)
        return self.states_of[name.entity]

    def _look_up(self, name: Name) -> str | None:
        countries = [code for slug, _ in self.mentioned.most_common(4) if (code := self.table.codes.get(slug))]
        text = self.draft.raw(name.span)
        place = places.look_up(text, countries=countries)
        if place is None or not (place.country in countries or places.is_large(text) or place.country in self.lands):
            return None  # a hamlet of that name in a land that the article does not speak of
        if place.country not in countries and not _is_spelled(text, place.name):
            return None  # a town far away whose name only sounds alike
        return self._of_found(place)

    @functools.cached_property
    def lands(self) -> set[str]:
        """The codes of the states whose regions and large towns the article names."""
        named = {self.draft.raw(name.span) for name in self.names if name.type == "LOC"}
        found = ((text, places.look_up(text)) for text in sorted(named) if places.is_large(text))
        return {place.country for text, place in found if place is not None and _is_spelled(text, place.name)}

    def _holder(self, node: Node) -> str | None:
        """The state that the territory of a name is of: the talk of Gaza is of Palestine."""
        name = self.at[node.start]
        if name.start != node.start or name.type != "LOC" or name.entity in self.table.labels:
            return None
        place = places.look_up(self.draft.raw(name.span))
        return places.territories().get(places.territory_of(place) or "") if place is not None else None

    def is_town(self, node: Node) -> bool:
        """Whether a token is of a place's name that is no state's."""
        name = self.at.get(node.start)
        return name is not None and name.type == "LOC" and name.entity not in self.table.labels

    def is_state(self, side: str) -> bool:
        """Whether a side is a state or its territory, and no armed group."""
        return side in self.table.labels or side in places.territories()

    def of_entity(self, entity: str | None) -> str | None:
        """The side of an entity by any of its names."""
        if entity is None:
            return None
        if entity in self.table.labels:
            return entity
        name = self.first.get(entity)
        return self.of_name(name) if name is not None else None

    def of_nodes(self, nodes: Iterable[Node]) -> str | None:
        """The first side among some words: a name's or a nationality's; an armed group is its own, whatever land's it
        is said to be ("Lebanon's Hezbollah")."""
        for node in nodes:
            owned = self.at.get(node.head.start) if node.dep == "nmod:poss" and node.head is not None else None
            name = owned if owned is not None and owned.entity in self.armed else self.at.get(node.start)
            if name is not None and (side := self.of_name(name)) is not None:
                return side
            if (slug := self.nation(node)) is not None:
                return slug
        return None

    def only(self, nodes: list[Node]) -> str | None:
        """The side among some words where they name but one: not "israélo-palestinien"."""
        nations = {slug for node in nodes if (slug := self.nation(node)) is not None}
        if len(nations) > 1:
            return None
        return self.of_nodes(nodes) or self._of_organ(nodes) or self._of_separatists(nodes)

    def _of_separatists(self, nodes: list[Node]) -> str | None:
        """The only territory that the article names, for those who want it apart: "les séparatistes"."""
        if not any(
            node.pos == "NOUN" and self.words.lemma(node) in self.words.words.sides.separatists for node in nodes
        ):
            return None
        found = {
            side for name in self.names if name.type == "LOC" and (side := self.of_name(name)) in places.territories()
        }
        return found.pop() if len(found) == 1 else None

    def _of_organ(self, nodes: list[Node]) -> str | None:
        """Whose army or police "l'armée" is: the one that the article has named so far, else, where it has but one
        party, that of the state it is about."""
        for node in nodes:
            if node.pos == "NOUN" and self.words.lemma(node) in self.words.words.sides.organs:
                article = node.find("det")
                if article is None or article.morph("Definite") != "Def" or node.start in self.at:
                    continue
                if (lemma := folded(node.lemma)) in self.modified:
                    return self.of_noun(lemma, node.start)
                home = self.home()
                foe = self.opponent(home)
                return home if home in self.table.codes and (foe is None or foe in self.armed) else None
        return None

    def of_noun(self, lemma: str, until: int) -> str | None:
        """The side that the article has given to people of this noun so far, where it is but one: "les prisonniers"
        after "des prisonniers ukrainiens"."""
        sides = {slug for start, slug in self.modified.get(lemma, ()) if start < until}
        return sides.pop() if len(sides) == 1 else None

    def home(self) -> str | None:
        """The state in which what the article tells of happens: that of most of the places it names."""
        if self._home is None and (told := self._titled()) is not None:
            self._home = (told,)
        if self._home is None:
            found = collections.Counter[str]()
            lead = self.draft.trees[min(LEAD, len(self.draft.trees)) - 1].end if self.draft.trees else 0
            for name in self.names:
                if name.type == "LOC" and name.stands_for is None and (side := self.of_name(name)) is not None:
                    found[side] += 1 + (name.start < lead)  # a title and what follows it tell where it happens
            top = found.most_common(2)
            alone = len(top) == 1 and top[0][1] >= TWICE
            clear = alone or (len(top) == 2 and top[0][1] >= OFTEN and top[0][1] >= 2 * top[1][1])
            self._home = (top[0][0] if clear else None,)
        return self._home[0]

    def _titled(self) -> str | None:
        """The state that a title begins with, as agencies write it: "Soudan : 40 morts …"."""
        for i, tree in enumerate(self.draft.trees):
            if (i == 0 or tree.kind == "title") and (name := self.at.get(tree.start)) is not None:
                after = next((node for node in tree.nodes if node.start >= name.end), None)
                if after is not None and after.text == ":":
                    return self.of_name(name) if name.type == "LOC" else None
        return None

    def opponent(self, side: str | None) -> str | None:
        """The other one of the article's two parties, where it has two and this is one of them: the other state it
        names often, or the armed group it names, whichever of them it says fights."""
        if side is None:
            return None
        own = {side, places.territories().get(side, side)}
        told = self._struck(own)
        if told is not None and (told in self.fighters or told in self.armed or self.group() is None):
            return told
        pair = [slug for slug, count in self.mentioned.most_common(2) if count >= OFTEN]
        if side in self.armed:
            if side != self.group():
                return None
            home = self.home()
            held = places.territories().get(home or "")  # a group that holds a territory fights the other state
            return next((slug for slug in pair if slug != held), None) if held is not None or home is None else home
        both = len(pair) > 1 and not own.isdisjoint(pair)
        both = both or (side == self.home() and self.mentioned[side] >= TWICE and self.group() is None)
        other = next((slug for slug in pair if slug not in own), None) if both else None
        strikers = [striker for striker in self.fighters if striker not in own and self.is_state(striker)]
        if other is None and len(strikers) == 1 and strikers[0] != self.home():
            other = strikers[0]
        group = self.group() if own.isdisjoint(places.territories().values()) else None  # a group is of its territory
        if group is not None and other not in self.fighters and self.home() not in (None, side):
            return group  # a state that fights abroad, and an armed group of the land
        if group is None or (other is not None and (other in self.fighters or group not in self.fighters)):
            return other
        return group if side == self.home() or own & set(pair) else None

    def is_party(self, side: str) -> bool:
        """Whether the article is about a side: where it happens, one of the two it names most, or in a fight it tells
        of; not a land that mourns its peacekeepers."""
        own = {side, places.territories().get(side, side)}
        top = {slug for slug, _ in self.mentioned.most_common(2)}
        fought = {each for pair in self.fought for each in pair}
        return side in self.armed or not own.isdisjoint({self.home(), *top, *fought})

    def _struck(self, own: set[str]) -> str | None:
        """The one side that the article says strikes a side, else the one that this side strikes."""
        holders = places.territories()
        for here, there in ((1, 0), (0, 1)):
            found = collections.Counter[str]()
            for told, count in self.fought.items():
                if not own.isdisjoint((told[here], holders.get(told[here], ""))) and told[there] not in own:
                    found[told[there]] += count
            top = found.most_common(2)
            if top and (len(top) == 1 or top[0][1] > top[1][1]):
                return top[0][0]
        return None

    def group(self) -> str | None:
        """The armed group that the article is about: the one it names more often than any other."""
        top = self.armed.most_common(2)
        return top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None


@functools.lru_cache(maxsize=1 << 12)
def _is_spelled(text: str, name: str) -> bool:
    """Whether a name is written much as its place is: the gazetteer finds places by their sound too."""
    said, known = folded(text), folded(name)
    return difflib.SequenceMatcher(None, said, known).ratio() >= (ALIKE if said[:1] == known[:1] else UNLIKE)
