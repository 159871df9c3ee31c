import pytest

from net.attempts import GaveUp, call_with_retry


class Flaky:
    """Fails so many times, then gives its value."""

    def __init__(self, failures, value="done"):
        self.failures = failures
        self.value = value
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.failures:
            raise OSError(f"failure {self.calls}")
        return self.value


@pytest.mark.parametrize("value", [42, "text", None])
def test_success(value):  # verdict: red
    """EC-success: action succeeds -> what it gives"""
    result = call_with_retry(lambda: (value, "given"))
    assert result == (value, "given")


def test_success_plain():  # verdict: red
    """EC-success: action succeeds -> what it gives"""
    assert call_with_retry(lambda: 42) == 42


def test_again():  # verdict: red
    """EC-again: action fails once -> called again"""
    action = Flaky(1)
    assert call_with_retry(action) == "done"
    assert action.calls == 2


def test_on_error():  # verdict: red
    """EC-on-error: error -> handed to on_error"""
    errors = []
    call_with_retry(Flaky(2), on_error=errors.append)
    assert [str(error) for error in errors] == ["failure 1", "failure 2"]


def test_once():  # verdict: red
    """EC-once: action succeeds at once -> called once only"""
    action = Flaky(0)
    call_with_retry(action, 5)
    assert action.calls == 1


def test_gave_up():  # verdict: red
    """ER-gave-up: every attempt fails -> raise GaveUp("gave up")"""
    action = Flaky(9)
    with pytest.raises(GaveUp, match="gave up"):
        call_with_retry(action, attempts=4)


def test_attempts():  # verdict: red
    """ER-attempts: attempts below one -> raise ValueError("attempts below one")"""
    with pytest.raises(ValueError, match="attempts below one"):
        call_with_retry(lambda: pytest.fail("not to be called"), 0)
