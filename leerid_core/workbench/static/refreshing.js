// Ask for fresh figures every so often, as long as the page is in view and somebody is there: the
// asking itself must not keep a session open that nobody uses.
const UNUSED = 30 * 60_000;
const USES = ["pointermove", "pointerdown", "wheel", "keydown"];

function render({ model, el }) {
  const box = h("input", { type: "checkbox" });
  const told = h("span", { role: "status" });
  const now = h("button", { type: "button", className: "leerid-link" }, "Ververs");
  el.classList.add("leerid-refreshing");
  el.append(h("label", {}, box, " Ververs elke minuut"), now, told);
  let used = Date.now();
  let last = Date.now();
  let timer = null;

  const ask = () => {
    last = Date.now();
    model.send({ kind: "refresh" });
  };
  const tick = () => {
    if (document.hidden) return;
    if (Date.now() - used > UNUSED) {
      box.checked = false;
      follow();
    } else if (Date.now() - last >= model.get("every") * 1000) ask();
  };
  const follow = () => {
    clearInterval(timer);
    timer = box.checked ? setInterval(tick, 1000) : null;
    last = Date.now();
  };
  const use = () => { used = Date.now(); };
  const draw = () => { told.textContent = model.get("told"); };
  box.addEventListener("change", follow);
  now.addEventListener("click", ask);
  for (const one of USES) document.addEventListener(one, use, { passive: true });
  draw();
  model.on("change:told", draw);
  return () => {
    clearInterval(timer);
    for (const one of USES) document.removeEventListener(one, use);
    model.off("change:told", draw);
  };
}
export default { render };
