// A measure over time: lines with bands, the shared past drawn as the past, every line named where it ends.
// Drawn by ECharts, which comes from the page's own server or, in a notebook, with the widget itself.

function band(name, line, months) {
  // Two stacked areas: an unseen one up to the lower end, and the band on it.
  const common = {
    type: "line", stack: name, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 },
    emphasis: { disabled: true }, tooltip: { show: false }, z: 1,
  };
  const filled = (values) => months.map((_, i) => values[i] ?? "-");
  const height = line.high.map((high, i) => (high === null || line.low[i] === null ? null : high - line.low[i]));
  return [
    { ...common, id: name + ".low", data: filled(line.low) },
    { ...common, id: name + ".band", data: filled(height), areaStyle: { color: line.colour, opacity: 0.2 } },
  ];
}

// Words to lines, where a letter is rather more than half as wide as it is high.
function broken(text, wide) {
  return text.split("\n").map((line) => line.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    return lines.length && longer.length * 0.57 <= wide ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []).join("\n")).join("\n");
}

// An axis whose ends are round, as all its numbers are.
function ends(least, most) {
  if (least === undefined || most === undefined || !(most > least)) return { min: least, max: most, splitNumber: 4 };
  const rough = (most - least) / 4, ten = 10 ** Math.floor(Math.log10(rough));
  const interval = [1, 2, 2.5, 5, 10].map((one) => one * ten).find((one) => one >= rough * 0.999);
  return { min: Math.floor(least / interval + 1e-9) * interval, max: Math.ceil(most / interval - 1e-9) * interval, interval };
}

function option(data, width, still, size, font) {
  const narrow = width < 30 * size;
  const [side, edge] = [Math.round((narrow ? 6.2 : 10.8) * size), Math.round((narrow ? 6.9 : 11.6) * size)];
  const numbers = new Intl.NumberFormat(data.language, { maximumFractionDigits: data.decimals ?? 0, useGrouping: "always" });
  const short = new Intl.NumberFormat(data.language, { maximumFractionDigits: 2, useGrouping: "always" });
  const written = (value) => (value === null || value === undefined ? "–" : numbers.format(value) + (data.suffix ?? ""));
  const series = [];
  data.lines.forEach((line, at) => {
    const named = `${at}`;
    series.push(...band(named, line, data.months));
    series.push({
      id: named, name: line.name, type: "line", data: data.months.map((_, i) => line.middle[i] ?? "-"), symbol: "none",
      z: 3 + at, lineStyle: { color: line.colour, width: line.dashed ? 3 : 4, type: line.dashed ? [8, 5] : "solid" },
      itemStyle: { color: line.colour },
      emphasis: { disabled: true },
      endLabel: {
        show: Boolean(line.label), formatter: broken(line.label ?? "", side / size), color: line.ink ?? line.colour, fontSize: size,
        fontWeight: 600, lineHeight: Math.round(size * 1.15), distance: 8, width: side, overflow: "break",
      },
      labelLayout: { moveOverlap: "shiftY" },
    });
  });
  if (data.branch > 0) {
    series.push({
      id: "past", type: "line", data: [], silent: true,
      markArea: {
        silent: true, itemStyle: { color: "#f0f0ee" },
        data: [[{ xAxis: 0 }, { xAxis: data.branch - 1 }]],
        label: { show: true, position: "insideTopLeft", color: QUIET, fontSize: size, formatter: narrow ? data.past_short ?? data.past_label : data.past_label },
      },
      markLine: {
        silent: true, symbol: "none", animation: false,
        lineStyle: { color: QUIET, type: [4, 4], width: 1.5 },
        data: [{ xAxis: data.branch - 1 }], label: { show: false },
      },
    });
  }
  const every = narrow ? 4 : 2;
  const isTick = (month) => month.endsWith("-01") && Number(month.slice(0, 4)) % every === 0;
  return {
    animation: !still, animationDuration: 0, animationDurationUpdate: still ? 0 : 350,
    textStyle: { fontFamily: font, fontSize: size },
    grid: { left: 8, right: edge, top: narrow ? 26 : 14, bottom: 8, containLabel: true },
    xAxis: {
      type: "category", data: data.months, boundaryGap: false,
      axisLine: { lineStyle: { color: QUIET } },
      axisTick: { interval: (_, month) => isTick(month), length: 6 },
      axisLabel: { interval: (_, month) => isTick(month), formatter: (month) => month.slice(0, 4), color: QUIET, fontSize: size },
    },
    yAxis: {
      type: "value", ...ends(data.least, data.most),
      axisLabel: { color: QUIET, fontSize: size, hideOverlap: true, formatter: (value) => short.format(value) + (data.suffix ?? "") },
      splitLine: { lineStyle: { color: "#e4e4e4" } },
    },
    tooltip: {
      trigger: "axis", confine: true, textStyle: { fontSize: size, color: INK }, borderColor: "#bbb",
      formatter: (points) => {
        const shown = points.filter((p) => /^\d+$/.test(p.seriesId) && p.data !== "-");
        if (!shown.length) return "";
        const at = shown[0].dataIndex;
        const box = document.createElement("div");
        const head = document.createElement("strong");
        head.textContent = data.dates[at];
        box.append(head);
        for (const point of shown) {
          const line = data.lines[Number(point.seriesId)];
          const row = document.createElement("div");
          const range = line.low[at] === null || line.low[at] === line.high[at] ? ""
            : ` (${written(line.low[at])} – ${written(line.high[at])})`;
          row.textContent = `${line.name}: ${written(line.middle[at])}${range}`;
          row.style.color = line.ink ?? line.colour;
          box.append(row);
        }
        return box;
      },
    },
    series,
  };
}

function table(data) {
  const numbers = new Intl.NumberFormat(data.language, { maximumFractionDigits: data.decimals ?? 0, useGrouping: "always" });
  const written = (value) => (value === null || value === undefined ? "–" : numbers.format(value) + (data.suffix ?? ""));
  const made = element("table");
  made.append(element("caption", {}, `${data.title}. ${data.band_label}`));
  const head = element("tr", {}, element("th", { scope: "col" }, data.words.month));
  for (const line of data.lines) head.append(element("th", { scope: "col" }, line.name));
  made.append(element("thead", {}, head));
  const body = element("tbody");
  data.months.forEach((month, i) => {
    if (!month.endsWith("-12") && i !== data.months.length - 1) return;
    const row = element("tr", {}, element("th", { scope: "row" }, data.dates[i]));
    for (const line of data.lines) {
      const middle = line.middle[i];
      row.append(element("td", {}, middle === null || middle === undefined ? "–"
        : `${written(middle)} (${written(line.low[i])} – ${written(line.high[i])})`));
    }
    body.append(row);
  });
  made.append(body);
  return made;
}

function rows(data) {
  const head = [data.words.month, ...data.lines.flatMap((line) =>
    [line.name, `${line.name}, ${data.words.low}`, `${line.name}, ${data.words.high}`])];
  const body = data.months.map((month, i) => [month, ...data.lines.flatMap((line) =>
    [line.middle[i], line.low[i], line.high[i]])]);
  return [head, ...body, [], [data.title], ...(data.notes ?? []).map((note) => [note]), [location.href]];
}

const names = (data) => JSON.stringify(data.lines.map((line) => line.name));

const LINES = {
  drawn: "months", option, table, rows,
  summary: (data) => data.summary ?? "",
  written: (data) => ({ last: JSON.stringify(data.lines.map((line) => line.middle.at(-1))), runs: data.runs }),
  kept: (data, last) => last === null || names(data) === names(last),
  replacing: { replaceMerge: ["series"] },
};

export default { render: (context) => framed(context, LINES) };
