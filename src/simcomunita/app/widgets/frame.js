// The head of every page: name, places, language, undo and reset; and a heartbeat, so that nobody clicks into the void
// when the server has gone. Links are real links; a click on them is told to Python instead of loading the page anew.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  el.classList.add("sc-frame");
  const banner = element("div", { class: "sc-banner", role: "alert", hidden: "" });
  const skip = element("a", { href: "#sc-main", class: "sc-skip" });
  const name = element("p", { class: "sc-name" });
  const places = element("nav", { class: "sc-places" });
  const tools = element("div", { class: "sc-tools" });
  el.append(skip, element("div", { class: "sc-head" }, name, places, tools), banner);

  const tell = (what) => (event) => {
    event.preventDefault();
    model.send({ kind: "go", ...what });
  };

  function draw() {
    const shown = model.get("shown");
    if (!shown.title) return;
    const focused = el.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    document.documentElement.lang = shown.language;
    document.title = `${shown.here} – ${shown.title}`;
    const view = document.querySelector("meta[name=viewport]");
    if (view) view.content = "width=device-width, initial-scale=1";  // a page may be enlarged
    skip.textContent = shown.skip;
    name.textContent = shown.title;
    places.setAttribute("aria-label", shown.places_label);
    places.replaceChildren(...shown.places.map((place) => {
      const link = element("a", { href: place.href, "data-key": place.key }, place.name);
      if (place.current) link.setAttribute("aria-current", "page");
      link.addEventListener("click", tell({ page: place.key }));
      return link;
    }));
    const reset = element("button", { type: "button", class: "sc-quiet", "data-key": "reset" }, shown.reset);
    reset.addEventListener("click", tell({ reset: true }));
    const undo = element("button", { type: "button", class: "sc-quiet", "data-key": "undo" }, shown.undo);
    undo.addEventListener("click", () => history.back());
    const languages = element("div", { class: "sc-languages", role: "group", "aria-label": shown.languages_label },
      ...shown.languages.map((one) => {
        const link = element("a", { href: one.href, lang: one.key, hreflang: one.key, "data-key": one.key }, one.name);
        if (one.current) link.setAttribute("aria-current", "true");
        link.addEventListener("click", tell({ language: one.key }));
        return link;
      }));
    tools.replaceChildren(undo, reset, languages);
    if (focused) el.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  // The server says who it is: one that was restarted does not know this page any more. One that is merely slow is
  // waited for, since a page that is loaded anew would only make it slower.
  let missed = 0;

  async function beat() {
    if (document.hidden) return;
    try {
      const reply = await fetch(new URL("here", document.baseURI), { cache: "no-store" });
      const here = (await reply.json()).here;
      missed = 0;
      if (here !== model.get("shown").here_is) location.reload();  // the link holds the whole state
      banner.hidden = true;
    } catch {
      missed += 1;
    }
    if (missed < 2) return;
    banner.textContent = model.get("shown").gone;
    banner.hidden = false;
  }
  let timer = null;
  const again = () => {
    timer = setTimeout(async () => {
      await beat();
      if (timer !== null) again();
    }, model.get("beat"));
  };
  again();
  model.on("change:shown", draw);
  draw();
  return () => {
    clearTimeout(timer);
    timer = null;
    model.off("change:shown", draw);
  };
}

export default { render };
