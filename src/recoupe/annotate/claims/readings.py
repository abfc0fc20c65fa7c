"""What the words of a claim say about its act, polarity, certainty and form."""

import re

from ...model.records import Act, Certainty, Form, Polarity
from ..tree import Node
from .blame import blames, clears, own_side
from .found import Found
from .lexicon import Wording
from .passage import EDGE, Passage

MAIN = frozenset({"VERB", "AUX", "ADJ"})
# How a word that negates hangs on what it negates.
NEGATING = frozenset(
    {
        "nsubj",
        "det",
        "obj",
        "advmod",
        "obl:arg",
        "obl",
        "nmod",
        "cc",
        "advmod:neg",
        "obl:mod",
        "nsubj:pass",
        "dep",
        "neg",
    }
)
_STOP = re.compile(r"[.!?]\s")
SHORT = 6  # words of a retort that is nothing but a rejection ("Un mensonge de plus")


def form_of(found: Found) -> Form:
    """direct where every character stands in quotation marks, mixed where some do."""
    if found.form is not None:
        return found.form
    passage = found.passage
    quotes = passage.quotes
    inside = [any(q.start <= part[0] and part[1] <= q.end for q in quotes) for part in found.parts]
    if quotes and all(inside):
        return "direct"
    touched = any(q.outer[0] < part[1] and part[0] < q.outer[1] for part in found.parts for q in quotes)
    return "mixed" if touched else "indirect"


def read(found: Found, official: bool, expert: bool) -> tuple[Act, Polarity, Certainty]:
    """Act, polarity and certainty. `official`: the speaker acts for a side and can
    announce what it will do; `expert`: an observer."""
    lex = found.passage.lex
    text = " ".join(" ".join(found.passage.text[a:b] for a, b in found.parts).lower().replace('"', " ").split())
    words = lex.content if lex.telling.fits(text) else lex.untold
    act, certainty = found.act, found.certainty
    head = head_of(found)
    negative = (words["negative"].fits(text) or _negative(found, head)) != found.negated
    polarity: Polarity = "-" if negative else "+"
    certainty = min(certainty, _certainty(words, text), key=("possible", "probable", "certain").index)
    if act == "deny" and words["rejecting"].fits(text):
        return act, "-", certainty
    if act == "request" and found.speech and text.rstrip().endswith("?"):
        return "question", "+", "possible"  # "« Qui a tiré ? », a demandé le juge"
    if act == "question":
        polarity = "+"
    if found.fixed or found.relay:
        if act == "expect" and official and _promised(found.passage, head):
            act = "commit"
        return act, polarity, certainty
    if words["rejecting"].fits(text) and (words["rejected"].fits(text) or len(text.split()) <= SHORT):
        return "deny", "-", certainty
    if act == "assert" and found.naming and words["rejecting_names"].fits(text):
        return "deny", "-", certainty
    if act == "assert" and found.naming and words["blaming"].fits(text):
        return "accuse", polarity, certainty
    if act == "assert":
        act = _act(found, words, text, head, official and not expert and not found.minded, certainty, expert)
        if act == "assert" and not expert:
            act = _sided(found, words, text, head, negative and not found.negated)
        if act == "expect" and words["wishing"].fits(text):
            certainty = "possible"
    return act, polarity, certainty


def _sided(found: Found, words: dict[str, Wording], text: str, head: Node | None, negative: bool) -> Act:
    """An assertion that blames another side, clears one's own or tells of one's own losses."""
    if words["losing"].fits(text):
        return "admit"
    if negative:
        return "deny" if clears(found, head) else "assert"
    return "accuse" if blames(found, head) else "assert"


def _promised(passage: Passage, head: Node | None) -> bool:
    """Whether a warning tells what the speaker himself will do ("a prévenu qu'il riposterait")."""
    subject = head.find("nsubj") if head is not None else None
    return bool(head and subject and passage.words[subject.i] in passage.lex.selves and _future(passage, head))


def _opening(found: Found, text: str) -> str:
    """The first sentence of a content, where it has a verb: what follows may do something else."""
    passage, (start, end) = found.passage, found.parts[0]
    first = _first_sentence(passage, start, end)
    if not any(node.morph("VerbForm") == "Fin" for node in passage.between(start, first)):
        return text
    return passage.text[start:first].lower().replace('"', " ")


def _without(pattern: re.Pattern[str] | None, text: str) -> str:
    """The text without its suppositions ("si le pays doit se défendre, …")."""
    return pattern.sub(" ", text) if pattern is not None else text


def _certainty(words: dict[str, Wording], text: str) -> Certainty:
    if words["probable"].fits(text):
        return "probable"
    return "possible" if words["possible"].fits(text) else "certain"


def _act(
    found: Found,
    words: dict[str, Wording],
    text: str,
    head: Node | None,
    official: bool,
    certainty: Certainty,
    expert: bool,
) -> Act:
    if words["intent"].fits(text) and not _others_intent(found, head):
        return "commit"
    if official and found.announces and _planned(found):
        return "commit"
    if words["wishing"].fits(text) or words["expecting"].fits(text):
        return "expect"
    quoted = found.speech or form_of(found) == "direct"
    lex = found.passage.lex
    if quoted and lex.content["requesting"].fits(_without(lex.supposing, _opening(found, text))):
        return "request"
    if head is not None and _future(found.passage, head) and not (found.around and _is_now(found.passage, head)):
        if found.around and not found.passage.future(head) and not any(map(found.passage.future, _finite(head))):
            return "expect"  # "selon X, P affaiblirait Q": no announcement
        # Who only believes that something will be promises nothing.
        sure = official and (found.announces or _own(found, head)) and certainty == "certain"
        return "commit" if sure else "expect"
    supposed = expert and (head is not None or _certainty(words, text) != "certain") and not _stated(lex.content, head)
    if certainty != "certain" and (_ahead(found.passage, head) or supposed):
        return "expect"
    if not official and any(found.passage.future(node) for node in found.passage.between(*found.parts[0])):
        return "expect"
    return "assert"


def _others_intent(found: Found, head: Node | None) -> bool:
    """Whether what is meant is someone else's plan ("a assuré que les tireurs comptaient fuir")."""
    subject = head.find("nsubj", "nsubj:pass") if head is not None else None
    return head is not None and subject is not None and subject.pos == "NOUN" and not _own(found, head)


def _planned(found: Found) -> bool:
    """Whether what is announced is a deliberate act by its noun ("a annoncé l'envoi de chars"; not "la mort de")."""
    passage = found.passage
    for node in passage.between(*found.parts[0]):
        if node.pos in ("VERB", "AUX") and node.morph("VerbForm") == "Fin":
            return False
        if node.pos == "NOUN":
            return node.lemma.lower() in passage.lex.words.content.plans
    return False


def head_of(found: Found) -> Node | None:
    """The first main verb of the content."""
    passage = found.passage
    inside = passage.between(*found.parts[0])
    members = range(inside[0].i, inside[-1].i + 1) if inside else range(0)
    tops = (node for node in inside if node.head is None or node.head.i not in members)
    verb = next((top for top in tops if top.pos in MAIN or top.find("cop", "nsubj", "nsubj:pass")), None)
    if verb is None:
        finite = (node for node in inside if node.morph("VerbForm") == "Fin")
        return next((node for node in finite if node.dep not in ("acl:relcl", "advcl")), None)
    if _supposes(passage, verb):
        later = [node for node in inside if node.i > verb.i and node.morph("VerbForm") == "Fin"]
        comma = next((node.i for node in inside if node.i > verb.i and passage.words[node.i] == ","), None)
        main = next((node for node in later if comma is not None and node.i > comma), None)
        if main is not None:  # "Si P, ce sera la preuve": the parse hung all of it on the supposition
            above = main.head if main.dep.startswith(("aux", "cop")) else None
            return above if above is not None and above.i in members else main
    for child in verb.children:
        own = child.dep in ("parataxis", "ccomp") and child.find("mark") is None and child.find("nsubj") is not None
        if own and child.i < verb.i and child.i in members and child.morph("VerbForm") == "Fin":
            return child  # "Nous continuerons, rien ne nous arrêtera"
    return verb


def _supposes(passage: Passage, node: Node) -> bool:
    mark = node.find("mark")
    return mark is not None and passage.words[mark.i] in passage.lex.words.conditions


def _finite(head: Node) -> list[Node]:
    """The head and its auxiliaries."""
    return [head, *(child for child in head.children if child.dep.startswith(("aux", "cop")))]


def _is_now(passage: Passage, head: Node) -> bool:
    """Whether a present conditional tells where or how someone is, not what would follow ("selon X, le chef serait en
    fuite", "détiendrait des otages")."""
    rules = passage.lex.words.conditional
    subject = head.find("nsubj", "nsubj:pass")
    if subject is None or subject.pos == "PRON":
        return False
    for node in _finite(head):
        if passage.conditional(node):
            behind = passage.nodes[node.i + 1] if node.i + 1 < len(passage.nodes) else None
            placed = passage.words[node.i] in rules.auxiliaries and behind is not None and behind.pos == "ADP"
            return placed or node.lemma in rules.states
    return False


def _future(passage: Passage, head: Node) -> bool:
    """Future, or future in the past."""
    rules = passage.lex.words.conditional
    for node in _finite(head):
        if passage.future(node):
            return True
        if passage.conditional(node):
            if _was(passage, node):
                return False
            return (head.lemma if node is head else node.lemma) not in rules.modals
        if passage.words[node.i] in passage.lex.words.future_auxiliaries:
            return True
    return False


def _was(passage: Passage, node: Node) -> bool:
    """Whether a conditional looks back: that of a compound tense ("auraient bombardé", "se seraient enfuis")."""
    words = passage.lex.words
    if passage.words[node.i] not in words.conditional.auxiliaries:
        return False
    return node.dep == "aux:tense" or passage.word(node.i - 1) in words.reflexives


def _looks_back(passage: Passage, head: Node) -> bool:
    """Whether a verb is of a compound tense, or a modal takes a perfect infinitive ("auraient placé", "pourraient avoir
    placé", "may have lost")."""
    lex = passage.lex
    if any(_was(passage, node) for node in _finite(head)):
        return True
    perfect = lex.auxiliaries.difference(lex.words.passive_auxiliaries)
    group = [*head.children, *(child for each in head.all("xcomp") for child in each.children)]
    return any(
        node.dep.startswith("aux") and node.morph("VerbForm") == "Inf" and passage.words[node.i] in perfect
        for node in group
    )


def _ahead(passage: Passage, head: Node | None) -> bool:
    """Whether a possible or probable clause looks ahead: its modal or its tense does."""
    if head is None or _looks_back(passage, head):
        return False
    return any(
        passage.conditional(node) or passage.words[node.i] in passage.lex.words.modals
        for node in [*_finite(head), *head.ancestors()]
    )


def _stated(words: dict[str, Wording], head: Node | None) -> bool:
    """Whether the main verb states how things are ("le bilan est sans doute plus élevé"; not "il est probable que")."""
    if head is None or any(words[name].fits(head.lower) for name in ("probable", "possible")):
        return False
    if any(node.morph("Tense") in ("Past", "Imp") and node.morph("Mood") != "Cnd" for node in _finite(head)):
        return True  # "was probably hit by a missile"
    return any(
        node.morph("VerbForm") == "Fin" and node.morph("Mood") == "Ind" and node.dep == "cop" for node in _finite(head)
    )


def _own(found: Found, head: Node) -> bool:
    """Whether the one who is to act is the speaker or the speaker's side."""
    passage, speakers = found.passage, found.passage.lex.words.speakers
    subject = head.find("nsubj", "nsubj:pass", "expl:subj")
    if subject is None:
        return True
    word = passage.words[subject.i]
    if word in passage.lex.pronouns:
        return form_of(found) != "direct"  # in his own words, "they" are others
    if word in speakers.first_person:
        return True
    if word in speakers.nobody:
        return False
    if any(passage.words[node.i] in speakers.possessives for node in subject.subtree()):
        return True
    if head.find("nsubj:pass") is not None or head.find("aux:pass") is not None:
        return form_of(found) != "direct"
    own = passage.lex.side
    if subject.pos == "PROPN":
        return own_side(passage, subject, found)  # "Israël enverrait une délégation", said by its government
    return word in own or subject.lemma.lower() in own


def _negative(found: Found, head: Node | None) -> bool:
    """Whether the main clause of the content is negated."""
    passage = found.passage
    words = passage.lex.words
    start, end = found.parts[0]
    inside = passage.between(start, end)
    if not inside or words.negators.isdisjoint(passage.words[inside[0].i : inside[-1].i + 1]):
        return False
    first = _first_sentence(passage, start, end)
    nodes = [node for node in inside if node.start < first]
    # A lone first word ("Premièrement.") is no sentence of its own.
    if sum(node.pos != "PUNCT" for node in nodes) < 3:
        nodes = inside
    verbs = {node.i for node in nodes if node.dep in ("ROOT", "cop", "aux")} if head is None else {head.i}
    verbs |= {child.i for child in head.children if child.dep.startswith(("aux", "cop"))} if head is not None else set()
    for node in nodes:
        word = passage.words[node.i]
        if word not in words.negators or passage.word(node.i + 1) in words.comparatives or _bounds(passage, node):
            continue  # "pas moins de 150 morts" negates nothing
        if node.left is not None and node.left.pos == "DET":
            continue  # "un pas important"
        if node.dep in NEGATING:
            governor = node.head
            depth = 0
            while (
                governor is not None
                and governor.i not in verbs
                and depth < 3
                and governor.pos not in ("VERB", "AUX")
                and governor.find("cop", "nsubj") is None
            ):
                governor, depth = governor.head, depth + 1
            main = governor is None or governor.i in verbs or head is None
            if main and (word not in words.weak_negators or _particle(passage, node, inside[0].i)):
                return True
    return False


def _bounds(passage: Passage, node: Node) -> bool:
    """Whether a word bounds a number behind its preposition: "n'avoir visé que plus de 90 positions"."""
    behind = passage.nodes[node.i + 2] if node.i + 2 < len(passage.nodes) else None
    return behind is not None and behind.pos == "NUM" and passage.nodes[node.i + 1].pos == "ADP"


def _particle(passage: Passage, node: Node, first: int) -> bool:
    """Whether a word like "plus" or "personne" stands with the particle of a negation, from token `first` on."""
    words = passage.lex.words
    low = max(first, node.i - 8)
    return any(passage.words[j] in words.negative_particles for j in range(low, min(node.i + 6, len(passage.words))))


def _first_sentence(passage: Passage, start: int, end: int) -> int:
    for stop in _STOP.finditer(passage.text, start, end + 1):
        if len(passage.text[start : stop.start()].strip(EDGE).split()) > 2:
            return stop.start()
    return end
