// What is funded when: every line in words, with its dates, and as a bar; the past drawn as the past.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  el.classList.add("sc-timeline");

  function draw() {
    const data = model.get("data");
    if (!data.rows) return;
    const part = (month) => `${(100 * month) / data.months}%`;
    const list = element("ul");
    for (const row of data.rows) {
      const track = element("div", { class: "sc-track", "aria-hidden": "true" });
      track.append(element("div", { class: "sc-past", style: `width:${part(data.branch)}` }));
      const bar = element("div", { class: `sc-bar sc-bar-${row.kind}` });
      bar.style.left = part(row.first);
      bar.style.width = `max(6px, ${part(row.last - row.first + 1)})`;
      if (row.colour) bar.style.setProperty("--colour", row.colour);
      track.append(bar);
      list.append(element("li", { class: `sc-row-${row.kind}` },
        element("div", { class: "sc-row-text" }, element("strong", {}, row.name), " ", element("span", {}, row.dates)), track));
    }
    const axis = element("div", { class: "sc-axis", "aria-hidden": "true" });
    for (const [month, year] of data.years) {
      const mark = element("span", {}, year);
      mark.style.left = part(month);
      axis.append(mark);
    }
    el.replaceChildren(element("h2", {}, data.title), list, axis);
  }

  model.on("change:data", draw);
  draw();
  return () => model.off("change:data", draw);
}

export default { render };
