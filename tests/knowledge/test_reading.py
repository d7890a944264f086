"""Whatever stands in a file, reading it gives data or faults with a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.faults import ContentError, Fault, did_you_mean, listed
from knowledge.reading import MAX_BYTES, Document, read

yaml_like = st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@,? \n\t0~<é")).map(str.encode)


def document(tmp_path: Path, raw: bytes) -> Document:
    path = tmp_path / "file.yml"
    path.write_bytes(raw)
    return read(path)


def faults(tmp_path: Path, raw: bytes) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        document(tmp_path, raw)
    return caught.value.faults


@given(st.one_of(st.binary(), yaml_like))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_gives_data_or_faults(tmp_path: Path, raw: bytes) -> None:
    try:
        found = document(tmp_path, raw)
    except ContentError as error:
        assert error.faults
        assert all(1 <= fault.line <= raw.count(b"\n") + raw.count(b"\r") + 1 for fault in error.faults)
    else:
        assert found.line_of(("a", 0, "b")) >= 1


def test_plain_values_stay_the_text_that_stands_there(tmp_path: Path) -> None:
    found = document(tmp_path, b'a: No\nb: 1.50\nc: 12:30\nd: 007\ne: ~\nf: ""\ng: 2026-01-01\nh:\n')
    assert found.data == {
        "a": "No", "b": "1.50", "c": "12:30", "d": "007", "e": None, "f": "", "g": "2026-01-01", "h": None,
    }  # fmt: skip


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    found = document(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert found.data == {"a": "1", "b": "2"}
    assert found.line_of(("b",)) == 2


def test_lines_of_keys_and_entries(tmp_path: Path) -> None:
    found = document(tmp_path, b"# comment\na:\n  - x\n  - b: 1\n    c: 2\nd: >-\n  text\n")
    places = [(), ("a",), ("a", 1), ("a", 1, "c"), ("a", 7, "z"), ("d",), ("nowhere",)]
    assert [found.line_of(place) for place in places] == [2, 2, 4, 5, 2, 6, 2]


def test_an_alias_repeats_what_its_anchor_names(tmp_path: Path) -> None:
    assert document(tmp_path, b"a: &x [1]\nb: *x\n").data == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("raw", "line", "said"),
    [
        (b"a: b: c", 1, "quotes around it"),
        (b"a: 1\nb: [1, 2\nc: 3", 3, "it begins in line 2"),
        (b'a: "x\nb: y', 2, "isn't closed"),
        (b"a:\n\t- 1", 2, "spaces, not tabs"),
        (b"a: **x**", 1, "begins with *"),
        (b"a: &x [*x]", 1, "stands for nothing"),
        (b"a: {{ x }}", 1, "begins with [, {"),
        (b"a: >- text", 1, "on the next line"),
        (b"a: 1\nb: !!python/object:os.system x", 2, "`!!python/object:os.system` means nothing"),
        (b"a:\n  b: Ring til nr. #4 og sp\xc3\xb8rg\n", 2, "after ` #` would be lost"),
        (b"a:\n  - x\n    y #z", 3, "would be lost"),
        (b"a: #4 er bedst", 1, 'Put the whole text in "quotes"'),
        (b"\xef\xbb\xbfa: \xc3\xa6\r\nb: nr. #4", 2, "would be lost"),
        (b"a: {b: nr. #4, c: 1}", 1, "would be lost"),
        (b'a: 1\nb: "Ring" til formanden', 2, "read: while parsing a block mapping did not find expected key"),
        (b'a: 1\nb: "Ring" til formanden', 2, '. Put the whole text in "quotes" and'),
        (b"a:\n  - 'Ring' til formanden", 2, '. Put the whole text in "quotes" and'),
        (b"a: {navn} ringer", 1, '. Put the whole text in "quotes", or'),
        (b"a: {{ x }}", 1, '. Put the whole text in "quotes", or'),
        (b"a: {Ring\nb: 1", 2, '. Put the whole text in "quotes", or'),
        (b"a: {b: 1}\nc: 1\n d: 2", 3, "colon in it"),
        (b"a: - Ring", 1, '. Put the whole text in "quotes", or'),
        (b"a:\n  b: 1\n \xc2\xa0c: 1", 3, "non-breaking space"),
        (b"a:\n\xc2\xa0 b: 1\n", 2, "non-breaking space"),
        (b"a: x\n\xc2\xa0 y\nb: 1\n", 2, "non-breaking space"),
        (b"a: 1\n---\nb: 1", 2, "a file holds one piece"),
        (b"a: 1\nb: \xe6ble", 2, "encoding UTF-8"),
        (b"a: 1\nb: \x01", 2, "invisible character"),
        (b"[" * 100_000, 1, "deep in each other"),
        (b"- " * 100_000, 1, "deep in each other"),
        (b"a: " + b"x" * MAX_BYTES, 1, "larger than"),
        (b"[" + b"x," * 60_000 + b"]", 1, "more than 50000 values"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_wrong_and_where(tmp_path: Path, raw: bytes, line: int, said: str) -> None:
    fault = faults(tmp_path, raw)[0]
    assert fault.line == line
    assert said in str(fault)


@pytest.mark.parametrize(
    "raw",
    ["a: x # note", "a: x#y", 'a: "nr. #4"', "a: 'nr. #4'", "a: >-\n  nr. #4\n", "a: |\n  nr. #4\n", "#a: 1\nb: 1",
     "a: [x] #y", "a:\n  #b: 1\n  c: 1", 'a: "x" #y', "a: https://makker.example/#top"],
)  # fmt: skip
def test_a_comment_is_no_fault_where_no_text_is_lost(tmp_path: Path, raw: str) -> None:
    assert document(tmp_path, raw.encode()).data


def test_a_billion_laughs_are_refused(tmp_path: Path) -> None:
    lines = [b"a0: &a0 [ha,ha,ha,ha,ha,ha,ha,ha,ha,ha]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b",".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 12)]
    assert "Aliases" in str(faults(tmp_path, b"\n".join(lines))[0])


def test_every_repeated_key_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, b"a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert [(fault.line, fault.problem[:11]) for fault in found] == [(4, "The key `c`"), (5, "The key `a`")]


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.yml", tmp_path):
        with pytest.raises(ContentError, match="can't be read"):
            read(path)


def test_a_fault_reads_as_file_line_problem_mend() -> None:
    assert str(Fault("a.yml", 3, "It is wrong.", "Mend it.")) == "a.yml:3: It is wrong. Mend it."
    assert str(Fault("a.yml", 3, "It is wrong.")) == "a.yml:3: It is wrong."


def test_did_you_mean() -> None:
    assert did_you_mean("agreement.sing", ["agreement.sign", "basics.money"]) == 'Did you mean "agreement.sign"?'
    assert did_you_mean("quite-different", ["agreement.sign"], "Remove it.") == "Remove it."


def test_lists_in_sentences() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"], "or")] == ["", "`a`", "`a`, `b` or `c`"]
