// The page tells the kernel that someone is there, and keeps in the address what is filtered and
// opened. What is opened can be gone back from, so it gets an address of its own.
function render({ model, el }) {
  const waiting = h("p", { role: "status", className: "leerid-waiting" }, "Even geduld, het LeerID Schoolloket wordt geopend …");
  el.append(waiting);
  const draw = () => {
    waiting.hidden = model.get("opened");
  };
  const address = () => {
    const query = new URLSearchParams(model.get("parameters"));
    const opened = query.get("cijfer") !== new URLSearchParams(location.search).get("cijfer");
    const place = location.pathname + (query.size ? `?${query}` : "");
    history[opened ? "pushState" : "replaceState"](null, "", place);
  };
  const asked = (kind) => model.send({ kind, parameters: Object.fromEntries(new URLSearchParams(location.search)) });
  const moved = () => asked("moved");
  draw();
  model.on("change:opened", draw);
  model.on("change:parameters", address);
  addEventListener("popstate", moved);
  asked("ready");
  return () => {
    removeEventListener("popstate", moved);
    model.off("change:opened", draw);
    model.off("change:parameters", address);
  };
}
export default { render };
