"""The forms of drafts: every piece of a document is filled in with plain controls."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import SlugField
from django.urls import reverse

from guidance.admin.answers import AnswersField, NextCheckField, SaidField
from guidance.admin.choices import Choices
from guidance.admin.condition import ConditionField
from guidance.admin.fields import KeyField, LinesField, Piece
from guidance.admin.groups import AliasesField, Text, TextsField
from guidance.admin.lists import KeysField, PhrasesField
from guidance.admin.versioned import VersionedForm
from guidance.models import (
    AdviceDraft,
    CauseDraft,
    ClaimDraft,
    ContactDraft,
    EvidenceDraft,
    FlowDraft,
    PhraseDraft,
    PinDraft,
    QuestionDraft,
    ScenarioDraft,
    SourceDraft,
    SynonymDraft,
    TermDraft,
)
from guidance.models.article import PageDraft

KEYS: Mapping[type[Any], Mapping[str, Any]] = {
    SlugField: {"error_messages": {"invalid": "只用小写英文字母、数字和连字符（-）。"}}
}  # for every form
LONGEST_ROW_NUMBER = 19  # digits; a database refuses to look for more
ROWS = 3  # of a text of one or two sentences
ONE_A_LINE = "一行一个。"
KEYWORDS_HELP = f"读者会打、正文里没有的词，例如俗称、错别字。只用来搜索，不显示。{ONE_A_LINE}每个最多20个字。"
BLANK_ROWS = "要删掉一个，把它改成空白。空白行填满后保存，会再多出两行。"
WHEN_HELP = "任一情况成立就算成立；一种情况里的条件要同时满足。要删掉一个条件，把题目改成空白。"
ALWAYS_HELP = f"什么都不选，就是总成立。{WHEN_HELP}"


class DraftForm(VersionedForm):
    """Shared by all drafts: tells the fields what is stored and what can be picked, read once for the whole form."""

    key_help = "只用在链接里，小写英文，例如 late-fee。第一次保存以后就不能改。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Choices(self.flow())
        for name, field in self.fields.items():
            if isinstance(field, Piece | KeyField):
                column: Any = self._meta.model._meta.get_field(name)  # noqa: SLF001 - its public name
                field.label = column.verbose_name
                field.required = field.widget.is_required = not column.blank
            if isinstance(field, Piece):
                field.settle(self.instance.pk, self.initial.get(name), choices)
                field.url = self._url(name)
            elif isinstance(field, KeyField):
                given = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
                field.settle(str(given or ""), choices)
            elif type(field.widget) is AdminTextareaWidget:
                field.widget.attrs["rows"] = ROWS
        if "key" in self.fields:
            self.fields["key"].help_text = self.key_help

    def flow(self) -> int | None:
        """The row of the self-check that questions, causes and advice are picked from; None for none."""
        return None

    def _url(self, name: str) -> str:
        opts = self._meta.model._meta  # noqa: SLF001 - its public name
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_field", args=[self.instance.pk or 0, name])


class SourceForm(DraftForm):
    class Meta:
        model = SourceDraft
        fields = SourceDraft.FIELDS


class ClaimForm(DraftForm):
    sources = KeysField(lambda choices: choices.drafts("source"), help_text=BLANK_ROWS)
    keywords = LinesField(help_text=KEYWORDS_HELP)
    origin = LinesField(help_text=f"研究材料里的编号，{ONE_A_LINE}")

    class Meta:
        model = ClaimDraft
        fields = ClaimDraft.FIELDS


class ContactForm(DraftForm):
    sources = KeysField(lambda choices: choices.drafts("source"), help_text=BLANK_ROWS)
    problems = PhrasesField(
        lambda choices: choices.problems,
        help_text=f"用读者的话写，一行一件事；别的联系方式写过的，打字时会提示。{BLANK_ROWS}",
    )

    keywords = LinesField(help_text=KEYWORDS_HELP)

    class Meta:
        model = ContactDraft
        fields = ContactDraft.FIELDS


class TermForm(DraftForm):
    claims = KeysField(lambda choices: choices.drafts("claim"), help_text=BLANK_ROWS)
    names = LinesField(help_text=ONE_A_LINE)
    unless = LinesField(help_text=f"例如“征信”填“征信中心”。{ONE_A_LINE}")
    guide = KeyField(lambda choices: choices.drafts("article"))
    keywords = LinesField(help_text=KEYWORDS_HELP)

    class Meta:
        model = TermDraft
        fields = TermDraft.FIELDS


class PageForm(DraftForm):
    """Guides and FAQ entries."""

    claims = KeysField(
        lambda choices: choices.drafts("claim"),
        help_text=f"正文里用 {{claim:标识}} 引用过的，这里不用再选。{BLANK_ROWS}",
    )
    related = KeysField(lambda choices: choices.drafts("article"), help_text=f"按这里的顺序显示。{BLANK_ROWS}")
    next_check = NextCheckField(help_text="读者看完可以接着做的自查；能替读者先答的题，在这里选好。")
    former_slugs = LinesField(disabled=True, help_text="改网址名时自动记下，旧链接靠它找到新地址。")
    keywords = LinesField(help_text=KEYWORDS_HELP)

    class Meta:
        fields = tuple(name for name in PageDraft.FIELDS if name != "withdrawn")  # that is a step of its own


class FlowForm(DraftForm):
    prepare = LinesField(help_text=f"读者开始前手边要有的东西，{ONE_A_LINE}")
    inconclusive = TextsField(Text("title", "标题"), Text("summary", "一两句话", long=True), absent={})
    aliases = AliasesField(
        help_text="发布过的题目或选项改了标识、或者不要了，在这里写明去向，读者存下的旧链接才打得开。"
        "题目直接写标识，选项写成“题目.选项”。"
    )
    keywords = LinesField(help_text=KEYWORDS_HELP)

    class Meta:
        model = FlowDraft
        fields = FlowDraft.FIELDS

    def flow(self) -> int | None:
        return self.instance.pk


class SynonymForm(DraftForm):
    words = LinesField(
        help_text="搜其中一个，就等于都搜。第一个最常用：读者会看到“已按……搜索”。"
        f"{ONE_A_LINE}每个最多20个字，最多40个。"
    )
    typed = LinesField(
        help_text=f"错别字、口语：读者打它，就按上面的词搜索；反过来不算。例如“冻结”填“动结”“用不了了”。{ONE_A_LINE}"
    )

    class Meta:
        model = SynonymDraft
        fields = SynonymDraft.FIELDS


class PinForm(DraftForm):
    queries = LinesField(help_text=f"读者会怎么搜，{ONE_A_LINE}每个最多40个字，最多40个。")
    pages = KeysField(
        lambda choices: choices.findable, help_text=f"按这里的顺序排在搜索结果最前面，最多5个。{BLANK_ROWS}"
    )

    class Meta:
        model = PinDraft
        fields = PinDraft.FIELDS


class PhraseForm(DraftForm):
    """The answer is one field for three columns: a question, and options of it that need no second look-up."""

    options = SaidField(
        help_text="读者这样说，就等于选了这个选项。选项按自查和题目分组。"
        f"只有多选题可以选几个，都要是同一道题的。{BLANK_ROWS}"
    )
    says = LinesField(
        help_text=f"读者会怎么说，说到其中任何一种就算；{ONE_A_LINE}每种最多300个字。“了”“都”“已经”这类字不用写。"
        "“…”代表同一句里的最多6个字，例如“都还…了”。(还清/还完/结清)代表其中任何一个。"
        "{天数}代表一段时间，例如“逾期{天数}”，这时要填下面的天数。"
    )
    unless = LinesField(help_text=f"同一句里有这些字，就不算，例如“还没还清”。{ONE_A_LINE}")

    class Meta:
        model = PhraseDraft
        fields = tuple(name for name in PhraseDraft.FIELDS if name not in ("flow", "question"))  # both in the answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("instance") or PhraseDraft()
        said = {"flow": row.flow, "question": row.question, "options": row.options}
        super().__init__(*args, **{**kwargs, "initial": {**(kwargs.get("initial") or {}), "options": said}})

    def clean(self) -> dict[str, Any]:
        self.cleaned_data |= self.cleaned_data.get("options", {})
        cleaned = super().clean()
        for name in ("flow", "question"):
            setattr(self.instance, name, cleaned.get(name, getattr(self.instance, name)))
        return cleaned


class PartForm(DraftForm):
    """A row of a self-check."""

    key_help = "只用在链接里，小写英文，例如 late-fee。发布以后就不能改。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "flow" in self.fields:
            self.fields["flow"].label = "属于哪个自查"

    def flow(self) -> int | None:
        if "flow" not in self.fields:
            return self.instance.flow_id
        typed = self.data.get(self.add_prefix("flow")) if self.is_bound else self.initial.get("flow")
        given = str(getattr(typed, "pk", typed) or "")
        return int(given) if given.isdecimal() and len(given) < LONGEST_ROW_NUMBER else self.instance.flow_id


class QuestionForm(PartForm):
    ask_when = ConditionField(earlier=True, help_text=f"只能看前面的题；{ALWAYS_HELP}")

    class Meta:
        model = QuestionDraft
        fields = ("flow", *QuestionDraft.FIELDS)


class CauseForm(PartForm):
    claims = KeysField(lambda choices: choices.drafts("claim"), help_text=BLANK_ROWS)

    class Meta:
        model = CauseDraft
        fields = ("flow", *CauseDraft.FIELDS)


class EvidenceForm(PartForm):
    cause = KeyField(lambda choices: choices.causes)
    when = ConditionField(help_text=WHEN_HELP)

    class Meta:
        model = EvidenceDraft
        fields = ("flow", *EvidenceDraft.FIELDS)


class AdviceForm(PartForm):
    cause = KeyField(lambda choices: choices.causes)
    when = ConditionField(help_text=ALWAYS_HELP)
    claims = KeysField(lambda choices: choices.drafts("claim"), help_text=BLANK_ROWS)

    class Meta:
        model = AdviceDraft
        fields = ("flow", *AdviceDraft.FIELDS)


class ScenarioForm(PartForm):
    answers = AnswersField(help_text="这位读者会怎么答。要删掉一行，把题目改成空白。")
    primary = KeyField(lambda choices: choices.causes, help_text="没有能确定的原因，就留空。")
    others = KeysField(lambda choices: choices.causes, help_text=BLANK_ROWS)
    advice = KeysField(lambda choices: choices.advice, help_text=BLANK_ROWS)

    class Meta:
        model = ScenarioDraft
        fields = ("flow", *ScenarioDraft.FIELDS)
