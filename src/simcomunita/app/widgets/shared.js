// What charts share: the library that draws them, and saving their picture and their data.

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

function wrapped(pen, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
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
