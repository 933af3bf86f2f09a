// The picture of a self-check: pointing at a node makes its lines stand out from the others.
const picture = document.querySelector("svg.picture[role]");

function point(event) {
  const at = event.type === "focusout" ? event.relatedTarget : event.target;
  const node = at?.closest?.("[data-node]")?.dataset.node;
  const sources = new Set([node]);
  picture.classList.toggle("pointing", node !== undefined);
  for (const edge of picture.querySelectorAll(".edge")) {
    const meant = edge.dataset.from === node || edge.dataset.to === node;
    edge.classList.toggle("pointed", meant);
    if (meant) sources.add(edge.dataset.from);
  }
  for (const lane of picture.querySelectorAll(".lane")) lane.classList.toggle("pointed", sources.has(lane.dataset.from));
}

if (picture) for (const kind of ["pointerover", "pointerleave", "focusin", "focusout"]) picture.addEventListener(kind, point);
