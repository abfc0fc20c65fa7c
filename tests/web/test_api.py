"""The API: the guide's words, paging, tags, and its own description."""

import httpx
import pytest
from stranger import Served


def asked(served: Served, path: str, **params: object) -> httpx.Response:
    return httpx.get(f"{served.address}/api{path}", params=params)


@pytest.mark.parametrize("path", ["/stories", "/articles", "/entities", "/log"])
def test_lists_are_paged(served: Served, path: str) -> None:
    whole = asked(served, path, limit=500).json()
    items, offset = [], 0
    while offset is not None:
        page = asked(served, path, limit=3, offset=offset).json()
        items += page["items"]
        offset = page["next"]
    assert items == whole["items"] and len(items) == whole["total"]
    assert asked(served, path, limit=0).status_code == 422 and asked(served, path, offset=-1).status_code == 422


def test_an_article_has_its_records(served: Served) -> None:
    found = asked(served, "/article/truce-04").json()
    text = found["article"]["text"]
    assert found["records"] and all(text[r["start"] : r["end"]] == r["text"] for r in found["records"])
    assert asked(served, "/article/none").status_code == 404


def test_a_story_comes_in_the_language_asked_for(served: Served) -> None:
    key = asked(served, "/stories").json()["items"][0]["id"]
    french, english = (asked(served, f"/story/{key}", lang=code).text for code in ("fr", "en"))
    assert french != english and asked(served, "/story/none").status_code == 404


def test_what_has_not_changed_is_not_sent_again(served: Served) -> None:
    first = asked(served, "/stories")
    again = httpx.get(f"{served.address}/api/stories", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


def test_the_api_describes_itself(served: Served) -> None:
    told = httpx.get(f"{served.address}/openapi.json").json()
    assert told["openapi"].startswith("3.") and {"/api/stories", "/api/search"} <= set(told["paths"])


def test_search_gives_records(served: Served) -> None:
    found = asked(served, "/search", q="soudan").json()
    assert found["article"] and found["name"] and all(hit["kind"] == "name" for hit in found["name"])
