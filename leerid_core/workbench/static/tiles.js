// Figures as buttons. A new number comes in the same place: who is reading or pressing loses nothing.
let made = 0;

function build(tile, open) {
  const id = `leerid-tile-${made++}`;
  const parts = { number: h("strong"), name: h("span", { className: "leerid-tile-name" }), share: h("span", { className: "leerid-tile-share" }) };
  const definition = h("p", { id });
  const button = h("button", { type: "button", "aria-describedby": id, onclick: () => open(tile.key) }, parts.number, " ", parts.name, " ", parts.share);
  const item = h("li", {}, button, definition);
  return { item, button, definition, parts };
}

function render({ model, el }) {
  const heading = h("h2");
  const list = h("ul", { className: "leerid-tile-list" });
  let shown = new Map();
  el.classList.add("leerid-tiles");
  el.append(heading, list);

  const draw = () => {
    heading.textContent = model.get("title");
    const tiles = model.get("tiles");
    const keys = tiles.map((tile) => tile.key).join();
    if (keys !== [...shown.keys()].join()) {
      shown = new Map(tiles.map((tile) => [tile.key, build(tile, (key) => model.send({ kind: "open", key }))]));
      list.replaceChildren(...[...shown.values()].map((one) => one.item));
    }
    for (const tile of tiles) {
      const { item, button, definition, parts } = shown.get(tile.key);
      for (const name of ["number", "name", "share"]) if (parts[name].textContent !== tile[name]) parts[name].textContent = tile[name];
      definition.textContent = tile.definition;
      item.classList.toggle("leerid-urgent", tile.urgent);
      button.disabled = !tile.opens;
    }
  };
  draw();
  model.on("change", draw);
  return () => model.off("change", draw);
}
export default { render };
