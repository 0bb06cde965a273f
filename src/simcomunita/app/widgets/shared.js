// What charts share: the library that draws them, what stands around the picture, and saving their picture and their data.

const libraries = new Map();

function library(model) {
  const url = model.get("library_url");
  const key = url || "own";
  if (!libraries.has(key)) {
    // A widget's own text has an address of its own, from which "/..." leads nowhere.
    const from = url ? new URL(url, document.baseURI).href : URL.createObjectURL(new Blob([model.get("library_text")], { type: "text/javascript" }));
    libraries.set(key, import(from));
  }
  return libraries.get(key);
}

const QUIET = "#595959";
const INK = "#1a1a1a";

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function save(name, url) {
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

async function picture(data, echarts, option) {
  // The picture to be saved says what it shows and what that stands on, so that it can be passed on alone.
  const [width, height, dots, edge] = [1280, 560, 2, 32];
  const aside = element("div", { style: `width:${width}px;height:${height}px;position:absolute;left:-9999px` });
  document.body.append(aside);
  const chart = echarts.init(aside, null, { renderer: "canvas", devicePixelRatio: dots });
  chart.setOption(option(data, width, true, 20, getComputedStyle(document.body).fontFamily));
  const drawn = new Image();
  drawn.src = chart.getDataURL({ type: "png", pixelRatio: dots, backgroundColor: "#fff" });
  await drawn.decode();
  chart.dispose();
  aside.remove();
  const canvas = element("canvas");
  const pen = canvas.getContext("2d");
  const font = getComputedStyle(document.body).fontFamily;
  const title = `600 30px ${font}`, small = `18px ${font}`;
  pen.font = title;
  const top = wrapped(pen, data.title, width - 2 * edge);
  pen.font = small;
  const below = [data.band_label, ...(data.notes ?? [])].flatMap((note) => wrapped(pen, note, width - 2 * edge));
  const above = 24 + 38 * top.length;
  canvas.width = width * dots;
  canvas.height = (above + height + 24 * below.length + 36) * dots;
  pen.scale(dots, dots);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn, 0, above, width, height);
  pen.fillStyle = INK;
  pen.font = title;
  top.forEach((line, i) => pen.fillText(line, edge, 44 + 38 * i));
  pen.fillStyle = QUIET;
  pen.font = small;
  below.forEach((line, i) => pen.fillText(line, edge, above + height + 28 + 24 * i));
  return canvas.toDataURL("image/png");
}

// Rows as a file that the spreadsheets of the reader's country open.
function spreadsheet(rows, language) {
  const italian = language === "it";
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return italian ? String(value).replace(".", ",") : String(value);
    return /[",;\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(italian ? ";" : ",")).join("\r\n") + "\r\n";
}

// A chart with all that stands around it: title, what its bands are, buttons that save it, the same as a table.
// `kind` says what is drawn: `drawn` (the data's own part, without which there is nothing), `option`, `table`, `rows` (of
// the file that is saved), `summary` (in words), `written` (on the picture, so that others need not read pixels),
// `height` (in pixels, null for the usual) and `kept` (whether what was drawn last is changed rather than replaced).
async function framed({ model, el }, kind) {
  el.classList.add("sc-chart");
  const title = element("h3", { class: "sc-chart-title" });
  const holder = element("div", { class: "sc-chart-picture" });
  const legend = element("p", { class: "sc-chart-band" });
  const summary = element("summary");
  const content = element("div", { class: "sc-scroll", tabindex: "0", role: "region" });
  const details = element("details", {}, summary, content);
  const savePicture = element("button", { type: "button", class: "sc-quiet" });
  const saveData = element("button", { type: "button", class: "sc-quiet" });
  const tools = element("div", { class: "sc-chart-tools" }, savePicture, saveData, details);
  tools.style.display = "none";  // nothing can be saved before something is drawn
  el.append(title, holder, legend, tools);

  const echarts = await library(model);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = echarts.init(holder, null, { renderer: "canvas" });
  let last = null;

  // Only what is new moves to its place; a window that is made larger or smaller shows all of it in place at once.
  function draw(moving) {
    const data = model.get("data");
    if (!data?.[kind.drawn]) return;
    tools.style.display = "";
    holder.setAttribute("role", "img");
    title.textContent = data.title;
    legend.textContent = data.band_label;
    for (const [made, text] of [[summary, "table"], [savePicture, "save_picture"], [saveData, "save_data"]]) made.textContent = data.words[text];
    for (const [made, text] of [[content, "table"], [savePicture, "save_picture"], [saveData, "save_data"]])
      made.setAttribute("aria-label", `${data.words[text]}: ${data.title}`);
    holder.setAttribute("aria-label", `${data.title}. ${kind.summary(data)}`);
    Object.assign(holder.dataset, kind.written(data));
    const style = getComputedStyle(el), size = parseFloat(style.fontSize);
    const height = kind.height?.(data, holder.clientWidth, size) ?? null;
    if (height !== null) holder.style.height = `${height}px`;
    chart.resize();
    chart.setOption(kind.option(data, holder.clientWidth, still || !moving, size, style.fontFamily), kind.kept(data, last) ? {} : kind.replacing);
    last = data;
    if (details.open) content.replaceChildren(kind.table(data));
  }

  details.addEventListener("toggle", () => details.open && content.replaceChildren(kind.table(model.get("data"))));
  saveData.addEventListener("click", () => {
    const data = model.get("data"), text = spreadsheet(kind.rows(data), data.language);
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    save(`${data.file}.csv`, url);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  savePicture.addEventListener("click", async () =>
    save(`${model.get("data").file}.png`, await picture(model.get("data"), echarts, kind.option)));
  const changed = () => draw(true);
  model.on("change:data", changed);
  let seen = "";
  const watch = new ResizeObserver(() => {
    const now = `${holder.clientWidth} ${holder.clientHeight}`;
    if (now === seen) return;  // drawing may have changed the height
    seen = now;
    draw(false);
  });
  watch.observe(holder);
  draw(false);
  return () => {
    watch.disconnect();
    model.off("change:data", changed);
    chart.dispose();
  };
}
