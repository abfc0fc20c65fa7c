"""The words that tell events: the shape of events.toml."""

import msgspec

from ...model.records import EventType, Means

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
# The participles of passives are often tagged as adjectives, and infinitives or damaged forms as anything.
LOOSE = frozenset({"ADJ", "NOUN", "PROPN", "X", "ADV", "PRON"})
# Parts of speech that name nothing; they are more than half of the tokens.
SILENT = frozenset({"PUNCT", "DET", "ADP", "CCONJ", "SCONJ", "PART", "INTJ", "SYM"})
# The verb of the rules for any verb.
ANY = "*"
# A proper noun in no name: towns that no list has are named in the news of every war.
UNKNOWN = "NAME"
COUNTRY = "COUNTRY"
NATION = "NATION"  # an adjective or noun of a people
NUMBER = "NUMBER"  # in digits or words, or a noun of one ("dizaine")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas that name one type of event, and what has to stand around them.

    `frame` says which argument goes where (frames.py). The lists of conditions hold lemmas or "@class": a class of
    events.toml, @PER, @ORG, @LOC for a name, @COUNTRY, @NATION, @NAME for a proper noun that no layer knows,
    @NUMBER. One of `object`, `subject`, `of` (complements and qualifiers of a noun), `near` (within six tokens),
    `next` (within three tokens after), `before` (within three tokens before) must be there, none of the `no_`
    lists. `type` None says that these words in this frame are no event. `reflexive` asks for (or forbids) a
    reflexive pronoun, `bare` forbids an object, `plural` wants the noun's plural, `predicative` a verb that is no
    mere qualifier ("territoires occupés"), `final` that no infinitive of purpose follows ("utilisé pour bombarder":
    the bombing is the event), `lapse` false that the noun is no lapse of time ("depuis l'invasion" dates something
    else), `echo` that the article has told of this type before ("la pause", after a truce). `told` wants a verb
    that tells something done or to be done once: a perfect, a preterite, a future, a passive or an infinitive.
    `borne` says that the verb only bears its noun, one of those in `next` or `object`, which is the word that names
    the happening ("trouver la mort"). A rule whose `verbs` is "*" is for all verbs that have no rule of their own
    that holds, but the `idle` ones.
    """

    type: EventType | None = None
    frame: str = "act"
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    no_object: tuple[str, ...] = ()
    no_subject: tuple[str, ...] = ()
    no_of: tuple[str, ...] = ()
    no_near: tuple[str, ...] = ()
    no_next: tuple[str, ...] = ()
    no_before: tuple[str, ...] = ()
    reflexive: bool | None = None
    bare: bool = False
    plural: bool = False
    predicative: bool = False
    final: bool = False
    lapse: bool = True
    echo: bool = False
    told: bool = False
    borne: bool = False


class Prepositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Prepositions by what they hand over; `full` undoes contractions, `heads` begin longer ones ("près de")."""

    full: dict[str, str]
    heads: frozenset[str]
    of: frozenset[str]
    by: frozenset[str]
    against: frozenset[str]
    to: frozenset[str]
    source: frozenset[str]
    company: frozenset[str]
    at: frozenset[str]
    purpose: frozenset[str]
    between: frozenset[str]
    range: frozenset[str]
    since: frozenset[str]
    among: frozenset[str]
    under: frozenset[str]
    after: frozenset[str]
    means: frozenset[str]
    until: frozenset[str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """events.toml: word classes, endings, the grammar words that the rules need, and the rules."""

    classes: dict[str, tuple[str, ...]]
    means: dict[Means, tuple[str, ...]]
    prepositions: Prepositions
    plural_endings: tuple[str, ...]
    verb_endings: dict[str, tuple[str, ...]]
    infinitive_endings: tuple[str, ...]
    irregular: dict[str, tuple[str, ...]]
    reflexives: frozenset[str]
    relatives: frozenset[str]
    third_person: frozenset[str]
    impersonal: frozenset[str]
    negations: frozenset[str]
    undone: frozenset[str]
    halves: frozenset[str]
    not_before: frozenset[str]
    restrictions: frozenset[str]
    particles: frozenset[str]
    lone_verbs: frozenset[str]
    asides: frozenset[str]
    nowhere: frozenset[str]
    modals: frozenset[str]
    duties: frozenset[str]
    plans: frozenset[str]
    arrests: frozenset[str]
    prevents: frozenset[str]
    occurrences: frozenset[str]
    idle: frozenset[str]
    denials: frozenset[str]
    fears: frozenset[str]
    conditions: frozenset[str]
    cases: frozenset[str]
    wishes: frozenset[str]
    threats: frozenset[str]
    onlys: frozenset[str]
    future_aux: frozenset[str]
    object_control: frozenset[str]
    auxiliaries: frozenset[str]
    intransitives: frozenset[str]
    object_relatives: frozenset[str]
    turns: frozenset[str]
    contracted: frozenset[str]
    authors: frozenset[str]
    lights: frozenset[str]
    carriers: frozenset[str]
    definites: frozenset[str]
    demonstratives: frozenset[str]
    unsaid: frozenset[str]
    lasting: frozenset[str]
    gerunds: frozenset[str]
    witnesses: frozenset[str]
    keeps: frozenset[str]
    cancels: frozenset[str]
    hits: frozenset[str]
    suffers: frozenset[str]
    aims: frozenset[str]
    ends: frozenset[str]
    tells: frozenset[str]
    offers: frozenset[str]
    settles: frozenset[str]
    discusses: frozenset[str]
    about: frozenset[str]
    anys: frozenset[str]
    orders: frozenset[str]
    blames: frozenset[str]
    imputes: frozenset[str]
    feats: frozenset[str]
    vaunts: frozenset[str]
    charges: frozenset[str]
    regrets: frozenset[str]
    addresses: frozenset[str]
    enacts: frozenset[str]
    prepares: frozenset[str]
    urges: frozenset[str]
    infinitive_plans: frozenset[str]
    goes_on: frozenset[str]
    gathers: frozenset[str]
    opposes: frozenset[str]
    where: frozenset[str]
    there: frozenset[str]
    active_endings: tuple[str, ...]
    future_endings: tuple[str, ...]
    not_actor_endings: tuple[str, ...]
    rules: tuple[Rule, ...]
