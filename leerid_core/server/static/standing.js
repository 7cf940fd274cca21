// Tells the user when the page no longer works, and why; takes away what only he may see.
(() => {
  const told = document.getElementById("standing");
  const texts = {
    signed_in: ["Deze pagina is te lang niet gebruikt en is gesloten.", "Herlaad de pagina"],
    signed_out: ["Je bent afgemeld.", "Meld je opnieuw aan"],
    expired: ["Je sessie is verlopen.", "Meld je opnieuw aan"],
    lost: ["De verbinding met het Schoolloket is weg. Ze wordt vanzelf hersteld.", ""],
  };
  const period = 10000;
  let shown = "";
  let next;

  function tell(state) {
    if (state === shown) return;
    shown = state;
    told.replaceChildren();
    if (!state) return;
    const [text, action] = texts[state];
    const line = document.createElement("p");
    line.append(text, " ");
    if (action) {
      const link = document.createElement("a");
      link.href = location.href;
      link.textContent = action;
      line.append(link);
    }
    told.append(line);
  }

  async function standing() {
    try {
      const answer = await fetch(`${base}status/${kernelId}`, { cache: "no-store" });
      const { standing, page } = await answer.json();
      if (standing !== "signed_in" || !page) return standing;
      return kernel.connected ? "" : "lost";
    } catch {
      return "lost"; // Without an answer; it may come back.
    }
  }

  async function look() {
    clearTimeout(next);
    const state = await standing();
    tell(state);
    clearTimeout(next);
    if (state && state !== "lost") document.getElementById("page")?.remove();
    else next = setTimeout(look, period);
  }

  next = setTimeout(look, period);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
})();
