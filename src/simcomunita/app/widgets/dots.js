// A dot for each who said what they expect, stacked where several expect the same, over what the runs say.
const SPACE = "http://www.w3.org/2000/svg";
const COLOURS = { better: "#0072B2", worse: "#D55E00", unclear: "#4D4D4D" };

function drawn(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

// Told apart by shape as well as by colour.
function mark(kind, x, y, r) {
  const paint = { fill: COLOURS[kind], class: `sc-dot sc-dot-${kind}` };
  if (kind === "worse") return drawn("path", { d: `M${x - r},${y - 0.8 * r}h${2 * r}L${x},${y + r}Z`, ...paint });
  if (kind === "better") return drawn("path", { d: `M${x - r},${y + 0.8 * r}h${2 * r}L${x},${y - r}Z`, ...paint });
  return drawn("circle", { cx: x, cy: y, r: 0.85 * r, ...paint });
}

function render({ model, el }) {
  el.classList.add("sc-dots");
  const frame = document.createElement("div");
  const legend = document.createElement("ul");
  legend.className = "sc-dots-legend";
  el.append(frame, legend);

  function draw() {
    const shown = model.get("shown");
    if (!shown.most) return;
    const width = Math.max(el.clientWidth || 0, 280);
    const letter = parseFloat(getComputedStyle(el).fontSize) || 18;
    const side = letter * 1.6;
    const place = (value) => side + (value / shown.most) * (width - 2 * side);
    // As many columns as there is room for: dots of a column stand on each other.
    const r = Math.max(5, Math.min(10, width / 120));
    const columns = new Map();
    const spots = shown.dots.map(([value, kind]) => {
      const column = Math.round(place(value) / (2.2 * r));
      const high = columns.get(column) ?? 0;
      columns.set(column, high + 1);
      return { x: column * 2.2 * r, high, kind };
    });
    const most = Math.max(4, ...columns.values());
    const step = Math.min(2.2 * r, 300 / most);
    const top = letter * 2.6;
    const ground = top + most * step + r;
    const height = ground + letter * 2;
    const picture = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": shown.summary });
    if (shown.band) {
      const { low, middle, high, text } = shown.band;
      const from = place(Math.min(low, shown.most));
      const to = place(Math.min(high, shown.most));
      const at = place(Math.min(middle, shown.most));
      picture.append(drawn("rect", { x: from, y: top - 6, width: Math.max(to - from, 2), height: ground - top + 6, fill: "#009E73", opacity: 0.22, class: "sc-dots-band" }),
        drawn("line", { x1: at, x2: at, y1: top - 6, y2: ground, stroke: "#00573d", "stroke-width": 3 }));
      const end = at > width / 2;
      picture.append(drawn("text", { x: Math.max(4, Math.min(width - 4, at)), y: top - 14, fill: "#00573d", "font-weight": 650, "font-size": letter, "text-anchor": end ? "end" : "start" }, text));
    }
    picture.append(drawn("line", { x1: side, x2: width - side, y1: ground, y2: ground, stroke: "#565656", "stroke-width": 1.5 }));
    let taken = -Infinity;
    for (const [value, text] of shown.ticks) {
      const x = place(value);
      if (x - taken < letter * 3.2) continue;
      taken = x;
      picture.append(drawn("line", { x1: x, x2: x, y1: ground, y2: ground + 6, stroke: "#565656" }),
        drawn("text", { x, y: ground + letter * 1.3, fill: "#565656", "font-size": letter, "text-anchor": "middle" }, text));
    }
    for (const { x, high, kind } of spots) picture.append(mark(kind, x, ground - r - 2 - high * step, r));
    frame.replaceChildren(picture);
    legend.replaceChildren(...shown.legend.map(([kind, text]) => {
      const item = document.createElement("li");
      const sign = drawn("svg", { width: 22, height: 22, "aria-hidden": "true" });
      sign.append(mark(kind, 11, 11, 8));
      item.append(sign, text);
      return item;
    }));
  }
  let wide = 0;
  const watch = new ResizeObserver(() => {
    if (el.clientWidth === wide) return;
    wide = el.clientWidth;
    draw();
  });
  watch.observe(el);
  model.on("change:shown", draw);
  draw();
  return () => {
    watch.disconnect();
    model.off("change:shown", draw);
  };
}

export default { render };
