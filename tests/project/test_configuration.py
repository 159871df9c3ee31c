"""Every row is a pyproject.toml and what is wrong with it: the marked place and the words."""

import pytest

from redfirst.project.configuration import Configuration, has_table, read_configuration
from redfirst.spec.codes import Code
from redfirst.spec.ranges import LineIndex

ALL = """\
[project]
name = "shop"

[tool.redfirst]
specs = ["specs", "more/specs"]
tests = "tests/unit/"
test_name = "test_{module}_{function}.py"
threshold = 90
timeout = 2.5
python = "../env/bin/python"
provider = "examples"
model = "some-model"
jobs = 4
"""


def test_everything_set() -> None:
    configuration, problems = read_configuration(ALL)
    assert problems == ()
    assert configuration == Configuration(
        specs=("specs", "more/specs"),
        tests="tests/unit",
        test_name="test_{module}_{function}.py",
        threshold=90.0,
        timeout=2.5,
        python="../env/bin/python",
        provider="examples",
        model="some-model",
        jobs=4,
    )


@pytest.mark.parametrize("text", ["", "[tool.other]\nspecs = 3\n", "tool = 3\n"])
def test_nothing_set(text: str) -> None:
    assert read_configuration(text) == (Configuration(), ())


def test_one_folder_as_a_text() -> None:
    configuration, problems = read_configuration('[tool.redfirst]\nspecs = "contracts"\n')
    assert (configuration.specs, problems) == (("contracts",), ())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("specs = []", "`specs` must be a list of folders in quotes."),
        ("specs = 3", "`specs` must be a list of folders in quotes."),
        ("specs = [3]", "`specs` must be a text in quotes, not 3."),
        (
            'tests = "../elsewhere"',
            "`tests` must be a folder inside the project, relative to it, not `../elsewhere`.",
        ),
        (
            'tests = "/tmp/x"',
            "`tests` must be a folder inside the project, relative to it, not `/tmp/x`.",
        ),
        (
            "tests = 'C:\\x'",
            "`tests` must be a folder inside the project, relative to it, not `C:\\x`.",
        ),
        ("tests = true", "`tests` must be a text in quotes, not true."),
        (
            'test_name = "unit/test_{function}.py"',
            (
                "`test_name` must be the name of a Python file without a folder, not "
                "`unit/test_{function}.py`."
            ),
        ),
        (
            'test_name = "test_{name}.py"',
            (
                "`test_name` may hold the placeholders {function}, {spec}, {module} and no others, "
                "unlike `test_{name}.py`."
            ),
        ),
        (
            'test_name = "test_{.py"',
            (
                "`test_name` may hold the placeholders {function}, {spec}, {module} and no others, "
                "unlike `test_{.py`."
            ),
        ),
        ('threshold = "95"', '`threshold` must be a number, not "95".'),
        ("threshold = true", "`threshold` must be a number, not true."),
        ("threshold = nan", "`threshold` must be a number, not nan."),
        (
            "threshold = 101",
            "`threshold` is a percentage: it must lie between 0 and 100, not be 101.",
        ),
        ("timeout = 0", "`timeout` is in seconds: it must be more than 0, not 0."),
        ("timeout = inf", "`timeout` must be a number, not inf."),
        ('python = ""', '`python` must be a text in quotes, not "".'),
        ("model = {}", "`model` must be a text in quotes, not a table."),
        (
            'provider = "oracle"',
            '`provider` must be "examples" or "anthropic", not "oracle".',
        ),
        (
            'base_url = "models.example"',
            '`base_url` must be an address like "https://models.example", not "models.example".',
        ),
        (
            'effort = "huge"',
            '`effort` must be one of "low", "medium", "high", "xhigh", "max", not "huge".',
        ),
        ("input_price = -1", "`input_price` is a price: it must be 0 or more, not -1."),
        ("jobs = 0", "`jobs` must be a whole number from 1 on, not 0."),
        ("jobs = 1.5", "`jobs` must be a whole number from 1 on, not 1.5."),
        (
            "colour = 1",
            (
                "redfirst has no setting `colour`. It knows specs, tests, test_name, "
                "threshold, strength, timeout, python, provider, model, base_url, effort, "
                "max_tokens, model_timeout, rounds, budget, input_price, output_price, jobs."
            ),
        ),
    ],
)
def test_unusable_settings(line: str, words: str) -> None:
    """The place is the key; the default stands in for the value."""
    configuration, (problem,) = read_configuration(f"[tool.redfirst]\n{line}\n")
    assert problem.message == words
    assert problem.code is Code.CONFIGURATION
    assert problem.span.of(f"[tool.redfirst]\n{line}\n") == line.partition(" ")[0]
    assert configuration == Configuration()


def test_a_misspelt_key_can_be_mended() -> None:
    text = '[tool.redfirst]\ntest-name = "test_{function}.py"\ntreshold = 99\n'
    _, problems = read_configuration(text)
    assert [problem.message.partition(". ")[2] for problem in problems] == [
        "Did you mean `test_name`?",
        "Did you mean `threshold`?",
    ]
    for problem in reversed(problems):
        assert problem.fix is not None
        (edit,) = problem.fix.edits
        text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
    assert read_configuration(text) == (Configuration(threshold=99.0), ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[tool]\nredfirst.jobs = 0\n", "redfirst.jobs"),
        ("tool.redfirst.jobs = 0\n", "tool.redfirst.jobs"),
        ("[tool]\nredfirst = {jobs = 0}\n", "redfirst"),
        ('["tool" . redfirst]\n"jobs" = 0\n', '"jobs"'),
        ('[a]\nx = """\n[tool.redfirst]\njobs = 1\n"""\n[tool.redfirst]\r\n\tjobs = 0\r\n', "jobs"),
        ("[a]\nx = ['''\njobs''', [ # ]\n1], {b = 2}]\n[tool.redfirst]\njobs=0 # jobs", "jobs"),
        ("tool.redfirst = 3\n", "tool.redfirst"),
    ],
)
def test_places_in_every_way_to_write_it(text: str, place: str) -> None:
    _, (problem,) = read_configuration(text)
    assert problem.span.of(text) == place
    assert problem.span.start == text.rindex(place, 0, text.rindex("0") if "0" in text else 99)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[tool.redfirst]\njobs = \n", 1),
        ("[tool.redfirst]\r\nspecs = [\r\n'a' 'b']\r\n", 2),
        ("[tool.redfirst]\nspecs = [1,\n", 2),
        ("x = 1\nx = 2", 1),
        ("[" * 3000, 0),
        ("x = " + "[" * 100_000, 0),
    ],
    ids=["no value", "no comma", "no end", "twice", "no table", "too deep"],
)
def test_broken_syntax(text: str, line: int) -> None:
    """The words are `tomllib`'s, and differ from version to version."""
    configuration, (problem,) = read_configuration(text)
    assert configuration == Configuration()
    assert "is not valid TOML" in problem.message
    assert LineIndex(text).position(problem.span.start).line == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.redfirst]\n", True),
        ("tool = {redfirst = {}}", True),
        ("[tool.other]\nredfirst = 1\n", False),
        ("# [tool.redfirst]\n", False),
        ("[tool.redfirst]\njobs = \n", True),
        ("[tool.other]\njobs = \n", False),
    ],
)
def test_whether_a_file_configures_redfirst(text: str, expected: bool) -> None:
    assert has_table(text) is expected
