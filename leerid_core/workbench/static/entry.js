// The page tells the kernel that someone is there, and keeps in the address what is filtered and
// opened. What is opened can be gone back from, so it gets an address of its own.
function initialize({ model }) {
  let moves = model.get("answered");
  let answered = moves;
  const address = () => {
    if (model.get("answered") < moves) return; // from before the user moved on
    const query = new URLSearchParams(model.get("parameters"));
    const before = new URLSearchParams(location.search);
    const opened = model.get("steps").some((name) => query.get(name) !== before.get(name));
    const step = opened && model.get("answered") === answered ? "pushState" : "replaceState";
    answered = model.get("answered");
    history[step](null, "", location.pathname + (query.size ? `?${query}` : ""));
  };
  const asked = (kind) => model.send({ kind, number: moves, parameters: Object.fromEntries(new URLSearchParams(location.search)) });
  const moved = () => {
    moves += 1;
    asked("moved");
  };
  model.on("change:parameters", address);
  model.on("change:answered", address);
  addEventListener("popstate", moved);
  // Once for a page: the door is drawn again when the page is built around it.
  asked("ready");
  return () => {
    removeEventListener("popstate", moved);
    model.off("change:parameters", address);
    model.off("change:answered", address);
  };
}

function render({ model, el }) {
  const waiting = h("p", { role: "status", className: "leerid-waiting" }, "Even geduld, het LeerID Schoolloket wordt geopend …");
  el.append(waiting);
  const draw = () => {
    waiting.hidden = model.get("opened");
  };
  draw();
  model.on("change:opened", draw);
  return () => model.off("change:opened", draw);
}
export default { initialize, render };
