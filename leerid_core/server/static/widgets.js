// The widgets of the page: what ipywidgets asks of whoever manages them.
const CONTROL = "jupyter.widget.control";
const BASE = "@jupyter-widgets/base";
const MODEL_ENDS = "comm:close";

class Comm {
  constructor(kernel, id) {
    Object.assign(this, { kernel, comm_id: id, received: () => {}, closed: () => {} });
  }

  on_msg(received) {
    this.received = received;
  }

  on_close(closed) {
    this.closed = closed;
  }

  send(data, callbacks, metadata, buffers) {
    return this.kernel.send("comm_msg", { comm_id: this.comm_id, data }, { callbacks, metadata, buffers });
  }

  close(data = {}) {
    return this.kernel.send("comm_close", { comm_id: this.comm_id, data });
  }
}

class Widgets {
  // `modules` will give the classes of a module by its name.
  constructor(kernel, modules) {
    this.kernel = kernel;
    this.models = new Map();
    this.comms = new Map();
    // One message after another: what a widget is told must not overtake its being made.
    this.last = modules.then((found) => {
      this.modules = found;
    });
    kernel.received = (message, heard) => {
      this.last = this.last.then(() => (heard ? heard(message) : this.receive(message))).catch(console.error);
    };
  }

  // Ask for the widgets that the kernel has.
  load() {
    this.control = unique();
    const loaded = new Promise((resolve) => (this.loaded = resolve));
    this.kernel.send("comm_open", { comm_id: this.control, target_name: CONTROL, data: {} }, { metadata: { version: "1.0.0" } });
    this.kernel.send("comm_msg", { comm_id: this.control, data: { method: "request_states" } });
    return loaded;
  }

  async receive({ header, parent_header, content, buffers }) {
    const id = content.comm_id;
    if (header.msg_type === "comm_open") this.make(id, content.data.state, content.data.buffer_paths, buffers);
    else if (id === this.control) this.restore(content.data, buffers);
    else if (this.comms.has(id)) {
      const comm = this.comms.get(id);
      await this.get_model(id);
      await comm[header.msg_type === "comm_close" ? "closed" : "received"]({ header, parent_header, content, buffers });
    }
  }

  restore({ states, buffer_paths }, buffers) {
    for (const [id, { state }] of Object.entries(states ?? {})) {
      const own = buffer_paths.map((path, at) => ({ path, buffer: buffers[at] })).filter(({ path }) => path[0] === id);
      // A path begins with the widget and the word "state".
      const paths = own.map(({ path }) => path.slice(2));
      if (!this.has_model(id)) this.make(id, state, paths, own.map(({ buffer }) => buffer));
    }
    this.loaded();
  }

  make(id, state, paths, buffers) {
    this.modules[BASE].put_buffers(state, paths ?? [], buffers);
    const comm = new Comm(this.kernel, id);
    this.comms.set(id, comm);
    // Later, so that every widget that this one refers to has been told of.
    const model = Promise.resolve().then(() => this.model(comm, state));
    this.models.set(id, model);
  }

  async model(comm, state) {
    const Model = this.class(state._model_module, state._model_name);
    const attributes = await Model._deserialize_state(state, this);
    const model = new Model(attributes, { widget_manager: this, model_id: comm.comm_id, comm });
    model.name = state._model_name;
    model.module = state._model_module;
    model.once(MODEL_ENDS, () => {
      this.models.delete(comm.comm_id);
      this.comms.delete(comm.comm_id);
    });
    return model;
  }

  class(module, name) {
    const found = this.modules[module]?.[name];
    if (!found) throw new Error(`there is no ${name} in ${module}`);
    return found;
  }

  has_model(id) {
    return this.models.has(id);
  }

  get_model(id) {
    return this.models.get(id) ?? Promise.reject(new Error(`there is no widget ${id}`));
  }

  create_view(model, options = {}) {
    const made = model.state_change.then(() => this.view(model, options));
    model.state_change = made.catch(() => {});
    const id = unique();
    model.views[id] = made;
    made.then((view) => view.once("remove", () => delete model.views?.[id]));
    return made;
  }

  async view(model, options) {
    const View = this.class(model.get("_view_module"), model.get("_view_name"));
    const view = new View({ model, options });
    view.listenTo(model, "destroy", view.remove);
    await view.render();
    return view;
  }

  callbacks() {
    return {};
  }

  // No description of ours is HTML: whatever is taken for it is shown as it is written.
  inline_sanitize(text) {
    const element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
  }
}
