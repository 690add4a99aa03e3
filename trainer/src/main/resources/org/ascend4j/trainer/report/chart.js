const MARGIN = { left: 56, right: 14, top: 8, bottom: 26 };
const HEIGHT = 220;

/**
 * A line chart that fills its figure, with the values under the pointer in its legend.
 *
 * chart: {title, x, format, tick, unit, bottom, series: [{name, colour, points: [[x, y]...], faint, marks}]}
 */
function lineChart(chart) {
  const series = chart.series.filter(one => one.points.length > 0);
  if (!series.length) return null;
  const legend = element("ul", { class: "legend" });
  const box = element("figure", { class: "chart" }, element("figcaption", {}, chart.title), legend);
  const named = series.filter(one => !one.faint);
  const values = named.map(one => {
    const value = element("b");
    const swatch = element("i");
    swatch.style.background = `var(--c${one.colour})`;
    legend.append(element("li", {}, swatch, isolated(one.name), value));
    return value;
  });
  const place = element("span");
  legend.append(element("li", {}, place));

  const show = x => {
    named.forEach((one, i) => { values[i].textContent = chart.format(nearest(one.points, x)[1]); });
    place.textContent = x === Infinity ? "" : `${chart.x} ${count(nearest(named[0].points, x)[0])}`;
  };
  let drawn = null;
  const draw = width => {
    const next = drawing(chart, series, width, show);
    if (drawn) drawn.replaceWith(next); else box.append(next);
    drawn = next;
  };
  show(Infinity);
  draw(520);
  new ResizeObserver(([entry]) => draw(Math.max(240, Math.round(entry.contentRect.width)))).observe(box);
  return box;
}

function drawing(chart, series, width, show) {
  const xs = extent(series.flatMap(one => [one.points[0][0], one.points.at(-1)[0]]));
  const [low, high] = extent(series.flatMap(one => one.points.map(point => point[1])));
  const unit = chart.unit ?? 1;
  const steps = ticks(Math.min(low, chart.bottom ?? low) / unit, high / unit).map(value => value * unit);
  const ys = [steps[0], steps.at(-1)];
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const toX = x => xs[0] === xs[1] ? (MARGIN.left + right) / 2 : MARGIN.left + (x - xs[0]) / (xs[1] - xs[0]) * (right - MARGIN.left);
  const toY = y => bottom - (y - ys[0]) / (ys[1] - ys[0]) * (bottom - MARGIN.top);

  const root = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": describe(chart, series) });
  for (const step of steps) {
    root.append(
      svg("line", { class: "gridline", x1: MARGIN.left, x2: right, y1: toY(step), y2: toY(step) }),
      svg("text", { x: MARGIN.left - 8, y: toY(step) + 4, "text-anchor": "end" }, (chart.tick ?? figure)(step)));
  }
  const marks = ticks(xs[0], xs[1], width / 90).filter(x => x >= xs[0] && x <= xs[1] && Number.isInteger(x));
  for (const x of marks) {
    root.append(svg("text", { x: toX(x), y: HEIGHT - 8, "text-anchor": "middle" }, count(x)));
  }
  for (const one of series) {
    const colour = `var(--c${one.colour})`;
    const path = svg("path", { class: one.faint ? "curve faint" : "curve", d: trace(thin(one.points, toX), toX, toY) });
    path.style.stroke = colour;
    root.append(path);
    if (one.marks && one.points.length <= 60) {
      for (const [x, y] of one.points) {
        const mark = svg("circle", { cx: toX(x), cy: toY(y), r: 3 });
        mark.style.fill = colour;
        root.append(mark);
      }
    }
  }
  root.append(cursor(root, xs, toX, [MARGIN.left, right, MARGIN.top, bottom], width, show));
  return root;
}

/** Shows a line under the pointer and the values at it. */
function cursor(root, xs, toX, [left, right, top, bottom], width, show) {
  const line = svg("line", { class: "cursor", y1: top, y2: bottom, visibility: "hidden" });
  root.addEventListener("pointermove", event => {
    const box = root.getBoundingClientRect();
    const at = Math.min(right, Math.max(left, (event.clientX - box.left) / box.width * width));
    const x = xs[0] + (at - left) / (right - left) * (xs[1] - xs[0]);
    fill(line, { x1: toX(x), x2: toX(x), visibility: "visible" }, []);
    show(x);
  });
  root.addEventListener("pointerleave", () => {
    line.setAttribute("visibility", "hidden");
    show(Infinity);
  });
  return line;
}

function trace(points, toX, toY) {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`).join("");
}

/** Keeps the lowest and the highest point of each pixel column, so that no visible detail is lost. */
function thin(points, toX) {
  const kept = [];
  let column = null;
  for (const point of points) {
    const x = Math.round(toX(point[0]));
    if (!column || column.x !== x) {
      if (column) kept.push(...column.points());
      column = { x, low: point, high: point, points() { return this.low === this.high ? [this.low] : [this.low, this.high].sort((a, b) => a[0] - b[0]); } };
    } else if (point[1] < column.low[1]) {
      column.low = point;
    } else if (point[1] > column.high[1]) {
      column.high = point;
    }
  }
  return column ? [...kept, ...column.points()] : kept;
}

function nearest(points, x) {
  if (x === Infinity) return points.at(-1);
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= x) low = middle; else high = middle;
  }
  return Math.abs(points[low][0] - x) <= Math.abs(points[high][0] - x) ? points[low] : points[high];
}

function extent(values) {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}

/** Returns round numbers that cover a range, in steps of 1, 2 or 5 times a power of ten. */
function ticks(low, high, wanted = 5) {
  if (low === high) {
    const around = Math.abs(low) / 10 || 1;
    return [low - around, low, low + around].map(value => Number(value.toPrecision(3)));
  }
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough * 0.999);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function describe(chart, series) {
  const named = series.filter(one => !one.faint);
  const courses = named.map(({ name, points }) =>
    `${name} from ${chart.format(points[0][1])} to ${chart.format(points.at(-1)[1])}`);
  return `${chart.title} by ${chart.x}: ${courses.join("; ")}.`;
}
