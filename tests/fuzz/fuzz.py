# SPDX-License-Identifier: Apache-2.0
"""Damaged articles, JSON Lines, files of every kind, lexicons and chains through the program.

Usage: fuzz.py ASSAY [--seed N] [--times N] [--only KIND] [--case N] [--keep FOLDER]

Run from the top of the repository. Nothing may crash, hang or be lost silently, every record keeps the rules of the formats,
and the bytes are the same for another order of the inputs and another number of workers. What a case does follows from seed,
kind and number alone: a case that fails prints the command that repeats it. --times multiplies how many there are.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import damage

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
STORIES = ["stories", "disputes", "bulletins", "traps", "shapes"]
LATE = 600  # seconds; nothing here takes one
HARM = {"crash", "timeout", "memory", "exit", "contract"}  # what no plugin of ours does, whatever it reads
TROUBLE = re.compile(r"Sanitizer|runtime error|internal error|Assertion")


class Failed(Exception):
    pass


def need(truth, what, more=""):
    if not truth:
        raise Failed(f"{what}\n{str(more)[-1500:]}")


class Room:
    """A case's own folder, and the program in it."""

    def __init__(self, assay, folder):
        self.assay, self.folder = assay, folder

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, data):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))

    def call(self, codes, *arguments, **environment):
        environment = dict(os.environ, NO_COLOR="1", **environment)
        p = subprocess.run([self.assay, *arguments], cwd=self.folder, env=environment, capture_output=True, timeout=LATE,
                           stdin=subprocess.DEVNULL)
        said = p.stderr.decode("utf-8", "replace")
        need(p.returncode in codes, f"exit {p.returncode}", said)
        need(not TROUBLE.search(said), "trouble", said)
        return p.returncode, said

    def run(self, out, chain, inputs, *arguments, **environment):
        """The bytes of a run, and how it ended."""
        code, said = self.call((0, 3), "run", chain, *inputs, "-q", "--write", f"jsonl:{out}", "--set", "jsonl.text=true", "--set",
                               "jsonl.spans=true", *arguments, **environment)
        with open(self.path(out), "rb") as f:
            result = f.read()
        for line in result.splitlines():
            if line.startswith(b'{"type":"failure"'):
                failure = json.loads(line)
                need(not failure["plugin"] or failure["code"] not in HARM, f"a failure: {failure}", said)
        return result

    def sound(self, out):
        p = subprocess.run([sys.executable, os.path.join(ROOT, "tests/chain/invariants.py"), out], cwd=self.folder, capture_output=True,
                           text=True, timeout=LATE)
        need(p.returncode == 0, "records against the rules of the formats", p.stdout + p.stderr)


OTHERWISE = {"ASSAY_TASK_BYTES": "3000", "ASSAY_SPILL": "1", "ASSAY_PARTITIONS": "3"}


def both_ways(room, chain, name, lines, draw):
    """Documents of one file, in two orders and by two numbers of workers."""
    room.write(name, "".join(lines))
    one = room.run("one.jsonl", chain, [name], "-j", "1")
    draw.shuffle(lines)
    room.write(name, "".join(lines))
    other = room.run("other.jsonl", chain, [name], "-j", "3", **OTHERWISE)
    need(one == other, "another order or number of workers gives other bytes", first_difference(one, other))
    room.sound("one.jsonl")


def first_difference(a, b):
    for x, y in zip(a.split(b"\n"), b.split(b"\n")):
        if x != y:
            return f"{x[:700]!r}\n{y[:700]!r}"
    return f"{len(a)} and {len(b)} bytes"


# ---- the kinds ----


class Seeds:
    """What is damaged: the repository's own samples."""

    def __init__(self, folder):
        self.articles = []
        for name in STORIES:
            p = subprocess.run([sys.executable, "tests/corpus/consistency/check.py", "make", f"tests/corpus/consistency/{name}.txt"],
                               cwd=ROOT, capture_output=True, check=True)
            self.articles.append([json.loads(line) for line in p.stdout.splitlines()])
        subprocess.run([sys.executable, "tests/chain/inputs_make.py", folder], cwd=ROOT, check=True)
        self.files = {}
        for name in sorted(os.listdir(os.path.join(folder, "good"))):
            with open(os.path.join(folder, "good", name), "rb") as f:
                self.files[name] = f.read()


def articles(seeds, draw):
    docs = draw.choice(seeds.articles)
    at = draw.randrange(len(docs))
    near = docs[max(0, at - 15):at + 15]
    texts, made = [d["text"] for d in near], []
    for n in range(draw.choice([3, 12, 40])):
        d = dict(draw.choice(near), id=f"d{n:03}")
        d["text"] = damage.article(draw, d["text"], texts)
        for key, values in (("published", damage.DATES), ("source", damage.SOURCES), ("language", damage.LANGUAGES)):
            if draw.random() < 0.1:
                d[key] = draw.choice(values)
        made.append(d)
    return made


def try_articles(room, seeds, draw):
    lines = [json.dumps(d, ensure_ascii=draw.random() < 0.5) + "\n" for d in articles(seeds, draw)]
    both_ways(room, os.path.join(ROOT, "conf/crosscheck.conf"), "in.jsonl", lines, draw)


def try_lines(room, seeds, draw):
    """Each line is a document, or told as a failure or as skipped: the others stay as they are."""
    lines = [json.dumps(dict(d, id=f"{d['id']}-{n}"), ensure_ascii=False).encode() for d in articles(seeds, draw) for n in range(3)]
    lines = [damage.octets(draw, line).replace(b"\n", b" ") if draw.random() < 0.5 else line for line in lines]
    room.write("in.jsonl", b"\n".join(lines) + b"\n")
    one = room.run("one.jsonl", os.path.join(ROOT, "conf/inputs.conf"), ["in.jsonl"], "-j", "1")
    other = room.run("other.jsonl", os.path.join(ROOT, "conf/inputs.conf"), ["in.jsonl"], "-j", "3", **OTHERWISE)
    need(one == other, "another number of workers gives other bytes", first_difference(one, other))
    records = [json.loads(line) for line in one.splitlines()]
    seen = sum(r["type"] == "document" for r in records)
    told = {r["line"] for r in records if r["type"] == "failure"}
    need(seen, "no line is read", one)
    for number, line in enumerate(lines, 1):
        need(number in told or not line.strip() or readable(line), f"line {number} is no JSON, and no failure: {line[:300]!r}")


def readable(line):
    """What the standard library takes for JSON, without the numbers that are none; a NUL byte is none either."""
    def refuse(word):
        raise ValueError(word)
    try:
        json.loads(line.decode("utf-8", "replace").lstrip("\ufeff"), parse_constant=refuse, strict=False)
    except ValueError:
        return False
    return True


def try_files(room, seeds, draw):
    """Files of every kind in one folder: the good ones read as if they were alone."""
    chain = os.path.join(ROOT, "conf/inputs.conf")
    for name in draw.sample(sorted(seeds.files), min(25, len(seeds.files))):
        data = seeds.files[name]
        room.write("in/" + name, damage.octets(draw, data) if draw.random() < 0.8 else data)
    one = room.run("one.jsonl", chain, ["in"], "-j", "1")
    names = ["in/" + name for name in sorted(os.listdir(room.path("in")))]
    draw.shuffle(names)
    room.write("list", "\n".join(names) + "\n")
    other = room.run("other.jsonl", chain, [], "--files-from", "list", "-j", "3", **OTHERWISE)
    need(one == other, "another order or number of workers gives other bytes", first_difference(one, other))
    room.sound("one.jsonl")


def try_lexicon(room, seeds, draw):
    """Refused with file and line, or taken; then a run with it is as good as any."""
    shutil.copytree(os.path.join(ROOT, "conf/lexicon"), room.path("lexicon"))
    shutil.copy(os.path.join(ROOT, "conf/crosscheck.conf"), room.path("chain.conf"))
    name = draw.choice(sorted(n for n in os.listdir(room.path("lexicon")) if "-cldr" not in n))
    with open(room.path("lexicon", name), encoding="utf-8") as f:
        text = f.read()
    room.write("lexicon/" + name, damage.source(draw, text))
    code, said = room.call((0, 2), "check", "chain.conf")
    if code:
        need(re.search(r"^[^ ]*chain\.conf:\d+:\d+: error: .*lexicon/[a-z.-]+:\d+", said, re.M), "no place in a lexicon is named", said)
        return
    lines = [json.dumps(d, ensure_ascii=False) + "\n" for d in articles(seeds, draw)]
    both_ways(room, "chain.conf", "in.jsonl", lines, draw)


def try_chain(room, seeds, draw):
    """Fine, or refused with a place or a reason."""
    name = draw.choice(["crosscheck", "claims", "duplicates", "language", "inputs"])
    with open(os.path.join(ROOT, "conf", name + ".conf"), encoding="utf-8") as f:
        text = f.read()
    room.write("chain.conf", damage.source(draw, text))
    code, said = room.call((0, 2), "check", "chain.conf")
    need(not code or re.search(r"^[^ ]*(\.conf(:\d+:\d+)?|assay): error: ", said, re.M), "refused without a reason", said)
    need(not re.search(r"error: .*\berror:", said), "an error that says so twice", said)


# How many of each in a quick run.
KINDS = {"chain": (try_chain, 30), "lexicon": (try_lexicon, 6), "lines": (try_lines, 3), "files": (try_files, 2), "articles": (try_articles, 3)}


def attempt(a, kind, number, seeds):
    """1: the case failed; says what, and how to see it again."""
    folder = tempfile.mkdtemp(prefix=f"assay-fuzz-{kind}-")
    failed = None
    try:
        KINDS[kind][0](Room(a.assay, folder), seeds, random.Random(f"{a.seed} {kind} {number}"))
    except Failed as e:
        failed = e
    except subprocess.TimeoutExpired as e:
        failed = f"does not end: {e.cmd}"
    if failed:
        print(f"FAIL {kind} {number}: {failed}\nagain: python3 tests/fuzz/fuzz.py {a.assay} --seed {a.seed} --only {kind} --case {number} --keep DIR",
              flush=True)
    if failed and a.keep:
        shutil.copytree(folder, os.path.join(a.keep, f"{kind}-{a.seed}-{number}"), dirs_exist_ok=True)
    shutil.rmtree(folder)
    return failed is not None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("assay", type=os.path.abspath)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--times", type=int, default=1)
    p.add_argument("--only", choices=KINDS)
    p.add_argument("--case", type=int)
    p.add_argument("--keep", type=os.path.abspath)
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seeds = Seeds(folder)
    bad = cases = 0
    for kind, (_, count) in KINDS.items():
        if a.only not in (None, kind):
            continue
        for number in range(count * a.times) if a.case is None else [a.case]:
            bad += attempt(a, kind, number, seeds)
            cases += 1
    print(f"{cases} cases, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
