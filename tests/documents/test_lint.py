"""What the sub-editor marks: every rule with its proposal, and all that it must leave alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.documents.contact import read_contact
from guidance.documents.lint import lint
from guidance.documents.lint.style import RULES, Rule
from guidance.documents.words import HEADING, MARKDOWN, SAID, TEXT, Words
from guidance.engine.problems import FAIL, WARN, Problem
from tests import builders

OURS = [HEADING, TEXT, MARKDOWN]
ROLES = [*OURS, SAID]
DIAL = read_contact(builders.contact())[0].numbers

PROMISES = [
    *("保证解冻", "保证恢复", "保证下款", "包解", "包过", "秒解", "马上解冻", "立即解冻", "立即恢复", "马上恢复"),
    *("一定能恢复", "一定能解冻", "内部渠道", "内部关系", "百分百", "100%解冻", "100%恢复", "100%成功", "洗白"),
    *("强开", "无条件", "停催停诉", "快速解冻", "快速修复征信", "保证能解冻", "一定会恢复", "百分之百恢复"),
    *("100%能恢复", "秒恢复", "立刻解封"),
]

any_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)
# Texts full of what the rules look for.
telling = st.lists(
    st.sampled_from([*"花汉,;:?!.()！ 19８％-~–，。、块“”年#|*\n", "滞纳金", "采用", "之一步", "2026-01-02", "1000"]),
    max_size=30,
).map("".join)


def found(text: str, role: str = TEXT, numbers: frozenset[str] = DIAL) -> list[Problem]:
    return lint([Words("body", text, role)], numbers)


def said(text: str, role: str = TEXT) -> list[tuple[str, str]]:
    return [(problem.level, problem.message) for problem in found(text, role)]


def mended(text: str) -> str:
    for rule in RULES:
        text = rule.pattern.sub(rule.fix, text)
    return text


@pytest.mark.parametrize("role", OURS)
@pytest.mark.parametrize(
    ("wrong", "finding", "right"),
    [
        ("花呗,支付宝", "汉字之间用全角标点。建议改成“，”", "花呗，支付宝"),
        ("先还;再问", "汉字之间用全角标点。建议改成“；”", "先还；再问"),
        ("原因:逾期", "汉字之间用全角标点。建议改成“：”", "原因：逾期"),
        ("还清了吗?", "汉字之间用全角标点。建议改成“？”", "还清了吗？"),
        ("还清了!", "汉字之间用全角标点。建议改成“。”", "还清了。"),
        ("还清了.再问", "汉字之间用全角标点。建议改成“。”", "还清了。再问"),
        ("还清了.", "汉字之间用全角标点。建议改成“。”", "还清了。"),
        ("看“恢复”,再问", "汉字之间用全角标点。建议改成“，”", "看“恢复”，再问"),
        ("打电话:95188", "汉字之间用全角标点。建议改成“：”", "打电话：95188"),
        ("花呗(小额)", "汉字旁边用全角括号。建议改成“（”", "花呗（小额）"),
        ("花呗（小额)", "汉字旁边用全角括号。建议改成“）”", "花呗（小额）"),
        ("App(花呗)", "汉字旁边用全角括号。建议改成“（”", "App（花呗）"),
        ("别转账！", "不用感叹号。建议改成“。”", "别转账。"),
        ("利率10%!", "不用感叹号。建议改成“。”", "利率10%。"),
        ("每月 10日", "汉字和数字之间不加空格。建议改成“”", "每月10日"),
        ("每月10 日", "汉字和数字之间不加空格。建议改成“”", "每月10日"),
        ("每月１０日", "数字用半角。建议改成“1”", "每月10日"),
        ("日息万分之5，年化18％", "数字用半角。建议改成“%”", "日息万分之5，年化18%"),
        ("每周1-3次", "范围用一字线。建议改成“1—3”", "每周1—3次"),
        ("每周1~3次", "范围用一字线。建议改成“1—3”", "每周1—3次"),
        ("每周1～3次", "范围用一字线。建议改成“1—3”", "每周1—3次"),
        ("每周1–3次", "范围用一字线。建议改成“1—3”", "每周1—3次"),  # an en dash
        ("每周1——3次", "范围用一字线。建议改成“1—3”", "每周1—3次"),
        ("利率10 - 24%", "范围用一字线。建议改成“10—24”", "利率10—24%"),
        ("公告2026-03-01", "日期写全。建议改成“2026年3月1日”", "公告2026年3月1日"),
        ("欠¥500", "金额写成“数字加元”。建议改成“500元”", "欠500元"),
        ("欠￥ 500", "金额写成“数字加元”。建议改成“500元”", "欠500元"),
        ("欠¥12.50", "金额写成“数字加元”。建议改成“12.50元”", "欠12.50元"),
        ("欠¥1,200", "金额写成“数字加元”。建议改成“1200元”", "欠1200元"),
        ("欠500块", "金额写成“数字加元”。建议改成“500元”", "欠500元"),
        ("欠500块钱", "金额写成“数字加元”。建议改成“500元”", "欠500元"),
        ("欠12,000元", "金额里不加逗号。建议改成“”", "欠12000元"),
        ("先还，，再问", "标点重复。建议改成“，”", "先还，再问"),
        ("还清了。。。", "标点重复。建议改成“。”", "还清了。"),
        ("有滞纳金", "这不是花呗公开的说法。建议改成“逾期利息”", "有逾期利息"),
        ("有罚息", "这不是花呗公开的说法。建议改成“逾期利息”", "有逾期利息"),
        ("有违约金", "这不是花呗公开的说法。建议改成“逾期利息”", "有逾期利息"),
        ("采用花呗付款", "像机器换过的词。建议改成“使用”", "使用花呗付款"),
        ("利用支付宝付款", "像机器换过的词。建议改成“使用”", "使用支付宝付款"),
    ],
)
def test_a_slip_is_marked_with_what_to_write_and_then_no_more(role: str, wrong: str, finding: str, right: str) -> None:
    assert [level for level, message in said(wrong, role) if finding in message][:1] == [WARN]
    assert {level for level, _ in said(wrong, role)} == {WARN}
    assert mended(wrong) == right
    assert found(right, role) == []


@pytest.mark.parametrize("role", OURS)
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("之一步：还款", "像机器换过的词。建议改成“第一”"),
        ("之一个办法", "像机器换过的词。建议改成“第一”"),
        ("他们说“”，别信", "引号里是空的"),
        ("他们说“ ”，别信", "引号里是空的"),
    ],
)
def test_what_a_machine_left_behind_blocks(role: str, text: str, finding: str) -> None:
    [(level, message)] = said(text, role)
    assert level == FAIL
    assert finding in message


@pytest.mark.parametrize("role", OURS)
@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_blocks_unless_it_is_quoted_or_denied(role: str, promise: str) -> None:
    [(level, message)] = said(f"这里{promise}花呗。", role)
    assert level == FAIL
    assert "这是承诺或骗子的话" in message
    for fair in (f"说“{promise}”的是骗子。", f"不等于{promise}。", f"没有人能{promise}。", f"别信{promise}。"):
        assert found(fair, role) == []
    assert [level for level, _ in said(f"不用担心，{promise}。", role)] == [FAIL]


@pytest.mark.parametrize(
    "promise", ["**保证**解冻", "[保证](/faq/)解冻", "| 他们 | 保证解冻 |", "- 保证解冻", "## 保证解冻", "*保证*解冻"]
)
def test_no_mark_of_markdown_hides_a_promise(promise: str) -> None:
    assert [problem.level for problem in found(promise, MARKDOWN)] == [FAIL]


@pytest.mark.parametrize(
    "text",
    [
        "对方说“保证解冻，不成退款”，是骗局。",
        "他说的“滞纳金”，花呗没有。",
        "对方说“三天恢复”，不要信。",
        *("按 GB/T 45251-2025的规定。", "按GB/T45251-2025的规定。"),
        "每天22:00至次日8:00不能催收。",
        "2026年3月31日前还清，可以申请恢复。",
        *("逾期31—90天，还清后一般能恢复。", "逾期超过90天的，不一定能恢复。"),
        "还清了，不等于马上恢复。",
        "恢复由系统评估。还款日是每月10日。",
        "打开支付宝 App，看 Help Center, then go on. OK?",
        "还款 [说明](https://example.org/a-b/2026-01-02/1,000?a=1!(x) 在这里。",
        "看[公告](https://example.org/2026-01-02/1-3天)。",
        "看<https://example.org/2026-01-02/13800138000>。",
        *("{claim:restore-3-5-days}", "{claim:a-1-2}{contact:dial-13800138000}"),
        "见主张F-10和S1-28。",
        "前3个月，三分之一个月。",
        *("红包过期、钱包过期都和花呗无关。", "加强开户审核。", "打包过程、承包过工程、书包解开。"),
        *("最近半年没有逾期，恢复的机会更大。", "每月10日是还款日，恢复后照常还。", "客服7×24小时在线，能查是否恢复。"),
        "征信记录保存5年，恢复后也在。",
        "看……再说——不急。",
        "客服电话0571-26888888没有核到。",
        "![图](https://example.org/a.png)",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert lint([Words("body", text, MARKDOWN)], frozenset({"057126888888"})) == []


@pytest.mark.parametrize(
    "text", ["交¥500,3天恢复!", "之一步,保证解冻！", "滞纳金１００块", "“”", "3 天恢复", "采用花呗，，1-3天"]
)
def test_other_peoples_words_stay_as_they_were_said(text: str) -> None:
    assert found(text, SAID) == []


@pytest.mark.parametrize("word", ["恢复", "解冻", "解封", "重新开通", "解除限制", "又能用了"])
@pytest.mark.parametrize(
    "time",
    [
        *("3天", "3日", "2.5天", "24小时", "30分钟", "10秒", "2周", "1星期", "6个月", "1年", "7个工作日", "1个多月"),
        *("三天", "十五天", "一百天", "两周", "半年", "半个月", "几天", "三个工作日", "次日", "次月", "下月", "下个月"),
        *("隔天", "3—5天", "3-5天", "3到5天", "三至五个工作日", "2个自然日", "数日", "一个礼拜", "24h", "3 个工作日"),
        *("当天", "明天", "第二天"),
    ],
)
def test_no_time_stands_beside_a_recovery(word: str, time: str) -> None:
    for text in (f"还清后{time}{word}", f"要{word}，等{time}就好"):
        timed = [problem for problem in found(text) if "不能写时长" in problem.message]
        assert [problem.blocks for problem in timed] == [True]
        assert f"建议删掉“{time}”" in timed[0].message


@pytest.mark.parametrize(
    "line",
    [
        *("## 3天恢复", "- 恢复要3天", "1. 恢复要3天", "> 恢复要3天", "| 还清 | 3天恢复 |", "| 恢复 | 3天 |"),
        *("**3天**就恢复", "[3天](/faq/)就恢复"),
    ],
)
def test_no_time_hides_in_a_heading_list_or_table(line: str) -> None:
    [problem] = found(f"先看页面。\n\n{line}\n\n再问客服。", MARKDOWN)
    assert problem.blocks
    assert "建议删掉“3天”" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        *("## 多久能恢复\n\n一般7天，最长30天。", "解冻要多久：\n\n- 7天左右", "| 恢复要多久 |\n|---|\n| 约7天 |"),
        "恢复要多久？3天。",
    ],
)
def test_no_bare_time_answers_a_question_about_recovery(text: str) -> None:
    assert [problem.blocks for problem in found(text, MARKDOWN) if "不能写时长" in problem.message] == [True]


def test_a_short_answer_may_not_time_what_its_title_asks_about() -> None:
    title, other = Words("title", "冻结后多久能恢复？", HEADING), Words("title", "还款要多久到账？", HEADING)
    answer = Words("summary", "一般7天，最长30天。")
    assert [problem.place for problem in lint([title, answer], DIAL)] == ["summary"]
    assert lint([other, answer], DIAL) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *(("打{contact:alipay}问。", role) for role in (HEADING, TEXT, SAID)),
        ("## 打{contact:alipay}", MARKDOWN),
        *((f"看{wrong}。", MARKDOWN) for wrong in ("{claim:Foo}", "{claim: foo}", "｛claim:foo｝", "{contact:a_b}")),
        ("[看{claim:foo}](/faq/)", MARKDOWN),
    ],
)
def test_no_reader_is_shown_braces(text: str, role: str) -> None:
    [problem] = found(text, role)
    assert problem.blocks
    assert "引用" in problem.message


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "number",
    [
        *("13800138000", "138-0013-8000", "+8613800138000", "4008123456", "400-812-3456", "8008123456"),
        *("0571-26888888", "010-12345678", "95017", "96102", "9552512", "12315", "10086", "110", "119", "120"),
        *("400 123 4567", "138 0013 8000", "(010)12345678"),
    ],
)
def test_a_number_nobody_registered_blocks_wherever_it_stands(role: str, number: str) -> None:
    for text in (f"请拨打{number}，问清楚", f"他说“拨{number}”", f"拨{number}", f"拨{number}."):
        blocking = [problem.message for problem in found(text, role) if problem.blocks]
        assert len(blocking) == 1
        assert f"{number.lstrip('+')}”不在官方联系方式里" in blocking[0]


@pytest.mark.parametrize(
    "text", ["拨4001234567人工客服", "拨95011人工", "找4001234567号", "拨95199分机", "95188/12345", "拨95188 12345"]
)
def test_words_around_a_number_do_not_hide_it(text: str) -> None:
    assert [problem.blocks for problem in found(text)] == [True]


def test_a_link_that_dials_shows_its_number() -> None:
    [problem] = found("请[点这里](tel:4008123456)问。", MARKDOWN)
    assert problem.blocks
    assert "4008123456" in problem.message
    assert found("请[点这里](tel:95188)问。", MARKDOWN) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_registered_number_may_be_written(role: str) -> None:
    by_message = read_contact(builders.contact(name="反诈短信12381", number=""))[0].numbers
    known = frozenset({"95188", "4008123456", "057126888888"}) | by_message
    for text in ("拨95188", "拨400-812-3456", "拨0571-26888888", "看12381的短信"):
        assert found(text, role, known) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "text",
    [
        *("欠12000元", "欠12000多元", "欠1万元", "2026年", "1998年生", "满110天", "等120分钟", "利率110%", "第120条"),
        *("花了119.50元", "12:30", "1/110", "95分", "12000个字"),
    ],
)
def test_amounts_years_and_days_are_no_telephone_numbers(role: str, text: str) -> None:
    assert found(text, role) == []


@pytest.mark.parametrize(("role", "mark"), [(HEADING, ""), (MARKDOWN, "## "), (MARKDOWN, "### ")])
def test_a_heading_fits_on_one_line_of_a_phone(role: str, mark: str) -> None:
    assert found(mark + "字" * 20, role) == []
    [problem] = found(mark + "字" * 21, role)
    assert problem.level == WARN
    assert "有21个字，最多20个" in problem.message


@pytest.mark.parametrize("role", [TEXT, MARKDOWN, SAID])
@pytest.mark.parametrize("end", ["。", "？", "；", "……", "\n", ""])
def test_a_sentence_can_be_read_in_one_breath(role: str, end: str) -> None:
    assert found(("字" * 40 + end) * (2 if end else 1), role) == []
    [problem] = found("字" * 41 + end + "字" * (40 if end else 0), role)
    assert problem.level == WARN
    assert "有41个字，最多40个" in problem.message


def test_a_claim_or_a_cell_ends_a_sentence_and_an_address_has_no_length() -> None:
    words = "字" * 30
    for text in (f"{words}{{claim:a-claim}}{words}", f"| {words} | {words} |", f"[{words}](/guides/{'a' * 40}/)"):
        assert found(text, MARKDOWN) == []


def test_a_paragraph_pasted_twice_blocks() -> None:
    paragraph = "先看账单，再还清，再问客服，最后等系统评估。"
    [problem] = found(f"{paragraph}\n\n别的话。\n\n{paragraph}", MARKDOWN)
    assert problem.blocks
    assert "出现了两次" in problem.message
    assert found(f"{paragraph}\n\n别的话。\n\n{paragraph}再看。", MARKDOWN) == []
    assert found("先看页面。\n\n别的话。\n\n先看页面。", MARKDOWN) == []


def test_a_finding_names_its_text_and_shows_where_it_stands() -> None:
    [problem] = lint([Words("title", "怎么办"), Words("advice/0/body", "先看页面,再还款", MARKDOWN)], frozenset())
    assert problem.place == "advice/0/body"
    assert "先看页面,再还款" in problem.message


@settings(max_examples=300, deadline=None)
@given(text=any_text | telling, role=st.sampled_from(ROLES))
def test_any_text_can_be_linted(text: str, role: str) -> None:
    assert all(problem.message and problem.level in (FAIL, WARN) for problem in found(text, role))


@pytest.mark.parametrize("role", ROLES)
def test_there_is_nothing_to_say_about_an_empty_text(role: str) -> None:
    assert found("", role) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.level == WARN], ids=lambda rule: rule.pattern.pattern)
@settings(max_examples=150, deadline=None)
@given(text=telling)
def test_what_was_mended_as_proposed_is_not_marked_again(rule: Rule, text: str) -> None:
    assert not rule.pattern.search(rule.pattern.sub(rule.fix, text))


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.sampled_from(PROMISES) | st.text(st.characters(categories=["L", "P"]), max_size=8)),
    role=st.sampled_from(ROLES),
)
def test_no_quotation_is_ever_a_promise(words: list[str], role: str) -> None:
    quoted = "“" + "".join(words).replace("”", "") + "”"
    assert [problem for problem in found(quoted, role) if "承诺" in problem.message] == []
