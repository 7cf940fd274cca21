// The page tells the kernel that someone is there, and keeps in the address what is filtered and
// opened. What is opened can be gone back from, so it gets an address of its own.
function render({ model, el }) {
  const waiting = h("p", { role: "status", className: "leerid-waiting" }, "Even geduld, het LeerID Schoolloket wordt geopend …");
  el.append(waiting);
  const draw = () => {
    waiting.hidden = model.get("opened");
  };
  let moves = model.get("answered");
  let answered = moves;
  const address = () => {
    if (model.get("answered") < moves) return; // from before the user moved on
    const query = new URLSearchParams(model.get("parameters"));
    const opened = query.get("cijfer") !== new URLSearchParams(location.search).get("cijfer");
    const step = opened && model.get("answered") === answered ? "pushState" : "replaceState";
    answered = model.get("answered");
    history[step](null, "", location.pathname + (query.size ? `?${query}` : ""));
  };
  const asked = (kind) => model.send({ kind, number: moves, parameters: Object.fromEntries(new URLSearchParams(location.search)) });
  const moved = () => {
    moves += 1;
    asked("moved");
  };
  draw();
  model.on("change:opened", draw);
  model.on("change:parameters", address);
  model.on("change:answered", address);
  addEventListener("popstate", moved);
  asked("ready");
  return () => {
    removeEventListener("popstate", moved);
    model.off("change:opened", draw);
    model.off("change:parameters", address);
    model.off("change:answered", address);
  };
}
export default { render };
