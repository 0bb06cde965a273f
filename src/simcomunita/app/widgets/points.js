// Points with intervals: along one axis or both. Rows of names, or a plane of cost and effect.

function option(data, width, still, size, font) {
  const narrow = width < 30 * size;
  const rows = Boolean(data.rows);
  const numbers = new Intl.NumberFormat(data.language, { maximumFractionDigits: 2, useGrouping: "always" });
  const axis = (one, name) => ({
    type: one.log ? "log" : "value", min: one.least, max: one.most, name, nameLocation: "middle",
    nameTextStyle: { color: QUIET, fontSize: size }, splitNumber: narrow ? 3 : 5,
    axisLine: { show: true, lineStyle: { color: QUIET } },
    axisLabel: {
      color: QUIET, fontSize: size, hideOverlap: true,
      ...(rows ? {} : { showMinLabel: false, showMaxLabel: false }),  // a plane's ends are no round numbers
      formatter: (value) => numbers.format(value) + (one.suffix ?? ""),
    },
    splitLine: { lineStyle: { color: "#e4e4e4" } },
  });
  const letters = rows && narrow ? 17 : 26;
  const cut = (text, letters) => text.split(" ").reduce((lines, word) => {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (longer.length > letters && lines.at(-1)) return [...lines, word];
    return [...lines.slice(0, -1), longer];
  }, [""]).join("\n");
  // Names stand in a column of their own, each beside its point as far as there is room, so that none covers another.
  const side = Math.round((narrow ? 1.5 : 10.8) * size), aside = side + Math.round(1.6 * size);
  // Of points that lie on each other the one below is larger.
  const near = (a, b) => ["x", "y"].every((end) => Math.abs(a[end] - b[end]) < 0.02 * (data[end].most - data[end].least));
  const larger = (point, i) => (rows ? 0 : 10 * data.points.slice(i + 1).filter((other) => near(point, other)).length);
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
      value: [point.x, at(point, i)], symbol: point.symbol ?? "circle", symbolSize: (17 + larger(point, i)) * size / 18,
      itemStyle: { opacity: 1, color: point.hollow ? "#fff" : point.colour, borderColor: point.hollow ? point.colour : "#fff", borderWidth: point.hollow ? 3 : 2 },
      label: {
        show: !rows && Boolean(narrow ? point.letter : point.label), formatter: (narrow ? point.letter : point.label) ?? "",
        color: point.ink, fontSize: size, fontWeight: 650, lineHeight: Math.round(size * 1.15), position: "right",
        width: side, overflow: "break",
      },
      labelLine: { show: !rows, length2: 5, lineStyle: { color: "#8b8880", width: 1.5 } },
    })),
    labelLayout: rows ? undefined : { x: width - side - 4, moveOverlap: "shiftY" },
    markLine: data.mark === undefined ? undefined : {
      silent: true, symbol: "none", animation: false, label: { show: false },
      lineStyle: { color: QUIET, type: [4, 4], width: 2 },
      data: rows ? [{ xAxis: data.mark }] : [{ xAxis: data.mark }, { yAxis: data.mark }],
    },
  }];
  const named = rows ? {
    type: "category", inverse: true, data: data.points.map((point) => cut(point.name, letters)),
    axisLine: { show: false }, axisTick: { show: false },
    axisLabel: { color: INK, fontSize: size, fontFamily: font, lineHeight: size * 1.2, interval: 0 },
  } : { ...axis(data.y, ""), nameGap: 0 };
  const below = rows && !narrow ? data.x.name : cut(data.x.name, rows ? letters : (width - aside - 4 * size) / (0.53 * size));
  return {
    animation: !still, animationDuration: 0, animationDurationUpdate: still ? 0 : 350,
    textStyle: { fontFamily: font, fontSize: size },
    grid: { left: rows ? 2 * size : 8, right: rows ? 30 : aside, top: 14, bottom: (1 + 1.25 * below.split("\n").length) * size, containLabel: true },
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

function table(data) {
  const made = element("table");
  made.append(element("thead", {}, element("tr", {}, ...data.head.map((name) => element("th", { scope: "col" }, name)))));
  made.append(element("tbody", {}, ...data.points.map((point) => element("tr", {},
    ...point.said.map((text, i) => element(i ? "td" : "th", i ? {} : { scope: "row" }, text))))));
  return made;
}

const POINTS = {
  drawn: "points", option, table,
  rows: (data) => [data.head, ...data.points.map((point) => point.said), [], [data.title], ...data.notes.map((note) => [note]), [location.href]],
  summary: (data) => data.points.map((point) => point.said.join(", ")).join("; "),
  written: (data) => ({ points: JSON.stringify(data.points.map((point) => [point.x, point.y ?? null])) }),
  height: (data, width, size) => (data.rows ? Math.max(12, (width < 30 * size ? 4 : 3) * data.points.length + 4) * size : null),
  kept: () => false,
  replacing: { notMerge: true },
};

export default { render: (context) => framed(context, POINTS) };
