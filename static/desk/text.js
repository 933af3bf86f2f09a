// Writing Markdown: the toolbar acts on what is selected, and the phone beside the text follows what is typed.
const TABLE = "| 栏目 | 栏目 |\n| --- | --- |\n| 内容 | 内容 |\n";
let composing = false;

// Typed as if by hand, so that undo takes it back; then `select` characters of it, from `offset`, are selected.
function put(area, from, to, text, offset = text.length, select = 0) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(from + offset, from + offset + select);
}

function wrap(area, before, after, fallback, chosen) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const words = value.slice(from, to) || fallback;
  const text = before + words + after;
  const part = chosen && value.slice(from, to) ? chosen : words;
  put(area, from, to, text, text.lastIndexOf(part), part.length);
}

function markLines(area, mark) {
  const { value } = area;
  const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = value.indexOf("\n", area.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const own = mark === "1. " ? /^\d+\. / : new RegExp(`^${mark}`);
  const marked = lines.every((line) => own.test(line));
  const text = lines.map((line, i) => (marked ? line.replace(own, "") : (mark === "1. " ? `${i + 1}. ` : mark) + line)).join("\n");
  put(area, from, to, text);
}

function onOwnLines(area, text) {
  const { selectionEnd: at, value } = area;
  const before = value.slice(0, at);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  put(area, at, at, gap + text, gap.length + 2, 2);
}

function embed(area, kind, select) {
  if (!select.value) return select.focus();
  return put(area, area.selectionStart, area.selectionEnd, `{${kind}:${select.value}}`);
}

function act(area, button) {
  const { line, around, embed: kind } = button.dataset;
  if (line) markLines(area, line);
  else if (around) wrap(area, around, around, "文字");
  else if (kind) embed(area, kind, button.parentElement.querySelector("select"));
  else if ("link" in button.dataset) wrap(area, "[", "](地址)", "文字", "地址");
  else onOwnLines(area, TABLE);
}

function show(found) {
  const writing = found.closest(".writing__preview");
  const made = found.querySelector("template[data-page]");
  if (!writing || !made) return;
  writing.querySelector(".phone").shadowRoot.querySelector(".page > .wrap").replaceChildren(made.content);
  tell(writing, found.querySelector("[data-count]").textContent);
}

function tell(writing, words) {
  const status = writing.querySelector("[role=status]");
  if (status.textContent !== words) status.textContent = words;
}

function failed(event) {
  const writing = event.target.closest?.(".writing__preview");
  if (writing) tell(writing, "预览没有更新，先看上一次的。写的内容还在，可以照常保存。");
}

function follow(form) {
  const typed = () => form.dispatchEvent(new CustomEvent("typed"));
  form.addEventListener("input", (event) => event.isComposing || typed());
  form.addEventListener("compositionend", typed);
}

for (const writing of document.querySelectorAll(".writing")) {
  const area = writing.querySelector("textarea");
  for (const hidden of writing.querySelectorAll(":scope > [hidden], .writing__tools")) hidden.hidden = false;
  writing.querySelector(".writing__tools").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && !composing) act(area, button);
  });
}
new Set([...document.querySelectorAll(".writing")].map((writing) => writing.closest("form"))).forEach(follow);
document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", () => { composing = false; });
document.addEventListener("htmx:afterSwap", (event) => show(event.target));
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
