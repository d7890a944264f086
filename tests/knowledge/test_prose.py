"""Light markup passes; what no door shows is named."""

from __future__ import annotations

import pytest

from knowledge.prose import markup_faults


@pytest.mark.parametrize(
    "text",
    [
        "**Fed**, _kursiv_ og [et link](https://makker.example/a_b?c=d).",
        "- et\n- to\n\n1. en\n2. to",
        "- et - som er først\n- to - som er sidst",
        "Et - to - tre",
        "- et-to",
        "{% if n == 1 %}Én ting{% else %}**{{ n }}** ting{% endif %}: {{ labels | join(', ') }}",
        "{% for x in xs %}\n- {{ x }}\n{% endfor %}",
        "[{{ label }}]({{ url }})",
        "[udfyldes: {{ label }}] og [sic] (se nedenfor)",
        r"Mellem_Rummet, \*ikke fed\* og \`ikke kode\`",
        "3 * 4 < 5 > 2 & 50 %",
        "Skriv til navn@bibliotek.example eller »citér«.",
        "**Fed** _og_",
    ],
)
def test_light_markup_passes(text: str) -> None:
    assert list(markup_faults(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[her] (https://makker.example)", "A link here is broken."),
        ("[her](https://makker.example", "A link here is broken."),
        ("[her](makker.example)", "isn't a web address"),
        ("[her](javascript:alert(1))", "A link here is broken."),
        ("[her][ref]", "A link here has no address."),
        ("![billede](https://makker.example/a.png)", "A picture can't stand in a text."),
        ("** fed **", "isn't closed"),
        ("_kursiv", "A _ here isn't closed."),
        ("## Overskrift", "Headings"),
        ("<br>", "HTML"),
        ("`kode`", "Code marks"),
        ("| a | b |", "Tables"),
        ("* a\n* b", "hyphens"),
        ("• a", "hyphens"),
        ("> citat", "Quotes with >"),
        ("- et - to - tre", "A list here has run together. Write `|` instead of `>-` before it."),
        ("- **et** - to\nOg så videre.", "A list here has run together."),
    ],
)
def test_other_markup_is_named(text: str, said: str) -> None:
    assert any(said in f"{problem} {mend}" for problem, mend in markup_faults(text)), list(markup_faults(text))
