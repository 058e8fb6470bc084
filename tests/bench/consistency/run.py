#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cost of the cross-check against size: CPU, wall time, PSS of all processes together, bytes written. Standard library only.

  run.py BUILD stories 1000 10000 100000         news in stories, about ten figures a text (stories.c)
  run.py BUILD stories 10000 --hostile key       all texts on one measure, place and year; or story, number
  run.py BUILD generated 10000 100000            the generator of the duplicates' benchmark through conf/crosscheck.conf
Options: --memory SIZE (1GB), -j N (2), --keep DIR (corpora stay there). Generators: ninja bench_generate bench_stories.
"""
import argparse, os, resource, subprocess, sys, tempfile, threading, time

STORIES = """memory = "%s";
chain = ( { plugin = "jsonl_in"; }, { plugin = "language"; }, { plugin = "sentences"; }, { plugin = "claims"; },
          { plugin = "consistency"; }, { plugin = "jsonl"; path = "-"; } );
"""
GENERATED = """memory = "%s";
chain = ( { plugin = "files"; }, { plugin = "jsonl_in"; }, { plugin = "decode"; }, { plugin = "markup"; }, { plugin = "language"; },
          { plugin = "sentences"; }, { plugin = "claims"; }, { plugin = "duplicates"; }, { plugin = "consistency"; },
          { plugin = "terminal"; path = "-"; } );
"""


def family(pid):
    found, ahead = [], [pid]
    while ahead:
        one = ahead.pop()
        found.append(one)
        try:
            with open(f"/proc/{one}/task/{one}/children") as f:
                ahead += map(int, f.read().split())
        except OSError:
            pass
    return found


def pss(pid):
    """(all, private memory) in kB: Pss, and Pss_Anon + Pss_Shmem."""
    total = own = 0
    for one in family(pid):
        try:
            with open(f"/proc/{one}/smaps_rollup") as f:
                for line in f:
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
                    elif line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                        own += int(line.split()[1])
        except (OSError, ValueError):
            pass
    return total, own


def run(build, chain, corpus, jobs, out):
    """CPU s, wall s, peak kB, peak kB without pages of files, MB written, exit code."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen([os.path.join(build, "assay"), "run", chain, corpus, "-j", str(jobs), "-q"], stdout=out)
    peak, over = [0, 0], threading.Event()

    def watch():
        while not over.wait(0.3):
            now = pss(process.pid)
            peak[0], peak[1] = max(peak[0], now[0]), max(peak[1], now[1])

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    wall = time.monotonic() - start
    over.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, peak[0], peak[1], (after.ru_oublock - before.ru_oublock) / 2048, code


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("build")
    ap.add_argument("kind", choices=("stories", "generated"))
    ap.add_argument("texts", type=int, nargs="+")
    ap.add_argument("--memory", default="1GB")
    ap.add_argument("--hostile", default="")
    ap.add_argument("--keep", default="")
    ap.add_argument("--out", default="")
    ap.add_argument("-j", type=int, default=2)
    a = ap.parse_args()
    folder = a.keep or tempfile.mkdtemp(prefix="assay-bench-")
    chain = os.path.join(folder, "bench.conf")
    with open(chain, "w") as f:
        f.write((STORIES if a.kind == "stories" else GENERATED) % a.memory)
    print("| texts | claims | findings | CPU | a text | wall | peak PSS | without files | written |")
    try:
        for n in a.texts:
            corpus = os.path.join(folder, f"{a.kind}{a.hostile}{n}.jsonl")
            if not os.path.exists(corpus):
                made = [os.path.join(a.build, "tests", "bench_stories" if a.kind == "stories" else "bench_generate"), str(n)]
                with open(corpus, "w") as f:
                    subprocess.run(made + (["--hostile", a.hostile] if a.hostile else []), stdout=f, check=True)
            records = a.out or os.path.join(folder, "records")
            with open(records, "w") as out:
                cpu, wall, peak, own, written, code = run(a.build, chain, corpus, a.j, out)
            claims = findings = 0
            with open(records, "rb") as f:
                for line in f:
                    claims += line.startswith(b'{"type":"claim"')
                    findings += line.startswith(b'{"type":"finding"')
            print(f"| {n:,} | {claims:,} | {findings:,} | {cpu:.1f} s | {cpu / n * 1e6:.0f} us | {wall:.1f} s | {peak // 1024} MB | {own // 1024} MB | {written:.0f} MB |"
                  + (f" exit {code}" if code else ""), flush=True)
            if not a.keep:
                os.remove(corpus)
    finally:
        os.remove(chain)


if __name__ == "__main__":
    sys.exit(main())
