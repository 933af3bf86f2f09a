// What the desk does beyond htmx: after a swap, the keyboard stays where it was.
document.addEventListener("htmx:afterSwap", (event) => {
  const pressed = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (!pressed || !pressed.id || document.contains(pressed)) return;
  const same = document.getElementById(pressed.id);
  const other = document.getElementById(pressed.id.replace(/-(up|down)$/, (_, way) => (way === "up" ? "-down" : "-up")));
  (same || other || document.body).focus();
});
