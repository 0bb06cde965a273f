// What the moving pictures share: a month that can be played, stepped and drawn along, and small ways to make elements.

function element(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "circle", "text", "rect", "line", "title", "tspan"].includes(tag);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function bytes(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function wholes(view) {
  const plain = new DataView(view.buffer, view.byteOffset, view.byteLength);
  return Uint16Array.from({ length: view.byteLength >> 1 }, (_, i) => plain.getUint16(2 * i, true));
}

function written(value, language) {
  return value.toLocaleString(language === "it" ? "it-IT" : "en-GB", { useGrouping: "always" });
}

// How many times as large letters are as those for which pictures are made: on a wall everything grows with them.
function scale(el) {
  return (parseFloat(getComputedStyle(el).fontSize) || 18) / 18;
}

// Pictures of the same film on one page show the same month: the one that plays tells the others, inside the browser.
// A picture that comes later begins where the film stands. Where it stands is the reader's own, so it is kept here.
const standing = (window.simcomunita_films ??= new Map());

function player(model, show) {
  const data = () => model.get("data");
  const words = () => data().words;
  const play = element("button", { type: "button", class: "sc-play" });
  const back = element("button", { type: "button" }, "◀");
  const on = element("button", { type: "button" }, "▶▏");
  const slider = element("input", { type: "range", min: 0, step: 1 });
  const date = element("output", { class: "sc-date" });
  const era = element("span", { class: "sc-era" });
  const box = element("div", { class: "sc-player" },
    element("div", { class: "sc-keys" }, play, back, on, element("span", { class: "sc-when" }, date, era)), slider);
  let timer = null, at = 0;

  function stop() {
    clearInterval(timer);
    timer = null;
    label();
  }
  function label() {
    play.textContent = timer ? `❚❚ ${words().pause}` : `▶ ${words().play}`;
  }
  function go(month, told = true) {
    const last = data().dates.length - 1;
    at = Math.max(0, Math.min(last, month));
    slider.value = at;
    const past = at < data().branch;
    date.textContent = data().dates[at];
    era.textContent = past ? words().history : data().name;
    era.className = `sc-era ${past ? "sc-era-past" : "sc-era-now"}`;
    slider.setAttribute("aria-valuetext", `${data().dates[at]}, ${era.textContent}`);
    box.classList.toggle("sc-in-past", past);
    if (data().film) standing.set(data().film, at);
    show(at);
    if (told) window.dispatchEvent(new CustomEvent("simcomunita-month", { detail: { film: data().film, at, by: box } }));
  }
  function heard(event) {
    if (event.detail.by !== box && data().film && event.detail.film === data().film) {
      if (timer) stop();
      go(event.detail.at, false);
    }
  }
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (at >= data().dates.length - 1) go(0);
    timer = setInterval(() => (at >= data().dates.length - 1 ? stop() : go(at + 1)), 350);
    label();
  });
  back.addEventListener("click", () => (stop(), go(at - 1)));
  on.addEventListener("click", () => (stop(), go(at + 1)));
  slider.addEventListener("input", () => (stop(), go(Number(slider.value))));
  window.addEventListener("simcomunita-month", heard);

  let film = null;
  function begin() {
    const one = data();
    slider.max = one.dates.length - 1;
    slider.setAttribute("aria-label", words().month);
    back.setAttribute("aria-label", words().back);
    on.setAttribute("aria-label", words().on);
    box.hidden = one.dates.length < 2;
    slider.style.setProperty("--past", `${(100 * (one.branch - 0.5)) / Math.max(one.dates.length - 1, 1)}%`);
    label();
    const first = film === null;
    film = one.film;
    const start = model.get("month") ?? -1;
    // Another film begins in the month in which the reader left the last one, however late it comes.
    go(!first ? at : start >= 0 ? start : standing.get(film) ?? one.dates.length - 1, start >= 0);
  }
  function end() {
    clearInterval(timer);
    window.removeEventListener("simcomunita-month", heard);
  }
  return { box, begin, end, go, at: () => at };
}

// Where the film rests stands in the link, in place of the month before: whoever steps through it fills no history.
function resting(model, play) {
  let timer = null, known = model.get("month");
  function moved() {
    clearTimeout(timer);
    if (model.get("link")) timer = setTimeout(tell, 600);
  }
  function tell() {
    const { months } = model.get("data"), at = play.at();
    if (!months || at === known) return;
    known = at;
    const month = at === months.length - 1 ? "" : months[at];
    history.replaceState(history.state, "", `${location.pathname}?${model.get("link")}${month && `&month=${month}`}`);
    model.send({ kind: "month", month });
  }
  function heard() {
    if (model.get("month") === known) return;
    known = model.get("month");
    play.go(known);
  }
  model.on("change:month", heard);
  return { moved, end: () => (clearTimeout(timer), model.off("change:month", heard)) };
}
