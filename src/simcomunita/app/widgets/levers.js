// The levers: sliders and choices of the browser itself, which every keyboard, phone and screen reader knows.
// What a lever stands at is written while it moves; Python hears of it when it is let go.

const QUIET_AFTER = 150;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  el.classList.add("sc-levers");
  const parts = new Map();
  let waiting = null;
  let asked = {};
  let language = "";

  function release(key, value) {
    asked[key] = value;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      model.set("asked", { ...asked, "": Date.now() });  // a lever moved back and forth is still moved
      model.save_changes();
      asked = {};
      waiting = null;
    }, QUIET_AFTER);
  }

  function built(lever) {
    const id = `${lever.key}-${Math.random().toString(36).slice(2, 8)}`;
    const label = element("label", { for: id }, lever.label);
    const value = element("output", { for: id, class: "sc-value" });
    const about = element("dl", { id: `${id}-about` });
    tell(about, lever);
    const details = element("details", { class: "sc-about" },
      element("summary", { "aria-label": `${lever.more}: ${lever.label}` }, "i"), about);
    let input;
    if (lever.options) {
      input = element("select", { id }, ...lever.options.map(([key, name]) => element("option", { value: key }, name)));
      input.addEventListener("change", () => release(lever.key, input.value));
    } else {
      // A slider walks over the values that there are, so that months and odd steps need no arithmetic here.
      input = element("input", { id, type: "range", min: 0, max: lever.values.length - 1, step: 1 });
      input.addEventListener("input", () => {
        const row = input.closest(".sc-lever");
        if (lever.usual?.exact && lever.values[input.value] === lever.usual.at) return rest(lever, row, input, value);
        row.classList.remove("sc-usual");
        say(lever, input, value);
      });
      input.addEventListener("change", () => release(lever.key, lever.values[input.value]));
    }
    const row = element("div", { class: "sc-lever", "data-lever": lever.key },
      element("div", { class: "sc-lever-head" }, label, value, details), input);
    for (const note of lever.notes ?? []) row.append(element("p", { class: "sc-lever-note" }, note));
    if (lever.usual) {
      const back = element("button", { type: "button", class: "sc-quiet", "aria-label": `${lever.label}. ${lever.usual.back}` }, lever.usual.back);
      back.addEventListener("click", () => {
        input.focus();  // the button is about to go
        release(lever.key, null);
      });
      row.append(back);
    }
    return { row, input, value, lever, about };
  }

  function tell(about, lever) {
    about.replaceChildren(...lever.about.flatMap(([term, said]) => [element("dt", {}, term), element("dd", {}, said)]));
  }

  // A lever that nobody set stands where it usually does, and says so instead of a value.
  function rest(lever, row, input, value) {
    row.classList.add("sc-usual");
    input.value = lever.values.indexOf(lever.usual.at);
    say(lever, input, value);
    value.textContent = lever.usual.text;
    input.setAttribute("aria-valuetext", lever.usual.text);
  }

  function say(lever, input, value) {
    if (lever.options) return;
    value.textContent = lever.texts[input.value];
    input.setAttribute("aria-valuetext", lever.texts[input.value]);
    input.style.setProperty("--filled", `${(100 * input.value) / (lever.values.length - 1)}%`);
  }

  function draw() {
    if (!model.get("shown").groups) return;
    if (model.get("shown").language !== language) {
      language = model.get("shown").language;
      parts.clear();
      const open = new Set([...el.querySelectorAll("details[open]")].map((one) => one.closest("[data-group]")?.dataset.group));
      el.replaceChildren(...model.get("shown").groups.map((group) => {
        const rows = group.levers.map((lever) => {
          const part = built(lever);
          parts.set(lever.key, part);
          return part.row;
        });
        if (group.open) return element("fieldset", { "data-group": group.key }, element("legend", {}, group.name), ...rows);
        const details = element("details", { class: "sc-group", "data-group": group.key },
          element("summary", {}, group.name), element("div", { role: "group", "aria-label": group.name }, ...rows));
        details.open = open.has(group.key);
        return details;
      }));
    }
    const values = model.get("shown").values;
    // What a value is called may depend on the other levers, as a share of hours does; what it costs, on assumed prices.
    for (const lever of model.get("shown").groups.flatMap((group) => group.levers)) {
      const part = parts.get(lever.key);
      if (JSON.stringify(part.lever.about) !== JSON.stringify(lever.about)) tell(part.about, lever);
      part.lever.texts = lever.texts;
      part.lever.about = lever.about;
    }
    for (const { row, input, value, lever } of parts.values()) {
      if (lever.key in asked) continue;  // being moved: what the hand does counts
      if (lever.usual && values[lever.key] === null) {
        rest(lever, row, input, value);
        continue;
      }
      row.classList.remove("sc-usual");
      input.value = lever.options ? values[lever.key] : lever.values.indexOf(values[lever.key]);
      say(lever, input, value);
    }
  }

  model.on("change:shown", draw);
  draw();
  return () => {
    clearTimeout(waiting);
    model.off("change:shown", draw);
  };
}

export default { render };
