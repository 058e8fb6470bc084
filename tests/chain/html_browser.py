# SPDX-License-Identifier: Apache-2.0
"""Drives a page of the html writer in a headless Chromium, through its debugging pipe: html_browser.py CHROMIUM PAGE FOLDER.

Checks what a reader does (filter, keys, deep link, marks and their export), and what must not happen (requests, dialogs,
console errors, text too faint to read, a page wider than a phone). With a fourth argument, screenshots go there.
"""
import base64
import json
import os
import subprocess
import sys
import tempfile
import time

CONTRAST = r"""
(() => {
  const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const lum = c => { const f = c.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
  const back = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const bad = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.getClientRects().length || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const s = getComputedStyle(e), svg = e instanceof SVGElement;
    const a = lum(parse(svg ? s.fill : s.color)), b = lum(back(svg ? e.closest('figure, section, details') : e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(e.tagName + '.' + e.getAttribute('class') + ' ' + ratio.toFixed(2) + ' ' + e.textContent.slice(0, 30));
  }
  return bad.slice(0, 10);
})()
"""


class Browser:
    def __init__(self, program, folder):
        read, self.to = os.pipe()
        self.back, write = os.pipe()
        # Chromium reads commands on descriptor 3 and writes answers on 4.
        start = "exec 3<&%d 4>&%d; exec \"$0\" \"$@\"" % (read, write)
        self.child = subprocess.Popen(
            ["bash", "-c", start, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars", "--user-data-dir=" + folder,
             "--remote-debugging-pipe"],
            pass_fds=(read, write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self.buffer = b""
        self.number = 0
        self.session = None
        self.events = []

    def receive(self):
        while b"\0" not in self.buffer:
            block = os.read(self.back, 1 << 20)
            if not block:
                raise SystemExit("the browser has gone")
            self.buffer += block
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def ask(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit("%s: %s" % (method, answer["error"]))
                return answer["result"]
            self.events.append(answer)

    def open(self, url):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(domain + ".enable")
        self.go(url)

    def go(self, url):
        self.events = []
        self.ask("Page.navigate", url=url)
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self.receive())

    def run(self, code):
        result = self.ask("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit("%s: %s" % (code[:80], result["exceptionDetails"]))
        return result["result"].get("value")

    def key(self, key):
        code = {"Enter": 13, "Escape": 27}.get(key, ord(key.upper()[0]))
        text = "\r" if key == "Enter" else "" if len(key) > 1 else key
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, windowsVirtualKeyCode=code)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def until(self, code, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.run(code):
                return True
            time.sleep(0.03)
        return False

    def close(self):
        self.child.terminate()
        self.child.wait()


problems = []


def check(true, what):
    if not true:
        problems.append(what)


def check_quiet(b, url):
    for e in b.events:
        method, p = e.get("method"), e.get("params", {})
        if method == "Network.requestWillBeSent":
            asked = p["request"]["url"]
            own_icon = asked.startswith("data:image/svg+xml;base64,")  # the browser's, in its date fields; no request leaves
            check(asked.split("#")[0] == url or asked.startswith("blob:") or own_icon, "a request: " + asked)
        check(method != "Page.javascriptDialogOpening", "a dialog opened: %s" % p.get("message"))
        check(method != "Runtime.exceptionThrown", "an error: %s" % p.get("exceptionDetails"))
        if method == "Log.entryAdded":
            problems.append("console: %s" % p["entry"]["text"])
        if method == "Runtime.consoleAPICalled":
            problems.append("console: %s" % p)


def check_filter(b):
    total = b.run("document.querySelectorAll('.f').length")
    visible = "[...document.querySelectorAll('.f')].filter(f => !f.hidden).length"
    check(total > 3, "no findings on the page")
    check(b.run(visible) == total, "not all findings are shown at first")
    word = b.run("document.querySelector('.f mark').textContent.trim()")
    b.run("document.getElementById('q').focus()")
    b.ask("Input.insertText", text=word)
    check(b.until("location.hash.includes('q=')"), "the search is not in the address")
    left = b.run(visible)
    check(0 < left < total, "the search for %r leaves %r of %r" % (word, left, total))
    b.run("document.getElementById('q').value = ''; document.getElementById('q').dispatchEvent(new Event('input', {bubbles: true}))")
    check(b.until(visible + " === %d" % total), "an empty search hides findings")
    b.run("document.querySelector('input[name=v]').click()")
    check(b.until(visible + " < %d" % total), "a verdict switched off stays")
    check(b.run("[...document.querySelectorAll('.f')].filter(f => !f.hidden && f.dataset.v === '0').length") == 0, "the wrong verdict went")
    b.run("document.querySelector('input[name=v]').click()")
    b.until(visible + " === %d" % total)
    choose = "(id, v) => { const e = document.getElementById(id); e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    shown = "[...document.querySelectorAll('.f')].filter(f => !f.hidden)"
    unit = b.run("[...document.querySelectorAll('.f')].map(f => f.dataset.u).find(u => u !== undefined)")
    b.run("(%s)('u', '%s')" % (choose, unit))
    check(b.until(visible + " < %d" % total), "the unit filters nothing")
    check(b.run(shown + ".length > 0 && " + shown + ".every(f => f.dataset.u === '%s')" % unit), "the unit filters the wrong ones")
    b.run("(%s)('u', '')" % choose)
    check(b.until(visible + " === %d" % total), "a unit taken back hides findings")
    day = b.run("[...document.querySelectorAll('.f')].map(f => (f.dataset.d || '/').split('/')[1]).sort().pop()")
    b.run("(%s)('from', '%s')" % (choose, day))
    earlier = b.run("[...document.querySelectorAll('.f')].filter(f => !(f.dataset.d || '/').endsWith('%s')).length" % day)
    check(b.until("location.hash.includes('from=') && " + visible + " === %d" % (total - earlier)), "the date filters nothing")
    check(b.run(shown + ".length > 0 && " + shown + ".every(f => f.dataset.d.split('/')[1] >= '%s')" % day), "the date filters the wrong ones")
    check(b.run("location.hash.includes('from=%s')" % day), "the date is not in the address")
    b.run("(%s)('from', '')" % choose)
    check(b.until(visible + " === %d" % total), "a date taken back hides findings")
    b.run("document.activeElement.blur()")


def check_keys(b):
    b.key("j")
    first = b.run("document.activeElement.closest('.f').id")
    check(first, "j focuses no finding")
    b.key("j")
    second = b.run("document.activeElement.closest('.f').id")
    check(second != first, "j does not go on")
    b.key("k")
    check(b.run("document.activeElement.closest('.f').id") == first, "k does not go back")
    was = b.run("document.activeElement.closest('.f').open")
    b.key("Enter")
    check(b.until("document.activeElement.closest('.f').open === %s" % ("false" if was else "true")), "Enter does not open or close")
    b.key("/")
    check(b.run("document.activeElement.id") == "q", "/ does not search")
    b.key("Escape")
    b.key("?")
    check(b.run("document.querySelector('dialog').open"), "? shows no help")
    b.key("Escape")
    b.until("!document.querySelector('dialog').open")


def check_marks(b, folder):
    b.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=folder)
    b.run("document.querySelector('.f').open = true")
    check(b.until("document.querySelector('.f .review button[data-m=accepted]') !== null"), "no buttons for marks")
    b.run("document.querySelector('.f .review button[data-m=accepted]').click()")
    b.run("{ const n = document.querySelector('.f .review input'); n.value = 'seen \"twice\"'; n.dispatchEvent(new Event('change')); }")
    b.run("document.querySelectorAll('.f')[1].open = true")
    b.until("document.querySelectorAll('.f')[1].querySelector('[data-m=dismissed]') !== null")
    b.run("document.querySelectorAll('.f')[1].querySelector('[data-m=dismissed]').click()")
    b.run("document.getElementById('export').click()")
    path = os.path.join(folder, "review.jsonl")
    for _ in range(700):
        if os.path.exists(path) and os.path.getsize(path):
            break
        time.sleep(0.03)
    else:
        problems.append("no review.jsonl was saved")
        return
    time.sleep(0.1)
    lines = [json.loads(line) for line in open(path, encoding="utf-8")]
    marks = {line["mark"]: line for line in lines}
    check(sorted(marks) == ["accepted", "dismissed"], "marks: %r" % lines)
    if "accepted" in marks:
        check(marks["accepted"]["note"] == 'seen "twice"', "the note is lost")
        check(list(marks["accepted"]) == ["finding", "state", "mark", "note", "by", "at"], "keys: %r" % marks["accepted"])
        check(marks["accepted"]["finding"] == b.run("document.querySelector('.f').id.slice(2)"), "another finding was marked")
        check(marks["accepted"]["state"] == b.run("document.querySelector('.f').dataset.state"), "its state is lost")
    check(b.run("document.querySelector('.f .mine').textContent") == "accepted", "the mark is not shown")
    b.run("localStorage.clear()")


def check_link(b, url):
    name = b.run("[...document.querySelectorAll('.f')].pop().id.slice(2)")
    b.go("about:blank")
    b.go(url + "#f=" + name)
    check(b.until("document.activeElement.closest && document.activeElement.closest('.f') !== null && "
                  "document.activeElement.closest('.f').id.slice(2) === %s" % json.dumps(name)), "the link to %s leads nowhere" % name)
    check(b.run("document.activeElement.closest('.f').open"), "what is linked is not open")


def check_looks(b, pictures):
    for theme in ("light", "dark"):
        b.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        for width in (1280, 390):
            b.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
            b.run("document.querySelectorAll('details').forEach(d => { d.open = true; }); scrollTo(0, 0)")
            wide = b.run("document.documentElement.scrollWidth")
            check(wide <= width, "%d pixels wide on a screen of %d" % (wide, width))
            faint = b.run(CONTRAST)
            check(not faint, "%s, %d: too faint: %r" % (theme, width, faint))
            if pictures:
                b.run("document.querySelectorAll('details').forEach((d, i) => { d.open = i < 3; })")
                picture = b.ask("Page.captureScreenshot", format="png")["data"]
                with open(os.path.join(pictures, "%s-%d.png" % (theme, width)), "wb") as out:
                    out.write(base64.b64decode(picture))


def main():
    program, page, folder = sys.argv[1:4]
    url = "file://" + os.path.abspath(page)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        b = Browser(program, profile)
        try:
            b.open(url)
            check(b.run("document.querySelector('#filter').hidden") is False, "the script did not run")
            check(not b.run("document.querySelector('img, iframe, object, embed') !== null"), "something foreign is on the page")
            check_filter(b)
            check_keys(b)
            check_marks(b, folder)
            check_quiet(b, url)
            check_link(b, url)
            check_quiet(b, url)
            check_looks(b, sys.argv[4] if len(sys.argv) > 4 else None)
        finally:
            b.close()
    for p in problems:
        print("%s: %s" % (os.path.basename(page), p))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
