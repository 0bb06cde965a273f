// Taking along what a film shows: the picture as it stands, with its words and where it is from, and the table as a file.

const TIMES = 2, EDGE = 24, WIDEST = 1400;

// An image of a drawing; what the page's styles say of its letters has to go with it.
async function traced(svg) {
  const [, , wide, high] = svg.getAttribute("viewBox").split(" ").map(Number);
  const copy = svg.cloneNode(true), style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = "text { font: 18px sans-serif; fill: #1a1a1a; paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; } .sc-town, .sc-on-arrow { font-weight: 650; } .sc-count { fill: #565656; font-weight: 400; }";
  copy.prepend(style);
  copy.setAttribute("width", wide * TIMES);
  copy.setAttribute("height", high * TIMES);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return { image, wide, high };
}

// The numbers of a table as numbers, however the reader's language writes them.
function cells(table, language) {
  const apart = language === "it" ? ";" : ",";
  const plain = (text) => (/^\d{1,3}([.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, "") : text);
  const cell = (text) => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [...table.querySelectorAll("tr")].filter((row) => row.children.length > 1).map((row) => [...row.children].map((one) => cell(plain(one.textContent))).join(apart));
}

// `pictures` gives drawings or canvases with their captions (and sizes, where they are not shown), `said` what they show in words, `filled` the table, filled.
function keeper(model, { pictures, said, filled, scaled }) {
  const data = () => model.get("data");
  const picture = element("button", { type: "button", class: "sc-save" }), numbers = element("button", { type: "button", class: "sc-save" });
  const box = element("div", { class: "sc-saves" }, picture, numbers);

  function save(url, kind) {
    const link = element("a", { href: url, download: `${data().file}.${kind}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  async function sheet() {
    const parts = [];
    for (const { from, caption, wide, high } of pictures()) {
      const size = { wide: wide ?? from.clientWidth / scaled(), high: high ?? from.clientHeight / scaled() };
      const one = from instanceof SVGElement ? await traced(from) : { image: from, ...size };
      parts.push({ ...one, caption });
    }
    const wide = Math.min(WIDEST, Math.max(700, parts.reduce((sum, one) => sum + one.wide + EDGE, 0)));
    let x = 0, y = 0, tallest = 0;
    for (const one of parts) {
      const high = one.high + (one.caption ? 30 : 0) + 12;
      if (x && x + one.wide > wide) [x, y, tallest] = [0, y + tallest, 0];
      Object.assign(one, { x, y });
      [x, tallest] = [x + one.wide + EDGE, Math.max(tallest, high)];
    }
    const drawn = y + tallest, canvas = element("canvas"), pen = canvas.getContext("2d");
    const title = "600 26px sans-serif", small = "17px sans-serif";
    pen.font = title;
    const above = wrapped(pen, data().heading, wide);
    pen.font = small;
    const below = [said(), data().note].flatMap((text) => wrapped(pen, text, wide));
    const top = EDGE + 34 * above.length;
    canvas.width = (wide + 2 * EDGE) * TIMES;
    canvas.height = (top + drawn + 24 * below.length + 2 * EDGE) * TIMES;
    pen.scale(TIMES, TIMES);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#1a1a1a";
    pen.font = title;
    above.forEach((line, i) => pen.fillText(line, EDGE, EDGE + 24 + 34 * i));
    pen.font = small;
    for (const one of parts) {
      if (one.caption) pen.fillText(one.caption, EDGE + one.x, top + one.y + 20);
      pen.drawImage(one.image, EDGE + one.x, top + one.y + (one.caption ? 30 : 0), one.wide, one.high);
    }
    pen.fillStyle = "#565656";
    below.forEach((line, i) => pen.fillText(line, EDGE, top + drawn + EDGE + 24 * i));
    return canvas;
  }

  picture.addEventListener("click", async () => {
    const canvas = await sheet();
    canvas.toBlob((blob) => save(URL.createObjectURL(blob), "png"));
  });
  numbers.addEventListener("click", () => {
    const { heading, note, language } = data();
    const quoted = [heading, said(), note, location.href].map((text) => `"${text.replaceAll('"', '""')}"`);
    const text = `\ufeff${[...cells(filled(), language), "", ...quoted].join("\r\n")}\r\n`;
    save(URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), "csv");
  });

  function begin() {
    for (const [button, key] of [[picture, "save_picture"], [numbers, "save_data"]]) {
      button.textContent = data().words[key];
      button.setAttribute("aria-label", `${data().words[key]}: ${data().heading}`);
    }
  }
  return { box, begin };
}
