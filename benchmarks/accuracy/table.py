"""The figures as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.accuracy.judging import Judged
    from benchmarks.accuracy.tally import Recall, Tally

_BAD = (
    Verdict.VACUOUS,
    Verdict.WEAK,
    Verdict.BROKEN,
    Verdict.CONTRADICTORY,
    Verdict.INCONCLUSIVE,
)


def recall_table(tally: Tally) -> str:
    """One line for each kind of bad test, then one for each verdict."""
    heads = ("kind", "tests", "verified", "gate", "either", "exact")
    kinds = [(kind, tally.of_kind(kind)) for kind in tally.kinds]
    verdicts = [(verdict.value, tally.of_verdict(verdict)) for verdict in _BAD]
    lines = [
        _line(heads),
        *(_row(name, recall) for name, recall in kinds),
        "",
        _line(("label", *heads[1:])),
        *(_row(name, recall) for name, recall in verdicts),
    ]
    return "\n".join(lines)


def confusion_table(tally: Tally) -> str:
    """Labels down, verdicts across."""
    counts = tally.confusion()
    across = [verdict.value for verdict in Verdict]
    if any(said == "not judged" for _, said in counts):
        across.append("not judged")
    rows = [
        (label, *(str(counts[label, said] or ".") for said in across))
        for label in (verdict.value for verdict in Verdict)
        if any(label == expected for expected, _ in counts)
    ]
    return "\n".join(_line(row) for row in (("label / said", *across), *rows))


def summary(tally: Tally) -> str:
    """The promises in words."""
    return (
        f"{len(tally.good)} good tests and rows, {len(tally.bad)} bad ones of "
        f"{len(tally.kinds)} kinds\n"
        f"{len(tally.accused)} good tests accused (must be 0), "
        f"{len(tally.doubted)} good tests not trusted\n"
        f"{len(tally.missed)} bad tests that nothing speaks against; "
        f"{len(tally.unverified)} that verification alone calls red\n"
        f"precision {tally.precision:.1%}"
    )


def cases(tally: Tally) -> Iterator[str]:
    """Every test about which label and product disagree."""
    for title, group in (
        ("good, not trusted", tally.doubted),
        ("bad, missed by verification", tally.unverified),
        ("another verdict than the label", _otherwise(tally)),
    ):
        yield from (_case(title, one) for one in group)


def _otherwise(tally: Tally) -> tuple[Judged, ...]:
    return tuple(one for one in tally.bad if one.verified_away and one.verdict != one.expected)


def _case(title: str, one: Judged) -> str:
    gate = f" [gate: {', '.join(one.gate)}]" if one.gate else ""
    said = one.verdict.value if one.verdict else "not judged"
    place = f"{one.entry}: {one.test} ({one.kind})"
    return f"{title}: {place}: {one.expected.value}, said {said}: {one.reason}{gate}"


def _row(name: str, recall: Recall) -> str:
    figures = (recall.total, recall.verification, recall.gate, recall.either, recall.exact)
    return _line((name, *map(str, figures)))


def _line(cells: tuple[str, ...]) -> str:
    first, *rest = cells
    return f"{first:<28}" + "".join(f"{cell:>14}" for cell in rest)
