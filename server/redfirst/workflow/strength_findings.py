"""What mutants say, as findings: each one that no test noticed, and the gate."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from redfirst.coverage.mutation.strength import Fate
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.coverage.mutation.strength import StrengthResult
    from redfirst.spec.model import MutantWaiver
    from redfirst.workflow.spec_file import SpecFile


def strength_findings(result: StrengthResult) -> Iterator[Finding]:
    """RF408 at each mutant that no test noticed, RF406 for what could not be tried, RF409 when the
    gate fails.
    """
    for mutant in result.survivors:
        message = about_survivor(mutant)
        yield Finding(Code.SURVIVOR, Severity.WARNING, message, result.path, mutant.range)
    reasons = Counter(one.reason for one in result.tried if one.fate is Fate.NOT_RUN)
    for reason, number in reasons.items():
        changes = "1 change" if number == 1 else f"{number} changes"
        message = f"{changes} to `{result.path}` could not be tried: {reason}."
        yield Finding(Code.NOT_MEASURED, Severity.WARNING, message, result.path)
    if not result.holds:
        yield Finding(Code.STRENGTH, Severity.ERROR, _gate(result), result.path)


def about_survivor(mutant: Mutant) -> str:
    """What no test noticed, and what to do about it."""
    return (
        f"{survivor(mutant)}. Add a case to the spec that tells the two apart; or, if none "
        "can, waive the change with a reason under `waive_mutants`."
    )


def survivor(mutant: Mutant) -> str:
    """What was changed, and that nobody minded; without a full stop."""
    return f"{mutant.change[:1].upper()}{mutant.change[1:]}, and no test noticed"


def unused_waivers(file: SpecFile, path: str, waivers: Iterable[MutantWaiver]) -> Iterator[Finding]:
    """RF410 for each waiver that fits no mutant of the implementation at `path`."""
    for waiver in waivers:
        message = (
            f"Nothing in `{path}` is changed like this any more: no tested line that reads "
            f"`{waiver.code.value}` has the change `{waiver.change.value}`. Take the waiver out, "
            "or write line and change as they are reported."
        )
        place = file.lines.range(waiver.code.span)
        yield Finding(Code.UNUSED_WAIVER, Severity.WARNING, message, file.path, place)


def _gate(result: StrengthResult) -> str:
    share = result.share
    percent = math.floor(share.percent * 10) / 10  # 94.96 % must not look like 95 %
    return (
        f"The tests notice {percent:g} % ({share.reached} of {share.total}) of the small changes "
        f"to `{result.path}`; the gate asks for {result.threshold:g} %. Add a case to the spec for "
        "each change that no test noticed, generate, see it red, and run again."
    )
