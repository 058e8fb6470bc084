#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Language detectors side by side, one after the other on one core: accuracy, speed, memory, start-up.

  bench.py DATA BIN NPM [MODEL]     DATA: words.tsv pairs.tsv sentences.tsv ("code<TAB>text" a line)
                                    BIN: folder with lid, cld2, cld2f, textcat   NPM: folder with node_modules
  Build: lid.c with the objects of plugins/language, cld2.cc -lcld2, the same with -lcld2_full before it, textcat.c.
Accuracy: share right, averaged over languages (all, and 22). Speed: thread CPU time, start-up excluded."""
import collections, os, re, resource, subprocess, sys, time

data, bin_, npm = sys.argv[1:4]
model = sys.argv[4] if len(sys.argv) > 4 else "plugins/language/langid.model"
here = os.path.dirname(os.path.abspath(__file__))
TARGETS = "en ru az be uk tr de fr es it pt pl nl ka hy fa ar kk zh ja sr ro".split()
SAME = {"no": "nb", "iw": "he", "in": "id", "fil": "tl", "zh-hant": "zh", "zh-cn": "zh", "zh-tw": "zh", "sr-me": "sr"}
node = lambda name: ["node", os.path.join(here, "node.mjs"), name]
SYSTEMS = [("assay", [os.path.abspath(os.path.join(bin_, "lid")), os.path.abspath(model)]),
           ("CLD2 full", [os.path.abspath(os.path.join(bin_, "cld2f"))]), ("CLD2", [os.path.abspath(os.path.join(bin_, "cld2"))]),
           ("fastText lid.176.ftz", node("fasttext")), ("libexttextcat", [os.path.abspath(os.path.join(bin_, "textcat"))]),
           ("eld large", node("eld")), ("franc", node("franc")), ("tinyld", node("tinyld")), ("lingua (npm)", node("lingua"))]


def run(command, text):
    start = time.monotonic()
    p = subprocess.Popen(["taskset", "-c", "1"] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=npm)
    out = p.communicate(text.encode())[0].decode("utf-8", "replace").split("\n")
    return out, time.monotonic() - start


def accuracy(command, name):
    with open(f"{data}/{name}.tsv", encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t", 1) for line in f if line.strip()]
    out, _ = run(command + ["lines"], "".join(t + "\n" for _, t in rows))
    right, n = collections.Counter(), collections.Counter()
    for (gold, _), answer in zip(rows, out):
        code = answer.split("\t")[0].strip().lower()
        code = SAME.get(code, code.split("-")[0])
        n[gold] += 1
        right[gold] += SAME.get(code, code) == gold
    share = {l: 100 * right[l] / n[l] for l in n}
    return sum(share.values()) / len(share), sum(share[l] for l in TARGETS if l in share) / len(TARGETS)


def memory(command):
    """Peak resident MiB over 400 texts, and seconds of a run on one short line."""
    started = time.monotonic()
    subprocess.run(command + ["lines"], input=b"just one line\n", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=npm)
    seconds, peak = time.monotonic() - started, 0
    with open(f"{data}/sentences.tsv", "rb") as f:
        lines = [x.split(b"\t", 1)[1] for x in f.readlines()[::19]]
    p = subprocess.Popen(command + ["lines"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=npm)
    p.stdin.write(b"".join(lines))
    p.stdin.flush()
    open_ = True
    while p.poll() is None:
        try:
            with open(f"/proc/{p.pid}/status") as f:
                m = re.search(r"VmHWM:\s+(\d+)", f.read())
            peak = max(peak, int(m.group(1))) if m else peak
        except OSError:
            pass
        time.sleep(0.02)
        if open_ and time.monotonic() - started - seconds > 0.5:
            p.stdin.close()
            open_ = False
    return peak / 1024, seconds


def main():
    text = os.path.join(os.path.abspath(bin_), "speed.txt")
    with open(f"{data}/sentences.tsv", encoding="utf-8") as f, open(text, "w", encoding="utf-8") as out:
        out.writelines(line.split("\t", 1)[1] for line in f if line.strip())
    print("| detector | words 75/22 | pairs | sentences | MB/s | peak MiB | start ms |\n|---|---|---|---|---|---|---|")
    for name, command in SYSTEMS:
        cells = ["%.1f/%.1f" % accuracy(command, s) for s in ("words", "pairs", "sentences")]
        out = subprocess.run(["taskset", "-c", "1"] + command + ["speed", text], capture_output=True, text=True, cwd=npm).stdout
        speeds = sorted(float(x) for x in re.findall(r"([\d.]+) MB/s", out))
        mib, seconds = memory(command)
        print(f"| {name} | {' | '.join(cells)} | {speeds[len(speeds) // 2] if speeds else 0:.1f} | {mib:.0f} | {1000 * seconds:.0f} |", flush=True)


main()
