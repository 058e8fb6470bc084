# SPDX-License-Identifier: Apache-2.0
"""Prints articles as JSON Lines whose titles, sources, paths, addresses and quotes try to break out of a report."""
import json

parts = ["</script>", "<img src=x onerror=alert(1)>", "\"'&<!--", "]]>", "${7*7}", "{{7*7}}"]
bad = "".join(parts)
turned = "\u202egnp.exe\u2066x"
endless = "A" * 1000000
figures = [("people were injured", 1200, 2100), ("houses were destroyed", 340, 780), ("soldiers were sent", 150, 400),
           ("dogs were rescued", 61, 94), ("boats were lost", 12, 31), ("bridges were closed", 8, 19)]


# Prose enough around a part: a sentence with more signs than words is taken for source text, which disagrees with nothing.
tail = "who had spoken with the mayor, with the head of the rescue service and with several people from the houses near the river"


def text(which, extra):
    extra = extra if isinstance(extra, list) else [extra] * len(figures)
    return " ".join("In the town of Varn %s %s in the flood of 1 May 2024, %s said, %s." % ("{:,}".format(f[which]), f[0], e, tail)
                    for f, e in zip(figures, extra))


articles = [
    {"id": "a/" + bad + ".txt", "source": "Evil " + bad, "title": bad + turned, "published": "2024-05-02", "uri": "javascript:alert(1)",
     "text": text(1, parts) + " " + endless},
    {"id": "b/" + turned + ".txt", "source": turned + endless[:3000], "title": endless[:5000], "published": "2024-05-02",
     "uri": "https://x.example/\"onmouseover=alert(1)", "text": text(2, turned) + " " + endless},
    {"id": "c\u0000d", "source": "=cmd|' /C calc'!A0", "title": "\u001b[31mred", "published": "2024-05-02",
     "text": text(2, "\u05d0" * 1000) + "\u05d0" * 200000},
    {"id": "d" * 2000, "source": None, "text": endless + " 77 people were injured in the town of Varn" + endless},
]
for article in articles:
    print(json.dumps(article))
