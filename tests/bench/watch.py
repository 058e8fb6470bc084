#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""watch.py COMMAND...: runs it and prints wall time, CPU time of all its processes and of the first alone (the host: what
no worker can share), and the peak of the summed PSS of all, sampled every 0.2 s."""
import os
import subprocess
import sys
import time

from processes import tree


def pss(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def own_cpu(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return sum(int(x) for x in f.read().rsplit(")", 1)[1].split()[11:13]) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0


began = time.time()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
peak = host = 0
while process.poll() is None:
    peak = max(peak, sum(pss(p) for p in tree(process.pid)))
    host = max(host, own_cpu(process.pid))
    time.sleep(0.2)
t = os.times()
print(f"wall {time.time() - began:.1f} s  CPU {t.children_user + t.children_system:.1f} s (system {t.children_system:.1f})  "
      f"host {host:.1f} s  peak PSS {peak / 1024:.0f} MB  exit {process.returncode}", flush=True)
