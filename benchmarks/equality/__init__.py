"""Whether warm runs say what cold ones say, on the suites of real packages."""
