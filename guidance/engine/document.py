"""Flow documents: the plain dict that is stored, exported and reviewed, and the frozen Flow that runs."""

from typing import Any

from guidance.engine.conditions import ALWAYS, Clause, Condition
from guidance.engine.flow import (
    ADVICE_KINDS,
    EFFECTS,
    QUESTION_KINDS,
    SINGLE,
    TONES,
    Advice,
    Cause,
    Evidence,
    Flow,
    Headline,
    Option,
    Question,
    Scenario,
)
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader, plain

LABEL_LENGTH = 60  # characters of an option
LINE_LENGTH = 200  # characters of a one-sentence text


def read_flow(document: Any) -> tuple[Flow, list[Problem]]:
    """A flow from its document, with every problem of its form; whatever is wrong is read as empty."""
    reader = Reader(document)
    flow = Flow(
        key=reader.key(),
        title=reader.text("title", limit=LABEL_LENGTH),
        summary=reader.text("summary", limit=LINE_LENGTH),
        audience=reader.text("audience", limit=LINE_LENGTH),
        minutes=reader.integer("minutes", 1, 30),
        prepare=reader.texts("prepare"),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        inconclusive=_headline(reader.group("inconclusive")),
        causes=tuple(_cause(each) for each in reader.items("causes")),
        questions=tuple(_question(each) for each in reader.items("questions")),
        evidence=tuple(_evidence(each) for each in reader.items("evidence")),
        advice=tuple(_advice(each) for each in reader.items("advice")),
        scenarios=tuple(_scenario(each) for each in reader.items("scenarios", optional=True)),
        aliases=_aliases(reader),
        keywords=reader.keywords(),
    )
    reader.done()
    return flow, reader.problems


def flow_document(flow: Flow) -> dict[str, Any]:
    """The document of a flow in canonical form; reading it gives an equal flow."""
    document: dict[str, Any] = plain(flow)
    for scenario in document.get("scenarios", []):
        scenario["answers"] = {k: v[0] if len(v) == 1 else v for k, v in scenario["answers"].items()}
    return document


def read_condition(reader: Reader, name: str) -> Condition:
    """A condition field: a list of alternatives, each a list of clauses; left out it always holds."""
    value = reader.take(name)
    if value is None or value == []:
        return ALWAYS
    if not isinstance(value, list) or not all(isinstance(each, list) and each for each in value):
        reader.problem(name, "条件应该是一列“任一成立”，每项又是一列“同时成立”的分句，都不能为空")
        return ALWAYS
    place = f"{reader.place}/{name}" if reader.place else name
    return Condition(
        tuple(
            tuple(_clause(Reader(c, f"{place}/{i}/{j}", reader.problems)) for j, c in enumerate(alternative))
            for i, alternative in enumerate(value)
        )
    )


def _clause(reader: Reader) -> Clause:
    question = reader.text("question")
    any_of, none_of = reader.keys("any_of"), reader.keys("none_of")
    if bool(any_of) == bool(none_of):
        reader.problem("", "分句要写 any_of（选了其中任一）或 none_of（都没选），写且只写一个")
    reader.done()
    return Clause(question, frozenset(any_of or none_of), negated=bool(none_of))


def _headline(reader: Reader) -> Headline:
    headline = Headline(reader.text("title", limit=LABEL_LENGTH), reader.text("summary", limit=LINE_LENGTH))
    reader.done()
    return headline


def _cause(reader: Reader) -> Cause:
    cause = Cause(
        key=reader.key(),
        title=reader.text("title", limit=LABEL_LENGTH),
        summary=reader.text("summary", limit=LINE_LENGTH),
        tone=reader.choice("tone", TONES),
        claims=reader.keys("claims", optional=False),
    )
    reader.done()
    return cause


def _question(reader: Reader) -> Question:
    question = Question(
        key=reader.key(),
        text=reader.text("text", limit=LINE_LENGTH),
        why=reader.text("why", limit=LINE_LENGTH),
        help=reader.text("help", optional=True),
        kind=reader.choice("kind", QUESTION_KINDS, SINGLE),
        ask_when=read_condition(reader, "ask_when"),
        options=tuple(_option(each) for each in reader.items("options")),
    )
    reader.done()
    return question


def _option(reader: Reader) -> Option:
    option = Option(
        key=reader.key(),
        label=reader.text("label", limit=LABEL_LENGTH),
        hint=reader.text("hint", optional=True, limit=LINE_LENGTH),
        unknown=reader.flag("unknown"),
        where=reader.text("where", optional=True, limit=LINE_LENGTH),
        exclusive=reader.flag("exclusive"),
    )
    reader.done()
    return option


def _evidence(reader: Reader) -> Evidence:
    evidence = Evidence(
        key=reader.key(),
        cause=reader.text("cause"),
        effect=reader.choice("effect", EFFECTS),
        reason=reader.text("reason", limit=LINE_LENGTH),
        when=read_condition(reader, "when"),
    )
    reader.done()
    return evidence


def _advice(reader: Reader) -> Advice:
    kind = reader.choice("kind", ADVICE_KINDS)
    advice = Advice(
        key=reader.key(),
        kind=kind,
        title=reader.text("title", limit=LABEL_LENGTH, optional=kind in ("script", "read_more")),
        body=reader.text("body"),
        cause=reader.text("cause", optional=True) or None,
        when=read_condition(reader, "when"),
        claims=reader.keys("claims", optional=kind in ("script", "read_more")),
    )
    reader.done()
    return advice


def _scenario(reader: Reader) -> Scenario:
    given = reader.take("answers")
    answers: dict[str, frozenset[str]] = {}
    if not isinstance(given, dict):
        reader.problem("answers", "answers 应该是一组“题目：选项”")
        given = {}
    for question, chosen in given.items():
        options = [chosen] if isinstance(chosen, str) else chosen
        if isinstance(options, list) and options and all(isinstance(option, str) for option in options):
            answers[str(question)] = frozenset(options)
        else:
            reader.problem(f"answers/{question}", "这里应该是一个选项，或一列选项")
    scenario = Scenario(
        key=reader.key(),
        title=reader.text("title", limit=LINE_LENGTH),
        answers=answers,
        primary=reader.text("primary", optional=True) or None,
        others=frozenset(reader.keys("others")),
        advice=frozenset(reader.keys("advice")),
        must_pass=reader.flag("must_pass", default=True),
    )
    reader.done()
    return scenario


def _aliases(reader: Reader) -> dict[str, str | None]:
    value = reader.take("aliases")
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(
        isinstance(old, str) and (new is None or isinstance(new, str)) for old, new in value.items()
    ):
        reader.problem("aliases", "aliases 应该是一组“旧标识：新标识”，没有继任者的写 null")
        return {}
    return dict(value)
