"""The clauses of a story, and whether words in one were really said of the teller: not denied, asked, supposed, or told
of somebody else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from guidance.search.normal import Normal
from guidance.search.numbers import Duration, durations

# The private characters that stand for the amounts of time of a story.
FIRST_MARK, LAST_MARK = "\ue000", "\uf8ff"
# Words at which a sentence without punctuation begins anew.
TURN = re.compile("但是|(?<!不)但(?!愿)|(?<!转)不过(?!是)|可是|然而|然后|结果|后来|而且|所以|因为|于是|接着|另外|并且")
SENTENCE_ENDS = frozenset("。！？!?；;\n")

PEOPLE = (
    "朋友|同事|同学|室友|舍友|邻居|亲戚|网友|别人|人家|家人|家里人|爸妈|父母|我妈|我爸|妈妈|爸爸|老公|老婆|媳妇"
    "|男友|女友|男朋友|女朋友|对象|弟弟|妹妹|哥哥|姐姐|我弟|我妹|我哥|我姐|表弟|表妹|表哥|表姐|儿子|女儿|闺蜜|兄弟|老乡"
)
# Somebody else as the one it happened to: at the head of the clause, and nothing of "me" behind. In what repeats, here
# and below, no piece is made of others: the ways to read 我的我的我的 would double with each.
OF_OTHERS = re.compile(
    "(?:我|俺|咱|有个|有一个|1个|有|身边|像|是|就|听|看|帮|替|给|问|不是我是|一些|有些|好多|很多|其他|群里|的)*?"
    rf"(?:{PEOPLE})(?!圈|[^我]*我|.{{0,2}}(?:知道|发现))"
)
# Done for somebody by the teller, of whom it goes on: 帮我表哥套过现，拿了好处.
DONE_FOR = re.compile("(?:我|俺|就|也)*(?:帮|给|替)(?!.*[问查])")
PERSON = re.compile(PEOPLE)
# They are compared with the teller, who goes on with the own case: 朋友的也用不了.
ALSO = re.compile("的?也")
# Of whom the clauses before told: 我爸用我的手机号，他花呗逾期了.
OF_HIM = re.compile("(?:他|她)(?:的|自己)?(?:花呗|借呗|支付宝|欠|逾期|没还|还清|套现|换了)")
OF_ME = re.compile(
    "(?:但|可|而|就|现在|今天|昨天|为什么|为啥|这次|后来|结果|所以|因为|不过|只有|轮到|至于)*(?:我|本人|自己|咱)"
)

# What stands between a denial and what it denies: 没有(帮别人)套现, 没(有能力)还清.
BETWEEN = (
    "有|再|曾经?|怎么|去|想|要|给|跟|和|帮|替|别人|人家|他们?|她|任何|什么|人|用|能|会|被|是|在|钱|能力|办法|法|可以|全部|全|完全"
    "|按时|及时|真|都|把|我|你|需要|打算|来得及|说|叫|让|提|写着?|显示|提示|出现|看到|看见|发现|存在|属于|算|做|干"
    "|参与|主动|故意|故|一次|1次|过|的|像|太|很|再也"
)
DENIED = re.compile(f"(?:没有?|(?<!得)(?<!要)不(?![能会让给]用)|未|别|无|非)(?:{BETWEEN})*$")
DENIED_LIST = re.compile("(?:没有?|从未).{1,9}(?:和|或者?|以及|还有)$")
LISTED = re.compile("^.{0,4}(?:没有|没啥|从没|从未|从来没)")
# Suppositions, questions and hearsay: with the reach of characters to what they stand before.
SUPPOSED = re.compile(
    "(?:"
    "(?:如果|要是|万一|假如|假设|倘若|若是|会不会|(?:是不是|是否)(?!因为|由于|跟|和|我?[^我]{0,4}因为)|有没有|能不能|能否|可不可以|要不要|该不该"
    "|听说|据说|网上说|都说|除非|只要|将来|下次|哪天|算不算|算是|难道).{0,10}"
    "|^我?以后.{0,8}"
    "|(?<!可)(?:怕|担心)(?![死了啊得的呀极]).{0,8}"
    "|(?:(?<![机社误体学一监])会(?![议员])|(?<![主重只])要|(?<![只不才])能|想|得|等|打算|准备|计划|争取|尽量|必须|需要|应该(?![是被])|可以|可能|为了|如何"
    "|怎样|建议|提醒|要求|算(?!下来|起来|了)|说我|说你|什么是|啥是|即将).{0,2}"
    ")$"
)
# What somebody was told to do; what was done then is told with 了.
TOLD = re.compile("(?:让我?|叫我?|劝我|催我|逼我).{0,2}$")
HOW = re.compile("怎么(?:样|才|能|去)?$")
ASKED = re.compile("^(?:过|了)?(?:吗|嘛|么(?!多)|没有?$|不$)|^(?:是什么|是啥|什么意思|怎么算|算不算)")
IF_SO = re.compile(
    "^了?(?:的话|才(?:能|可|会|给|有|行)|(?:之后|以后|后)(?:还|就|才|是不是|是否|到底|一般|大概)?(?:能|会|可以|多久|要多久|什么时候|几天|要|可不可|有没有|怎么))"
)
FAILED = re.compile("^(?:不了|不起|不上|不完|不出|不到)")
# 有没有逾期, 是不是我做的: the wording begins within the question.
EITHER_OR = re.compile("^(?:没|不)(.)")
# Misspelt in the same number of characters, so that every place stays.
MISSPELT = {
    wrong: right
    for right, wrongs in {
        "逾期": "愈期 预期 谕期 余期 于期 雨期 予期 踰期",
        "花呗": "花贝 花被 花吧 花坝 花备 化呗 花呗",
        "借呗": "借贝 借被 结呗 借吧 接呗",
        "还清": "还请 还青 换清",
        "还款": "还宽 换款",
        "冻结": "动结 东结 冻节 冻洁",
        "额度": "额渡 饿度",
        "催收": "崔收 摧收",
        "征信": "证信 征性 正信",
        "套现": "套线 套显",
        "短信": "短迅 短讯",
        "不了": "不聊 布了",
        "账户": "账号",
        "账": "帐",
        "没有": "木有 冒得 莫得",
        "没": "冇",
        "不": "唔",
        "了": "咗",
        "的": "嘅",
    }.items()
    for wrong in wrongs.split()
}
WRONG = re.compile("|".join(MISSPELT))
# After an amount of time that is a clause of its own, it goes on from the clause before: 花呗逾期，都三个月了.
BARE = re.compile(
    "(?:都|已经|已|有|快|差不多|大概|大约|整整|也|就|了|吧|啊|呢|左右|的|样子|应该|得有|算下来|这|可能|到现在|现在)*"
)
# It denies the list before it: 换手机、换号，我一样都没有.
NOTHING = re.compile("(?:我|这些|以上|上面|全|通通|统统)*(?:一样|1样|1个|一个|1项)?(?:都|也)没(?:有|做|干)?过?")
REACH = 16  # characters before the words that are looked at


def spelt(text: str) -> str:
    """A normal text with the usual misspellings put right, each character at its place."""
    return WRONG.sub(lambda match: MISSPELT[match[0]], text)


@dataclass(frozen=True, slots=True)
class Line:
    """Characters of a clause; starts, ends: where each stands in the normal text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True)
class Clause:
    """plain: its characters. marked: the same with one private character for each amount of time.

    others: the place in the normal text from which on it is told of somebody else; None when it is of the teller.
    denied: it goes on a list that began, or ends, with a denial (没有换手机、换号). goes_on: it goes on a list.
    """

    plain: Line
    marked: Line
    others: int | None = None
    denied: bool = False
    goes_on: bool = False

    def undone(self, line: Line, start: int, end: int) -> bool:
        """Whether the words at start–end of a line of this clause do not say that it is so with the teller."""
        before, words, after = line.text[max(0, start - REACH) : start], line.text[start:end], line.text[end:]
        is_of_others = self.others is not None and line.starts[start] >= self.others and not PERSON.search(words)
        if self.denied or is_of_others:
            return True
        if DENIED.search(before) or DENIED_LIST.search(before) or SUPPOSED.search(before):
            return True
        if TOLD.search(before) and "了" not in words:
            return True
        doubled = EITHER_OR.match(words)
        if doubled and doubled[1] != "还" and before.endswith(doubled[1]):
            return True
        if HOW.search(before) and not (words + after[:1]).rstrip("的").endswith("了"):
            return True
        return bool(ASKED.match(after) or IF_SO.match(after) or FAILED.match(after))


def _denied(clauses: list[Clause]) -> list[Clause]:
    """The same with the list that they end with denied; a list has two clauses at least."""
    first = len(clauses)
    while first and (clauses[first - 1].goes_on or (first < len(clauses) and clauses[first].goes_on)):
        first -= 1
    return clauses[:first] + [replace(clause, denied=True) for clause in clauses[first:]]


@dataclass(frozen=True)
class Telling:
    """A story in its normal form."""

    original: str
    normal: Normal

    @cached_property
    def text(self) -> str:
        """The normal form as it is spelt."""
        return spelt(self.normal.text)

    @cached_property
    def durations(self) -> list[Duration]:
        """At most as many as there are marks."""
        return durations(self.text)[:6400]

    @cached_property
    def clauses(self) -> list[Clause]:
        found: list[Clause] = []
        others = False
        for start, end in self._spans():
            line = self._line(start, end)
            sign = self._between(found[-1].plain.ends[-1] if found else start, start)
            others = others and not SENTENCE_ENDS.intersection(sign) and not OF_ME.match(line.text)
            head = OF_OTHERS.match(line.text) or OF_HIM.match(line.text)
            place = (
                line.starts[head.end() - 1] + 1 if head and head.re is OF_OTHERS else start if head or others else None
            )
            others = (
                place is not None and not DONE_FOR.match(line.text) and not (head and ALSO.match(line.text, head.end()))
            )
            denied = "、" in sign and bool(found) and (found[-1].denied or bool(LISTED.match(found[-1].plain.text)))
            goes_on = "、" in sign
            if NOTHING.fullmatch(line.text):
                found = _denied(found)
            found.append(Clause(line, self._marked(start, end), place, denied, goes_on))
        return found

    def _between(self, start: int, end: int) -> str:
        """The original characters between two places of the normal text: what a blank stands for."""
        if start >= end:
            return ""
        return self.original[self.normal.ends[start - 1] if start else 0 : self.normal.starts[end]]

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Where the clauses stand: between blanks and turns; not within amounts of time."""
        text = self.text
        held = {place for each in self.durations for place in range(each.start + 1, each.end)}
        cuts = {match.start() for match in TURN.finditer(text)} - held
        start = 0
        for place in range(len(text) + 1):
            is_blank = place < len(text) and text[place] == " " and place not in held and not self._is_spacing(place)
            if is_blank and self._is_bare(place + 1):
                continue
            if place == len(text) or is_blank or place in cuts:
                if start < place:
                    yield start, place
                start = place + 1 if is_blank else place

    def _is_bare(self, start: int) -> bool:
        """Whether the clause that begins at a place is nothing but an amount of time."""
        end = self.text.find(" ", start)
        end = len(self.text) if end < 0 else end
        amount = next((each for each in self.durations if start <= each.start and each.end <= end), None)
        return amount is not None and bool(
            BARE.fullmatch(self.text[start : amount.start] + self.text[amount.end : end])
        )

    def _is_spacing(self, place: int) -> bool:
        """Whether a blank only sets a number off: 逾期 3 天."""
        text, normal = self.text, self.normal
        digits = text[place - 1].isascii() != text[place + 1].isascii()
        between = self.original[normal.ends[place - 1] : normal.starts[place + 1]]
        return digits and between.isspace() and "\n" not in between

    def _line(self, start: int, end: int) -> Line:
        places = [place for place in range(start, end) if self.text[place] != " "]
        return Line("".join(self.text[place] for place in places), tuple(places), tuple(p + 1 for p in places))

    def _marked(self, start: int, end: int) -> Line:
        marks: list[tuple[str, int, int]] = []
        within = [(n, each) for n, each in enumerate(self.durations) if start <= each.start and each.end <= end]
        place = start
        for number, each in within:
            marks += [(self.text[p], p, p + 1) for p in range(place, each.start) if self.text[p] != " "]
            marks.append((chr(ord(FIRST_MARK) + number), each.start, each.end))
            place = each.end
        marks += [(self.text[p], p, p + 1) for p in range(place, end) if self.text[p] != " "]
        return Line("".join(m for m, *_ in marks), tuple(s for _, s, _ in marks), tuple(e for *_, e in marks))
