// What flows between municipalities, or between groups of people: arrows whose width is how much, month by month.

const HIGH = 540, PAST = "#6b6b6b", NOW = "#0072B2", OTHER = "#D55E00";

function render({ model, el }) {
  el.classList.add("sc-film", "sc-flows");
  const play = player(model, (at) => (draw(at), rest.moved()));
  const rest = resting(model, play);
  const side = element("select"), kind = element("div", { class: "sc-kinds", role: "group" });
  const said = element("p", { class: "sc-said", "aria-live": "off" });
  const picture = element("div", { class: "sc-picture" });
  const bars = element("div", { class: "sc-bars" });
  const table = element("details", {}, element("summary"), element("div", { class: "sc-scroll", tabindex: 0, role: "region" }));
  const chosen = { side: "municipality", kind: "ties" };
  const keep = keeper(model, {
    pictures: () => [{ from: picture.firstChild, caption: model.get("data").dates[play.at()] }],
    said: () => `${model.get("data").dates[play.at()]}, ${model.get("data").name}: ${said.textContent}`,
    filled: () => (fill(play.at()), table.lastChild),
    scaled: () => scale(el),
  });
  let flows = null;

  function sum(at) {
    const { sides, window: span } = model.get("data");
    const one = sides[chosen.side], k = one.names.length, size = k * k;
    const start = one.offset + (chosen.kind === "ties" ? 0 : one.months * size);
    const total = new Float64Array(size);
    for (let t = Math.max(0, at - span + 1); t <= at; t++)
      for (let c = 0; c < size; c++) total[c] += flows[start + t * size + c];
    return total;
  }

  function totals() {
    const one = model.get("data").sides[chosen.side], size = one.names.length ** 2;
    const start = one.offset + (chosen.kind === "ties" ? 0 : one.months * size);
    return Array.from({ length: one.months }, (_, t) => {
      let n = 0;
      for (let c = 0; c < size; c++) n += flows[start + t * size + c];
      return n;
    });
  }

  function strongest() {
    const { dates } = model.get("data");
    let most = 8;
    for (let at = 0; at < dates.length; at += 6) {
      const f = sum(at), k = Math.sqrt(f.length);
      for (let c = 0; c < f.length; c++) if (Math.floor(c / k) !== c % k) most = Math.max(most, f[c]);
    }
    return most;
  }

  // Drawn as wide as there is room, in letters of the page's size; the map is stretched to fill it, a little.
  const width = () => Math.max(300, Math.min((el.clientWidth || 900) / scale(el), 1100));
  function spots(one) {
    const w = width(), edge = w < 600 ? 62 : 110;
    const ends = [0, 1].map((d) => [Math.min(...one.spots.map((p) => p[d])), Math.max(...one.spots.map((p) => p[d]))]);
    const room = [w - 2 * edge, HIGH - 130];
    const most = Math.min(...ends.map(([a, b], d) => room[d] / (b - a || 1)));
    return one.spots.map((spot) => spot.map((v, d) => {
      const [a, b] = ends[d], scale = Math.min(room[d] / (b - a || 1), 2 * most);
      return (d ? 45 : edge) + room[d] / 2 + (v - (a + b) / 2) * scale;
    }));
  }

  let most = 1;
  function draw(at) {
    const data = model.get("data"), lang = data.language;
    if (!flows) return;
    const one = data.sides[chosen.side], k = one.names.length, f = sum(at), past = at < data.branch;
    const colour = past ? PAST : chosen.kind === "ties" ? NOW : OTHER;
    const at_ = spots(one), directed = chosen.kind !== "ties";
    const w = width();
    const svg = element("svg", { viewBox: `0 0 ${w} ${HIGH}`, width: w * scale(el), height: HIGH * scale(el), role: "img", "aria-label": summary(f, one) });
    if (past) svg.append(element("rect", { x: 0, y: 0, width: w, height: HIGH, rx: 12, fill: "#eeece5" }));
    const arrows = [];
    let within = 0, all = 0;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) {
        const n = f[i * k + j];
        all += n;
        if (i === j) within += n;
        else if (n) arrows.push([n, i, j]);
      }
    arrows.sort((a, b) => a[0] - b[0]);
    for (const [n, i, j] of arrows) svg.append(...arrow(at_[i], at_[j], n, directed, colour, `${one.names[i]} ${directed ? "→" : "–"} ${one.names[j]}: ${written(n, lang)}`));
    const largest = Math.max(1, ...one.names.map((_, i) => f[i * k + i]));
    one.names.forEach((name, i) => {
      const [x, y] = at_[i], n = f[i * k + i], r = 8 + 18 * Math.sqrt(n / largest);
      svg.append(
        element("circle", { cx: x, cy: y, r, fill: colour, stroke: "#fff", "stroke-width": 3 }, element("title", {}, `${name}: ${written(n, lang)}`)),
        element("text", { x: inside(x, name, n, w), y: y + r + 20, class: "sc-town", "text-anchor": "middle" }, name, " ", element("tspan", { class: "sc-count" }, written(n, lang))),
      );
    });
    // The three widest say their number, where there is room for it.
    for (const [n, i, j] of arrows.slice(-3)) {
      const [x, y] = halfway(at_[i], at_[j], directed);
      const named = at_.some((p, q) => Math.abs(p[0] - x) < half(one.names[q], f[q * k + q]) + 18 && y - p[1] > -14 && y - p[1] < 56);
      if (!named) svg.append(element("text", { x, y: y + 7, class: "sc-on-arrow", "text-anchor": "middle" }, written(n, lang)));
    }
    picture.replaceChildren(svg);
    const filled = (text) => text.replace("{all}", written(all, lang)).replace("{across}", written(all - within, lang));
    said.textContent = filled(data.words[chosen.kind === "ties" ? "said_ties" : "said_activations"]);
    series(at);
    if (table.open) rows(f, one, directed);
  }
  function fill(at) {
    rows(sum(at), model.get("data").sides[chosen.side], chosen.kind !== "ties");
  }

  // About how wide half a name with its number is, and where it may stand so that the picture does not cut it.
  const half = (name, n) => 5.4 * (name.length + String(n).length + 2);
  const inside = (x, name, n, w) => Math.max(half(name, n), Math.min(w - half(name, n), x));

  function summary(f, one) {
    const k = one.names.length, pairs = [];
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) if (i !== j && f[i * k + j]) pairs.push([f[i * k + j], `${one.names[i]}–${one.names[j]}`]);
    pairs.sort((a, b) => b[0] - a[0]);
    return `${model.get("data").words.title}. ${pairs.slice(0, 5).map(([n, name]) => `${name}: ${n}`).join("; ")}`;
  }

  function curve([x1, y1], [x2, y2], directed) {
    const dx = x2 - x1, dy = y2 - y1, bend = directed ? 0.16 : 0.06;
    return [(x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend];
  }
  function halfway(a, b, directed) {
    const c = curve(a, b, directed);
    return [0.25 * a[0] + 0.5 * c[0] + 0.25 * b[0], 0.25 * a[1] + 0.5 * c[1] + 0.25 * b[1]];
  }
  function arrow(a, b, n, directed, colour, name) {
    const wide = 1.2 + 17 * (n / most), c = curve(a, b, directed);
    const length = Math.hypot(b[0] - c[0], b[1] - c[1]) || 1, u = [(b[0] - c[0]) / length, (b[1] - c[1]) / length];
    const head = directed ? 12 + wide : 0, tip = [b[0] - u[0] * 28, b[1] - u[1] * 28], foot = [tip[0] - u[0] * head, tip[1] - u[1] * head];
    const end = directed ? foot : b;
    const made = [element("path", { d: `M${a} Q${c} ${end}`, fill: "none", stroke: colour, "stroke-width": wide, "stroke-opacity": 0.45, "stroke-linecap": directed ? "butt" : "round" }, element("title", {}, name))];
    if (directed) {
      const s = 5 + wide * 0.75;
      made.push(element("path", { d: `M${tip} L${foot[0] - u[1] * s},${foot[1] + u[0] * s} L${foot[0] + u[1] * s},${foot[1] - u[0] * s} Z`, fill: colour, "fill-opacity": 0.75 }));
    }
    return made;
  }

  // How much in each month: the past in grey, what follows in colour.
  function series(at) {
    const data = model.get("data"), counts = totals(), top = Math.max(1, ...counts), n = counts.length;
    const svg = element("svg", { viewBox: `0 0 ${n} 30`, preserveAspectRatio: "none", "aria-hidden": "true" });
    counts.forEach((count, t) => {
      const h = (28 * count) / top;
      svg.append(element("rect", { x: t + 0.1, y: 30 - h, width: 0.8, height: h, fill: t < data.branch ? PAST : chosen.kind === "ties" ? NOW : OTHER, opacity: t === at ? 1 : 0.45 }));
    });
    bars.replaceChildren(element("p", {}, `${data.words.each_month}: ${written(counts[at], data.language)}`), svg);
  }

  function rows(f, one, directed) {
    const data = model.get("data"), k = one.names.length, body = element("tbody"), found = [];
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) if (f[i * k + j]) found.push([f[i * k + j], i, j]);
    found.sort((a, b) => b[0] - a[0]);
    for (const [n, i, j] of found)
      body.append(element("tr", {}, element("th", { scope: "row" }, one.names[i]), element("td", {}, i === j ? data.words.same : one.names[j]), element("td", {}, written(n, data.language))));
    const heads = [directed ? data.words.from : data.words.between, directed ? data.words.to : data.words.and, data.words.how_many];
    table.lastChild.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((one) => element("th", { scope: "col" }, one)))), body));
  }

  function begin() {
    const data = model.get("data");
    if (!data.dates) return;
    flows = wholes(data.flows);
    side.replaceChildren(...Object.entries(data.sides).map(([key, one]) => new Option(one.title, key)));
    side.value = chosen.side;
    side.setAttribute("aria-label", data.words.sides);
    kind.setAttribute("aria-label", data.words.kinds);
    kind.replaceChildren(...["ties", "activations"].map((key) => {
      const one = element("button", { type: "button", "aria-pressed": chosen.kind === key }, data.words[key]);
      one.addEventListener("click", () => { chosen.kind = key; begin(); });
      return one;
    }));
    table.firstChild.textContent = data.words.table;
    table.lastChild.setAttribute("aria-label", data.words.table);
    most = strongest();
    keep.begin();
    play.begin();
  }

  side.addEventListener("change", () => { chosen.side = side.value; most = strongest(); draw(play.at()); });
  table.addEventListener("toggle", () => draw(play.at()));
  model.on("change:data", begin);
  const watch = new ResizeObserver(() => draw(play.at()));
  watch.observe(el);
  el.append(element("div", { class: "sc-choose" }, kind, side), said, picture, bars, play.box, keep.box, table);
  begin();
  return () => {
    play.end();
    rest.end();
    watch.disconnect();
    model.off("change:data", begin);
  };
}

export default { render };
