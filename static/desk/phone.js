// Phones that came with a swap, and links in them. A module, so it runs once however many phones a page has.
function attach(root) {
  for (const template of root.querySelectorAll("template[shadowrootmode]")) {
    const host = template.parentElement;
    if (!host.shadowRoot) host.attachShadow({ mode: "open" }).append(template.content);
    template.remove();
  }
}

function follow(event) {
  const link = event.composedPath().find((node) => node.localName === "a");
  const phone = event.target.closest?.(".phone");
  if (!link || !phone?.shadowRoot) return;
  const address = link.getAttribute("href") || "";
  if (address.startsWith("#")) {
    event.preventDefault(); // addresses do not reach into a shadow root
    const place = phone.shadowRoot.getElementById(address.slice(1));
    if (place?.localName === "details") place.open = true;
    place?.scrollIntoView({ block: "nearest" });
  } else if (phone.closest("form")) {
    link.target = "_blank"; // leaving would lose what was typed around it
    link.rel = "noopener noreferrer";
  }
}

attach(document);
document.addEventListener("htmx:afterSwap", (event) => attach(event.target));
document.addEventListener("click", follow);
