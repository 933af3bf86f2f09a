"""What is wrong with a document, said in words an editor understands."""

from dataclasses import dataclass

FAIL = "fail"
WARN = "warn"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of a check.

    place: the path in the document, counted from 0, e.g. ``questions/2/options/0/label``; "" is the whole document.
    message: a Chinese sentence that says what is wrong and what would mend it.
    level: ``fail`` blocks publishing, ``warn`` does not.
    """

    place: str
    message: str
    level: str = FAIL

    @property
    def blocks(self) -> bool:
        return self.level == FAIL


def failures(problems: list[Problem]) -> list[Problem]:
    """The problems that block publishing."""
    return [problem for problem in problems if problem.blocks]
