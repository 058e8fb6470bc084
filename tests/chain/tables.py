# SPDX-License-Identifier: Apache-2.0
"""Reads back what csv, sqlite and jsonl wrote of one run: tables.py FOLDER. The CSV files are checked against the schema in
their own datapackage.json, as the Frictionless specifications want it; the three have to say the same."""
import csv
import json
import os
import sqlite3
import sys

folder = sys.argv[1]
records = [json.loads(line) for line in open(os.path.join(folder, "r.jsonl"), encoding="utf-8")]
by_type = {}
for record in records:
    by_type.setdefault(record["type"], []).append(record)

# ---- csv + datapackage.json ----
package = json.load(open(os.path.join(folder, "csv", "datapackage.json"), encoding="utf-8"))
assert package["profile"] == "tabular-data-package"
tables = {}
for resource in package["resources"]:
    assert {"name", "path", "schema"} <= set(resource)
    path = os.path.join(folder, "csv", resource["path"])
    raw = open(path, "rb").read()
    assert raw.endswith(b"\r\n"), resource["path"]
    rows = list(csv.reader(open(path, encoding=resource["encoding"], newline=""), strict=True))
    fields = resource["schema"]["fields"]
    assert rows[0] == [f["name"] for f in fields], resource["name"]
    parse = {"integer": int, "number": float, "string": str}
    table = []
    for row in rows[1:]:
        assert len(row) == len(fields), row
        table.append({f["name"]: None if cell == "" else parse[f["type"]](cell) for f, cell in zip(fields, row)})
        for f, cell in zip(fields, row):
            assert f["type"] != "string" or cell[:1] not in "=+-@\t\r" or not cell, (f, cell)
    tables[resource["name"]] = table
    key = resource["schema"].get("primaryKey")
    if key:
        values = [row[key] for row in table]
        assert len(set(values)) == len(values), "equal keys in " + resource["name"]
for resource in package["resources"]:
    for key in resource["schema"].get("foreignKeys", []):
        known = {row[key["reference"]["fields"]] for row in tables[key["reference"]["resource"]]}
        for row in tables[resource["name"]]:
            assert row[key["fields"]] in known, row
bounds = {"=": "exact", "~": "about", ">": "over", ">=": "at-least", "<": "under", "<=": "at-most", "range": "range"}
assert len(tables["claims"]) == len(by_type["claim"])
for row, record in zip(tables["claims"], by_type["claim"]):
    assert row["claim"] == record["id"] and row["value"] == record["value"] and row["bound"] == bounds[record["bound"]], (row, record)
    assert [row["begin"], row["end"]] == [record["begin"], record["end"]]
assert [row["finding"] for row in tables["findings"]] == [f["id"] for f in by_type["finding"]]
assert len(tables["evidence"]) == sum(len(v["claims"]) for f in by_type["finding"] for v in f["values"])

# ---- sqlite ----
db = sqlite3.connect(os.path.join(folder, "r.db"))
one = lambda sql: db.execute(sql).fetchone()[0]  # noqa: E731
assert one("pragma integrity_check") == "ok"
assert not db.execute("pragma foreign_key_check").fetchall()
assert one("pragma application_id") == 0x41535359
for kind in ("document", "claim", "finding", "copy", "cluster", "failure", "skipped", "sentence"):
    assert one('select count(*) from "%s"' % kind) == len(by_type.get(kind, [])), kind
for record in by_type["claim"]:
    row = db.execute('select doc, "begin", "end", value, time_from, measured_text, text from claim where id = ?', [record["id"]]).fetchone()
    assert row[:4] == (record["doc"], record["begin"], record["end"], record["value"]), (row, record)
    assert row[4] == (record["time"] or {}).get("from") and row[5] == (record["measured"] or {}).get("text"), (row, record)
    text = one("select text from document where doc = '%s'" % record["doc"].replace("'", "''")).encode()
    assert text[record["begin"]:record["end"]].decode() == record["text"], record
for f in by_type["finding"]:
    assert [r[0] for r in db.execute("select claim from finding_claim where finding = ? order by position", [f["id"]])] == f["claims"]
    assert [json.loads(r[0]) for r in db.execute("select sources from finding_value where finding = ? order by position", [f["id"]])] == [
        v["sources"] for v in f["values"]]
for sentence, doc, begin, end in db.execute('select sentence, doc, "begin", "end" from evidence'):
    text = one("select text from document where doc = '%s'" % doc.replace("'", "''"))
    assert sentence in text and text.encode()[begin:end].decode() in sentence, (sentence, doc)
meta = json.load(open(os.path.join(folder, "metadata.json"), encoding="utf-8"))["databases"]["r"]
columns = lambda table: {r[1] for r in db.execute('pragma table_info("%s")' % table)}  # noqa: E731
for name, table in meta["tables"].items():
    assert set(table.get("facets", [])) <= columns(name), name
for query in meta["queries"].values():
    db.execute(query["sql"]).fetchall()
# Datasette shows a search field where this pattern is in the schema.
assert 'content="document"' in one("select sql from sqlite_master where name = 'document_fts'")
