// A chart as a picture that stands by itself: its title, the chart, what it is of and where it is from. Made here in the
// browser by Plotly, which is on the page already; fetched by heard.js when somebody first asks for a picture.

const WIDTH = 960, EDGE = 24, FINENESS = 2;
const LINES = { title: { size: 20, weight: 700 }, note: { size: 13, weight: 400 } };
const SVG = "http://www.w3.org/2000/svg";

// Saves the chart that this button stands under.
export async function save(button) {
  const { chart, title, base, chosen, name } = button.parentElement.dataset;
  const plot = document.querySelector(`.st-key-${CSS.escape(chart)} .js-plotly-plot`);
  const drawn = await picture(plot, title, [base, [source(), chosen, saved()].filter(Boolean).join(" ")]);
  const text = new XMLSerializer().serializeToString(drawn);
  const form = button.dataset.save;
  const file = form === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await pixels(drawn, text);
  handOver(file, `${name}.${form}`);
}

const source = () => {
  const told = document.querySelector("[data-source]")?.dataset.source;
  return told ? `${told}.` : "";
};

function saved() {
  const now = new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/London" });
  return `Saved ${now}.`;
}

async function picture(plot, title, notes) {
  const { height, font, paper_bgcolor: ground } = plot._fullLayout;
  const plain = await window.Plotly.toImage(plot, {
    format: "svg", width: WIDTH - 2 * EDGE, height: plot.layout.height ?? height, imageDataOnly: true,
  });
  const inner = document.importNode(new DOMParser().parseFromString(plain, "image/svg+xml").documentElement, true);
  const outer = element("svg", { xmlns: SVG, width: WIDTH, role: "img", "font-family": font.family, fill: font.color });
  outer.append(named("title", title), named("desc", plot.closest("[aria-label]")?.getAttribute("aria-label") ?? ""));
  const back = outer.appendChild(element("rect", { width: WIDTH, fill: ground }));
  let top = write(outer, title, LINES.title, font.family, EDGE) + 8;
  inner.setAttribute("x", EDGE);
  inner.setAttribute("y", top);
  top += Number(inner.getAttribute("height")) + 12;
  outer.append(inner);
  for (const note of notes.filter(Boolean)) top = write(outer, note, LINES.note, font.family, top) + 4;
  for (const sized of [outer, back]) sized.setAttribute("height", top + EDGE - 4);
  outer.setAttribute("viewBox", `0 0 ${WIDTH} ${top + EDGE - 4}`);
  return outer;
}

function element(kind, attributes) {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) if (name !== "xmlns") made.setAttribute(name, value);
  return made;
}

const named = (kind, text) => Object.assign(element(kind, {}), { textContent: text });

// Puts a text in lines no wider than the picture, from there down; gives where it ends.
function write(outer, text, { size, weight }, family, top) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${family}`;
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= WIDTH - 2 * EDGE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  for (const line of lines) {
    top += Math.round(size * 1.35);
    outer.append(Object.assign(element("text", { x: EDGE, y: top - size * 0.3, "font-size": size, "font-weight": weight }), {
      textContent: line,
    }));
  }
  return top;
}

async function pixels(drawn, text) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = drawn.getAttribute("width") * FINENESS;
  canvas.height = drawn.getAttribute("height") * FINENESS;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((made) => (made ? done(made) : failed(new Error("no picture"))), "image/png");
  });
}

function handOver(file, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
