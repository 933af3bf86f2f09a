"""What holds for the whole tree: rooms, template words that fail on Chinese, budgets."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted(p for room in ("config", "guidance", "accounts") for p in (ROOT / room).rglob("*.py"))

# Made for languages with blanks between words; on Chinese they cut nothing or break links.
BROKEN_ON_CHINESE = re.compile(
    r"\|\s*(slugify|truncatewords|truncatewords_html|wordcount|urlize|urlizetrunc|timesince|timeuntil)\b"
)
LAYERS = re.compile(r"guidance\.(\w+)")


def test_every_room_of_guidance_is_named_in_a_contract() -> None:
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = set(LAYERS.findall(contracts)) | {"migrations", "apps", "content"}
    rooms = {p.stem for p in (ROOT / "guidance").iterdir() if p.suffix == ".py" or (p.is_dir() and p.name[0] != "_")}
    assert rooms - {"__init__", "__pycache__"} <= named


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_template_uses_a_filter_that_fails_on_chinese(path: Path) -> None:
    assert not BROKEN_ON_CHINESE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.name.startswith("_")], ids=lambda p: p.name)
def test_a_fragment_never_extends_a_page(path: Path) -> None:
    assert "{% extends" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_template_holds_inline_code_or_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|hx-on|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text.replace('href="https://beian.miit.gov.cn/', ""))


def test_html_is_called_safe_in_one_place_only() -> None:
    users = [p for p in SOURCES if re.search(r"mark_safe|SafeString\(", p.read_text(encoding="utf-8"))]
    assert users == [ROOT / "guidance" / "markup" / "__init__.py"]
    assert not [p.name for p in TEMPLATES if "|safe" in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", [p for p in SOURCES if "migrations" not in p.parts], ids=lambda p: p.name)
def test_a_file_stays_small_enough_to_read(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 300


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_stays_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_nobody_calls_the_self_check_a_test() -> None:
    """WeChat blocks links to pages that look like a quiz."""
    for path in [*TEMPLATES, *sorted((ROOT / "guidance" / "content").rglob("*.*"))]:
        assert not re.search(r"测试|测一测", path.read_text(encoding="utf-8")), path
