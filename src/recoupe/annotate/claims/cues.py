"""Finds verbs that hand a claim over: the lexicon finds them, whatever the tagger made of the word."""

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, count

from ...model.records import Span
from ..tree import Node
from .lexicon import Lexicon, Verb
from .passage import VERBAL, Passage
from .verbs import hyphened, placed, verbal, verbless

_VERBS = operator.attrgetter("verbs")
LONGEST = 12  # tokens between the commas of an insertion
BOUNDS = 4  # tokens of a number with the words that bound it ("que de près de 17")
RECKONS = Verb("", {"g": "assert"}, "certain", negates=False, reflexive=False, tail=())


@dataclass(slots=True)
class Cue:
    """A verb with its auxiliaries: tokens first..last, `node` the verb itself, `pronoun` an inverted subject."""

    node: Node
    verb: Verb
    first: int
    last: int
    shape: str  # finite, participle (with auxiliary: finite), bare (participle alone), gerund, infinitive
    passive: bool = False
    negated: bool = False
    pronoun: Node | None = None
    span: Span = (0, 0)

    @property
    def after(self) -> int:
        """The number of the first token after the cue and its inverted subject."""
        return (self.last if self.pronoun is None or self.pronoun.i < self.last else self.pronoun.i) + 1


def verb_cues(passage: Passage) -> list[Cue]:
    """The verb cues of a paragraph, in text order."""
    found: list[Cue] = []
    taken = -1
    for i in compress(count(), map(_VERBS, passage.known)):
        cue = _cue(passage, i, passage.known[i].verbs) if i > taken else None
        if cue is None:
            continue
        if found and cue.shape == "infinitive" and _merges(passage, found[-1], cue):
            cue.first, cue.negated = found[-1].first, cue.negated or found[-1].negated
            cue.shape, cue.pronoun, cue.passive = found[-1].shape, found[-1].pronoun, found[-1].passive
            cue.span = (passage.nodes[cue.first].start, cue.span[1])
            cue.verb = _wanting(cue.verb)
            found.pop()
        found.append(cue)
        taken = cue.last
    found += _reckoning(passage)
    found.sort(key=lambda cue: cue.node.i)
    return [cue for cue in found if cue.shape != "infinitive" or _carried(passage, cue)]


def _cue(passage: Passage, i: int, verbs: tuple[Verb, ...]) -> Cue | None:
    node, lex = passage.nodes[i], passage.lex
    first, aux, pronoun, reflexive, negated = _group(passage, i)
    if not verbal(passage, node, aux, first):
        return None
    last, verb = _chosen(passage, i, verbs, reflexive)
    if verb is None:
        return None
    if (
        pronoun is None
        and passage.word(last + 1) in lex.inverted
        and passage.text[passage.nodes[last + 1].start - 1 : passage.nodes[last + 1].start] != " "
    ):
        pronoun = passage.nodes[last + 1]
        if passage.word(last + 2) in lex.inverted:
            pronoun = passage.nodes[last + 2]
    participle = node.morph("VerbForm") == "Part" and node.morph("Tense") != "Pres"
    shape = "finite"
    if aux is None and passage.words[i] not in lex.finite:
        if _gerund(passage, node):
            shape = "gerund"
        elif node.morph("VerbForm") == "Inf" and passage.words[i] not in lex.participles:
            shape = "infinitive"
        elif (node.pos in ("ADJ", "NOUN") and passage.words[i] in lex.participles) or (
            participle
            and (
                node.dep in ("acl", "acl:relcl", "amod", "advcl", "nmod", "appos", "xcomp")
                or passage.word(i - 1) in lex.words.role_markers  # "comme annoncé"
            )
            and node.find("nsubj", "expl:subj") is None
        ):
            sure = verb.tail or verbless(passage, node) or (node.pos not in VERBAL and placed(passage, i))
            shape = "finite" if passage.words[i] in lex.both and sure else "bare"
    led = passage.nodes[first - 1] if first else None
    if shape == "finite" and led is not None and led.pos == "DET" and led.morph("Definite") == "Ind":
        return None  # "une offre que le Kremlin étudie"
    if shape == "finite" and aux is not None and passage.nodes[aux].morph("VerbForm") == "Inf" and pronoun is None:
        shape = "infinitive"  # "avoir ordonné"
    passive = shape == "bare" or _passive(passage, first, i)
    begin = _begin(passage, first, aux if aux is not None else i)
    cue = Cue(node, verb, first, last, shape, passive, negated, pronoun, (begin, passage.nodes[last].end))
    if negated and _restricts(passage, first, last + 1):
        cue.last, cue.negated = last + 1, False
    elif negated:
        cue.negated = not any(_restricts(passage, first, j) for j in _past_phrase(passage, last + 1))
    return cue


def _past_phrase(passage: Passage, i: int) -> Iterator[int]:
    """The tokens behind the words of a noun phrase or the adverbs that follow a verb ("n'évoquait la veille que …")."""
    for node in passage.nodes[i : i + BOUNDS]:
        if node.pos not in ("DET", "NOUN", "ADV"):
            return
        yield node.i + 1


def _reckoning(passage: Passage) -> Iterator[Cue]:
    """The verbs of set phrases that put a count ("en était à 12 morts")."""
    for pattern, _ in passage.expressions.reckoned:
        for match in pattern.finditer(passage.low):
            start, end = passage.tree.start + match.start(1), passage.tree.start + match.end(1)
            first, last = passage.index(start), passage.index(end) - 1
            yield Cue(passage.nodes[last], RECKONS, first, last, "finite", span=(start, end))


def _restricts(passage: Passage, first: int, i: int) -> bool:
    """Whether token i turns the lone particle of a verb that begins at `first` into a restriction, a noun phrase right
    behind it ("n'a compté que douze morts", "n'évoque que des blessés")."""
    words = passage.lex.words
    if passage.word(i) not in words.restrictions or not words.negators.isdisjoint(passage.words[first:i]):
        return False
    after = (node for node in passage.nodes[i + 1 : i + 1 + BOUNDS] if node.pos != "ADV")
    behind = next(after, None)
    return behind is not None and (behind.pos in ("NUM", "DET", "ADP", "NOUN") or behind.dep == "nummod")


def _begin(passage: Passage, first: int, verb: int) -> int:
    """Where a cue begins: with its auxiliary, its reflexive pronoun or its negation; other clitics stay outside."""
    for j in range(first, verb):
        if passage.words[j] in passage.lex.cue_clitics:
            return passage.nodes[j].start
    return passage.nodes[verb].start


def _gerund(passage: Passage, node: Node) -> bool:
    if passage.words[node.i] in passage.lex.gerunds:
        return True
    return node.morph("VerbForm") in ("Part", "Ger") and (
        node.morph("Tense") == "Pres" or node.morph("Aspect") == "Prog"
    )


def _group(passage: Passage, i: int) -> tuple[int, int | None, Node | None, bool, bool]:
    """Walks left over auxiliaries, adverbs, clitics and an inverted subject: (first token, first auxiliary,
    inverted subject, whether a reflexive stands there, whether it is negated)."""
    lex, words = passage.lex, passage.lex.words
    first, aux, pronoun, reflexive, negated = i, None, None, False, False
    j = i - 1
    while j >= 0:
        word, node = passage.words[j], passage.nodes[j]
        if word in lex.auxiliaries and node.pos in ("AUX", "VERB", "X"):
            aux = first = j
        elif aux is None and word in lex.clitics and (size := _inserted(passage, j)):
            j -= size - 1  # "avait quant à lui menacé"
        elif word in words.negative_particles or (word in words.negators and _negates(passage, j)):
            if node.pos == "DET":
                break
            negated, first = True, j
        elif word in lex.inverted and hyphened(passage, j):
            pronoun = pronoun or node
        elif (
            word in lex.clitics
            and node.pos not in ("NOUN", "ADP")
            and (node.dep not in ("det", "nsubj", "case") or (j == i - 1 and word in lex.addressees))
        ):
            reflexive = reflexive or word in words.reflexives
            first = j
        elif (
            node.pos == "ADV" and j > 0 and word not in words.conditions and aux is None and _adverb_inside(passage, j)
        ):
            pass
        elif aux is None and (size := _inserted(passage, j) or (word == "," and _parenthesis(passage, j))):
            j -= size - 1
        else:
            break
        j -= 1
    return first, aux, pronoun, reflexive, negated


def _negates(passage: Passage, j: int) -> bool:
    """Whether a negator is one here: "plus" only with its particle ("avait plus tôt annoncé")."""
    words = passage.lex.words
    if passage.words[j] not in words.weak_negators:
        return True
    return any(passage.word(k) in words.negative_particles for k in range(j - 4, j))


def _inserted(passage: Passage, j: int) -> int:
    """How many tokens an adverbial takes that ends at token j between auxiliary and verb ("a d'autre part annoncé")."""
    for phrase in passage.lex.inserts_to.get(passage.words[j], ()):
        size = len(phrase)
        before = passage.word(j - size).strip(",")
        if tuple(passage.words[j - size + 1 : j + 1]) == phrase and before in passage.lex.auxiliaries:
            return size
    return 0


def _parenthesis(passage: Passage, j: int) -> int:
    """How many tokens what stands between two commas right after an auxiliary takes, the commas included; token j is
    the second ("a, par la voix de son porte-parole, annoncé")."""
    for k in range(j - 1, max(0, j - LONGEST), -1):
        if passage.words[k] == ",":
            return j - k + 1 if passage.word(k - 1) in passage.lex.auxiliaries else 0
        if passage.nodes[k].morph("VerbForm") == "Fin" or passage.words[k] in ('"', ":", ";"):
            return 0
    return 0


def _adverb_inside(passage: Passage, j: int) -> bool:
    """Whether an adverb stands between an auxiliary (or another adverb of the group) and the verb."""
    k = j - 1
    while k >= 0 and (passage.nodes[k].pos == "ADV" or passage.word(k) in passage.lex.inverted):
        k -= 1
    return k >= 0 and passage.word(k) in passage.lex.auxiliaries


def _passive(passage: Passage, first: int, i: int) -> bool:
    words = passage.lex.words
    last_aux = next((word for word in reversed(passage.words[first:i]) if word in passage.lex.auxiliaries), None)
    if last_aux is None or last_aux not in words.passive_auxiliaries or passage.nodes[i].morph("Tense") != "Past":
        return False
    return passage.words[i] == passage.nodes[i].lemma or words.reflexives.isdisjoint(passage.words[first:i])


def _chosen(passage: Passage, i: int, verbs: tuple[Verb, ...], reflexive: bool) -> tuple[int, Verb | None]:
    """The verb of a form, by its further words and its reflexive; (last token, verb)."""
    best: tuple[int, Verb | None] = (i, None)
    for verb in verbs:
        last = i
        if verb.tail:
            if reflexive != verb.reflexive:
                continue
            step = i + 1
            step += passage.inserted(step)
            for part in verb.tail:
                while (
                    passage.word(step) != part and step <= i + 3 and passage.nodes[step].pos in ("ADV", "PRON")
                    if step < len(passage.words)
                    else False
                ):
                    step += 1
                if passage.word(step) != part:
                    break
                last, step = step, step + 1
            else:
                return last, verb
            continue
        if verb.reflexive != reflexive:
            continue
        if best[1] is None:
            best = (last, verb)
    if best[1] is None and not reflexive:
        return best
    if best[1] is None and reflexive:  # "se sont accusés de", "se renvoient la faute": each other
        mutual = (verb for verb in verbs if not verb.tail and "accuse" in (verb.frames.get("f"), verb.frames.get("t")))
        return i, next(mutual, None)
    return best


def _merges(passage: Passage, governor: Cue, cue: Cue) -> bool:
    """Whether an infinitive hangs right on another cue ("disent craindre", "dit vouloir"): they are one cue."""
    if not any(frame in cue.verb.frames for frame in "nbim"):
        return False
    gap = range(governor.after, cue.first)
    if governor.verb.frames.get("b") in ("deny", "admit"):
        return False  # "a démenti vouloir partir" denies
    return (
        "b" in governor.verb.frames
        and all(passage.nodes[j].pos == "ADV" or passage.words[j] in passage.lex.days for j in gap)
        and governor.node.sentence == cue.node.sentence
    )


def _wanting(verb: Verb) -> Verb:
    """The verb below another cue: what it hands over only there becomes its bare infinitive ("dit vouloir partir")."""
    return verb._replace(frames={**verb.frames, "b": verb.frames["m"]}) if "m" in verb.frames else verb


def _carried(passage: Passage, cue: Cue) -> bool:
    """Whether an infinitive tells of something said: below "tenir à", "venir de" and the like, or a purpose."""
    words = passage.lex.words
    if passage.word(cue.first - 1) in words.conjunctions and cue.node.dep == "conj" and cue.node.head is not None:
        mark = cue.node.head.find("mark", "case")  # "pour dénoncer P et demander Q"
        return mark is not None and passage.words[mark.i] in words.purpose and _pursued(passage, cue)
    if _narrates(passage, cue):
        return True
    for j in range(cue.first - 1, max(-1, cue.first - 5), -1):
        node = passage.nodes[j]
        if node.lemma in words.carriers or passage.word(j) in words.carriers:
            return True
        if passage.word(j) in words.purpose or (passage.word(j) in words.sequels and not _resumes(passage, cue)):
            return _pursued(passage, cue)
        if node.pos not in ("ADP", "ADV", "PRON", "PART", "SCONJ"):
            break
    return False


def _resumes(passage: Passage, cue: Cue) -> bool:
    """Whether a quotation goes on behind the infinitive ("« A », a-t-il lancé, avant d'ajouter : « B »")."""
    quoted = passage.word(cue.last + 1) == ":" and passage.word(cue.last + 2) == '"'
    return quoted and any(quote.outer[1] <= cue.span[0] for quote in passage.quotes)


def _narrates(passage: Passage, cue: Cue) -> bool:
    """Whether an infinitive opens its sentence behind a conjunction ("Et d'ajouter : « … »"): the speaker goes on."""
    words, i = passage.lex.words, cue.first - 1
    start = passage.unit_at(cue.span[0])[0]
    led = passage.word(i) in words.narrating and passage.word(i - 1) in words.conjunctions
    return led and passage.nodes[i - 1].start == start


def _pursued(passage: Passage, cue: Cue) -> bool:
    """Whether a purpose was acted on ("se sont rassemblés pour réclamer …"): its verb tells of something done."""
    words = passage.lex.words
    main = next((node for node in cue.node.ancestors() if node.pos == "VERB"), None)
    if main is None or main.i > cue.first or main.morph("VerbForm") == "Inf":
        return False
    group = [main, *(child for child in main.children if child.dep.startswith("aux"))]
    done = any(node.morph("VerbForm") == "Fin" and node.morph("Mood") == "Ind" for node in group)
    doubtful = any(passage.future(node) or passage.words[node.i] in (*words.modals, *words.unsaid) for node in group)
    blocked = any(
        passage.words[node.i] in words.purpose_not | (words.negators - words.weak_negators)
        for node in passage.between(main.start - 1, cue.span[0])
    )
    return done and not doubtful and not blocked


def said(passage: Passage, cue: Cue, lex: Lexicon) -> bool:
    """Whether the speaking took place: no modal, no condition, no "without"."""
    words = lex.words
    for j in range(max(0, cue.first - 3), cue.first):
        word = passage.word(j)
        if word in words.without and cue.shape in ("infinitive", "gerund"):
            return False
    if cue.node.pos in VERBAL and passage.conditional(cue.node) and cue.pronoun is None:
        return False  # "demanderaient"; "aurait demandé" reports
    if any(passage.future(node) for node in passage.nodes[cue.first : cue.node.i + 1]) and cue.pronoun is None:
        return False
    if cue.node.morph("Mood") == "Imp":
        return (
            cue.node.find("nsubj") is not None
            or cue.pronoun is not None
            or passage.before(cue.span[0], passage.tree.start) in (",", '"')
        )
    first = cue.first if passage.word(cue.first - 1) in words.purpose and cue.shape == "infinitive" else cue.first - 1
    group: list[str] = []
    j = max(0, first)
    while j < cue.node.i:  # "ont pour leur part accusé": no purpose
        size = passage.inserted(j)
        group += [] if size else [passage.words[j]]
        j += size or 1
    if "," in group:  # "a, pour sa part, conseillé"
        del group[group.index(",") : len(group) - group[::-1].index(",")]
    return words.unsaid.isdisjoint(group)
