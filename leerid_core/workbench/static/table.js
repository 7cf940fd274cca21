// A page of rows at a time. One wish is under way; of what is wished meanwhile the newest is kept.
class PagedTable {
  constructor(model, el) {
    this.model = model;
    this.wish = { sort: model.get("sort"), descending: model.get("descending"), page: model.get("page"), size: model.get("size") };
    this.underWay = false;
    this.next = null;
    this.current = 0;
    this.rows = [];
    this.build(el);
    this.receive = (message) => this.answered(message);
    model.on("msg:custom", this.receive);
    this.told = () => { this.empty.textContent = model.get("empty"); };
    model.on("change:empty", this.told);
    this.ask({});
  }

  remove() {
    this.model.off("msg:custom", this.receive);
    this.model.off("change:empty", this.told);
  }

  build(el) {
    this.total = h("strong", {}, "…");
    this.head = h("tr");
    this.body = h("tbody", { onkeydown: (event) => this.move(event) });
    this.table = h("table", {}, h("caption", {}, this.model.get("title")), h("thead", {}, this.head), this.body);
    this.empty = h("p", { className: "leerid-empty", hidden: true }, this.model.get("empty"));
    this.selected = h("p", { className: "leerid-selected", role: "status" });
    this.range = h("span");
    this.pages = h("span", { className: "leerid-pages" });
    this.size = h("select", { "aria-label": "Aantal rijen per pagina", onchange: () => this.ask({ size: Number(this.size.value), page: 0 }) });
    for (const size of this.model.get("sizes")) this.size.append(h("option", { value: size }, `${size} per pagina`));
    this.size.value = this.wish.size;
    this.pager = h("nav", { className: "leerid-pager", "aria-label": "Pagina's", hidden: true }, this.range, this.size, this.pages);
    const count = h("p", { className: "leerid-total" }, "Totaal aantal rijen: ", this.total);
    el.classList.add("leerid-table");
    el.append(
      count,
      h("div", { className: "leerid-scroll" }, this.table),
      this.empty,
      h("div", { className: "leerid-foot" }, this.selected, this.pager),
    );
    this.buildHead();
  }

  buildHead() {
    this.all = h("input", {
      type: "checkbox",
      "aria-label": "Selecteer alle rijen van de filter",
      onchange: () => this.tell({ kind: "check_all", checked: this.all.checked }),
    });
    if (this.model.get("selectable")) this.head.append(h("th", { scope: "col", className: "leerid-box" }, this.all));
    this.sorters = this.model.get("columns").map((column) => {
      const sort = h("button", { type: "button", onclick: () => this.sortBy(column.key) }, column.label);
      const header = h("th", { scope: "col", className: column.kind === "right" ? "leerid-right" : "" }, column.sortable ? sort : column.label);
      this.head.append(header);
      return { column, header };
    });
  }

  sortBy(key) {
    const descending = this.wish.sort === key && !this.wish.descending;
    this.ask({ sort: key, descending, page: 0 });
  }

  tell(message) {
    this.model.send(message);
  }

  ask(change) {
    Object.assign(this.wish, change);
    this.next = { kind: "wish", ...this.wish };
    if (!this.underWay) this.send();
  }

  send() {
    this.underWay = true;
    this.table.setAttribute("aria-busy", "true");
    this.tell(this.next);
    this.next = null;
  }

  answered(message) {
    if (message.kind === "refused") {
      this.underWay = false;
      this.table.setAttribute("aria-busy", "false");
    }
    if (message.kind !== "page") return;
    if (message.asked) this.underWay = false;
    this.wish.page = message.page;
    if (this.next) {
      this.send();
      return;
    }
    this.table.setAttribute("aria-busy", "false");
    this.show(message);
  }

  show(answer) {
    this.total.textContent = numbers.format(answer.total);
    for (const { column, header } of this.sorters) {
      if (!column.sortable) continue;
      const mine = this.wish.sort === column.key;
      header.setAttribute("aria-sort", mine ? (this.wish.descending ? "descending" : "ascending") : "none");
    }
    this.showRows(answer.rows);
    this.showSelection(answer);
    this.showPager(answer.total);
    this.empty.hidden = answer.total > 0;
    this.table.parentElement.classList.toggle("leerid-none", answer.total === 0);
  }

  showRows(rows) {
    const focused = document.activeElement;
    const held = this.body.contains(focused) ? [focused.closest("tr").dataset.key, focused.type] : null;
    this.rows = rows.map((row) => this.row(row));
    this.body.replaceChildren(...this.rows);
    this.current = Math.max(0, this.rows.findIndex((row) => held && row.dataset.key === held[0]));
    this.rove();
    if (held && this.rows.length) this.focus(this.current, held[1]);
  }

  row(row) {
    const cells = this.model.get("columns").map((column, index) => this.cell(column, row, index));
    const box = h("input", {
      type: "checkbox",
      checked: row.checked,
      tabIndex: -1,
      "aria-label": `Selecteer ${row.label}`,
      onchange: (event) => {
        element.classList.toggle("leerid-checked", event.target.checked);
        this.tell({ kind: "check", keys: [row.key], checked: event.target.checked });
      },
    });
    if (this.model.get("selectable")) cells.unshift(h("td", { className: "leerid-box" }, box));
    const element = h("tr", { className: row.checked ? "leerid-checked" : "", onclick: (event) => this.clicked(event, row) }, ...cells);
    element.dataset.key = row.key;
    return element;
  }

  cell(column, row, index) {
    const text = row.cells[index];
    if (column.kind === "open") {
      return h("td", {}, h("button", { type: "button", tabIndex: -1, className: "leerid-open", "aria-label": column.names ? row.label : text }, text));
    }
    if (column.kind === "pill") {
      const pill = h("span", { className: "leerid-pill" }, text);
      pill.dataset.value = text;
      return h("td", {}, pill);
    }
    return h("td", { className: column.kind ? `leerid-${column.kind}` : "" }, text);
  }

  clicked(event, row) {
    if (event.target.type === "checkbox" || event.target.classList.contains("leerid-box")) return;
    if (this.model.get("openable")) this.tell({ kind: "open", key: row.key });
  }

  showSelection(answer) {
    if (!this.model.get("selectable")) return;
    this.all.checked = answer.total > 0 && answer.selected_here === answer.total;
    this.all.indeterminate = answer.selected_here > 0 && answer.selected_here < answer.total;
    const [one, many] = this.model.get("nouns");
    const outside = answer.selected - answer.selected_here;
    const note = outside > 0 ? `, waarvan ${numbers.format(outside)} buiten de filter` : "";
    this.selected.textContent = `${numbers.format(answer.selected)} ${answer.selected === 1 ? one : many} geselecteerd${note}`;
  }

  showPager(total) {
    const { page, size } = this.wish;
    const last = Math.max(0, Math.ceil(total / size) - 1);
    const end = Math.min(total, (page + 1) * size);
    this.pager.hidden = total <= Math.min(...this.model.get("sizes"));
    this.range.textContent = total ? `${numbers.format(page * size + 1)}–${numbers.format(end)} van ${numbers.format(total)}` : "";
    const near = [...new Set([0, page - 1, page, page + 1, last])].filter((one) => one >= 0 && one <= last);
    const buttons = [this.step("‹", "Vorige pagina", page - 1, page === 0)];
    near.forEach((one, index) => {
      if (index && one - near[index - 1] > 1) buttons.push(h("span", { "aria-hidden": "true" }, "…"));
      const button = this.step(numbers.format(one + 1), `Pagina ${one + 1}`, one, false);
      if (one === page) button.setAttribute("aria-current", "page");
      buttons.push(button);
    });
    buttons.push(this.step("›", "Volgende pagina", page + 1, page === last));
    const held = this.pages.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    this.pages.replaceChildren(...buttons);
    if (held) (buttons.find((one) => one.ariaLabel === held && !one.disabled) ?? this.size).focus();
  }

  step(text, label, page, disabled) {
    return h("button", { type: "button", "aria-label": label, disabled, onclick: () => this.ask({ page }) }, text);
  }

  // One row is in the tab order; the arrow keys go to the others.
  move(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(this.current + step, 0), this.rows.length - 1);
    this.current = index;
    this.rove();
    this.focus(index, event.target.type);
  }

  rove() {
    this.rows.forEach((row, index) => {
      for (const control of row.querySelectorAll("input, button")) control.tabIndex = index === this.current ? 0 : -1;
    });
  }

  focus(index, type) {
    const row = this.rows[index];
    (row.querySelector(`[type="${type}"]`) ?? row.querySelector("input, button"))?.focus();
  }
}

function render({ model, el }) {
  const table = new PagedTable(model, el);
  return () => table.remove();
}
export default { render };
