// A tree of [tag, {class, ...}, children] from the kernel, as elements; every leaf is text.
const TAGS = new Set(["h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "strong", "em",
  "table", "caption", "thead", "tbody", "tr", "th", "td", "img", "aside", "section", "output"]);
const PATIENCE = 300; // frames
const ATTRIBUTES = new Set(["class", "role", "scope", "alt", "src", "tabindex", "aria-label"]);

function build(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (!TAGS.has(tag)) throw new Error(`no ${tag} here`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (!ATTRIBUTES.has(name) || (name === "src" && !value.startsWith("data:image/"))) throw new Error(`no ${name} here`);
    element.setAttribute(name, value);
  }
  element.append(...children.map(build));
  return element;
}

function render({ model, el }) {
  const draw = () => el.replaceChildren(...model.get("tree").map(build));
  el.classList.add("leerid-content");
  draw();
  model.on("change:tree", draw);
  // A new screen is announced from its heading on, once it is on the page.
  let frames = model.get("takes_focus") ? PATIENCE : 0;
  const focus = () => {
    if (el.isConnected) el.querySelector("[tabindex]")?.focus();
    else if (frames-- > 0) requestAnimationFrame(focus);
  };
  if (frames) requestAnimationFrame(focus);
  return () => {
    frames = 0;
    model.off("change:tree", draw);
  };
}
export default { render };
