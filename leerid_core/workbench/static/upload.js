// A file goes to the kernel in pieces: one large message would break the connection silently.
const PIECE = 1 << 20;

function render({ model, el }) {
  const input = h("input", { type: "file", className: "leerid-unseen", accept: model.get("accept"), id: `leerid-${crypto.randomUUID()}`, onchange: () => send(input.files[0]) });
  const told = h("p", { role: "status", className: "leerid-aside" });
  el.classList.add("leerid-upload");
  el.append(input, h("label", { htmlFor: input.id }, model.get("label")), told);

  async function send(file) {
    if (!file) return;
    if (file.size > model.get("limit")) {
      model.send({ kind: "too_large" });
      input.value = "";
      return;
    }
    told.textContent = `${file.name} wordt opgeladen …`;
    const content = await file.arrayBuffer();
    const count = Math.max(1, Math.ceil(content.byteLength / PIECE));
    for (let index = 0; index < count; index += 1) {
      const piece = content.slice(index * PIECE, (index + 1) * PIECE);
      model.send({ kind: "piece", name: file.name, index, count }, undefined, [piece]);
    }
    told.textContent = "";
    input.value = "";
  }
}
export default { render };
