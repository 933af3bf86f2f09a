"""The picture of a flow: where its questions and causes stand and how lines run between them, from left to right.

Pure and the same for the same flow; how it looks is the business of a style sheet.
"""

from collections.abc import Iterator, Sequence

from guidance.engine.flow import Flow
from guidance.engine.picture.lettering import all_words, short_words
from guidance.engine.picture.links import ASKED, Link, Links, links
from guidance.engine.picture.parts import Edge, Lane, Letters, Node, Picture
from guidance.engine.picture.plan import CURVE, INSIDE, LINE_HEIGHT, MARGIN, MARK_HEIGHT, WIDTH, Plan, curve, texts_of
from guidance.engine.picture.reach import Unreachable, unreachable

__all__ = ["Edge", "Lane", "Letters", "Node", "Picture", "picture"]

TIP = 9  # of an arrow


def picture(flow: Flow) -> Picture:
    """Lay out a flow, however unfinished: what leads nowhere is left out and named."""
    found = links(flow)
    lost = unreachable(flow)
    plan = Plan(flow, found)
    nodes = tuple(_node(flow, number, plan, found, lost) for number in range(len(plan.column)))
    return Picture(
        width=max((node.x + node.width for node in nodes), default=0) + MARGIN,
        height=max((*plan.middle.values(), *(node.y + node.height for node in nodes)), default=0) + MARGIN,
        nodes=nodes,
        lanes=tuple(plan.lanes()),
        edges=tuple(_edges(flow, plan, nodes, lost)),
        links=found,
        unreachable=lost,
    )


def _node(flow: Flow, number: int, plan: Plan, found: Links, lost: Unreachable) -> Node:
    asks = number < plan.questions
    index = number if asks else number - plan.questions
    x, y = plan.x(plan.column[number]), plan.top(number)
    never = index in (lost.questions if asks else lost.causes)
    broken = asks and index in found.broken_questions
    name = f"第{index + 1}题" if asks else "原因"
    mark = "·".join([name, *(["走不到"] if never else []), *(["条件有误"] if broken else [])])
    # Words stand in the middle of a node that is taller than they are.
    above = (plan.height(number) - MARK_HEIGHT - LINE_HEIGHT * len(plan.lines[number]) - INSIDE) // 2
    lines = enumerate(plan.lines[number], start=1)
    return Node(
        kind="question" if asks else "cause",
        index=index,
        x=x,
        y=y,
        width=WIDTH,
        height=plan.height(number),
        name=name,
        mark=Letters(x + INSIDE, y + above + MARK_HEIGHT - 10, mark),
        lines=tuple(Letters(x + INSIDE, y + above + MARK_HEIGHT - 5 + i * LINE_HEIGHT, line) for i, line in lines),
        text=texts_of(flow)[number],
        unreachable=never,
        broken=broken,
    )


def _edges(flow: Flow, plan: Plan, nodes: Sequence[Node], lost: Unreachable) -> Iterator[Edge]:
    """The lines to each node come in from above to below, as they start."""
    for target, incoming in sorted(plan.incoming.items()):
        starts = sorted((plan.leave(link.source, plan.column[target] - 1), link.source, link) for link in incoming)
        step = plan.step(target)
        y = nodes[target].middle - step * (len(starts) - 1) // 2
        for i, (start, _, link) in enumerate(starts):
            yield _edge(flow, link, start, (nodes[target].x, y + i * step), lost)


def _edge(flow: Flow, link: Link, start: tuple[int, int], end: tuple[int, int], lost: Unreachable) -> Edge:
    asked = link.look == ASKED
    far = CURVE if asked else end[0] - start[0] - TIP
    question = flow.questions[link.source]
    return Edge(
        source=link.source,
        target=link.target,
        look=link.look,
        path=f"M{start[0]} {start[1]}{curve(*start, far, end[1])}H{end[0] - TIP}",
        start=start,
        end=end,
        label=Letters(end[0] - TIP - 3, end[1] - 5, short_words(question, link.clauses)) if asked else None,
        words=all_words(question, link.clauses),
        evidence=link.evidence,
        unreachable=link.target in lost.questions if asked else lost.evidence.issuperset(link.evidence),
    )
