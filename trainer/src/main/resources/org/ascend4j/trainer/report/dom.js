"use strict";

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; data of a run are inserted as text or attributes, never as markup. */
function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Returns a name whose writing direction does not reorder the text around it. */
function isolated(name) {
  return element("bdi", {}, name);
}

function section(title, ...children) {
  return element("section", {}, element("h2", {}, title), ...children);
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

function count(number) {
  return Math.round(number).toLocaleString("en");
}

/** Formats four significant digits; very small and large numbers have an exponent. */
function figure(number) {
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return number.toExponential(2);
  return String(Number(number.toPrecision(4)));
}

function memory(bytes) {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(2)} GiB` : `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = part => String(part).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)} h` : `${minutes}:${two(whole % 60)} min`;
}
