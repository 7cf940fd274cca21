// Comfort only: every page works without it. RULES stands before it.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- a password that can be read while it is typed

  for (const box of all("[data-shows]")) {
    const fields = box.dataset.shows.split(" ").map((id) => document.getElementById(id));
    const show = () => fields.forEach((field) => (field.type = box.checked ? "text" : "password"));
    box.closest("label").hidden = false;
    box.addEventListener("change", show);
    // So that a browser never keeps it among what was typed in other fields.
    box.form.addEventListener("submit", () => fields.forEach((field) => (field.type = "password")));
    show();
  }

  // --- the rules of a password of one's own, checked as it is typed

  const rules = document.getElementById("regels");
  if (rules) watchRules(rules, document.getElementById("nieuw"));

  function watchRules(list, field) {
    const told = document.getElementById("stand");
    const checks = {
      length: (text) => [...text].length >= RULES.shortest && [...text].length <= RULES.longest,
      username: (text) => text !== "" && text.toLowerCase() !== list.dataset.username,
      common: (text) => text !== "" && !isCommon(text.toLowerCase()),
    };
    field.addEventListener("input", () => {
      const text = field.value.normalize("NFKC");
      const open = all("li", list).filter((line) => {
        const good = checks[line.dataset.rule](text);
        line.classList.toggle("good", good);
        return !good;
      });
      const missing = open.map((line) => line.textContent).join(". ");
      const said = missing ? `Nog niet goed: ${missing}.` : "Dit wachtwoord is goed.";
      if (told.textContent !== said) told.textContent = said;
    });
  }

  function isCommon(text) {
    const { words, numbers, tail } = RULES.common;
    let end = text.length;
    while (end && tail.includes(text[end - 1])) end -= 1;
    return numbers.includes(text) || words.includes(text) || words.includes(text.slice(0, end));
  }

  // --- pictures that are tapped without a new page

  const form = document.getElementById("prentjes");
  if (form) watchPictures(form);

  function watchPictures(form) {
    const most = Number(form.dataset.most);
    const places = all(".bar li", form);
    const told = document.getElementById("stand");
    const button = (key) => form.querySelector(`[name=kies][value="${key}"]`);
    let keys = all("[name=beeld]", form).map((field) => field.value);

    form.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (!pressed || pressed.name === "klaar") return;
      event.preventDefault();
      if (pressed.name === "kies" && keys.length < most) keys = [...keys, pressed.value];
      if (pressed.name === "weg") keys = keys.filter((key) => key !== pressed.value);
      draw();
      if (pressed.name === "weg") button(pressed.value).focus({ preventScroll: true });
      if (keys.length === most) form.querySelector("[name=klaar]").focus({ preventScroll: true });
    });

    function draw() {
      places.forEach((place, at) => place.replaceChildren(...(keys[at] ? filled(at) : [empty(at)])));
      for (const one of all("[name=kies]", form)) one.disabled = keys.includes(one.value);
      told.textContent = keys.length
        ? `${keys.length} van ${most}: ${keys.join(", ")}`
        : "Nog geen prentjes";
    }

    function filled(at) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "beeld" });
      field.value = keys[at];
      const away = Object.assign(document.createElement("button"), { name: "weg", value: keys[at] });
      away.setAttribute("aria-label", `${at + 1}: ${keys[at]}. Haal weg.`);
      away.append(button(keys[at]).querySelector("img").cloneNode());
      return [field, away];
    }

    function empty(at) {
      const number = document.createElement("span");
      number.textContent = at + 1;
      return number;
    }
  }
})();
