// How far long work is, as a bar and in words; it can be stopped until it is written.
function render({ model, el }) {
  const bar = h("progress", { "aria-label": "Voortgang" });
  const text = h("p", { role: "status" });
  const stop = h("button", { type: "button", className: "leerid-link", onclick: () => model.send({ kind: "stop" }) }, "Stop");
  el.classList.add("leerid-progress");
  el.append(text, bar, stop);
  const draw = () => {
    const [done, total, phase] = model.get("progress");
    el.hidden = !phase;
    if (total) bar.max = total;
    if (total) bar.value = done;
    else bar.removeAttribute("value");
    text.textContent = total ? `${phase}: ${numbers.format(done)} van ${numbers.format(total)}` : phase;
  };
  draw();
  model.on("change:progress", draw);
  return () => model.off("change:progress", draw);
}
export default { render };
