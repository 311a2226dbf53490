"""The tables can be spread over machines by collection."""

import re
from pathlib import Path

from index.store import postgresql_schema as schema

SCRIPT = Path(__file__).parents[3] / "docs" / "distribute.sql"
TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n?\);", re.DOTALL)
KEY = re.compile(r"PRIMARY KEY \(([^)]*)\)|CREATE (?:UNIQUE )?INDEX \w+ ON (\w+) \(([^)]*)\)")


def tables():
    """Return each table with its columns as they are written."""
    return dict(TABLE.findall(schema.TABLES))


def test_the_collection_stands_first_in_every_key():
    """Citus asks for it in each unique key, and a question reads one collection."""
    keys = [primary or index for primary, _, index in KEY.findall(schema.TABLES)]
    assert len(keys) == len(tables()) - 1 + 2  # all but the version, and two indexes
    assert all(key.split(",")[0].strip() == "collection" for key in keys)


def test_the_script_spreads_every_table():
    """By the collection, side by side with the others; what holds no collection is everywhere."""
    text = SCRIPT.read_text("utf-8")
    spread = dict(re.findall(r"create_distributed_table\('(\w+)', '(\w+)'", text))
    everywhere = set(re.findall(r"create_reference_table\('(\w+)'", text))
    of_collections = {name for name, body in tables().items() if "collection TEXT" in body}
    assert set(spread) == of_collections
    assert set(spread.values()) == {"collection"}
    assert everywhere == set(tables()) - of_collections
    assert text.count("colocate_with => 'meta'") == len(spread) - 1
