# ruff: noqa: E501
"""What nobody would type: text that somebody may take for code, for markup, for a path, and text that costs."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

LONGEST_MESSAGE = 4096

CODE = (
    "{{ 7*7 }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% for x in range(99999999) %}x{% endfor %}", "{# x",
    "${7*7}", "#{7*7}", "%(name)s", "{0.__class__}", "{name}", "$(reboot)", "`id`", "; rm -rf /", "| cat /etc/passwd",
    "'; DROP TABLE runs; --", "' OR '1'='1", "%' OR owner LIKE '%", "_%\\_", "\\", "%", "terminal:%",
    "<b>hej</b>", "<script>alert(1)</script>", "<a href='javascript:alert(1)'>x</a>", "<tg-spoiler>", "&lt;&amp;&#0;&#x1F;",
    "</w:t></w:r><w:p/>", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;", "]]>", "<?xml?>",
    "#let x = read(\"/etc/passwd\")", "#import \"@preview/x:0.1.0\"", "$ sum_(i=0)^n $", "#panic()", "= Overskrift <x>",
    "**fed", "_[x](javascript:alert(1))_", "[x](https://evil.example)", "![x](file:///etc/passwd)", "```\nx", "> citat",
    "1. a\n2. b\n- c\n+ d", "# x\n===", "|a|b|\n|-|-|", "[ ]", "[[[[", "](", "***_**_*", "~~~", "<!-- x -->",
    "!!python/object/apply:os.system ['id']", "&a [*a,*a]", "key: [", "--- !x", "BEGIN:VEVENT\nDTSTART:1\nEND:VCALENDAR",
    "X\r\nATTACH:file:///etc/passwd", "../../../etc/passwd", "..\\..\\boot.ini", "C:\\con", "NUL", "con.docx", "/dev/zero",
    "a\x00b.docx", "file\n.pdf", "~", ".", "..", "%2e%2e%2f", "\\\\server\\share", "=cmd|' /C calc'!A0", "@SUM(1+1)",
    '/answer{"tap": "d:abcd2345"}', '/command/delete_my_data{"owner":"telegram:1"}', "/restart", "/session_start", "/back",
    "EXTERNAL: x", '/start{"x":1}', "t:partnership.what", "a:abcd2345:goal:yes", "k:delete_my_data:yes", "d:abcd2345",
    "/start c_readiness", "/start s_abcd2345", "/start l_abcd2345", "/start ../x", "/start " + "A" * 64, "/start \x00",
    "/mind {{x}} i morgen kl. 25.61", "/mind x om 99999999999999 år", "/mind x den 31.02.2027", "/mind x hvert sekund",
    "/tidszone ../../etc/passwd", "/tidszone Europe/Copenhagen\x00", "/tidszone " + "A" * 999, "/sprog '", "/link %", "/sammen {{",
    "/mine_data", "/dokumenter", "/paamindelser", "/fortsaet", "/pause", "/stop", "/intro", "/menu", "/emner", "/hjaelp@x",
)  # fmt: skip
SIGNS = (
    "\u202etxt.exe\u202c", "\u2066x\u2069", "\u200b" * 50, "\ufeff", "\ud83d", "\udc00x", "\x00", "\x1b[31m\x1b]0;x\x07", "\x7f\x9b2J",
    "\ue0000\ue001", "\ue0001\ue001", "\ufffe\uffff", "\U0010ffff", "Z" + "\u0300" * 500, "\u0130\u0131ß\ufb03ŉ", "K\u212a", "\u2028\u2029\x85",
    "👩‍👩‍👧‍👦" * 30, "🏳️‍🌈" * 100, "٣٤٥", "Ⅷ", "１２３", "²³", "௧", "½", "﷽" * 40, "ﷺ", "a\u0338", "\u0e33" * 90, "æøåÆØÅ", "ǅ", "\t\t\n\n\r",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "00000001", "99999999999999999999999999", "1e308", "1e999", "-1e-999", "NaN", "inf", "0x10", "1_000", "1.000.000,00",
    "1,5.5,5", "12 mio.", "9" * 400, "kr. -5", "1/0", "31.02.2027", "2027-13-45", "0.0.0000", "1.1.1", "9999-12-31", "01.01.0001",
    "uge 54", "den 32.", "kl. 25", "i går om et år", "om -3 dage", "100000000000 uger", "hver 0. dag", "29. februar", "december 99999",
    "mellem 5 og", "fra mandag til", "10-12-14-16", "1,2,3,4,5,6,7,8,9,10", "#1", "[1]", "#0", "#99999999999", "(2)", "2.",
)  # fmt: skip
SOUND = (
    "Hvad er et partnerskab?", "hvem skriver under på aftalen", "ja", "nej", "ved ikke", "spring over", "tilbage", "2", "3", "Musikskolen",
    "Mette, Bo og Ida", "i morgen", "vi vil gerne starte et samarbejde med skolen", "ret parterne til biblioteket og skolen", "færdig",
    "how do we end a partnership", "start tjekliste", "aftalen", "noter: husk lokalet", "slet den sidste", "hvorfor spørger du?", "menu",
    "mind mig om det på fredag", "vis mit udkast", "tilføj en", "ikke flere", "5000 kr", "tak", "annuller", "kort", "grundigt", "mere", "1",
)  # fmt: skip
REPEATED = (
    "a", " ", "\n", "ja ", "1", "1.", "1,", ".", ",", "-", "_", "*", "(", "[", "[x](", "<", "{{", "\\", "/", "'", '"', ": ", "; ", "og ", "a og ",
    "@a ", "æ", "om ", "den ", "1. ", "- ", "> ", "**a", "_a_", "mandag ", "kl. ", "ikke ", "a-", "a/", "A.", "nej men ", "fra 1 til ", "http://a",
    "a@", "a@a.", "+45 ", "12345678 ", "&", "=", "|", "a\u0300", "\u200b", "🏳️‍🌈", " \n", "\t ", ".\n", "  og", "e-", "a, ", "x: y\n", "kr ", "0",
)  # fmt: skip


class Nasty:
    """Draws input."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, choices: Sequence[str]) -> str:
        """One of them."""
        return self.random.choice(choices)

    def text(self, longest: int = LONGEST_MESSAGE) -> str:
        """A text of one of many kinds."""
        kind = self.random.random()
        if kind < 0.2:
            text = self.one(SOUND)
        elif kind < 0.4:
            text = self.one(CODE)
        elif kind < 0.5:
            text = self.one(SIGNS)
        elif kind < 0.6:
            text = self.one(NUMBERS)
        elif kind < 0.75:
            text = self._mixed()
        elif kind < 0.85:
            text = self._mutated(self.one((*SOUND, *CODE, *NUMBERS)))
        elif kind < 0.95:
            text = self._repeated(longest)
        else:
            text = "".join(chr(self.random.randrange(self.random.choice((128, 0x3000, 0x110000)))) for _ in range(60))
        return text[:longest]

    def _mixed(self) -> str:
        parts = [self.one(self.random.choice((SOUND, CODE, SIGNS, NUMBERS))) for _ in range(self.random.randint(2, 5))]
        return self.one((" ", "", "\n", ", ", " og ")).join(parts)

    def _repeated(self, longest: int) -> str:
        unit = self.one(REPEATED) if self.random.random() < 0.7 else self.one(REPEATED) + self.one(REPEATED)
        count = self.random.choice((3, 40, 400, longest)) // max(1, len(unit) // 2)
        return self.one(("", "x ", self.one(SOUND))) + (unit * count)[:longest] + self.one(("", "!", "x", "\x00"))

    def _mutated(self, text: str) -> str:
        signs = list(text)
        for _ in range(self.random.randint(1, 4)):
            at = self.random.randrange(len(signs) + 1)
            signs[at : at + self.random.randint(0, 2)] = self.one(
                ("", "x", "{", "\\", "\u202e", "9", "\n", "ø", self.one(SIGNS))
            )
        return "".join(signs)

    def data(self, genuine: Sequence[str]) -> str:
        """Callback data: forged, cut off, swapped; never one that this chat was given as it stands."""
        taps = (
            "k:delete_my_data:yes",
            "d:abcd2345",
            "a:abcd2345:goal:yes",
            "w:abcd2345:finish",
            "s:abcd2345:show",
            "l:manager:abcd2345",
            "r:c:abcd2345",
            "",
        )
        kind = self.random.random()
        if kind < 0.4 or not genuine:
            return ("1" + self.one(("AAAAAAAA", "abcd-_12", "", "\x00" * 8)) + self.one(taps))[:64]
        data = self.one(genuine)
        if kind < 0.6:
            return data[: self.random.randrange(len(data))]
        if kind < 0.8:
            return data[:9] + self.one(taps)
        return self._mutated(data)[:64] + "x"

    def json(self) -> bytes:
        """A body that is no update, or hardly one."""
        value = self._value(0)
        body = json.dumps(value).encode("utf-8", "replace")
        if self.random.random() < 0.5:
            at = self.random.randrange(len(body) + 1)
            body = body[:at] + self.random.choice((b"", b"\xff", b"{", b"[" * 3000, b"\x00", b"1e999")) + body[at + 1 :]
        return body

    def _value(self, depth: int) -> object:
        kinds = 7 if depth < 4 else 5
        kind = self.random.randrange(kinds)
        if kind < 5:
            return (None, True, self.random.choice((0, -1, 2**63, 2**200, 1.5)), self.text(80), "private")[kind]
        if kind == 5:
            return [self._value(depth + 1) for _ in range(self.random.randrange(4))]
        names = (
            "update_id",
            "message",
            "chat",
            "id",
            "from",
            "text",
            "entities",
            "offset",
            "type",
            "callback_query",
            "data",
            "date",
            "poll_answer",
            "inline_query",
            "query",
        )
        return {self.one(names): self._value(depth + 1) for _ in range(self.random.randrange(5))}
