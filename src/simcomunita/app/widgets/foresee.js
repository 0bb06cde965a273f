// What somebody expects: a number on a slider, and better, worse or cannot tell. Nothing is told before the button.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  el.classList.add("sc-foresee", "sc-levers");
  let expected = null;
  let verdict = null;

  function draw() {
    const shown = model.get("shown");
    if (!shown.most) return;
    const id = `foresee-${Math.random().toString(36).slice(2, 8)}`;
    const written = new Intl.NumberFormat(shown.language, { useGrouping: shown.language === "it" ? "always" : true });
    const say = (value) => `${written.format(value)} ${shown.unit}`;
    const label = element("label", { for: id }, shown.question);
    const value = element("output", { for: id, class: "sc-value" });
    const input = element("input", { id, type: "range", min: 0, max: shown.most, step: shown.step });
    input.value = expected ?? Math.round(shown.most / 4 / shown.step) * shown.step;
    const told = () => {
      value.textContent = say(input.value);
      input.setAttribute("aria-valuetext", say(input.value));
      input.style.setProperty("--filled", `${(100 * input.value) / shown.most}%`);
    };
    input.addEventListener("input", () => {
      expected = Number(input.value);
      told();
    });
    told();
    const send = element("button", { type: "button", class: "sc-send" }, shown.send);
    const choices = shown.verdicts.map(([key, name]) => {
      const radio = element("input", { type: "radio", name: id, value: key });
      radio.checked = key === verdict;
      radio.addEventListener("change", () => {
        verdict = key;
        send.disabled = false;
      });
      return element("label", { class: "sc-radio" }, radio, name);
    });
    send.disabled = verdict === null;
    send.addEventListener("click", () => model.send({ kind: "guess", expected: Number(input.value), verdict }));
    const skip = element("button", { type: "button", class: "sc-quiet" }, shown.skip);
    skip.addEventListener("click", () => model.send({ kind: "skip" }));
    el.replaceChildren(
      element("div", { class: "sc-lever" }, element("div", { class: "sc-lever-head" }, label, value), input,
        element("div", { class: "sc-ends", "aria-hidden": "true" }, element("span", {}, written.format(0)), element("span", {}, written.format(shown.most)))),
      element("p", { class: "sc-start" }, shown.start),
      element("div", { role: "radiogroup", "aria-label": shown.compared, class: "sc-radios" }, element("p", { "aria-hidden": "true" }, shown.compared), ...choices),
      element("div", { class: "sc-choose" }, send, skip),
      element("p", { role: "alert", class: "sc-sorry" }, shown.sorry ?? ""));
  }

  model.on("change:shown", draw);
  draw();
  return () => model.off("change:shown", draw);
}

export default { render };
