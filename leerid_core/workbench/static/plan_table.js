// What each pupil will get: to be looked over, unticked and changed before anything is made.
const TYPING = 250; // ms of silence after which a username is asked about
const SHEET = 80; // rows that are built at a time

function controls(row) {
  return [...row.element.querySelectorAll("input, select, button")];
}

class PlanTable {
  constructor(model, el) {
    this.model = model;
    this.rows = new Map();
    this.pending = [];
    this.build(el);
    this.receive = (message) => this.answered(message);
    model.on("msg:custom", this.receive);
    model.send({ kind: "ready" });
  }

  remove() {
    this.model.off("msg:custom", this.receive);
    this.sheets.disconnect();
  }

  build(el) {
    const editable = this.model.get("editable");
    this.all = h("input", { type: "checkbox", "aria-label": "Neem alle leerlingen mee", onchange: () => this.checkAll() });
    this.head = h("tr", {}, editable ? h("th", { scope: "col", className: "leerid-box" }, this.all) : null,
      ...["Naam + stamnummer", "Gebruikersnaam", "Wachtwoord type", "Wachtwoord"].map((label) => h("th", { scope: "col" }, label)));
    this.body = h("tbody", { onfocusin: (event) => this.rove(this.at(event.target)), onkeydown: (event) => this.move(event) });
    this.end = h("div");
    this.total = h("strong");
    const table = h("table", { className: "leerid-plan" }, h("caption", {}, this.model.get("title")), h("thead", {}, this.head), this.body);
    const scroll = h("div", { className: "leerid-scroll leerid-tall", tabIndex: 0, role: "region", "aria-label": this.model.get("title") }, table, this.end);
    this.count = h("p", { className: "leerid-selected", role: "status" });
    el.classList.add("leerid-table");
    el.append(h("p", { className: "leerid-total" }, "Totaal aantal rijen: ", this.total), scroll, editable ? this.count : "");
    this.sheets = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.buildSheet(), { root: scroll, rootMargin: "600px" });
  }

  answered(message) {
    if (message.kind === "rows") this.start(message.rows);
    if (message.kind === "row") this.changed(message.row, message.number);
    if (message.kind === "refused") this.refused(message);
    if (message.kind === "point") this.point(this.rows.get(message.key));
  }

  // The same rows anew, as when all of them get another kind of password, change where they stand.
  start(rows) {
    if (rows.length === this.rows.size && rows.every((row) => this.rows.has(row.key))) {
      for (const row of rows) this.changed(row, 0);
      this.counted();
      return;
    }
    this.rows = new Map(rows.map((row) => [row.key, { ...row, number: 0 }]));
    this.pending = [...this.rows.values()];
    this.current = this.pending[0];
    this.body.replaceChildren();
    this.total.textContent = numbers.format(rows.length);
    this.buildSheet();
    this.counted();
  }

  buildSheet() {
    this.sheets.disconnect();
    const sheet = document.createDocumentFragment();
    for (const row of this.pending.splice(0, SHEET)) sheet.append(this.row(row));
    this.body.append(sheet);
    if (this.pending.length) this.sheets.observe(this.end);
  }

  row(row) {
    row.element = h("tr");
    row.element.dataset.key = row.key;
    this.fill(row);
    return row.element;
  }

  fill(row) {
    const editable = this.model.get("editable");
    const who = h("td", {}, h("strong", {}, row.name), h("span", { className: "leerid-number" }, row.stamnummer));
    row.notes = h("ul", { className: "leerid-notes", id: `leerid-notes-${row.key}` });
    const cells = [
      who,
      h("td", {}, row.renamable && editable ? this.username(row) : row.username, row.notes),
      h("td", {}, row.kinds.length > 1 && editable ? this.kind(row) : row.kind_label),
      h("td", {}, h("div", { className: "leerid-password" }, this.password(row), editable ? this.renew(row) : null)),
    ];
    if (editable) cells.unshift(h("td", { className: "leerid-box" }, this.box(row)));
    row.element.replaceChildren(...cells);
    row.element.classList.toggle("leerid-left-out", editable && !row.checked);
    this.note(row, row.findings);
    this.tabbable(row);
  }

  // One row is in the tab order, so that Tab passes a table of any size; the arrow keys go to the others.
  tabbable(row) {
    for (const control of controls(row)) control.tabIndex = row === this.current ? 0 : -1;
  }

  rove(row) {
    const left = this.current;
    this.current = row;
    if (left?.element) this.tabbable(left);
    this.tabbable(row);
  }

  at(element) {
    return this.rows.get(Number(element.closest("tr").dataset.key));
  }

  move(event) {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step || event.target.tagName === "SELECT") return;
    event.preventDefault();
    const row = this.at(event.target);
    const next = row.element[step] && this.at(row.element[step]);
    if (next) controls(next)[controls(row).indexOf(event.target)]?.focus();
  }

  box(row) {
    return h("input", { type: "checkbox", checked: row.checked, "aria-label": `Neem ${row.name} mee`, onchange: (event) => this.check([row], event.target.checked) });
  }

  username(row) {
    row.input = h("input", {
      type: "text", value: row.username, maxLength: 60, autocomplete: "off", spellcheck: false,
      "aria-label": `Gebruikersnaam van ${row.name}`, "aria-describedby": `leerid-notes-${row.key}`,
      oninput: () => this.typed(row),
    });
    return row.input;
  }

  typed(row) {
    clearTimeout(row.timer);
    row.number += 1;
    const number = row.number;
    row.timer = setTimeout(() => this.model.send({ kind: "rename", key: row.key, username: row.input.value, number }), TYPING);
  }

  kind(row) {
    const select = h("select", { "aria-label": `Wachtwoord type van ${row.name}`, onchange: () => this.model.send({ kind: "change_kind", key: row.key, value: select.value }) },
      ...row.kinds.map(([value, label]) => h("option", { value, selected: value === row.kind }, label)));
    return select;
  }

  password(row) {
    if (!row.pictures.length) return h("code", {}, row.password);
    return h("span", { className: "leerid-pictures" }, ...row.pictures.map((picture) => h("img", { src: this.model.get("pictures")[picture], alt: picture })));
  }

  renew(row) {
    return h("button", { type: "button", className: "leerid-link", "aria-label": `nieuw wachtwoord voor ${row.name}`, onclick: () => this.model.send({ kind: "renew", key: row.key }) }, "nieuw wachtwoord");
  }

  note(row, findings) {
    row.notes.replaceChildren(...findings.map((finding) => h("li", { className: `leerid-${finding.severity}` }, finding.text)));
    const bad = findings.some((finding) => finding.severity === "error");
    if (row.input) row.input.setAttribute("aria-invalid", String(bad));
  }

  // An answer about a name that was typed over meanwhile is old: the newest is still to come.
  changed(fresh, number) {
    const row = this.rows.get(fresh.key);
    if (number && number !== row.number) return;
    const typing = number && row.input === document.activeElement;
    const held = row.element?.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    Object.assign(row, fresh);
    if (!row.element) return;
    if (typing) this.note(row, row.findings);
    else this.fill(row);
    if (held && !typing) row.element.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus();
  }

  refused({ key, number, text }) {
    const row = this.rows.get(key);
    if (number === row.number) this.note(row, [{ severity: "error", text }]);
  }

  point(row) {
    while (!row.element) this.buildSheet();
    row.input?.focus();
  }

  check(rows, checked) {
    for (const row of rows) {
      row.checked = checked;
      row.element?.classList.toggle("leerid-left-out", !checked);
      const box = row.element?.querySelector("input[type=checkbox]");
      if (box) box.checked = checked;
    }
    this.model.send({ kind: "check", keys: rows.map((row) => row.key), checked });
    this.counted();
  }

  checkAll() {
    this.check([...this.rows.values()], this.all.checked);
  }

  counted() {
    const checked = [...this.rows.values()].filter((row) => row.checked).length;
    this.all.checked = checked > 0 && checked === this.rows.size;
    this.all.indeterminate = checked > 0 && checked < this.rows.size;
    this.count.textContent = `${numbers.format(checked)} van ${numbers.format(this.rows.size)} leerlingen geselecteerd`;
  }
}

function render({ model, el }) {
  const table = new PlanTable(model, el);
  return () => table.remove();
}
export default { render };
