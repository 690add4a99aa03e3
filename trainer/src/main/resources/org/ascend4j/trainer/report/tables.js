/** The largest number of classes for which a matrix shows numbers. */
const READABLE_CLASSES = 20;

/** Makes a table. rows: arrays whose first cell is the row's heading. */
function table(caption, head, rows, foot = []) {
  const line = (cells, cell) => element("tr", {}, ...cells.map((text, i) =>
    element(i === 0 || cell === "th" ? "th" : "td", { scope: cell === "th" ? "col" : "row" }, text)));
  return element("div", { class: "scroll", tabindex: 0 }, element("table", {},
    element("caption", {}, caption),
    element("thead", {}, line(head, "th")),
    element("tbody", {}, ...rows.map(row => line(row, "td"))),
    foot.length ? element("tfoot", {}, ...foot.map(row => line(row, "td"))) : null));
}

function words(title, entries) {
  if (!entries.length) return null;
  return element("div", {}, element("h3", {}, title), element("div", { class: "scroll" },
    element("table", { class: "words" }, element("tbody", {}, ...entries.map(([key, value]) =>
      element("tr", {}, element("th", { scope: "row" }, key), element("td", {}, value)))))));
}

function classTable(evaluation) {
  const row = score => [score.name, count(score.images), percent(score.precision), percent(score.recall), percent(score.f1)];
  return table(
    `By class, ${count(evaluation.images)} ${evaluation.set ?? "test"} images`,
    ["Class", "Images", "Precision", "Recall", "F1"],
    evaluation.classes.map(row),
    [row(evaluation.macro), row(evaluation.weighted)]);
}

function confusionMatrix(evaluation) {
  return evaluation.classes.length <= READABLE_CLASSES ? matrixTable(evaluation) : heatMap(evaluation);
}

function matrixTable({ classes, confusion }) {
  const outputs = Math.max(classes.length, ...confusion.map(entry => entry[1] + 1));
  const names = [...classes.map(one => one.name), "none of these"].slice(0, outputs);
  const counts = new Map(confusion.map(([actual, predicted, images]) => [actual * outputs + predicted, images]));
  const cell = (actual, predicted) => {
    const images = counts.get(actual * outputs + predicted) ?? 0;
    const share = images / Math.max(1, classes[actual].images);
    const td = element("td", {}, String(images));
    td.className = images === 0 ? "none" : actual === predicted ? "hit" : "miss";
    if (share > 0.55) td.classList.add("strong");
    td.style.setProperty("--share", images ? (0.08 + 0.92 * share).toFixed(3) : 0);
    td.title = `${classes[actual].name} taken for ${names[predicted]}: ${images} (${percent(share)})`;
    return td;
  };
  return element("div", { class: "scroll", tabindex: 0 }, element("table", { class: "matrix" },
    element("caption", {}, "Rows: what the images show. Columns: what the model said."),
    element("thead", {}, element("tr", {}, element("td"), ...names.map(name => element("th", { scope: "col", title: name }, name)))),
    element("tbody", {}, ...classes.map((one, actual) => element("tr", {},
      element("th", { scope: "row", title: one.name }, one.name), ...names.map((_, predicted) => cell(actual, predicted)))))));
}

/** Shows a matrix with too many classes for numbers: as a picture, with the most frequent confusions as text. */
function heatMap({ classes, confusion }) {
  const size = classes.length;
  const root = svg("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": `Confusion matrix of ${size} classes; the table below lists its largest mistakes.` });
  for (const [actual, predicted, images] of confusion) {
    if (predicted >= size) continue;
    const cell = svg("rect", { x: predicted, y: actual, width: 1, height: 1 },
      svg("title", {}, `${classes[actual].name} taken for ${classes[predicted].name}: ${images}`));
    cell.style.fill = `rgba(var(--${actual === predicted ? "hit" : "miss"}), ${(0.15 + 0.85 * images / classes[actual].images).toFixed(3)})`;
    root.append(cell);
  }
  const worst = confusion.filter(([actual, predicted]) => actual !== predicted && predicted < size).sort((a, b) => b[2] - a[2]).slice(0, 20);
  return element("div", {},
    element("figure", { class: "heat" }, root, element("figcaption", { class: "note" }, "Rows: what the images show. Columns: what the model said.")),
    element("h3", {}, "Mixed up most"),
    table("The largest mistakes", ["Shows", "Said", "Images", "Share"], worst.map(([actual, predicted, images]) =>
      [classes[actual].name, classes[predicted].name, count(images), percent(images / classes[actual].images)])));
}

function mistakeGallery({ classes, mistakes }) {
  const name = label => label < classes.length ? classes[label].name : `output ${label}`;
  return element("div", { class: "mistakes" }, ...mistakes.map(one => {
    const text = `Shows ${name(one.actual)}, taken for ${name(one.predicted)}`;
    const isPicture = String(one.picture).startsWith("data:image/png;base64,");
    return element("figure", {},
      isPicture ? element("img", { src: one.picture, alt: text }) : element("div", { class: "blank" }),
      element("figcaption", {}, element("span", {}, "shows "), isolated(name(one.actual)), element("br"),
        element("span", {}, "said "), isolated(name(one.predicted)), element("span", {}, ` ${(100 * one.confidence).toFixed(1)} %`)));
  }));
}
