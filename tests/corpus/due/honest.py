import datetime as dt

import pytest

from office.due import due_date

MONDAY = dt.date(2026, 3, 2)
NEXT_MONDAY = MONDAY + dt.timedelta(days=7)


def test_working():  # verdict: red
    """EC-working: falls on a working day -> that day"""
    assert due_date(MONDAY, 14) == dt.date(2026, 3, 16)


def test_working_iso():  # verdict: red
    """EC-working: falls on a working day -> that day"""
    assert due_date(MONDAY, 14).isoformat() == "2026-03-16"


@pytest.mark.parametrize("terms", [5, 6])
def test_weekend(terms):  # verdict: red
    """EC-weekend: falls on a weekend -> the Monday after"""
    due = due_date(MONDAY, terms_days=terms)
    assert due == NEXT_MONDAY
    assert due.weekday() == 0


def test_holiday():  # verdict: red
    """EC-holiday: falls on a holiday -> the next working day"""
    friday = dt.date(2026, 3, 6)
    assert due_date(MONDAY, 4, frozenset({friday})) == NEXT_MONDAY
    assert due_date(MONDAY, 4) == friday


def test_holiday_after_weekend():  # verdict: red
    """EC-holiday: falls on a holiday -> the next working day"""
    assert due_date(MONDAY, 5, holidays=frozenset({NEXT_MONDAY})) == dt.date(2026, 3, 10)


def test_leap():  # verdict: red
    """EC-leap: leap day -> counted"""
    assert due_date(dt.date(2028, 2, 28), 1) == dt.date(2028, 2, 29)
    assert due_date(dt.date(2027, 2, 26), 3) == dt.date(2027, 3, 1)


def test_at_once():  # verdict: red
    """EC-at-once: no terms -> due at once"""
    assert due_date(MONDAY, 0) == MONDAY


def test_terms():  # verdict: red
    """ER-terms: negative terms -> raise ValueError("negative terms")"""
    with pytest.raises(ValueError) as caught:
        due_date(MONDAY, -1)
    assert "negative terms" in str(caught.value)
