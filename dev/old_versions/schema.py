"""What a database has of the addon, beside a database where it was installed anew."""

from system_tests.installation import Installation

COLUMNS = """
    SELECT table_name || '.' || column_name,
           concat_ws(' ', udt_name, character_maximum_length, is_nullable)
      FROM information_schema.columns
     WHERE table_schema = 'public'
"""
# Tables of many2many fields have an index each way; which of them is the key follows
# from which of the two models was loaded first
INDEXES = r"""
    SELECT CASE WHEN tablename LIKE '%\_rel'
                THEN regexp_replace(indexdef, '^.* ON ', '') ELSE indexname END,
           CASE WHEN tablename LIKE '%\_rel' THEN '' ELSE indexdef END
      FROM pg_indexes
     WHERE schemaname = 'public'
"""
CONSTRAINTS = r"""
    SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
       AND NOT (contype = 'p' AND conrelid::regclass::text LIKE '%\_rel')
"""
XML_IDS = (
    "SELECT model || ' ' || name, '' FROM ir_model_data WHERE module = 'xero_sync'"
)
PARTS = {
    "column": COLUMNS,
    "index": INDEXES,
    "constraint": CONSTRAINTS,
    "XML id": XML_IDS,
}


def differences(installation: Installation, upgraded: str, fresh: str) -> list[str]:
    """Where an upgraded database is not like a fresh one, in words."""
    found = []
    for part, sql in PARTS.items():
        there = dict(installation.query(upgraded, sql))
        wanted = dict(installation.query(fresh, sql))
        found += [
            f"{part} {name}: {there.get(name, 'none')}, not {wanted.get(name, 'none')}"
            for name in sorted(there | wanted)
            if there.get(name) != wanted.get(name)
        ]
    return found
