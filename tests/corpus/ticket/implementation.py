from enum import Enum


class State(Enum):
    NEW = "NEW"
    OPEN = "OPEN"
    SOLVED = "SOLVED"
    CLOSED = "CLOSED"


class Event(Enum):
    ASSIGN = "ASSIGN"
    REPLY = "REPLY"
    SOLVE = "SOLVE"
    CLOSE = "CLOSE"


class TicketClosed(RuntimeError):
    pass


def next_state(state: State, event: Event) -> State:
    if state is State.CLOSED:
        raise TicketClosed("ticket is closed")
    if event is Event.CLOSE:
        return State.CLOSED
    if state is State.NEW and event is Event.ASSIGN:
        return State.OPEN
    if state is State.OPEN and event is Event.SOLVE:
        return State.SOLVED
    if state is State.SOLVED and event is Event.REPLY:
        return State.OPEN
    return state
