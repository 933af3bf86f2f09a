"""Stories as queries: what they state becomes an answer, what they deny, ask, suppose or tell of others does not."""

from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.documents.phrase import AMOUNT, GAP, GROUP, Phrase, alternatives, read_phrase
from guidance.engine.conditions import Answers, Condition
from guidance.search.story import Story, understood
from tests.bench.stories import RIGHT, WRONG, compare, stories
from tests.search.shipped_phrases import shipped_flows, shipped_phrases

ISSUE = "逾期一个多月刚还完，页面还是显示暂停服务，换过手机"
WORDINGS = sorted(set(chain.from_iterable(phrase.says for phrase in shipped_phrases())))


def story(text: str) -> Story | None:
    return understood(text, shipped_phrases(), shipped_flows())


def answers(text: str) -> dict[str, set[str]]:
    found = story(text)
    return {question: set(options) for question, options in found.answers.items()} if found else {}


def own(key: str, says: list[str], **other: object) -> Phrase:
    """A phrase of huabei about stage, unless told otherwise."""
    values = {"flow": "huabei", "question": "stage", "options": ("paid",), **other}
    return Phrase(key=key, says=tuple(says), checked_on="2026-11-22", review_by="2027-05-22", **values)  # type: ignore[arg-type]


def test_the_whole_story_of_a_reader_is_understood() -> None:
    found = story(ISSUE)
    assert found is not None
    assert (found.flow, found.answers) == (
        "huabei",
        {"stage": frozenset({"paid"}), "days": frozenset({"d90"}), "changes": frozenset({"new-device"})},
    )
    assert {each.question: ISSUE[each.start : each.end] for each in found.said} == {
        "days": "逾期一个多月",
        "stage": "刚还完",
        "changes": "换过手机",
    }


def test_what_was_said_is_shown_in_the_readers_own_characters() -> None:
    text = "  花唄，逾期　三個多月 了；一直沒還款！！"
    found = story(text)
    assert found is not None
    assert {each.option: text[each.start : each.end] for each in found.said}["over90"] == "逾期　三個多月"


@pytest.mark.parametrize(
    "text", ["", "   ", "？！", "花呗", "花呗逾期", "怎么还款", "还清了", "换手机", "👍👍👍👍👍👍👍👍👍👍👍👍"]
)
def test_a_query_of_a_few_words_is_no_story(text: str) -> None:
    assert story(text) is None


# text, question, option that it states
STATED = [
    ("花呗欠了三千多，实在没钱还了怎么办", "stage", "unpaid"),
    ("一直没还，昨天终于还清了，花呗还是不能用", "stage", "paid"),
    ("以前都还清了，现在又没钱还了，怎么办才好", "stage", "unpaid"),
    ("花呗和借呗都逾期了，没钱还，怎么办", "stage", "both"),
    ("还清之后还是用不了，都快两个月了吧", "stage", "paid"),
    ("从来没逾期过，花呗突然就用不了了", "stage", "none"),
    ("愈期一个多月了木有钱还，急死人了", "days", "d90"),
    ("是不是因为我换了手机，花呗就不能用了", "changes", "new-device"),
    ("朋友的也用不了，系统正在维护，今天是还款日", "busy-more", "others"),
    ("朋友让我去套现，我就套过一次，被限制了", "changes", "cashed"),
    ("不小心换了手机号以后花呗就用不了了", "changes", "new-number"),
    ("用不了，换了手机，花呗付款老是失败", "changes", "new-device"),
]


@pytest.mark.parametrize(("text", "question", "option"), STATED)
def test_what_a_story_states_is_an_answer(text: str, question: str, option: str) -> None:
    assert option in answers(text).get(question, set())


# text, question that it does not answer
NOT_STATED = [
    # denied
    ("没换过手机，也没有异地登录，就是用不了", "changes"),
    ("我没有套过现啊，凭什么限制我的花呗", "deal"),
    ("我从来没有帮别人套现，花呗被限制了", "deal"),
    ("没有换手机、换号、外地登录，花呗用不了了", "changes"),
    ("不是我不想还，身份证没过期，花呗用不了", "changes"),
    ("还没还清，花呗就一直用不了，怎么办呢", "paid"),
    ("有没有逾期我也不知道，花呗就是用不了了", "stage"),
    # asked and supposed
    ("如果还清了，花呗是不是就能恢复使用呢", "stage"),
    ("要是我一直没钱还，花呗会不会起诉我呢", "stage"),
    ("万一换了手机，花呗是不是就用不了了啊", "changes"),
    ("会不会是换了手机的问题，花呗不能用了", "changes"),
    ("担心套现被查出来，花呗就不能再用了吧", "deal"),
    ("想还清了重新开始，不知道花呗还能用吗", "stage"),
    ("还清后多久能恢复花呗的使用，求告知", "stage"),
    ("听说还清了也恢复不了，那可怎么办才好", "stage"),
    ("我这样是逾期了吗，花呗上面我看不懂的", "stage"),
    ("有人打电话来说我花呗没还，我不太相信", "stage"),
    # of others
    ("我朋友逾期三个月没还，现在被催收了呀", "stage"),
    ("同事换了手机花呗就用不了，这是为什么", "changes"),
    ("我妈的花呗逾期了，一直没还，怎么办呢", "stage"),
    ("我爸用我的手机号注册，他花呗逾期不还", "stage"),
    ("家里人逾期过，后来还清了，花呗恢复了", "stage"),
    # an amount of time over a boundary
    ("花呗逾期三个月了没还，怎么办才好呢", "days"),
    ("花呗逾期几天了没还，怎么办才好呢啊", "days"),
    # how long since, not how late
    ("花呗还清三个多月了，到现在都没有恢复", "days"),
]


@pytest.mark.parametrize(("text", "question"), NOT_STATED)
def test_what_a_story_does_not_state_is_no_answer(text: str, question: str) -> None:
    assert question not in answers(text)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("逾期不到一周，还有别的", {"d7"}),
        ("逾期十几天了，还有别的", {"d30"}),
        ("逾期一个多月了，还有别的", {"d90"}),
        ("逾期三个多月了，还有别的", {"over90"}),
        ("逾期一个月了，还有别的事情", set()),
        ("以前逾期五天，现在逾期两个月了", {"d90"}),
        ("逾期五天，逾期两个月，都有过的", set()),
    ],
)
def test_an_amount_of_time_is_an_answer_only_as_a_whole(text: str, given: set[str]) -> None:
    assert answers(text).get("days", set()) == given


def test_the_words_that_say_more_win() -> None:
    phrases = [own("short", ["还了"], options=("unpaid",)), own("long", ["已经全还了"])]
    found = understood("我的花呗已经全还了还是用不了", phrases, shipped_flows())
    assert found is not None
    assert found.answers == {"stage": frozenset({"paid"})}


def test_of_a_contradiction_nothing_is_taken() -> None:
    phrases = [own("one", ["甲乙丙"], options=("unpaid",)), own("other", ["丁戊己"])]
    assert understood("花呗甲乙丙，又丁戊己，不知道怎么办", phrases, shipped_flows()) is None


def test_words_that_undo_a_phrase_do_so_in_their_clause_only() -> None:
    phrases = [own("paid", ["还上"], unless=("一半",))]
    assert understood("花呗还上一半用不了怎么办呢", phrases, shipped_flows()) is None
    assert understood("花呗还上，一半的人用不了怎么办呢", phrases, shipped_flows()) is not None


def test_a_gap_stays_within_its_clause_and_holds_no_denial() -> None:
    phrases = [own("paid", [f"欠款{GAP}还上"])]
    assert understood("花呗欠款昨晚都还上了怎么办", phrases, shipped_flows()) is not None
    assert understood("花呗欠款，昨晚都还上了怎么办", phrases, shipped_flows()) is None
    assert understood("花呗欠款我没能还上了怎么办", phrases, shipped_flows()) is None


@pytest.mark.parametrize("said", ["把手机换了", "换了个新手机", "换过手机", "已经换了手机"])
def test_a_choice_is_said_by_any_of_its_words_with_whatever_only_colours_them(said: str) -> None:
    phrases = [own("device", ["换(新/)手机", "手机换"], question="changes", options=("new-device",))]
    found = understood(f"花呗用不了，我{said}以后就这样", phrases, shipped_flows())
    assert found is not None
    assert found.answers == {"changes": frozenset({"new-device"})}


def test_a_choice_says_nothing_by_other_words() -> None:
    phrases = [own("paid", ["欠款(还清/还完)", "（/）"])]
    assert understood("花呗欠款还没有还，不知道怎么办", phrases, shipped_flows()) is None


@pytest.mark.parametrize("wording", ["(还清/还完了", "还清)了", "((还清/还完)/结清)了"])
def test_brackets_that_do_not_pair_are_a_problem(wording: str) -> None:
    document = {"key": "paid", "flow": "huabei", "question": "stage", "options": ["paid"], "says": [wording]}
    _, problems = read_phrase({**document, "checked_on": "2026-11-22", "review_by": "2027-05-22"})
    assert [problem.place for problem in problems] == ["says"]


def test_a_list_denied_at_its_end_says_nothing() -> None:
    assert "changes" not in answers("花呗用不了，换手机、换号码、去外地，我一样都没有")
    assert "changes" in answers("花呗用不了，换了手机、换了号码，我朋友什么都没有")


def test_an_amount_of_time_alone_goes_on_from_the_clause_before() -> None:
    assert answers("页面就写着逾期，都97天了")["days"] == {"over90"}
    assert "days" not in answers("花呗逾期还清了，一直用不了，都97天了")


def test_the_one_whose_concern_is_named_is_offered() -> None:
    found = story("我自己点开花呗一看写着已逾期，凭什么一条短信都没有")
    assert found is not None
    assert found.flow == "no-notice"


def test_of_two_words_of_the_page_stands_what_the_other_is_asked_on() -> None:
    assert answers("就这一家店不行，一点付款就说有风险，真是的") == {"signal": {"shop"}, "shop-say": {"blocked"}}


def test_who_once_always_paid_in_time_did_not_this_time() -> None:
    assert answers("花呗我从来没逾期，就这回忘了还，怎么办啊")["stage"] == {"unpaid"}


def test_a_wording_that_names_a_time_itself_is_found() -> None:
    phrases = [own("paid", ["昨天补交"]), own("other", [f"{AMOUNT}补交"], at_least=2, at_most=9, options=("unpaid",))]
    found = understood("花呗我昨天补交了还是用不了", phrases, shipped_flows())
    assert found is not None
    assert found.answers == {"stage": frozenset({"paid"})}


def test_a_phrase_of_an_unknown_flow_question_or_option_is_passed_over() -> None:
    phrases = [
        own("flow", ["还上"], flow="gone"),
        own("question", ["还上"], question="gone"),
        own("option", ["还上"], options=("gone",)),
    ]
    assert understood("花呗昨晚都还上了怎么办呢啊", phrases, shipped_flows()) is None


def test_no_answer_forbids_the_asking_of_another() -> None:
    for text in (judged["text"] for judged in stories()):
        found = story(text)
        if found:
            flow = shipped_flows()[found.flow]
            told = {question.key: question for question in flow.questions if question.key in found.answers}
            assert all(_may_be_asked(question.ask_when, found.answers) for question in told.values()), text


def _may_be_asked(asked: Condition, given: Answers) -> bool:
    ways = asked.alternatives
    return not ways or any(all(c.question not in given or c.holds(given) for c in way) for way in ways)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(WORDINGS), st.text(max_size=6), st.sampled_from("，。！没不吗我")), max_size=12)
)
def test_any_text_gives_answers_that_the_self_check_takes(parts: list[str]) -> None:
    text = "".join(parts).replace(AMOUNT, "三天").replace(GAP, "了").translate(str.maketrans("(/)", "，我，"))
    found = story(text)
    if found is None:
        return
    flow = shipped_flows()[found.flow]
    assert found.answers
    for question, options in found.answers.items():
        assert flow.question_by_key[question].refusal(options) is None
    assert {(each.question, each.option) for each in found.said} == {
        (question, option) for question, options in found.answers.items() for option in options
    }
    assert all(0 <= each.start < each.end <= len(text) for each in found.said)


def _spoken(phrase: Phrase, wording: str) -> Iterator[str]:
    """A wording as people would say it, once for each of its choices."""
    low, high = phrase.at_least or 0, phrase.at_most or 365
    days = min((low + high) // 2, low + 200)
    whole = wording.replace(AMOUNT, f"{days}天").replace(GAP, "了")
    choices = [alternatives(group) for group in GROUP.findall(whole)]
    for turn in range(max(map(len, choices), default=1)):
        said = whole
        for each in choices:
            said = GROUP.sub(each[turn % len(each)], said, count=1)
        yield said


@pytest.mark.parametrize("phrase", shipped_phrases(), ids=lambda phrase: phrase.key)
def test_each_shipped_phrase_is_reached_by_each_of_its_wordings(phrase: Phrase) -> None:
    flow = {phrase.flow: shipped_flows()[phrase.flow]}

    def is_reached(said: str) -> bool:
        found = understood(f"花呗花呗花呗花呗花呗，{said}", [phrase], flow)
        return found is not None and found.answers.get(phrase.question) == frozenset(phrase.options)

    silent = [wording for wording in phrase.says if not any(map(is_reached, _spoken(phrase, wording)))]
    assert silent == []


def test_the_judged_stories_are_understood() -> None:
    right = wrong = stated = given_ = 0
    for judged in stories():
        expected, found = compare(judged, shipped_phrases(), shipped_flows())
        stated, given_ = stated + len(expected), given_ + len(found)
        right, wrong = right + len(expected & found), wrong + len(found - expected)
    assert right >= RIGHT * stated
    assert wrong <= WRONG * given_
