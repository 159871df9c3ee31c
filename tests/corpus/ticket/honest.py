import pytest

from desk.ticket import Event, State, TicketClosed, next_state


def test_assign():  # verdict: red
    """EC-assign: new ticket is assigned -> open"""
    assert next_state(State.NEW, Event.ASSIGN) is State.OPEN


def test_solve():  # verdict: red
    """EC-solve: open ticket is solved -> solved"""
    assert next_state(state=State.OPEN, event=Event.SOLVE) == State.SOLVED


def test_reply():  # verdict: red
    """EC-reply: reply to a solved ticket -> open again"""
    state = next_state(State.SOLVED, Event.REPLY)
    assert state.name == "OPEN"


def test_whole_life():  # verdict: red
    """EC-reply: reply to a solved ticket -> open again"""
    state = State.NEW
    for event, expected in [
        (Event.ASSIGN, State.OPEN),
        (Event.SOLVE, State.SOLVED),
        (Event.REPLY, State.OPEN),
    ]:
        state = next_state(state, event)
        assert state is expected


@pytest.mark.parametrize("state", [State.NEW, State.OPEN, State.SOLVED], ids=lambda s: s.name)
def test_close(state):  # verdict: red
    """EC-close: close in any state -> closed"""
    assert next_state(state, Event.CLOSE) is State.CLOSED


@pytest.mark.parametrize(
    ("state", "event"),
    [(State.NEW, Event.SOLVE), (State.NEW, Event.REPLY), (State.OPEN, Event.ASSIGN)],
)
def test_same(state, event):  # verdict: red
    """EC-same: event that changes nothing -> same state"""
    assert next_state(state, event) is state


@pytest.mark.parametrize("event", list(Event))
def test_closed(event):  # verdict: red
    """ER-closed: any event on a closed ticket -> raise TicketClosed("ticket is closed")"""
    with pytest.raises(TicketClosed, match=r"^ticket is closed$"):
        next_state(State.CLOSED, event)


def test_closed_after_close():  # verdict: red
    """ER-closed: any event on a closed ticket -> raise TicketClosed("ticket is closed")"""
    closed = next_state(State.OPEN, Event.CLOSE)
    with pytest.raises(TicketClosed, match="ticket is closed"):
        next_state(closed, Event.REPLY)
