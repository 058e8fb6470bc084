# SPDX-License-Identifier: Apache-2.0
"""Drives a page of the html writer in a headless Chromium, through its debugging pipe: html_browser.py CHROMIUM PAGE FOLDER.

Checks what a reader does (filter, keys, deep link, marks and their export), and what must not happen (requests, dialogs,
console errors, text too faint to read, a page wider than a phone). With a fourth argument, screenshots go there.
"""
import base64
import json
import os
import signal
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
        # What it leaves behind lies in the folder, and it needs no more of /dev/shm than there is.
        self.child = subprocess.Popen(
            ["bash", "-c", start, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars", "--disable-dev-shm-usage",
             "--user-data-dir=" + folder, "--remote-debugging-pipe"],
            env=dict(os.environ, TMPDIR=folder, HOME=folder, XDG_CONFIG_HOME=folder, XDG_CACHE_HOME=folder, XDG_RUNTIME_DIR=folder),
            start_new_session=True, pass_fds=(read, write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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

    def until(self, code, seconds=100):
        """Whether `code` comes true: at once on an idle machine, and given time on a busy one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.run(code):
                return True
            time.sleep(0.03)
        return False

    def close(self):
        """Ends it and whatever it has started: nothing writes into its folder any more."""
        self.child.terminate()
        try:
            self.child.wait(60)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
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
    check(b.run("[...document.querySelectorAll('.f')].filter(f => !f.hidden && f.dataset.x[0] === '0').length") == 0, "the wrong verdict went")
    b.run("document.querySelector('input[name=v]').click()")
    b.until(visible + " === %d" % total)
    choose = "(id, v) => { const e = document.getElementById(id); e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    shown = "[...document.querySelectorAll('.f')].filter(f => !f.hidden)"
    part = "(f, i) => f.dataset.x.split(';')[i]"  # filter.c says what stands where
    unit = b.run("[...document.querySelectorAll('.f')].map(f => (%s)(f, 7)).find(u => u !== '')" % part)
    b.run("(%s)('u', '%s')" % (choose, unit))
    check(b.until(visible + " < %d" % total), "the unit filters nothing")
    check(b.run(shown + ".length > 0 && " + shown + ".every(f => (%s)(f, 7) === '%s')" % (part, unit)), "the unit filters the wrong ones")
    b.run("(%s)('u', '')" % choose)
    check(b.until(visible + " === %d" % total), "a unit taken back hides findings")
    day = b.run("[...document.querySelectorAll('.f')].map(f => ((%s)(f, 6) || '/').split('/')[1]).sort().pop()" % part)
    b.run("(%s)('from', '%s')" % (choose, day))
    earlier = b.run("[...document.querySelectorAll('.f')].filter(f => !(%s)(f, 6).endsWith('%s')).length" % (part, day))
    check(b.until("location.hash.includes('from=') && " + visible + " === %d" % (total - earlier)), "the date filters nothing")
    check(b.run(shown + ".length > 0 && " + shown + ".every(f => (%s)(f, 6).split('/')[1] >= '%s')" % (part, day)), "the date filters the wrong ones")
    check(b.run("location.hash.includes('from=%s')" % day), "the date is not in the address")
    b.run("(%s)('from', '')" % choose)
    check(b.until(visible + " === %d" % total), "a date taken back hides findings")
    b.run("document.activeElement.blur()")


FOCUSED = "((document.activeElement && document.activeElement.closest('.f') || {}).id || '')"


def check_keys(b):
    b.key("j")
    check(b.until(FOCUSED + " !== ''"), "j focuses no finding")
    first = b.run(FOCUSED)
    b.key("j")
    check(b.until(FOCUSED + " !== %s" % json.dumps(first)), "j does not go on")
    b.key("k")
    check(b.until(FOCUSED + " === %s" % json.dumps(first)), "k does not go back")
    was = b.run("document.activeElement.closest('.f').open")
    b.key("Enter")
    check(b.until("document.activeElement.closest('.f').open === %s" % ("false" if was else "true")), "Enter does not open or close")
    b.key("/")
    check(b.until("document.activeElement.id === 'q'"), "/ does not search")
    b.key("Escape")
    check(b.until("document.activeElement.id !== 'q'"), "Escape does not leave the search")
    b.key("?")
    check(b.until("document.querySelector('dialog').open"), "? shows no help")
    b.key("Escape")
    check(b.until("!document.querySelector('dialog').open"), "Escape does not close the help")


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
    lines = []
    end = time.monotonic() + 100
    while len(lines) < 2 and time.monotonic() < end:
        time.sleep(0.03)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as saved:
                lines = [json.loads(line) for line in saved if line.endswith("\n")]
    if not lines:
        problems.append("no review.jsonl was saved")
        return
    marks = {line["mark"]: line for line in lines}
    check(sorted(marks) == ["accepted", "dismissed"], "marks: %r" % lines)
    if "accepted" in marks:
        check(marks["accepted"]["note"] == 'seen "twice"', "the note is lost")
        check(list(marks["accepted"]) == ["finding", "state", "mark", "note", "by", "at"], "keys: %r" % marks["accepted"])
        check(marks["accepted"]["finding"] == b.run("document.querySelector('.f').id.slice(2)"), "another finding was marked")
        check(marks["accepted"]["state"] == b.run("document.querySelector('.f').dataset.x.split(';').slice(8).join(';')"), "its state is lost")
    check(b.run("document.querySelector('.f .mine').textContent") == "accepted", "the mark is not shown")
    b.run("localStorage.clear()")


def check_link(b, url):
    name = b.run("[...document.querySelectorAll('.f')].pop().id.slice(2)")
    b.go("about:blank")
    b.go(url + "#f=" + name)
    check(b.until("document.activeElement.closest && document.activeElement.closest('.f') !== null && "
                  "document.activeElement.closest('.f').id.slice(2) === %s" % json.dumps(name)), "the link to %s leads nowhere" % name)
    check(b.run("document.activeElement.closest('.f').open"), "what is linked is not open")


def check_many(b, url, pictures):
    """A page of ten thousand findings: any of them is reached by its link, the search and the keys, and printed."""
    total = b.run("document.querySelectorAll('.f').length")
    check(total == 10000, "%r findings on the page of ten thousand" % total)
    b.go("about:blank")
    b.go(url + "#f=f-cargo-9000")
    focus = "document.activeElement.closest && document.activeElement.closest('.f')"
    check(b.until(focus + " && document.activeElement.closest('.f').id === 'f-f-cargo-9000'"), "the link to finding 9,000 leads nowhere")
    one = "document.getElementById('f-f-cargo-9000')"
    check(b.run(one + ".open && %s.querySelectorAll('blockquote mark').length === 2" % one), "finding 9,000 is not drawn")
    check(b.until("{ const r = %s.querySelector('h3').getBoundingClientRect(), h = document.elementFromPoint(r.left + 5, r.top + 5); h !== null && h.closest('.f') === %s; }" % (one, one)),
          "finding 9,000 is out of sight")
    check(b.run(one + ".querySelector('blockquote').lang") == "tr", "the language of a quote is lost")
    check(b.run(one + ".querySelector('.also').textContent").startswith("Also in 日照新报 · 2024-03-12 · rizhao/gang.txt"), "where else it stands is lost")
    if pictures:
        picture(b, pictures, "many-9000")
    b.key("j")
    check(b.until(FOCUSED + " === 'f-f-aid-9001'"), "j does not go on from finding 9,000")
    b.key("a")
    mine = "(document.getElementById('f-f-aid-9001').querySelector('.mine') || {}).textContent"
    check(b.until(mine + " === 'accepted'"), "a does not accept finding 9,001")
    b.run("document.getElementById('q').focus()")
    b.ask("Input.insertText", text="case 9000")
    said = "document.getElementById('shown').textContent"
    check(b.until(said + " === '1 of 10,000 findings, 1 mark'"), "the search for one of ten thousand: " + b.run(said))
    check(b.run("[...document.querySelectorAll('.f')].filter(f => !f.hidden).map(f => f.id).join()") == "f-f-cargo-9000", "the search finds another")
    check(b.until("document.documentElement.scrollHeight < 6000"), "hidden findings take room")
    b.run("localStorage.clear(); document.activeElement.blur(); document.getElementById('q').value = ''; document.getElementById('q').dispatchEvent(new Event('input', {bubbles: true}))")
    check(b.until(said + ".startsWith('10,000 findings')"), "an empty search hides findings: " + b.run(said))


def check_short(b):
    """What is told in short becomes a card like the others, and hostile text in it does nothing."""
    b.run("document.querySelectorAll('.rest').forEach(r => { r.open = true; })")
    b.run("document.querySelector('.chunk').scrollIntoView()")
    check(b.until("document.querySelectorAll('.chunk details.f').length > 20"), "no cards of what is told in short")
    hostile = "[...document.querySelectorAll('.chunk .f')].find(f => f.querySelector('h3').textContent.startsWith('Bottles </script>'))"
    b.run(hostile + ".scrollIntoView()")
    check(b.until(hostile + ".tagName === 'DETAILS'"), "the hostile finding became no card")
    b.run(hostile + ".querySelector('summary').click()")
    check(b.until(hostile + ".querySelectorAll('.val').length === 2"), "the hostile finding is not drawn")
    check(b.run(hostile + ".querySelector('blockquote').textContent").find("</script><img src=x onerror=alert(1)>") > 0, "its quote is lost")
    check(b.run(hostile + ".querySelector('blockquote mark').textContent") == "77", "its figure is not marked")
    check(b.run("document.querySelectorAll('script').length === 1 && !document.querySelector('img')"), "hostile text became markup")
    check(b.run("[...document.querySelectorAll('a[href]')].every(a => /^(#|https?:)/.test(a.getAttribute('href')))"), "a link that is none")


def check_all_short(b):
    """Whatever stands in short can be opened, holds a quote with its figure marked for each value, and runs nothing."""
    b.run("document.querySelectorAll('.rest').forEach(r => { r.open = true; })")
    check(b.run("document.querySelectorAll('.chunk .f').length") > 3, "nothing is told in short")
    for i in range(b.run("document.querySelectorAll('.chunk').length")):
        b.run("document.querySelectorAll('.chunk')[%d].scrollIntoView()" % i)
        check(b.until("!document.querySelectorAll('.chunk')[%d].querySelector('div.f')" % i), "box %d has no cards" % i)
    b.run("document.querySelectorAll('.chunk .f > summary').forEach(s => s.click())")
    check(b.until("[...document.querySelectorAll('.chunk .f')].every(f => f.querySelector('.review'))"), "not all can be opened")
    check(b.run("[...document.querySelectorAll('.chunk .val')].length > 6 && [...document.querySelectorAll('.chunk .val')].every(v => "
                "v.querySelector('blockquote mark').textContent.trim() && v.querySelector('cite').textContent && /^byte \\d+/.test(v.querySelector('.at').textContent))"),
          "a value without its quote, source or place")
    check(b.run("[...document.querySelectorAll('.chunk .f > summary')].every(s => s.querySelector('.chip b').textContent && s.querySelector('.rank').textContent > 0)"),
          "a card without values or rank")
    check(b.run("document.querySelectorAll('script').length === 1 && !document.querySelector('img, iframe, [onerror], [onmouseover]')"), "hostile text became markup")
    check(b.run("[...document.querySelectorAll('a[href]')].every(a => /^(#|https?:)/.test(a.getAttribute('href')))"), "a link that is none")


def check_without_script(b, url, pictures):
    """The same page where scripts are off: every finding is there, with its quotes, also on paper."""
    b.ask("Emulation.setScriptExecutionDisabled", value=True)
    b.go("about:blank")
    b.go(url + "#f-f-cargo-9000")
    check(b.run("document.getElementById('filter').hidden"), "the script ran though it may not")
    check(b.until("document.getElementById('f-f-cargo-9000').innerText !== ''"), "without a script finding 9,000 is not to be seen")
    text = b.run("document.getElementById('f-f-cargo-9000').innerText")
    for piece in ("Cargo of the port last year: 5.2 million or 52 million tonnes, case 9000", "Liman geçen yıl ⟦5,2 milyon ton⟧ yük elleçledi.",
                  "hafenblatt/hafen.html", "byte 37", "3 independent sources"):
        check(piece in text, "without a script finding 9,000 lacks %r" % piece)
    if pictures:
        picture(b, pictures, "many-no-script")
    b.ask("Emulation.setScriptExecutionDisabled", value=False)


def check_print(b, url, folder):
    """On paper everything is there, and nothing has to be opened first."""
    b.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])  # paper is white all the same
    for script in (True, False):
        b.ask("Emulation.setScriptExecutionDisabled", value=not script)
        b.go("about:blank")
        b.go(url)
        data = base64.b64decode(b.ask("Page.printToPDF", printBackground=True)["data"])
        check(data.startswith(b"%PDF"), "not printed")
        path = os.path.join(folder, "print-%s.pdf" % ("script" if script else "plain"))
        with open(path, "wb") as out:
            out.write(data)
        try:
            text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
            for piece in ("People injured in Varn", "doctors told this newspaper", "Depth of the quake", "Three sources in three languages",
                          "Workers of the plant: 1,800"):
                check(piece in text, "%s script, on paper: no %r" % ("with" if script else "without", piece))
        except FileNotFoundError:
            pass  # no pdftotext here
    b.ask("Emulation.setScriptExecutionDisabled", value=False)


def picture(b, folder, name):
    with open(os.path.join(folder, name + ".png"), "wb") as out:
        out.write(base64.b64decode(b.ask("Page.captureScreenshot", format="png")["data"]))


def check_looks(b, pictures):
    for theme in ("light", "dark"):
        b.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        check(b.until("matchMedia('(prefers-color-scheme: %s)').matches" % theme), "the page cannot be %s" % theme)
        for width in (1280, 390):
            b.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
            check(b.until("document.documentElement.clientWidth === %d" % width), "no screen of %d" % width)
            b.run("document.querySelectorAll('details').forEach(d => { d.open = true; }); scrollTo(0, 0)")
            wide = "document.documentElement.scrollWidth"
            check(b.until("%s <= %d" % (wide, width), 10), "%d pixels wide on a screen of %d" % (b.run(wide), width))
            faint = b.run(CONTRAST)
            check(not faint, "%s, %d: too faint: %r" % (theme, width, faint))
            if pictures:
                b.run("document.querySelectorAll('details').forEach((d, i) => { d.open = i < 3; })")
                picture(b, pictures, "%s-%d" % (theme, width))


def main():
    program, page, folder = sys.argv[1:4]
    url = "file://" + os.path.abspath(page)
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as profile:
        b = Browser(program, profile)
        try:
            b.open(url)
            check(b.run("document.querySelector('#filter').hidden") is False, "the script did not run")
            check(not b.run("document.querySelector('img, iframe, object, embed') !== null"), "something foreign is on the page")
            if os.path.basename(page).startswith("many"):
                pictures = sys.argv[4] if len(sys.argv) > 4 else None
                check_many(b, url, pictures)
                check_short(b)
                check_quiet(b, url)
                check_without_script(b, url, pictures)
                check_quiet(b, url)
                return finish(page)
            if os.path.basename(page).startswith("short"):
                check_all_short(b)
                check_quiet(b, url)
                check_looks(b, sys.argv[4] if len(sys.argv) > 4 else None)
                return finish(page)
            check_filter(b)
            check_keys(b)
            check_marks(b, folder)
            check_quiet(b, url)
            check_link(b, url)
            check_quiet(b, url)
            check_looks(b, sys.argv[4] if len(sys.argv) > 4 else None)
            if os.path.basename(page).startswith("sample"):
                check_print(b, url, sys.argv[4] if len(sys.argv) > 4 else folder)
        finally:
            b.close()
    return finish(page)


def finish(page):
    for p in problems:
        print("%s: %s" % (os.path.basename(page), p))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
