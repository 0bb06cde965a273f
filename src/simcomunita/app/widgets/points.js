// Points with intervals: along one axis or both. Rows of names, or a plane of cost and effect.

function points_option(data, width, still, size, font) {
  const narrow = width < 30 * size;
  const rows = Boolean(data.rows);
  const numbers = new Intl.NumberFormat(data.language, { maximumFractionDigits: 2 });
  const axis = (one, name) => ({
    type: one.log ? "log" : "value", min: one.least, max: one.most, name, nameLocation: "middle",
    nameTextStyle: { color: QUIET, fontSize: size }, splitNumber: narrow ? 3 : 5,
    axisLine: { show: true, lineStyle: { color: QUIET } },
    axisLabel: { color: QUIET, fontSize: size, hideOverlap: true, formatter: (value) => numbers.format(value) + (one.suffix ?? "") },
    splitLine: { lineStyle: { color: "#e4e4e4" } },
  });
  const letters = rows && narrow ? 17 : 26;
  const cut = (text) => text.split(" ").reduce((lines, word) => {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (longer.length > letters && lines.at(-1)) return [...lines, word];
    return [...lines.slice(0, -1), longer];
  }, [""]).join("\n");
  const at = (point, i) => (rows ? i : point.y);
  const series = [{
    type: "custom", silent: true, z: 2, clip: true,
    data: data.points.map((point, i) => [point.x, at(point, i), i]),
    renderItem: (_, api) => {
      const point = data.points[api.value(2)];
      const y = at(point, api.value(2));
      const stroke = { stroke: point.colour, lineWidth: 3, fill: null };
      const line = ([a, b]) => {
        const [from, to] = [api.coord(a), api.coord(b)];
        return { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: stroke };
      };
      const children = [];
      if (point.x_low !== null) children.push(line([[point.x_low, y], [point.x_high, y]]));
      if (!rows && point.y_low !== null) children.push(line([[point.x, point.y_low], [point.x, point.y_high]]));
      return { type: "group", children };
    },
  }, {
    type: "scatter", z: 3, cursor: "default",
    data: data.points.map((point, i) => ({
      value: [point.x, at(point, i)], symbol: point.symbol ?? "circle", symbolSize: 17,
      itemStyle: { opacity: 1, color: point.hollow ? "#fff" : point.colour, borderColor: point.hollow ? point.colour : "#fff", borderWidth: point.hollow ? 3 : 2 },
      label: {
        show: !rows, formatter: point.label ?? "", color: point.ink, fontSize: size, fontWeight: 650, distance: 7,
        position: point.place ?? "right",
      },
    })),
    markLine: data.mark === undefined ? undefined : {
      silent: true, symbol: "none", animation: false, label: { show: false },
      lineStyle: { color: QUIET, type: [4, 4], width: 2 },
      data: rows ? [{ xAxis: data.mark }] : [{ xAxis: data.mark }, { yAxis: data.mark }],
    },
  }];
  const named = rows ? {
    type: "category", inverse: true, data: data.points.map((point) => cut(point.name)),
    axisLine: { show: false }, axisTick: { show: false },
    axisLabel: { color: INK, fontSize: size, fontFamily: font, lineHeight: size * 1.2, interval: 0 },
  } : { ...axis(data.y, ""), nameGap: 0 };
  const below = narrow ? cut(data.x.name) : data.x.name;
  return {
    animation: !still, animationDuration: 0, animationDurationUpdate: still ? 0 : 350,
    textStyle: { fontFamily: font, fontSize: size },
    grid: { left: rows ? 2 * size : 8, right: rows ? 30 : 40, top: 14, bottom: (0.8 + 1.25 * below.split("\n").length) * size, containLabel: true },
    xAxis: { ...axis(data.x, below), nameGap: 1.7 * size, nameTextStyle: { color: QUIET, fontSize: size, lineHeight: 1.2 * size, verticalAlign: "top" } },
    yAxis: named,
    tooltip: {
      trigger: "item", confine: true, textStyle: { fontSize: size, color: INK }, borderColor: "#bbb",
      formatter: (hit) => {
        const box = document.createElement("div");
        box.style.whiteSpace = "normal";
        for (const text of data.points[hit.dataIndex].said) {
          const row = document.createElement("div");
          row.textContent = text;
          box.append(row);
        }
        return box;
      },
    },
    series,
  };
}

function points_table(data) {
  const made = element("table");
  made.append(element("thead", {}, element("tr", {}, ...data.head.map((name) => element("th", { scope: "col" }, name)))));
  made.append(element("tbody", {}, ...data.points.map((point) => element("tr", {},
    ...point.said.map((text, i) => element(i ? "td" : "th", i ? {} : { scope: "row" }, text))))));
  return made;
}

function points_csv(data) {
  const apart = data.language === "it" ? ";" : ",";
  const cell = (value) => (/[",;\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const rows = [data.head, ...data.points.map((point) => point.said), [], [data.title], ...data.notes.map((note) => [note]), [location.href]];
  return "\ufeff" + rows.map((row) => row.map(cell).join(apart)).join("\r\n") + "\r\n";
}

async function render_points({ model, el }) {
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

  function draw() {
    const data = model.get("data");
    if (!data?.points) return;
    tools.style.display = "";
    holder.setAttribute("role", "img");
    title.textContent = data.title;
    legend.textContent = data.band_label;
    summary.textContent = data.words.table;
    savePicture.textContent = data.words.save_picture;
    saveData.textContent = data.words.save_data;
    savePicture.setAttribute("aria-label", `${data.words.save_picture}: ${data.title}`);
    saveData.setAttribute("aria-label", `${data.words.save_data}: ${data.title}`);
    content.setAttribute("aria-label", `${data.words.table}: ${data.title}`);
    holder.setAttribute("aria-label", `${data.title}. ${data.points.map((point) => point.said.join(", ")).join("; ")}`);
    holder.dataset.points = JSON.stringify(data.points.map((point) => [point.x, point.y ?? null]));
    const style = getComputedStyle(el);
    const size = parseFloat(style.fontSize);
    if (data.rows) holder.style.height = `${Math.max(12, (holder.clientWidth < 30 * size ? 4 : 3) * data.points.length + 4) * size}px`;
    chart.resize();
    chart.setOption(points_option(data, holder.clientWidth, still, size, style.fontFamily), { notMerge: true });
    if (details.open) content.replaceChildren(points_table(data));
  }

  details.addEventListener("toggle", () => details.open && content.replaceChildren(points_table(model.get("data"))));
  saveData.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([points_csv(model.get("data"))], { type: "text/csv;charset=utf-8" }));
    save(`${model.get("data").file}.csv`, url);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  savePicture.addEventListener("click", async () =>
    save(`${model.get("data").file}.png`, await picture(model.get("data"), echarts, points_option)));
  model.on("change:data", draw);
  let width = 0;
  const watch = new ResizeObserver(() => {
    if (holder.clientWidth === width) return;
    width = holder.clientWidth;
    draw();
  });
  watch.observe(holder);
  draw();
  return () => {
    watch.disconnect();
    model.off("change:data", draw);
    chart.dispose();
  };
}

export default { render: render_points };
