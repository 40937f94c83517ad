// Keys, copying and the busy message; everything else is done by the page's events.
(() => {
  const find = (selector) => document.querySelector(selector);
  const say = (name) => find("#phrases")?.dataset[name] ?? "";
  const press = (id) => { const button = find(`button#${id}, #${id} button`); if (button && !button.disabled) button.click(); };

  let live;
  const announce = (text) => {
    if (!live) {
      live = document.body.appendChild(document.createElement("div"));
      live.className = "sr-only";
      live.setAttribute("aria-live", "polite");
    }
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 50);
  };

  const copy = async () => {
    const box = find("#reply textarea"), button = find("#copy");
    if (!box || !box.value) return;
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {  // the clipboard is refused outside localhost and https: fall back to the selection
      box.select();
      if (!document.execCommand("copy")) return;
    }
    announce(say("copied"));
    if (button && !button.dataset.label) {
      button.dataset.label = button.textContent;
      button.textContent = "✓ " + say("copied");
      setTimeout(() => { button.textContent = button.dataset.label; delete button.dataset.label; }, 1500);
    }
  };

  const step = (by) => {
    const options = [...document.querySelectorAll("#alternatives input[type=radio]")];
    if (options.length < 2) return;
    const at = options.findIndex((option) => option.checked);
    options[(at + by + options.length) % options.length].click();
  };

  document.addEventListener("click", (event) => { if (event.target.closest?.("#copy")) copy(); });
  document.addEventListener("keydown", (event) => {
    const done = (action) => { event.preventDefault(); event.stopPropagation(); action(); };
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return done(() => press("rewrite"));
    const change = event.target.closest?.("[data-change]");
    if (change && (event.key === "Enter" || event.key === " ")) return done(() => change.click());
    // AltGr types letters in Polish, Hungarian and Romanian: it must stay free.
    if (!event.altKey || event.ctrlKey || event.getModifierState("AltGraph")) return undefined;
    if (event.code === "KeyC") return done(copy);
    if (event.code === "KeyU") return done(() => press("undo"));
    if (event.code === "ArrowDown") return done(() => step(1));
    if (event.code === "ArrowUp") return done(() => step(-1));
    return undefined;
  }, true);

  // A full queue answers 503: say so in the agent's language, where they look.
  const ask = window.fetch.bind(window);
  window.fetch = async (...args) => {
    const answer = await ask(...args);
    if (answer.status === 503) {
      const place = find("#status .status") ?? find("#status");
      if (place) { place.className = "status error"; place.textContent = say("busy"); }
      announce(say("busy"));
    }
    return answer;
  };
})();
