#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""held.py INPUT.jsonl CHAIN.conf ASSAY [OPTION...]: memory a document takes beyond its text, stage by stage.

Runs `ASSAY run CHAIN.conf INPUT.jsonl --verbose OPTION...`, halts all its processes every 50 ms and adds up, once, all
that segments in memory hold, whether a process has it mapped or not, and of each process what else it has (PSS: program,
libraries, heap). Prints the most of each stage in bytes a document, less the texts of the input: that sum; of it the
segments, the heap and the files; and the sum of PSS alone, as watch.py has it. Nothing else of the same build should run
meanwhile, since it would share the program's pages. `memory` of the chain has to be so large that no segment becomes a
file: of such a one nothing is counted."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from processes import tree


def shares(pid):
    """PSS of a process in kB: all, shared memory, heap, files."""
    size = {}
    try:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            for line in f:
                name, *rest = line.split()
                if name in ("Pss:", "Pss_Shmem:", "Pss_Anon:", "Pss_File:"):
                    size[name] = int(rest[0])
    except OSError:
        pass
    return [size.get(name, 0) for name in ("Pss:", "Pss_Shmem:", "Pss_Anon:", "Pss_File:")]


def segments(pid):
    """kB that segments in memory hold: the host has all of them open."""
    held = {}
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            path = f"/proc/{pid}/fd/{name}"
            if os.readlink(path).startswith("/memfd"):
                status = os.stat(path)
                held[status.st_ino] = status.st_blocks // 2
    except OSError:
        pass
    return sum(held.values())


def halted(pid):
    """All processes of the run, stopped; twice, for those that were being born."""
    found = []
    for _ in range(2):
        found = tree(pid)
        for p in found:
            try:
                os.kill(p, signal.SIGSTOP)
            except OSError:
                pass
    return found


def go_on(pids):
    for p in reversed(pids):
        try:
            os.kill(p, signal.SIGCONT)
        except OSError:
            pass


def look(pid):
    pids = halted(pid)
    pss, shared, heap, files = (sum(x) for x in zip(*(shares(p) for p in pids)))
    held = segments(pid)
    go_on(pids)
    return held + pss - shared, held, heap, files, pss


def stage(path):
    """The one that has ended last."""
    with open(path, errors="replace") as f:
        lines = [line.split("debug: ")[1].split(":")[0] for line in f if "debug: pass" in line]
    return lines[-1] if lines else "the beginning"


def main():
    source, chain, assay, *options = sys.argv[1:]
    docs = text = 0
    with open(source, encoding="utf-8") as f:
        for line in f:
            docs += 1
            text += len(json.loads(line)["text"].encode())
    most = {}
    with tempfile.NamedTemporaryFile() as said:
        run = subprocess.Popen([assay, "run", chain, source, "--verbose", *options], stdout=subprocess.DEVNULL,
                               stderr=said)
        while run.poll() is None:
            now, name = look(run.pid), stage(said.name)
            if now > most.get(name, (0,)):
                most[name] = now
            time.sleep(0.05)
    print(f"{docs} documents, {text / docs:.0f} bytes of text each; bytes a document beyond them, exit {run.returncode}")
    print(f"{'after':24} {'held':>7} {'segments':>9} {'heap':>6} {'files':>6} {'PSS':>7}")
    for name, (whole, held, heap, files, pss) in most.items():
        beyond = [(kb * 1024 - text) / docs for kb in (whole, held, pss)]
        print(f"{name:24} {beyond[0]:7.0f} {beyond[1]:9.0f} {heap * 1024 / docs:6.0f} {files * 1024 / docs:6.0f} "
              f"{beyond[2]:7.0f}")


main()
