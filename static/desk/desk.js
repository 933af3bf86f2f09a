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

// A session ends after eight hours. Whoever is writing then is told so, and what was typed stays.
const signedOut = () => document.getElementById("signed-out");
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401 || signedOut()) return;
  const notice = Object.assign(document.createElement("p"), { id: "signed-out", className: "signed-out" });
  notice.setAttribute("role", "alert");
  const link = Object.assign(document.createElement("a"), { href: "/admin/", target: "_blank", textContent: "在新窗口登录" });
  notice.append(event.detail.xhr.responseText, " ", link);
  document.body.append(notice);
});

// Signing in anew changes what forms prove themselves by; whoever comes back from it gets that, and goes on.
window.addEventListener("focus", async () => {
  if (!signedOut()) return;
  const answer = await fetch("/admin/");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = fresh.querySelector("#logout-form [name=csrfmiddlewaretoken]");
  if (!token) return;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token.value; });
  signedOut().remove();
});
