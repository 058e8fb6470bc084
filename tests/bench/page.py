# SPDX-License-Identifier: Apache-2.0
"""How long a browser takes with a page of the html writer: page.py CHROMIUM PAGE...  Times in ms: until it can be used
(scripts have run), until it is drawn, one search over all findings."""
import os
import sys
import tempfile

sys.argv, pages, program = [sys.argv[0]], sys.argv[2:], sys.argv[1]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chain"))
from html_browser import Browser  # noqa: E402

for page in pages:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        b = Browser(program, profile)
        b.open("file://" + os.path.abspath(page))
        usable = b.run("performance.timing.domComplete - performance.timing.navigationStart")
        b.until("performance.getEntriesByName('first-contentful-paint').length > 0")
        drawn = b.run("(performance.getEntriesByName('first-contentful-paint')[0] || {startTime: NaN}).startTime")
        search = b.run("""(async () => {
            const q = document.getElementById('q'), n = () => document.querySelectorAll('.f[hidden]').length;
            const t = performance.now();
            q.value = 'harbour 77:';
            q.dispatchEvent(new Event('input', {bubbles: true}));
            while (!n() && performance.now() - t < 20000) await new Promise(r => setTimeout(r, 4));
            return performance.now() - t; })()""")
        count = b.run("document.querySelectorAll('.f').length")
        print("%s: %.1f MB, %d findings: usable %.0f, drawn %.0f, search %.0f" % (os.path.basename(page), os.path.getsize(page) / 1e6, count, usable, drawn, search))
        b.close()
