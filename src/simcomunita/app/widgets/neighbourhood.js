// A few hundred people on a canvas: fixed spots, one byte of state a person and month. Followed by mouse, touch or keyboard.

const COLOUR = ["#c9c7c1", "#56B4E9", "#009E73", "#0072B2", "#0072B2", "#D55E00"];
const RADIUS = [3, 4.5, 6, 7.5, 7.5, 3.6];
const NOT_REACHED = 0, REACHED = 1, PARTICIPANT = 2, ACTIVE = 3, PROMOTER = 4, STOPPED = 5, FINE = 65535;

// Colour and shape both say what somebody is: a dot, a ring, a disc, a disc in a ring, a star, a cross.
function mark(g, look, x, y, scale = 1) {
  const r = RADIUS[look] * scale;
  g.beginPath();
  g.strokeStyle = g.fillStyle = COLOUR[look];
  if (look === STOPPED) {
    g.lineWidth = 1.8 * scale;
    g.moveTo(x - r, y - r); g.lineTo(x + r, y + r); g.moveTo(x + r, y - r); g.lineTo(x - r, y + r);
    g.stroke();
  } else if (look === PROMOTER) {
    for (let k = 0; k < 10; k++) {
      const a = (Math.PI * k) / 5 - Math.PI / 2, d = (k % 2 ? 0.62 : 1.5) * r;
      g[k ? "lineTo" : "moveTo"](x + d * Math.cos(a), y + d * Math.sin(a));
    }
    g.closePath(); g.fill(); g.lineWidth = 1.2; g.strokeStyle = "#fff"; g.stroke();
  } else {
    g.arc(x, y, look === ACTIVE ? r * 0.72 : r, 0, 7);
    if (look === REACHED) { g.lineWidth = 2 * scale; g.fillStyle = "#fff"; g.fill(); g.stroke(); } else g.fill();
    if (look === ACTIVE) { g.beginPath(); g.lineWidth = 1.8 * scale; g.arc(x, y, r * 1.15, 0, 7); g.stroke(); }
  }
}

// What the people are around: a facilitator as a diamond, a place as a square; hollow while it is not there.
function centre(g, kind, x, y, r, there = true) {
  g.save();
  g.translate(x, y);
  if (kind === "facilitator") g.rotate(Math.PI / 4);
  g.beginPath(); g.rect(-r, -r, 2 * r, 2 * r);
  g.fillStyle = there ? "#E69F00" : "#fff"; g.fill();
  g.lineWidth = 2.5; g.strokeStyle = "#1a1a1a"; g.setLineDash(there ? [] : [4, 3]); g.stroke();
  g.restore();
}

// What the signs mean, to be saved beside the picture.
function key(rows, kind) {
  const row = 32, high = row * rows.length, font = "18px sans-serif", made = element("canvas"), g = made.getContext("2d");
  g.font = font;
  const wide = 40 + Math.ceil(Math.max(...rows.map(([, text]) => g.measureText(text).width)));
  Object.assign(made, { width: wide * TIMES, height: high * TIMES });  // which forgets the font
  g.scale(TIMES, TIMES);
  g.font = font;
  g.textBaseline = "middle";
  rows.forEach(([look, text], i) => {
    const y = row * (i + 0.5);
    if (look === null) centre(g, kind, 14, y, 8);
    else mark(g, look, 14, y, 1.15);
    g.fillStyle = "#1a1a1a";
    g.fillText(text, 36, y);
  });
  return { from: made, caption: "", wide, high };
}

function render({ model, el }) {
  el.classList.add("sc-film", "sc-hood");
  const play = player(model, draw);
  const canvas = element("canvas", { tabindex: 0, role: "application" });
  const tip = element("div", { class: "sc-tip", "aria-hidden": "true" });
  const spoken = element("p", { class: "sc-unseen", "aria-live": "polite" });
  const legend = element("ul", { class: "sc-legend" });
  const story = element("section", { class: "sc-story", "aria-live": "polite" });
  const counted = element("p", { class: "sc-said" });
  const table = element("details", {}, element("summary"), element("div", { class: "sc-scroll", tabindex: 0, role: "region" }));
  const left = element("div", { class: "sc-stage" });
  const g = canvas.getContext("2d");
  const keep = keeper(model, {
    pictures: () => [{ from: canvas, caption: model.get("data").dates[play.at()] }, meant()],
    said: () => `${model.get("data").dates[play.at()]}, ${model.get("data").name}: ${canvas.getAttribute("aria-label").replace(model.get("data").words.keys, "").trim()}`,
    filled: () => (rows(), table.lastChild),
    scaled: () => scale(el),
  });
  let people, spots, looks, ties, known, k, size = 0, unit = 1, cursor = -1, over = -1, place = new Map();

  function meant() {
    const data = model.get("data"), count = counts(play.at());
    const rows = data.looks.map((name, look) => [look, `${name}: ${written(count[look], data.language)}`]);
    return key(data.kind === "town" ? rows : [...rows, [null, data.words[data.kind]]], data.kind);
  }

  const lookOf = (i, at = play.at()) => looks[at * k + i];
  const at = (i) => [20 + (spots[2 * i] / FINE) * (size - 40), 20 + (spots[2 * i + 1] / FINE) * (size - 40)];

  // What is drawn is measured in the page's letters: `size` is 666 at most, `unit` how many times as large it is shown.
  function resize() {
    unit = scale(el);
    size = Math.max(280, Math.min((left.clientWidth || 600) / unit, 666));
    const dots = window.devicePixelRatio || 1, wide = Math.floor(size * unit);
    if (canvas.width !== Math.floor(wide * dots)) canvas.width = canvas.height = wide * dots;
    canvas.style.width = canvas.style.height = `${wide}px`;
    g.setTransform(dots * unit, 0, 0, dots * unit, 0, 0);
    draw();
  }

  function draw() {
    if (!looks || !size) return;
    const t = play.at(), followed = place.get(model.get("followed")) ?? -1, data = model.get("data");
    g.fillStyle = t < data.branch ? "#f1efe9" : "#ffffff";
    g.fillRect(0, 0, size, size);
    const near = new Set(), line = (a, b) => { g.moveTo(a[0], a[1]); g.lineTo(b[0], b[1]); };
    const here = (x, row) => x[4 * row + 2] <= t && t <= x[4 * row + 3];
    const paths = { quiet: [], taking: [], mine: [] };
    for (let e = 0; e < ties.length / 4; e++) {
      if (!here(ties, e)) continue;
      const a = ties[4 * e], b = ties[4 * e + 1];
      if (a === followed || b === followed) { paths.mine.push([a, b]); near.add(a).add(b); continue; }
      const both = [a, b].every((i) => [PARTICIPANT, ACTIVE, PROMOTER].includes(lookOf(i, t)));
      paths[both ? "taking" : "quiet"].push([a, b]);
    }
    const dim = followed >= 0 ? 0.45 : 1;
    for (const [name, colour, wide] of [["quiet", `rgba(60,60,60,${0.07 * dim})`, 0.8], ["taking", `rgba(0,114,178,${0.4 * dim})`, 1.4], ["mine", "rgba(20,20,20,.75)", 1.8]]) {
      g.beginPath(); g.strokeStyle = colour; g.lineWidth = wide;
      for (const [a, b] of paths[name]) line(at(a), at(b));
      g.stroke();
    }
    if (data.kind === "facilitator") {
      g.beginPath(); g.strokeStyle = `rgba(230,159,0,${0.28 * dim})`; g.lineWidth = 1;
      for (let e = 0; e < known.length / 3; e++) if (known[3 * e + 1] <= t && t <= known[3 * e + 2]) line(at(k), at(known[3 * e]));
      g.stroke();
    }
    for (let look = 0; look < COLOUR.length; look++)
      for (let i = 0; i < k; i++) {
        if (lookOf(i, t) !== look) continue;
        g.globalAlpha = followed < 0 || i === followed || near.has(i) ? 1 : 0.4;
        mark(g, look, ...at(i), i === followed ? 1.5 : 1);
      }
    g.globalAlpha = 1;
    if (data.kind !== "town") centre(g, data.kind, ...at(k), 13, data.open.some(([first, last]) => first <= t && t <= last));
    for (const [i, colour] of [[followed, "#1a1a1a"], [cursor === followed ? -1 : cursor, "#CC79A7"]]) {
      if (i < 0) continue;
      g.beginPath(); g.strokeStyle = colour; g.lineWidth = 3; g.arc(...at(i), 14, 0, 7); g.stroke();
    }
    tell(t);
  }

  function counts(t) {
    const count = new Array(COLOUR.length).fill(0);
    for (let i = 0; i < k; i++) count[lookOf(i, t)]++;
    return count;
  }

  function tell(t) {
    const data = model.get("data"), count = counts(t);
    legend.querySelectorAll("b").forEach((one) => { if (one.dataset.look) one.textContent = written(count[one.dataset.look], data.language); });
    canvas.setAttribute("aria-label", `${data.title}. ${data.looks.map((name, look) => `${name}: ${count[look]}`).join(", ")}. ${data.words.keys}`);
    story.querySelectorAll("li").forEach((one) => one.classList.toggle("sc-later", Number(one.dataset.at) > t));
    if (table.open) rows();
  }

  function named(i) {
    const data = model.get("data"), t = play.at();
    let n = 0;
    for (let e = 0; e < ties.length / 4; e++) n += (ties[4 * e] === i || ties[4 * e + 1] === i) && ties[4 * e + 2] <= t && t <= ties[4 * e + 3];
    return `${data.words.person.replace("{number}", people[i])}: ${data.looks[lookOf(i)]}; ${data.words.ties.replace("{count}", n)}`;
  }

  function nearest(x, y) {
    let best = -1, least = 24 ** 2;
    for (let i = 0; i < k; i++) {
      const [a, b] = at(i), d = (a - x) ** 2 + (b - y) ** 2 - 12 * lookOf(i);
      if (d < least) { least = d; best = i; }
    }
    return best;
  }
  function point(event) {
    const box = canvas.getBoundingClientRect();
    over = nearest((event.clientX - box.left) / unit, (event.clientY - box.top) / unit);
    canvas.style.cursor = over < 0 ? "default" : "pointer";
    hint(over);
  }
  function hint(i) {
    tip.hidden = i < 0;
    if (i < 0) return;
    const [x, y] = at(i);
    tip.textContent = named(i);
    tip.style.left = `${unit * Math.max(0, Math.min(x - 20, size - 260))}px`;
    tip.style.top = `${unit * (y > size - 90 ? y - 78 : y + 18)}px`;
  }
  function follow(person) {
    model.set("followed", person);
    model.save_changes();
    draw();
  }

  // Arrows go to the nearest person that way; Enter follows, Escape lets go.
  function walk(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Enter" || event.key === " ") { if (cursor >= 0) follow(people[cursor]); }
    else if (event.key === "Escape") { cursor = -1; hint(-1); follow(-1); }
    else if (way) {
      if (cursor < 0) cursor = place.get(model.get("followed")) ?? nearestTo(size / 2, size / 2);
      else {
        const [x, y] = at(cursor);
        let best = cursor, least = Infinity;
        for (let i = 0; i < k; i++) {
          const [a, b] = at(i), along = (a - x) * way[0] + (b - y) * way[1], aside = Math.abs((a - x) * way[1]) + Math.abs((b - y) * way[0]);
          if (along > 1 && along + 2.5 * aside < least) { least = along + 2.5 * aside; best = i; }
        }
        cursor = best;
      }
      hint(cursor);
      spoken.textContent = named(cursor);
      draw();
    } else return;
    event.preventDefault();
  }
  function nearestTo(x, y) {
    let best = 0, least = Infinity;
    for (let i = 0; i < k; i++) { const [a, b] = at(i), d = (a - x) ** 2 + (b - y) ** 2; if (d < least) { least = d; best = i; } }
    return best;
  }

  function button(person, text) {
    const one = element("button", { type: "button", class: "sc-who" }, text);
    one.addEventListener("click", () => follow(person));
    return one;
  }

  function write() {
    const one = model.get("story"), { words } = model.get("data");
    if (!one.title) return story.replaceChildren(element("h3", {}, words.story), element("p", {}, words.choose), element("p", { class: "sc-note" }, words.not_real));
    const lines = element("ol");
    for (const [t, when, text] of one.lines) lines.append(element("li", { "data-at": t }, element("strong", {}, when), " ", text));
    story.replaceChildren(element("h3", {}, one.title), element("p", {}, one.who), lines);
    if (one.chain) story.append(element("p", {}, one.chain));
    const others = one.people.slice(0, 12).map((person) => button(person, words.person.replace("{number}", person)));
    if (others.length) story.append(element("h4", {}, words.others), element("div", { class: "sc-others" }, ...others));
    story.append(element("div", { class: "sc-others" }, button(-1, words.leave)), element("p", { class: "sc-note" }, one.note));
    draw();
  }

  function rows() {
    const data = model.get("data"), body = element("tbody"), order = [4, 3, 2, 5, 1, 0];
    const t = play.at(), listed = Array.from({ length: k }, (_, i) => i).filter((i) => lookOf(i, t) > 0);
    listed.sort((a, b) => order.indexOf(lookOf(a, t)) - order.indexOf(lookOf(b, t)) || a - b);
    for (const i of listed) {
      const [name, ties_] = named(i).split("; ");
      body.append(element("tr", {}, element("th", { scope: "row" }, button(people[i], name.split(": ")[0])), element("td", {}, data.looks[lookOf(i)]), element("td", {}, ties_)));
    }
    table.lastChild.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...data.words.columns.map((one) => element("th", { scope: "col" }, one)))), body));
  }

  function begin() {
    const data = model.get("data");
    if (!data.dates) return;
    looks = bytes(data.packed.looks);
    [spots, ties, known] = ["spots", "ties", "known"].map((name) => wholes(data.packed[name]));
    people = data.people;
    k = people.length;
    place = new Map(people.map((one, i) => [one, i]));
    cursor = over = -1;
    hint(-1);
    counted.textContent = data.title;
    keep.begin();
    table.firstChild.textContent = data.words.table;
    table.lastChild.setAttribute("aria-label", data.words.table);
    canvas.setAttribute("aria-roledescription", data.words.picture);
    legend.replaceChildren(...data.looks.map((name, look) => {
      const fine = 2 * scale(el), sign = element("canvas", { width: 28 * fine, height: 28 * fine, "aria-hidden": "true" }), c = sign.getContext("2d");
      c.scale(fine, fine);
      mark(c, look, 14, 14, 1.15);
      return element("li", {}, sign, name, " ", element("b", { "data-look": look }));
    }));
    if (data.kind !== "town") legend.append(element("li", {}, element("i", { class: `sc-sign-${data.kind}` }), data.words[data.kind]));
    write();
    play.begin();
    resize();
  }

  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerleave", () => hint(-1));
  canvas.addEventListener("click", (event) => { point(event); follow(over < 0 ? -1 : people[over]); });
  canvas.addEventListener("keydown", walk);
  canvas.addEventListener("blur", () => { cursor = -1; hint(-1); draw(); });
  table.addEventListener("toggle", draw);
  model.on("change:data", begin);
  model.on("change:story", write);
  model.on("change:followed", draw);
  left.append(canvas, tip);
  el.append(counted, play.box, element("div", { class: "sc-beside" }, element("div", {}, left, legend), story), spoken, keep.box, table);
  const watch = new ResizeObserver(resize);
  watch.observe(left);
  begin();
  return () => {
    play.end();
    watch.disconnect();
    model.off("change:data", begin);
    model.off("change:story", write);
    model.off("change:followed", draw);
  };
}

export default { render };
