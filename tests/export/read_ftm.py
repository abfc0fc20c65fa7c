"""Reads FollowTheMoney entities with the followthemoney package, in an environment of its own: prints what it found.

Usage: read_ftm.py FILE
"""

import json
import sys
from pathlib import Path

from followthemoney import model


def main() -> None:
    """The schemas met, references to entities that are not there, and mentions that lack a field."""
    entities = [model.get_proxy(json.loads(line)) for line in Path(sys.argv[1]).read_bytes().splitlines()]
    known = {entity.id for entity in entities}
    unknown = []
    for entity in entities:
        entity.schema.validate({"properties": entity.to_dict()["properties"]})
        links = [(prop, value) for prop, value in entity.itervalues() if prop.type.name == "entity"]
        unknown += [[entity.id, prop.name, value] for prop, value in links if value not in known]
    mentions = [entity for entity in entities if entity.schema.name == "Mention"]
    bare = sum(not (one.get("document") and one.get("resolved") and one.get("name")) for one in mentions)
    schemas = sorted({entity.schema.name for entity in entities})
    print(json.dumps({"schemas": schemas, "unknown": unknown, "bare": bare}))


if __name__ == "__main__":
    main()
