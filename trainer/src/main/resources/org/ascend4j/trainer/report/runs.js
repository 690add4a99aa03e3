/** Returns a run's figures in the order of their arrival, in the form for drawing. */
function readRun({ name, path, run, metrics, evaluation }) {
  const steps = metrics.filter(line => "step" in line);
  const epochs = metrics.filter(line => !("step" in line) && !line.final);
  const final = metrics.filter(line => line.final).at(-1) ?? null;
  const ends = new Map(steps.map(line => [line.epoch, line.step]));
  const byEpoch = key => epochs.filter(line => typeof line[key] === "number").map(line => [line.epoch, line[key]]);
  const byStep = key => steps.filter(line => typeof line[key] === "number").map(line => [line.step, line[key]]);
  const atStep = key => byEpoch(key).filter(([epoch]) => ends.has(epoch)).map(([epoch, value]) => [ends.get(epoch), value]);
  const evaluated = epochs.some(line => "validation_accuracy" in line) ? "validation" : "test";
  const best = byEpoch(`${evaluated}_accuracy`).reduce((top, point) => point[1] > (top?.[1] ?? -1) ? point : top, null);
  return { name, path, run, evaluation, steps, epochs, byEpoch, byStep, atStep, evaluated, final, best };
}

/** Returns an exponential mean over a fiftieth of the points, which removes most of the noise. */
function smooth(points) {
  const keep = 1 - 1 / Math.max(1, points.length / 50);
  let mean = null;
  return points.map(([x, y]) => [x, mean = mean === null ? y : keep * mean + (1 - keep) * y]);
}

function settingsOf({ run }) {
  const groups = new Map();
  for (const [group, value] of Object.entries(run ?? {})) {
    if (group !== "command") groups.set(group, flatten(value));
  }
  return groups;
}

/** Returns nested settings as lines, without lists of classes, which are in the tables. Paths of libraries are reduced to the file name. */
function flatten(value, prefix = "") {
  if (value === null || typeof value !== "object") return [[prefix, String(value)]];
  if (Array.isArray(value)) return [[prefix, value.map(entry => String(entry).replace(/^.*\/(?=[^/]+$)/, "")).join(", ")]];
  return Object.entries(value)
    .filter(([key, entry]) => key !== "class_names" && entry !== null && entry !== "")
    .flatMap(([key, entry]) => flatten(entry, prefix ? `${prefix}.${key}` : key));
}

/** Returns the command quoted for a shell. */
function shell(command) {
  return command.map(word => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

function secondsOf({ epochs }) {
  return epochs.reduce((sum, line) => sum + (line.seconds ?? 0), 0);
}
