"""The closed condition language: alternatives of clauses, so that every check is decidable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# What a reader answered: question key -> the keys of the chosen options (one, or several for a multi question).
Answers = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Clause:
    """`question` was answered with any of `options` or, when negated, with none of them."""

    question: str
    options: frozenset[str]
    negated: bool = False

    def holds(self, answers: Answers) -> bool:
        """Whether the clause is true. A question never asked proves nothing: then it is false, negated or not."""
        chosen = answers.get(self.question)
        return chosen is not None and self.accepts(chosen)

    def accepts(self, chosen: frozenset[str]) -> bool:
        """Whether an answer that was given makes the clause true."""
        return self.options.isdisjoint(chosen) is self.negated


@dataclass(frozen=True, slots=True)
class Condition:
    """True when all clauses of any one alternative hold; without alternatives it always is."""

    alternatives: tuple[tuple[Clause, ...], ...] = ()

    def holds(self, answers: Answers) -> bool:
        if not self.alternatives:
            return True
        return any(all(clause.holds(answers) for clause in clauses) for clauses in self.alternatives)

    def clauses(self) -> Iterator[Clause]:
        for alternative in self.alternatives:
            yield from alternative

    def questions(self) -> frozenset[str]:
        """Keys of the questions the condition looks at."""
        return frozenset(clause.question for clause in self.clauses())


ALWAYS = Condition()
