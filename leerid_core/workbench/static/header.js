// The top of every dashboard: whose it is, the pages, and the school that is worked for.
function render({ model, el }) {
  const heading = h("div", { className: "leerid-brand" },
    h("span", { className: "leerid-logo", "aria-hidden": "true" }, "ID"),
    h("div", {}, h("p", { className: "leerid-product" }, "LeerID Schoolloket"), h("p", {}, "LeerID-beheer voor scholen")));
  const name = h("strong");
  const change = h("button", { type: "button", className: "leerid-link", onclick: () => choose(picker.hidden) }, "Wijzig instelling");
  const picker = h("select", { "aria-label": "Instelling", hidden: true, onchange: () => {
    model.send({ kind: "school", number: picker.value });
    choose(false);
  } });
  const user = h("p", { className: "leerid-user" });
  const tabs = h("nav", { className: "leerid-tabs", "aria-label": "Hoofdmenu" });
  el.classList.add("leerid-header");
  el.append(h("header", {}, heading, h("div", { className: "leerid-school" }, user, name, change, picker)), tabs);

  function choose(open) {
    picker.hidden = !open;
    change.setAttribute("aria-expanded", String(open));
    (open ? picker : change).focus();
  }

  function draw() {
    const schools = model.get("schools");
    const current = schools.find((school) => school.number === model.get("school"));
    name.textContent = current ? current.name : "";
    change.hidden = schools.length < 2;
    change.setAttribute("aria-expanded", String(!picker.hidden));
    picker.replaceChildren(...schools.map((school) => h("option", { value: school.number }, `${school.name} (${school.number})`)));
    picker.value = model.get("school");
    user.replaceChildren(`${model.get("user")} · `, h("a", { href: new URL(model.get("password"), base()) }, "Wachtwoord"), " · ",
      h("a", { href: new URL(model.get("sign_out"), base()) }, "Afmelden"));
    tabs.replaceChildren(...model.get("pages").map((page) => {
      const link = h("a", { href: new URL(`${page.address}?instelling=${model.get("school")}`, base()) }, page.label);
      if (page.address === model.get("page")) link.setAttribute("aria-current", "page");
      return link;
    }));
  }

  // The pages stand side by side, whatever the address of the Schoolloket is.
  function base() {
    return new URL(".", location.href);
  }

  draw();
  model.on("change", draw);
  return () => model.off("change", draw);
}
export default { render };
