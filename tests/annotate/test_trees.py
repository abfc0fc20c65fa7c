"""A paragraph that comes again takes the tree that it had, and every record is as if it had not."""

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.annotate.tree import Tree
from recoupe.annotate.trees import Trees
from recoupe.model.article import Article, digest
from recoupe.model.parse import Parse, Token

PARAGRAPHS = [
    "Une frappe a tué 12 soldats près de Bakhmout, selon le ministère de la Défense. Il a promis une riposte.",
    "« Nous tiendrons », a dit mardi le général Martin, qui commande 300 hommes dans la région de Donetsk.",
    "Trois civils ont été blessés jeudi par un drone à Kherson, a annoncé le gouverneur Oleksandr Prokoudine.",
    "« Personne ne partira cette nuit. Nous l'avons promis à ceux qui restent. »",
]


def article(*parts: int, published: str = "2023-01-05") -> Article:
    text = "\n\n".join(["Titre de la dépêche", *(PARAGRAPHS[part] for part in parts)])
    return Article(id=digest(text), text=text, sha256=digest(text), lang="fr", published=published)


def test_records_are_the_same_wherever_a_paragraph_stood_before() -> None:
    listed = [article(0, 1), article(1, 2, 0), article(2, 2, 1, published="2024-06-12"), article(0)]
    # A quotation is whose speech stands before it, or of whom the next paragraph names.
    listed += [article(1, 3, 0), article(3, 1, 3), article(0, 3, 3), article(3, 2)]
    alone = [annotate([one], ANNOTATORS, Parser())[0] for one in listed]
    parser = Parser()
    assert [annotate([one], ANNOTATORS, parser)[0] for one in listed] == alone
    assert annotate(listed, ANNOTATORS, parser) == alone
    assert annotate(listed[::-1], ANNOTATORS, parser) == alone[::-1]


def tree(words: int, start: int) -> Tree:
    tokens = [Token(2 * i, 2 * i + 1, "a", "a", "X", "", i, "dep", "", False, i == 0) for i in range(words)]
    return Tree(Parse(tuple(tokens)), start, start + 2 * words, "body")


def test_a_tree_is_taken_once_and_moved() -> None:
    trees = Trees()
    trees.keep(("fr", "body", "a a"), tree(2, 10))
    taken = trees.take(("fr", "body", "a a"), 3)
    assert taken is not None and trees.take(("fr", "body", "a a"), 3) is None
    assert (taken.start, taken.end, taken.starts) == (3, 7, [3, 5])
    assert [node.span for node in taken.within((4, 9))] == [(5, 6)]
    assert [node.span for node in tree(2, 3).nodes] == [node.span for node in taken.nodes]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    trees = Trees(most=5)
    keys = [("fr", "body", str(i)) for i in range(3)]
    for key in keys:
        trees.keep(key, tree(2, 0))
    assert [trees.take(key, 0) is not None for key in keys] == [False, True, True]
