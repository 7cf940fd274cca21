// ipywidgets and anywidget as they come, for a page of Notebook 6 with an AMD loader: as much of
// both as they need. Each script that is loaded after this one calls `define` once.
const bundles = {};
const deaf = { on() {} };
const notebook = {
  version: "7.0.0",
  notebook: { container: deaf },
};
class OutputArea {
  register_mime_type() {}
}

window.Jupyter = notebook;
window.requirejs = Object.assign(() => {}, { config() {} });
window.define = (_needed, make) => {
  bundles[document.currentScript.dataset.bundle] = make;
};

// Return the modules that widgets come from, and put the style of ipywidgets in the page.
async function widgetModules() {
  const controls = bundles.ipywidgets({ uri: document.baseURI });
  window.requirejs = (_names, ready) => ready(notebook, deaf, { OutputArea });
  await controls.load_ipython_extension();
  return {
    [BASE]: controls,
    "@jupyter-widgets/controls": controls,
    anywidget: bundles.anywidget(controls),
  };
}
