# SPDX-License-Identifier: Apache-2.0
"""How long a browser takes with a page of the html writer: page.py CHROMIUM PAGE...  Times in ms: until it can be used
(all is read, scripts have run), until it is first drawn, a search over all findings until its result is drawn: right after
opening, and later. In brackets the CPU time of the page's main thread, which other work on the machine does not stretch."""
import os
import sys
import tempfile

sys.argv, pages, program = [sys.argv[0]], sys.argv[2:], sys.argv[1]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chain"))
from html_browser import Browser  # noqa: E402

SEARCH = """(async () => {
    const q = document.getElementById('q'), said = () => document.getElementById('shown').textContent, before = said(), t = performance.now();
    q.value = %r;
    q.dispatchEvent(new Event('input', {bubbles: true}));
    while (said() === before && performance.now() - t < 3000) await new Promise(r => setTimeout(r));
    await new Promise(r => requestAnimationFrame(() => setTimeout(r)));
    return performance.now() - t; })()"""


def cpu(browser):
    return {m["name"]: m["value"] for m in browser.ask("Performance.getMetrics")["metrics"]}["TaskDuration"] * 1000


for page in pages:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        b = Browser(program, profile)
        b.open("about:blank")
        b.ask("Performance.enable", timeDomain="threadTicks")
        b.go("file://" + os.path.abspath(page))
        times = [b.run("performance.timing.domComplete - performance.timing.navigationStart"), cpu(b)]
        b.until("performance.getEntriesByName('first-contentful-paint').length > 0")
        times.append(b.run("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        for what in ("harbour 77:", "hip", "hip 12"):
            start = cpu(b)
            times += [b.run(SEARCH % what), cpu(b) - start]
            b.run("new Promise(r => setTimeout(r, 1500))")
        count = b.run("document.querySelectorAll('.f').length")
        print("%s: %.1f MB, %d findings: usable %.0f (%.0f), drawn %.0f, searches %.0f (%.0f), %.0f (%.0f), %.0f (%.0f)"
              % (os.path.basename(page), os.path.getsize(page) / 1e6, count, *times))
        b.close()
