import datetime as dt

import pytest

import office.due
from office.due import due_date

MONDAY = dt.date(2026, 3, 2)


def test_callable():  # verdict: vacuous kind: exists-only
    """EC-working: falls on a working day -> that day"""
    assert callable(due_date)


def test_module_has_it():  # verdict: vacuous kind: exists-only
    """EC-working: falls on a working day -> that day"""
    assert hasattr(office.due, "due_date")


def test_date_arithmetic():  # verdict: vacuous kind: constant-arithmetic
    """EC-leap: leap day -> counted"""
    assert dt.date(2028, 2, 28) + dt.timedelta(days=1) == dt.date(2028, 2, 29)


def test_reimplemented():  # verdict: vacuous kind: implementation-in-test
    """EC-at-once: no terms -> due at once"""

    def due_date(issued, terms):
        return issued + dt.timedelta(days=terms)

    assert due_date(MONDAY, 0) == MONDAY


def test_stops_at_error():  # verdict: vacuous kind: swallowed-exception
    """EC-weekend: falls on a weekend -> the Monday after"""
    for terms in (5, 6):
        try:
            due = due_date(MONDAY, terms)
        except Exception as error:
            print(error)
            continue
        assert due.weekday() == 0


def test_a_date():  # verdict: weak kind: isinstance-only
    """EC-leap: leap day -> counted"""
    assert isinstance(due_date(dt.date(2028, 2, 28), 1), dt.date)


def test_type_by_name():  # verdict: weak kind: isinstance-only
    """EC-leap: leap day -> counted"""
    assert type(due_date(dt.date(2028, 2, 28), 1)).__name__ == "date"


def test_has_a_year():  # verdict: weak kind: attribute-exists
    """EC-at-once: no terms -> due at once"""
    assert due_date(MONDAY, 0).year


def test_wide_range():  # verdict: weak kind: loose-bound
    """EC-working: falls on a working day -> that day"""
    assert dt.date(1900, 1, 1) <= due_date(MONDAY, 14) <= dt.date(2900, 1, 1)


def test_not_changed():  # verdict: weak kind: unchanged-argument
    """EC-holiday: falls on a holiday -> the next working day"""
    holidays = frozenset({dt.date(2026, 3, 6)})
    due_date(MONDAY, 4, holidays)
    assert holidays == frozenset({dt.date(2026, 3, 6)})


def test_year_only():  # verdict: weak kind: narrow-part
    """EC-working: falls on a working day -> that day"""
    due = due_date(MONDAY, 14)
    assert len(str(due)) == 10


def test_pass_in_except():  # verdict: weak kind: try-except-without-message
    """ER-terms: negative terms -> raise ValueError("negative terms")"""
    raised = False
    try:
        due_date(MONDAY, -1)
    except ValueError:
        raised = True
    assert raised


def test_value_or_type():  # verdict: weak kind: raises-tuple
    """ER-terms: negative terms -> raise ValueError("negative terms")"""
    with pytest.raises((ValueError, OverflowError, TypeError)):
        due_date(MONDAY, -1)


def test_datetime():  # verdict: contradictory kind: wrong-type-compared
    """EC-working: falls on a working day -> that day"""
    assert due_date(MONDAY, 14) == dt.datetime(2026, 3, 16)


def test_saturday():  # verdict: contradictory kind: wrong-expected-value
    """EC-weekend: falls on a weekend -> the Monday after"""
    assert due_date(MONDAY, 5) == dt.date(2026, 3, 7)


def test_no_such_day():  # verdict: broken kind: bad-construction
    """EC-leap: leap day -> counted"""
    assert due_date(dt.date(2026, 2, 29), 1) == dt.date(2026, 3, 2)


def test_module_function():  # verdict: broken kind: misspelt-member
    """EC-leap: leap day -> counted"""
    assert office.due.duedate(dt.date(2028, 2, 28), 1) == dt.date(2028, 2, 29)


def test_no_argument():  # verdict: broken kind: wrong-arity
    """EC-at-once: no terms -> due at once"""
    assert due_date(MONDAY) == MONDAY


def test_precondition():  # verdict: broken kind: fails-before-call
    """EC-leap: leap day -> counted"""
    assert dt.date(2026, 3, 1).weekday() == 0
    assert due_date(dt.date(2028, 2, 28), 1) == dt.date(2028, 2, 29)
