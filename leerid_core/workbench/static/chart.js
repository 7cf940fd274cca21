// A chart as pictures for light and dark, with words and numbers; a new one takes its place without
// moving what is around it, and what is unfolded stays so.
const WAITING = { waiting: "De grafiek wordt getekend …", failed: "Deze grafiek kon niet gemaakt worden. Pas de filter aan of laad de pagina opnieuw." };

class Picture {
  constructor(title) {
    this.addresses = [];
    this.dark = h("source", { media: "(prefers-color-scheme: dark)" });
    this.image = h("img", { alt: `Grafiek: ${title}` });
    this.element = h("picture", {}, this.dark, this.image);
  }

  show(light, dark) {
    const old = this.addresses;
    this.addresses = [light, dark].map((bytes) => URL.createObjectURL(new Blob([bytes], { type: "image/svg+xml" })));
    this.image.src = this.addresses[0];
    this.dark.srcset = this.addresses[1];
    old.forEach((one) => URL.revokeObjectURL(one));
  }

  remove() {
    this.addresses.forEach((one) => URL.revokeObjectURL(one));
  }
}

function render({ model, el }) {
  const title = model.get("title");
  const picture = new Picture(title);
  const standing = h("p", { className: "leerid-empty", role: "status" });
  const words = h("p", { className: "leerid-words" });
  const head = h("tr");
  const body = h("tbody");
  const table = h("div", { className: "leerid-numbers", tabIndex: 0, role: "region", "aria-label": `Cijfers: ${title}` },
    h("table", {}, h("caption", { className: "leerid-unseen" }, `Cijfers: ${title}`), h("thead", {}, head), body));
  const details = h("details", { open: model.get("unfolded") }, h("summary", {}, "Cijfers"), table);
  const terms = model.get("definitions").map(([name, text]) => h("p", { className: "leerid-definition" }, h("strong", {}, name), ` ${text}`));
  const meant = terms.length > 2 ? [h("details", {}, h("summary", {}, "Definities"), ...terms)] : terms;
  const frame = h("div", { className: "leerid-picture" }, standing, picture.element);
  const about = h("div", { className: "leerid-about" }, words, ...meant);
  el.classList.add("leerid-chart", "leerid-card");
  el.append(h("h2", {}, title), h("div", { className: "leerid-chart-body" }, frame, about), details);
  let drawn = "";

  const showRows = () => {
    const rows = JSON.stringify([model.get("columns"), model.get("rows")]);
    if (rows === drawn) return;
    drawn = rows;
    const held = body.contains(document.activeElement) && document.activeElement.dataset.key;
    head.replaceChildren(...model.get("columns").map((name) => h("th", { scope: "col" }, name)));
    body.replaceChildren(...model.get("rows").map((row) => h("tr", {}, ...row.map(cell))));
    if (held) body.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  };
  const cell = ({ text, key, label }, index) => {
    const button = key && h("button", { type: "button", className: "leerid-link", onclick: () => model.send({ kind: "open", key }) }, text);
    if (key) button.dataset.key = key;
    if (label) button.setAttribute("aria-label", label);
    return index ? h("td", {}, button || text) : h("th", { scope: "row" }, button || text);
  };
  const draw = () => {
    const state = model.get("standing");
    const light = model.get("light");
    const drawing = light && light.byteLength > 0;
    el.setAttribute("aria-busy", String(state === "waiting"));
    standing.textContent = WAITING[state] ?? "";
    standing.hidden = state === "ready" || (state === "waiting" && drawn !== "");
    picture.element.hidden = !drawing || state === "failed";
    frame.hidden = standing.hidden && picture.element.hidden;
    words.textContent = model.get("alternative");
    table.hidden = !model.get("rows").length;
    details.hidden = table.hidden;
    showRows();
  };
  const paint = () => {
    if (model.get("light")?.byteLength) picture.show(model.get("light"), model.get("dark"));
  };
  paint();
  draw();
  model.on("change:light", paint);
  model.on("change", draw);
  return () => {
    model.off("change:light", paint);
    model.off("change", draw);
    picture.remove();
  };
}
export default { render };
