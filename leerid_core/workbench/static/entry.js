// The page tells the kernel that someone is there, and keeps in the address what is filtered.
function render({ model, el }) {
  const waiting = h("p", { role: "status", className: "leerid-waiting" }, "Even geduld, het LeerID Schoolloket wordt geopend …");
  el.append(waiting);
  const draw = () => {
    waiting.hidden = model.get("opened");
  };
  const address = () => {
    const query = new URLSearchParams(model.get("parameters")).toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : ""));
  };
  draw();
  model.on("change:opened", draw);
  model.on("change:parameters", address);
  model.send({ kind: "ready", parameters: Object.fromEntries(new URLSearchParams(location.search)) });
  return () => {
    model.off("change:opened", draw);
    model.off("change:parameters", address);
  };
}
export default { render };
