// What the page tells its user. The regions are there before their text, so that it is read out.
function render({ model, el }) {
  const status = h("div", { role: "status" });
  const alert = h("div", { role: "alert" });
  el.classList.add("leerid-message");
  el.append(status, alert);
  const draw = () => {
    const bad = model.get("level") === "error";
    status.textContent = bad ? "" : model.get("text");
    alert.textContent = bad ? model.get("text") : "";
    el.dataset.level = model.get("text") ? model.get("level") : "none";
    if (model.get("text")) el.scrollIntoView({ block: "nearest" });
  };
  draw();
  model.on("change", draw);
  return () => model.off("change", draw);
}
export default { render };
