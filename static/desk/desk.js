// What the desk does beyond htmx: after a swap, the keyboard stays where it was, and nothing picked meanwhile is lost.
document.addEventListener("htmx:afterSwap", (event) => {
  const pressed = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (!pressed || !pressed.id || document.contains(pressed)) return;
  const same = document.getElementById(pressed.id);
  const other = document.getElementById(pressed.id.replace(/-(up|down)$/, (_, way) => (way === "up" ? "-down" : "-up")));
  (same || other || document.body).focus();
});

// Controls that are on their way are asked for again, with what was picked since.
document.addEventListener("input", (event) => {
  const asking = event.target.closest(".piece")?.querySelector(".htmx-request");
  if (asking && asking !== event.target) htmx.trigger(asking, asking.matches("button") ? "click" : "change");
});

// Only where scripts run does a form save itself.
const saving = document.querySelector("#autosaved[data-words]");
if (saving && window.htmx) saving.textContent = saving.dataset.words;
