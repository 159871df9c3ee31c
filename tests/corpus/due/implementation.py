from datetime import date, timedelta


def due_date(issued: date, terms_days: int, holidays: frozenset[date] = frozenset()) -> date:
    if terms_days < 0:
        raise ValueError("negative terms")
    due = issued + timedelta(days=terms_days)
    while due.weekday() >= 5 or due in holidays:
        due += timedelta(days=1)
    return due
