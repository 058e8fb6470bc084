# SPDX-License-Identifier: Apache-2.0
"""A process and all that it and its children have started, as long as they live."""
import os


def tree(pid):
    found = [pid]
    for p in found:
        try:
            for t in os.listdir(f"/proc/{p}/task"):
                with open(f"/proc/{p}/task/{t}/children") as f:
                    found += [int(x) for x in f.read().split()]
        except OSError:
            pass
    return found
