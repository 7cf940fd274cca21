// A dashboard's page: it shows the widgets of its kernel, and says when it is left.
const { base, kernelId, widget } = JSON.parse(document.getElementById("place").textContent);
const kernel = new Kernel(base, kernelId);

// After the bundles, which are deferred too; meanwhile the kernel can tell which widgets it has.
const modules = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve)).then(widgetModules);

async function show() {
  const widgets = new Widgets(kernel, modules);
  await widgets.load();
  const view = await widgets.create_view(await widgets.get_model(widget));
  document.getElementById("loading").remove();
  const { JupyterLuminoWidget } = (await modules)[BASE];
  JupyterLuminoWidget.attach(view.luminoWidget, document.getElementById("widgets"));
}

function failed(error) {
  const line = document.createElement("p");
  line.textContent = "De pagina kan niet getoond worden. Herlaad ze; helpt dat niet, verwittig dan wie het Schoolloket beheert.";
  document.getElementById("loading").replaceChildren(line);
  throw error;
}

Promise.all([show(), modules]).catch(failed);

function leave() {
  const form = new FormData();
  form.append("_xsrf", document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "");
  navigator.sendBeacon(`${base}voila/api/shutdown/${kernelId}`, form);
}

// A reload asks for the page before it hides this one: told by then only, it would find it in use.
let told = false;
window.addEventListener("beforeunload", () => {
  told = true;
  leave();
});
window.addEventListener("pagehide", () => told || leave());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
