"""Whether a word of the lexicon is a verb where it stands, whatever the tagger made of it."""

from ..tree import Node
from .passage import VERBAL, Passage

SUBJECT = 7  # tokens of a subject between "que" and its verb
LONGEST = 12  # tokens between the commas of an insertion
PLAIN = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "ADV", "DET", "PRON", "CCONJ", "SCONJ"})


def verbal(passage: Passage, node: Node, aux: int | None, first: int) -> bool:
    """Whether the word is a verb here: so tagged, or after an auxiliary, or standing where only a verb can."""
    if node.pos in ("VERB", "AUX") or aux is not None:
        return True
    words = passage.lex.words
    if passage.word(node.i + 1) in passage.lex.inverted and hyphened(passage, node.i + 1):
        return True  # "raconte-t-il"
    if passage.words[node.i] in passage.lex.gerunds:
        opening = passage.word(node.i - 1)
        return opening in (",", *words.gerund_markers) or opening in passage.lex.clitics
    if passage.word(node.i - 1) in words.reflexives and passage.words[node.i] in passage.lex.finite:
        return True  # "se vante": nothing but a verb follows the pronoun
    if node.pos == "ADJ" and passage.word(node.i + 1) in words.direct_role_markers:
        return any("y" in verb.frames for verb in passage.lex.verbs[passage.words[node.i]])
    if node.pos in PLAIN and node.pos != "ADP":
        form = passage.words[node.i]
        if form in passage.lex.finite and passage.word(node.i - 1) in passage.lex.subjects:
            return True  # "on dément": nothing but a verb follows
        if (form in passage.lex.finite or form in passage.lex.both) and placed(passage, node.i):
            return True
        before = passage.nodes[node.i - 1] if node.i else None
        if before is not None and before.pos in ("NOUN", "ADJ") and passage.words[node.i] in passage.lex.finite:
            return verbless(passage, node)
        if before is None or before.pos in ("DET", "ADP", "ADJ", "NUM", "NOUN"):
            return False
        follows = passage.word(node.i + 1)
        bare = any("z" in verb.frames for verb in passage.lex.verbs[passage.words[node.i]])
        if bare and before.pos == "PROPN" and follows in passage.lex.pronouns:
            return True
        if before.pos == "PROPN" and passage.words[node.i] in passage.lex.finite and verbless(passage, node):
            return True
        opens = node.right is not None and (node.right.pos in ("DET", "PROPN") or node.right.text[:1].isupper())
        return follows in passage.lex.complementizers or (before.pos == "PUNCT" and opens)
    return False


def placed(passage: Passage, i: int) -> bool:
    """Whether a form stands where only a verb can, whatever the tagger says: a name or a comma before and an
    infinitive behind it ("Kigali dément avoir …"), or "que" and no verb before ("Kigali dément que …"), a pronoun and
    a preposition with an infinitive ("et leur enjoint de partir"), a comma and a quotation (", soupire : « … »"), or
    the only verb of a clause that "que" opens, right behind its subject ("un bilan que la mairie juge provisoire")."""
    lex, words, nodes = passage.lex, passage.lex.words, passage.nodes
    if i == 0 or i + 1 >= len(nodes):
        return False
    before, after = nodes[i - 1], nodes[i + 1]
    if after.morph("VerbForm") == "Inf" and after.pos in VERBAL:
        return before.pos in ("PROPN", "NOUN", "ADJ", "PUNCT") and any(
            "b" in verb.frames for verb in lex.verbs[passage.words[i]]
        )
    if f"{passage.word(i - 2)} {passage.words[i - 1]}" in words.resumptives:
        return True
    if passage.words[i + 1] in lex.complementizers and before.pos in ("PROPN", "NOUN", "ADJ"):
        clause = any("c" in verb.frames for verb in lex.verbs[passage.words[i]])
        return clause and passage.words[i] in lex.finite and _alone(passage, nodes[i])
    if passage.words[i + 1] == ":" and passage.word(i + 2) == '"':
        return passage.words[i - 1] == "," or (before.pos in PLAIN - {"ADP", "DET"} and _alone(passage, nodes[i]))
    if passage.words[i - 1] in lex.addressees and passage.words[i + 1] in words.infinitive_markers:
        return i + 2 < len(nodes) and nodes[i + 2].morph("VerbForm") == "Inf"
    j = i - 1
    while j > 0 and i - j < SUBJECT and nodes[j].pos in ("NOUN", "PROPN", "ADJ", "DET", "ADP"):
        j -= 1
    if i - j < 2 or passage.words[j] not in lex.complementizers or passage.word(j - 1) in words.not_complement_after:
        return False
    return after.pos in ("ADJ", "ADV", "PUNCT") and nodes[j + 1].pos in ("DET", "PROPN")


def _alone(passage: Passage, node: Node) -> bool:
    """Whether no verb stands before a token in its sentence ("Une source nuance : « … »")."""
    before = passage.between(passage.unit_at(node.start)[0], node.start)
    return not any(other.pos in VERBAL and other.morph("VerbForm") == "Fin" for other in before)


def verbless(passage: Passage, node: Node) -> bool:
    """Whether nothing else in the sentence is a finite verb: a name before a form of the lexicon is its subject."""
    nxt = node.right
    opens = nxt is not None and (nxt.pos in ("DET", "PRON", "AUX", "ADP", "PROPN", "NUM") or nxt.dep == "det")
    opens = opens or (nxt is not None and nxt.morph("VerbForm") == "Inf")
    # "raconte, sous couvert d'anonymat, "
    opens = opens or (nxt is not None and nxt.text == "," and (node.pos == "ADJ" or _closed(passage, nxt.i)))
    inside = passage.between(*passage.unit_at(node.start))
    return opens and not any(other.morph("VerbForm") == "Fin" and other.pos in VERBAL for other in inside)


def _closed(passage: Passage, i: int) -> bool:
    """Whether the comma at token i opens an insertion behind which a phrase begins ("avance, sans preuve, une …")."""
    for j in range(i + 2, min(i + LONGEST, len(passage.nodes) - 1)):
        if passage.words[j] == ",":
            return passage.nodes[j + 1].pos in ("DET", "NUM") or passage.words[j + 1] in passage.lex.complementizers
    return False


def hyphened(passage: Passage, j: int) -> bool:
    start = passage.nodes[j].start
    return "-" in passage.text[max(passage.tree.start, start - 1) : start + 1]
