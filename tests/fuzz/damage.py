# SPDX-License-Identifier: Apache-2.0
"""Damage to texts, bytes and files written in words: every function takes a random.Random and gives a damaged copy."""
import re

NUMBERS = ["0", "-1", "1e308", "99999999999999999999999999", "0.000000000000001", "1,234", "1.234", "1 234 567", "18446744073709551616",
           "4294967296", "-9223372036854775808", "12/05", "2024", "1999-2001", "half", "a dozen", "½", "٣٤", "1.234,56", "3-4", "100 %", "-0",
           "00", "1.5 million", "twenty-one", "XIV", "10-fold", "двадцать один", "zwei Drittel"]
WORDS = ['"', "(", "«", "“", " (Reuters)", "\x00", "\u202e", "\ufeff", "\u0301", "\U0001f600", "not ", "claimed ", "according to ",
         "in fact ", "more than ", "of them ", "—", "\r", "\t", "\u2028", "\n\n", "<p>", "&amp;", "| 12 |\n"]
DATES = ["2024-05-17", "0001-01-01", "9999-12-31", "2024-02-30", "", "2024", "2024-05-17T23:59:60Z", "-4000-01-01",
         "2024-05-17T00:00:00+14:00", "99999-01-01", None]
SOURCES = ["a", "b", "", None, "Reuters", "x" * 300, "http://a.example", "é", "\u202e"]
LANGUAGES = ["en", "ru", "de", "xx", "", None, "tr"]
TOKENS = ['""', '"|"', '" "', '"a"', '"x*"', '"*"', '"1e9999 a"', '"-1 a"', "{", "}", "(", ")", "[", "]", ";", ",", "=", "true", "0x7f", "-5",
          "99999999999999999999", '"\\u00e9"', '"KEY a|b|"', '"' + "w " * 40 + '"', '"' + "z" * 5000 + '"', "# x\n", "/* ", '"> a|b"', '"EUR €"',
          '"1e3 k"', '"0 nul"', '"killed a*"', '"*a*"', '"a=b"', '"\u0301"', '"\u202e x"', '"2GB"', "plugin", '@include "other.conf"\n']


def article(draw, text, others):
    """A text with figures, sentences and marks in other places."""
    for _ in range(draw.randint(0, 5)):
        sentences = re.split(r"(?<=[.!?])\s", text)
        at = draw.randrange(len(text) + 1)
        kind = draw.randrange(11)
        if kind == 0:
            text = re.sub(r"\d[\d., ]*\d|\d", lambda m: draw.choice(NUMBERS) + " " if draw.random() < 0.2 else m[0], text)
        elif kind == 1:
            text = re.sub(r"\d", lambda m: str(draw.randint(0, 9)) if draw.random() < 0.3 else m[0], text)
        elif kind == 2:
            text += " " + draw.choice(others)[:draw.randint(0, 3000)]
        elif kind == 3:
            draw.shuffle(sentences)
            text = " ".join(sentences)
        elif kind == 4:
            i = draw.randrange(len(sentences))
            sentences[i] = " ".join([sentences[i]] * draw.randint(2, 40))
            text = " ".join(sentences)
        elif kind == 5:
            text = text.replace(". ", draw.choice([", ", "; ", " ", "\n", "\n\n", '. "', " and ", " - "]))
        elif kind == 6:
            text = text[:at]
        elif kind == 7:
            text = text.upper() if draw.random() < 0.5 else text.lower()
        elif kind == 8:
            words = text.split(" ")
            i = draw.randrange(len(words))
            del words[i:i + draw.randint(1, 20)]
            text = " ".join(words)
        else:
            text = text[:at] + draw.choice(NUMBERS + WORDS) + text[at:]
    return text[:60000]


def source(draw, text):
    """A file of settings or words: quoted words, lines and single characters in other places."""
    for _ in range(draw.choice([1, 1, 1, 2, 5, 20])):
        lines, quoted = text.split("\n"), list(re.finditer(r'"[^"\n]*"', text))
        at = draw.randrange(len(text) + 1)
        kind = draw.randrange(7)
        if kind == 0:
            del lines[draw.randrange(len(lines))]
            text = "\n".join(lines)
        elif kind == 1:
            lines.insert(draw.randrange(len(lines)), draw.choice(lines))
            text = "\n".join(lines)
        elif kind == 2 and quoted:
            word = draw.choice(quoted)
            text = text[:word.start()] + draw.choice(TOKENS) + text[word.end():]
        elif kind == 3 and quoted:
            word, other = draw.choice(quoted), draw.choice(quoted)
            text = text[:word.start()] + other[0] + text[word.end():]
        elif kind == 4:
            text = text[:at] + text[at + draw.randint(1, 30):]
        elif kind == 5:
            text = text[:at] + draw.choice(TOKENS) + text[at:]
        else:
            text = text[:at] + draw.choice("|*=^~<>!?.,0aé ") + text[at + 1:]
    return text


def octets(draw, data):
    """Bytes turned, cut, doubled, or overwritten by others."""
    data = bytearray(data)
    for _ in range(draw.choice([1, 1, 2, 4, 16])):
        at, size = draw.randrange(len(data) + 1), draw.choice([1, 1, 4, 30, 500])
        kind = draw.randrange(6)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            data[at:at + size] = draw.randbytes(size)
        elif kind == 2:
            del data[at:at + size]
        elif kind == 3:
            data[at:at] = data[at:at + size]
        elif kind == 4:
            data[at:at + 4] = draw.choice([b"\x00" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80", b"9999"])
        elif draw.random() < 0.3:
            del data[at:]
    return bytes(data)
