// How many people and ties there were in each month: small pictures side by side, all with the film's month marked.

const HEIGHT = 150, TOP = 26, FOOT = 24, SIDE = 8, QUIET = "#565656", PAST = "#6b6b6b";
const COLOURS = { contact: "#2b86b5", taking: "#009E73", running: "#005f96", ties: "#0072B2" };
const BARS = ["ties"];  // what happens in a month; all else is how things stand at its end

function render({ model, el }) {
  el.classList.add("sc-film", "sc-courses");
  const play = player(model, draw);
  const date = element("span", { class: "sc-date" }), era = element("span", { class: "sc-era" }), said = element("span");
  const line = element("p", { class: "sc-said sc-when" }, date, era, said);
  const pictures = element("div", { class: "sc-panels" });
  const table = element("details", {}, element("summary"), element("div", { class: "sc-scroll", tabindex: 0, role: "region" }));
  const keep = keeper(model, {
    pictures: () => model.get("data").courses.map((course, k) => ({ from: panels[k].svg, caption: `${course.name} ${written(course.values[play.at()], model.get("data").language)}` })),
    said: () => line.innerText.replace(/\s+/g, " "),
    filled: () => (rows(), table.lastChild),
    scaled: () => scale(el),
  });
  let panels = [];

  // The next round number that nothing goes beyond.
  function above(value) {
    const ten = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
    return [1, 2, 3, 4, 5, 6, 8, 10].map((one) => one * ten).find((one) => one >= value);
  }

  function panel(course) {
    const data = model.get("data"), { language, branch, months } = data, n = months.length;
    const value = element("b");
    const box = element("figure", { class: "sc-course" }, element("figcaption", {}, course.name, " ", value));
    const colour = COLOURS[course.key], most = above(Math.max(...course.values));
    const last = course.values.at(-1), first = course.values[0], parted = course.values[Math.max(0, branch - 1)];
    const summary = [[0, first], [branch - 1, parted], [n - 1, last]].filter(([t]) => t >= 0 && t < n)
      .map(([t, count]) => `${data.dates[t]}: ${written(count, language)}`).join("; ");
    const svg = element("svg", { role: "img", "aria-label": `${course.name}. ${summary}` });
    box.append(svg);
    let x, y, mark, dot;

    function paint(wide, unit) {
      const step = (wide - 2 * SIDE) / n;
      x = (t) => SIDE + (t + 0.5) * step;
      y = (count) => HEIGHT - FOOT - (count / most) * (HEIGHT - FOOT - TOP);
      svg.setAttribute("viewBox", `0 0 ${wide} ${HEIGHT}`);
      svg.setAttribute("height", HEIGHT * unit);
      const floor = HEIGHT - FOOT, parting = SIDE + branch * step, drawn = [];
      if (branch > 0) drawn.push(element("rect", { x: SIDE, y: 0, width: parting - SIDE, height: floor, fill: "#eeece5" }));
      drawn.push(element("line", { x1: SIDE, x2: wide - SIDE, y1: TOP, y2: TOP, stroke: "#d9d6ce" }));
      if (BARS.includes(course.key)) course.values.forEach((count, t) =>
        drawn.push(element("rect", { x: x(t) - 0.4 * step, width: 0.8 * step, y: y(count), height: floor - y(count), fill: t < branch ? PAST : colour, opacity: 0.75 })));
      else for (const [from, to, ink] of [[0, branch - 1, PAST], [Math.max(0, branch - 1), n - 1, colour]]) {
        if (to <= from) continue;
        const points = course.values.slice(from, to + 1).map((count, i) => `${x(from + i)},${y(count)}`).join(" ");
        drawn.push(element("path", { d: `M${x(from)},${floor} L${points} L${x(to)},${floor} Z`, fill: ink, opacity: 0.18 }));
        drawn.push(element("path", { d: `M${points}`, fill: "none", stroke: ink, "stroke-width": 3, "stroke-linejoin": "round" }));
      }
      drawn.push(element("line", { x1: SIDE, x2: wide - SIDE, y1: floor, y2: floor, stroke: QUIET }));
      if (branch > 0) drawn.push(element("line", { x1: parting, x2: parting, y1: 0, y2: floor, stroke: QUIET, "stroke-dasharray": "4 4" }));
      const year = (t, anchor, at) => element("text", { x: at, y: HEIGHT - 5, "text-anchor": anchor }, months[t].slice(0, 4));
      drawn.push(element("text", { x: SIDE + 3, y: TOP - 6 }, written(most, language)), year(0, "start", SIDE), year(n - 1, "end", wide - SIDE));
      if (branch > 0 && branch < n && parting > SIDE + 75 && parting < wide - SIDE - 75) drawn.push(year(branch, "middle", parting));
      mark = element("line", { y1: 0, y2: floor, stroke: "#1a1a1a", "stroke-width": 2 });
      dot = element("circle", { r: 6, stroke: "#fff", "stroke-width": 2 });
      svg.replaceChildren(...drawn, mark, dot);
    }

    function show(at) {
      value.textContent = written(course.values[at], language);
      if (!mark) return;
      for (const end of ["x1", "x2"]) mark.setAttribute(end, x(at));
      dot.setAttribute("cx", x(at));
      dot.setAttribute("cy", y(course.values[at]));
      dot.setAttribute("fill", at < branch ? PAST : colour);
    }

    // Whoever points at a month sees it everywhere.
    function point(event) {
      if (!event.buttons) return;
      const there = svg.getBoundingClientRect(), edge = (SIDE * there.width) / svg.viewBox.baseVal.width;
      play.go(Math.floor(((event.clientX - there.left - edge) / (there.width - 2 * edge)) * n));
    }
    svg.addEventListener("pointerdown", point);
    svg.addEventListener("pointermove", point);
    return { box, svg, paint, show };
  }

  function draw(at) {
    const data = model.get("data");
    if (!data.dates) return;
    const past = at < data.branch, now = Object.fromEntries(data.courses.map(({ key, values }) => [key, written(values[at], data.language)]));
    date.textContent = data.dates[at];
    era.textContent = past ? data.words.history : data.name;
    era.className = `sc-era ${past ? "sc-era-past" : "sc-era-now"}`;
    said.textContent = data.words.said.replace(/\{(\w+)\}/g, (_, key) => now[key] ?? written(data.residents, data.language));
    panels.forEach((one) => one.show(at));
    table.querySelectorAll("tr[data-at]").forEach((row) => {
      if (Number(row.dataset.at) === at) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
  }

  function resize() {
    const unit = scale(el);
    for (const one of panels) if (one.svg.clientWidth) one.paint(one.svg.clientWidth / unit, unit);
    draw(play.at());
  }

  function rows() {
    const data = model.get("data"), heads = [data.words.month, ...data.courses.map((one) => one.name)];
    const made = element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((one) => element("th", { scope: "col" }, one)))));
    for (const [from, to, name] of [[0, data.branch, data.words.history], [data.branch, data.months.length, data.name]]) {
      if (to <= from) continue;
      const body = element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup", colspan: heads.length, class: "sc-era-row" }, name)));
      for (let t = from; t < to; t++)
        body.append(element("tr", { "data-at": t }, element("th", { scope: "row" }, data.dates[t]), ...data.courses.map((one) => element("td", {}, written(one.values[t], data.language)))));
      made.append(body);
    }
    table.lastChild.replaceChildren(made);
    draw(play.at());
  }

  function begin() {
    const data = model.get("data");
    if (!data.dates) return;
    panels = data.courses.map(panel);
    pictures.replaceChildren(...panels.map((one) => one.box));
    keep.begin();
    table.firstChild.textContent = data.words.table;
    table.lastChild.setAttribute("aria-label", `${data.words.title}: ${data.words.table}`);
    play.begin();
    resize();
    if (table.open) rows();
  }

  table.addEventListener("toggle", () => table.open && rows());
  model.on("change:data", begin);
  const watch = new ResizeObserver(resize);
  watch.observe(pictures);
  el.append(line, pictures, keep.box, table);
  begin();
  return () => {
    play.end();
    watch.disconnect();
    model.off("change:data", begin);
  };
}

export default { render };
