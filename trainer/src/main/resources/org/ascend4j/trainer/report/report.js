const COLOURS = 8;

function accuracyChart(title, series) {
  return lineChart({ title, x: "epoch", format: percent, tick: share => `${Math.round(100 * share)} %`, series });
}

function runCharts(run) {
  const line = (name, colour, points, more = {}) => ({ name, colour, points, ...more });
  const loss = run.byStep("loss");
  const all = [
    lineChart({ title: "Loss", x: "step", format: figure, series: [
      line("each step", 1, loss, { faint: true }), line("training", 1, smooth(loss)),
      line(run.evaluated, 2, run.atStep(`${run.evaluated}_loss`), { marks: true })] }),
    accuracyChart("Accuracy", [
      line("training", 1, run.byEpoch("train_accuracy"), { marks: true }),
      line(run.evaluated, 2, run.byEpoch(`${run.evaluated}_accuracy`), { marks: true })]),
    lineChart({ title: "Learning rate", x: "step", format: figure, bottom: 0, series: [line("learning rate", 3, run.byStep("lr"))] }),
    lineChart({ title: "Momentum", x: "step", format: figure, series: [line("momentum", 4, run.byStep("momentum"))] }),
    lineChart({ title: "Images per second", x: "epoch", format: count, bottom: 0, series: [line("training", 7, run.byEpoch("images_per_second"), { marks: true })] }),
    lineChart({ title: "Memory", x: "epoch", format: memory, tick: memory, unit: 2 ** 20, bottom: 0, series: [line("memory", 5, run.byEpoch("memory_bytes"), { marks: true })] })];
  return element("div", { class: "charts" }, ...all.filter(chart => chart !== null));
}

function comparisonCharts(runs) {
  const chart = (title, x, format, key, more = {}) => lineChart({ title, x, format, ...more, series: runs.map((run, i) => ({
    name: run.name, colour: i % COLOURS + 1, marks: x === "epoch", points: x === "epoch" ? run.byEpoch(key) : key === "loss" ? smooth(run.byStep(key)) : run.byStep(key) })) });
  const share = { tick: value => `${Math.round(100 * value)} %` };
  return element("div", { class: "charts" }, ...[
    chart("Validation accuracy", "epoch", percent, "validation_accuracy", share),
    chart("Validation loss", "epoch", figure, "validation_loss"),
    chart("Test accuracy", "epoch", percent, "test_accuracy", share),
    chart("Test loss", "epoch", figure, "test_loss"),
    chart("Training accuracy", "epoch", percent, "train_accuracy", share),
    chart("Training loss", "step", figure, "loss"),
    chart("Learning rate", "step", figure, "lr", { bottom: 0 }),
    chart("Momentum", "step", figure, "momentum"),
    chart("Images per second", "epoch", count, "images_per_second", { bottom: 0 }),
    chart("Memory", "epoch", memory, "memory_bytes", { bottom: 0, tick: memory, unit: 2 ** 20 })].filter(one => one !== null));
}

function tile(name, value, more) {
  return value === null ? null : element("div", {}, element("dt", {}, name), element("dd", {}, value, more ? element("small", {}, more) : null));
}

function tiles(run) {
  const last = run.epochs.at(-1);
  const accuracy = `${run.evaluated}_accuracy`;
  const peak = Math.max(...run.epochs.map(line => line.memory_bytes ?? 0));
  return element("dl", { class: "tiles" },
    run.final ? tile("Test accuracy", percent(run.final.test_accuracy), `loss ${figure(run.final.test_loss)}, weights of epoch ${run.final.epoch}`) : null,
    run.best ? tile(`Best ${run.evaluated} accuracy`, percent(run.best[1]), `epoch ${run.best[0]}`) : null,
    last?.[accuracy] !== undefined ? tile(`Last ${run.evaluated} accuracy`, percent(last[accuracy]), `loss ${figure(last[`${run.evaluated}_loss`])}`) : null,
    last ? tile("Training loss", figure(last.train_loss), `accuracy ${percent(last.train_accuracy)}`)
      : tile("Training loss", run.steps.length ? figure(run.steps.at(-1).loss) : "–", "last step"),
    tile("Trained", `${count(run.epochs.length)} epochs`, `${count(run.steps.length)} steps`),
    last ? tile("Time in training", duration(secondsOf(run)), `${count(last.images_per_second)} images per second`) : null,
    peak > 0 ? tile("Memory", memory(peak), "at most after an epoch") : null);
}

function capitalised(word) {
  return word[0].toUpperCase() + word.slice(1);
}

/** Of a run with validation images, the last evaluation is that of the test images with the best weights. */
function evaluatedWhat({ set, epoch }) {
  const when = set === "test" ? `with the weights of epoch ${epoch}` : `after epoch ${epoch}`;
  return `The ${set ?? "test"} images ${when}.`;
}

function epochTable(run) {
  const cell = (value, format) => typeof value === "number" ? format(value) : "";
  const evaluated = capitalised(run.evaluated);
  const rows = run.epochs.map(line => [String(line.epoch), cell(line.train_loss, figure), cell(line.train_accuracy, percent),
    cell(line[`${run.evaluated}_loss`], figure), cell(line[`${run.evaluated}_accuracy`], percent), cell(line.seconds, duration),
    cell(line.images_per_second, count), cell(line.memory_bytes, memory)]);
  return element("details", { id: "epochs" }, element("summary", {}, "All epochs in figures"),
    table("As in metrics.jsonl", ["Epoch", "Training loss", "Training accuracy", `${evaluated} loss`, `${evaluated} accuracy`, "Time", "Images/s", "Memory"], rows));
}

function titleOf({ name, run }) {
  const model = run?.run?.recipe?.model?.kind;
  return model ? `${model} on ${run.run.data || "images"}` : name;
}

function subtitle(run) {
  const { recipe, seed } = run.run?.run ?? {};
  const parts = [run.name, recipe ? `recipe ${recipe.name}` : null, seed === undefined ? null : `seed ${seed}`, run.run?.machine?.device];
  return parts.filter(part => part).join(" · ");
}

function repeat(run) {
  const groups = settingsOf(run);
  const titles = { run: "Recipe and data", settings: "Settings", topology: "Processes", versions: "Versions", machine: "Machine" };
  const shown = [...groups].map(([group, entries]) => words(titles[group] ?? group, entries)).filter(one => one !== null);
  return section("How to repeat it",
    run.run?.command ? element("pre", { id: "command" }, shell(run.run.command)) : null,
    shown.length ? element("details", { id: "settings" }, element("summary", {}, "Settings, versions and machine"), element("div", { class: "settings" }, ...shown)) : element("p", { class: "note" }, "The folder has no run.json: settings, versions and machine are not known."));
}

function runPage(run, live) {
  const { evaluation } = run;
  return [
    element("header", {}, element("h1", {}, titleOf(run)), element("p", { id: "status", class: live ? "live" : "" }, subtitle(run)), tiles(run)),
    section("Course of the training", run.steps.length || run.epochs.length ? runCharts(run) : element("p", { class: "note" }, "The first figures are on their way."), epochTable(run)),
    evaluation ? section("What it recognises", element("p", { class: "note" }, evaluatedWhat(evaluation)
      + (evaluation.top_five_accuracy === undefined ? "" : ` The right class is among the five most probable ones for ${percent(evaluation.top_five_accuracy)}.`)), classTable(evaluation)) : null,
    evaluation ? section("What it mixes up", confusionMatrix(evaluation)) : null,
    evaluation?.mistakes.length ? section("Its surest mistakes", mistakeGallery(evaluation)) : null,
    repeat(run),
    element("footer", {}, `Written by Ascend4J from ${run.path}. The figures are those of metrics.jsonl.`)];
}

function comparisonPage(runs) {
  const number = (value, format) => value === undefined || value === null ? "" : format(value);
  const validated = runs.some(run => run.evaluated === "validation");
  const best = validated ? ["Best accuracy", "Of the images for", "Test accuracy in the end"] : ["Best test accuracy"];
  const rows = runs.map(run => [run.name, run.run?.run?.recipe?.model?.kind ?? "", run.run?.run?.data ?? "",
    number(run.best?.[1], percent), ...(validated ? [run.best ? run.evaluated : "", number(run.final?.test_accuracy, percent)] : []), number(run.best?.[0], String), number(run.epochs.at(-1)?.train_loss, figure),
    count(run.epochs.length), duration(secondsOf(run)), number(run.epochs.at(-1)?.images_per_second, count)]);
  const settings = runs.map(run => new Map([...settingsOf(run)].flatMap(([group, entries]) => entries.map(([key, value]) => [`${group}.${key}`, value]))));
  const keys = [...new Set(settings.flatMap(one => [...one.keys()]))].filter(key => new Set(settings.map(one => one.get(key))).size > 1);
  return [
    element("header", {}, element("h1", {}, `${runs.length} runs compared`), element("p", {}, runs.map(run => run.path).join(" · "))),
    section("Results", table(`The best epoch is that of the best ${validated ? "" : "test "}accuracy`, ["Run", "Model", "Data", ...best, "At epoch", "Last training loss", "Epochs", "Time", "Images/s"], rows)),
    section("Course of the training", comparisonCharts(runs)),
    section("Settings that differ", keys.length ? table("All other settings are the same", ["Setting", ...runs.map(run => run.name)], keys.map(key => [key, ...settings.map(one => one.get(key) ?? "–")])) : element("p", { class: "note" }, "None.")),
    element("footer", {}, "Written by Ascend4J.")];
}

function render({ runs, live }) {
  const read = runs.map(readRun);
  const open = [...document.querySelectorAll("details[open]")].map(one => one.id);
  const parts = read.length === 1 ? runPage(read[0], live) : comparisonPage(read);
  document.getElementById("page").replaceChildren(...parts.filter(part => part !== null));
  document.title = `${read.length === 1 ? titleOf(read[0]) : `${read.length} runs`} – Ascend4J`;
  open.forEach(id => { document.getElementById(id).open = true; });
}

/** Polls the run's server for new data until the run ends. */
async function follow(data) {
  const [run] = data.runs;
  let next = 0;
  let evaluated = 0;
  for (;;) {
    try {
      const answer = await (await fetch(`data?from=${next}&evaluated=${evaluated}`, { cache: "no-store" })).json();
      if (answer.metrics.length || answer.evaluation) {
        run.metrics.push(...answer.metrics);
        run.evaluation = answer.evaluation ?? run.evaluation;
        render(data);
      }
      ({ next, evaluated } = answer);
    } catch {
      document.getElementById("status").className = "";
      document.getElementById("status").append(" · no longer live: the run has ended, its report.html stays");
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 2000));
  }
}

/** Opens all collapsed sections for printing. */
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));

const data = JSON.parse(document.getElementById("data").textContent);
render(data);
if (data.live) follow(data);
