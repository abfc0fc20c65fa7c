"""What the events of one sentence lend one another: people die where the strike falls, an attack by raids is one."""

import msgspec

from ...model.records import Event
from ..tree import Node
from .lexicon import Lexicon
from .phrases import Names
from .spans import meets
from .triggers import Trigger
from .words import VERBAL

SUFFERED = frozenset({"casualties", "loss", "damage"})
VIOLENT = frozenset({"strike", "ground", "invasion"})
# Events on either side that may belong together: a sentence of news tells seldom more.
REACH = 4
# Links of a noun that says with what its verb was done.
INSTRUMENT = ("obl", "obl:mod", "obl:arg", "obl:agent", "nmod")
CLIMBS = 8


def tied(told: list[Event], triggers: list[Trigger], names: Names, lexicon: Lexicon) -> list[Event]:
    """The events of an article, in text order and with their triggers, with what the others of their sentence tell
    about them."""
    done, nodes = list(told), [trigger.node for trigger in triggers]
    for i in range(len(done)):
        done[i] = _placed(i, _by_means(i, done, nodes, lexicon), done, nodes, names)
        done[i] = _suffered(i, done, triggers, nodes)
    return done


def _beside(i: int, nodes: list[Node]) -> list[int]:
    """The other events of the sentence, the nearest first."""
    near = range(max(0, i - REACH), min(len(nodes), i + REACH))
    same = (j for j in near if j != i and nodes[j].tree is nodes[i].tree and nodes[j].sentence == nodes[i].sentence)
    return sorted(same, key=lambda j: abs(j - i))


def _by_means(i: int, done: list[Event], nodes: list[Node], lexicon: Lexicon) -> Event:
    """A noun of violence that hangs on a verb of violence is its means: both have one actor, target and place."""
    event, node = done[i], nodes[i]
    if node.pos in VERBAL or not (event.type in VIOLENT or event.type == "violation"):
        return event
    while node.dep == "conj" and node.head is not None and node.head.pos not in VERBAL:
        node = node.head
    preps = lexicon.words.prepositions
    if node.dep not in INSTRUMENT or lexicon.preposition(node) not in preps.by | preps.company | preps.means:
        return event
    for j in _beside(i, nodes):
        spoilt = done[j].type == "damage" and node.dep == "obl:agent"
        if nodes[j] is not node.head or nodes[j].pos not in VERBAL or not (done[j].type in VIOLENT or spoilt):
            continue
        event = msgspec.structs.replace(event, actor=event.actor or done[j].actor)
        if event.type in VIOLENT:
            target, place = event.target or done[j].target, event.place or done[j].place
            event = msgspec.structs.replace(event, target=target, place=place)
    return event


def _placed(i: int, event: Event, done: list[Event], nodes: list[Node], names: Names) -> Event:
    """An event with the place of the violence that it hangs on, unless it has one with a name."""
    node = nodes[i]
    if event.type not in SUFFERED or (event.place is not None and has_name(event.place, node, names)):
        return event
    for j in _beside(i, nodes):
        if done[j].type in VIOLENT and done[j].place is not None and _hang_together(node, nodes[j]):
            return msgspec.structs.replace(event, place=done[j].place)
    return event


def _suffered(i: int, done: list[Event], triggers: list[Trigger], nodes: list[Node]) -> Event:
    """People killed, arms lost or houses destroyed in an attack, with whose attack it was: of fighting that has two
    sides nobody can tell."""
    event, node = done[i], nodes[i]
    if event.type not in SUFFERED or event.actor is not None:
        return event
    for j in _beside(i, nodes):
        actor, other = done[j].actor, triggers[j]
        sided = other.rule.frame == "fight" and done[j].target is not None
        attack = done[j].type in VIOLENT and other.node.pos not in VERBAL and not sided
        if attack and actor is not None and other.node.head is node and not meets(actor, event.target):
            return msgspec.structs.replace(event, actor=actor)
    return event


def has_name(span: tuple[int, int], node: Node, names: Names) -> bool:
    """Whether a span in a token's paragraph holds a place's name, or a proper noun that no layer knows."""
    inside = (names.at(other) for other in node.tree.within(span))
    return any(name is not None and name.type == "LOC" for name in inside) or any(
        other.pos == "PROPN" and names.at(other) is None for other in node.tree.within(span)
    )


def _hang_together(node: Node, beside: Node) -> bool:
    """Whether two triggers are parts of one clause, or one of them hangs on the other."""
    if beside in node.ancestors() or node in beside.ancestors():
        return True
    verb = _clause(node)
    return verb is not None and verb is _clause(beside)


def _clause(node: Node) -> Node | None:
    """The verb whose clause a trigger is in, the first of those that are coordinated."""
    verb = node if node.pos in VERBAL else next((a for a in node.ancestors() if a.pos in VERBAL), None)
    for _ in range(CLIMBS):
        linked = verb is not None and (verb.dep == "conj" or (verb.dep == "advcl" and verb.morph("VerbForm") == "Part"))
        if verb is None or not linked or verb.head is None or verb.head.pos not in VERBAL:
            break
        if verb.find("nsubj", "nsubj:pass") is not None:
            break
        verb = verb.head
    return verb
