// The numbers at the top of a page that is watched: the server tells them as soon as they move, and they are written
// where they stand. Nothing is drawn again for it, so nothing flickers, and nobody is read what they did not ask for.
// Where this does not work the page asks by itself, less often.
const ADDRESS = `${location.origin.replace(/^http/, "ws")}/news`;
const SIGNED_OUT = 4401, NOTHING_OF_OURS = 1008;
const AGAIN_MILLISECONDS = 5000;

let socket = null;
let asked = "";
let told = null;

// A page that nobody has before them listens to nothing.
function look() {
  const place = document.querySelector("#root [data-news]");
  const wanted = (document.visibilityState === "visible" && place?.dataset.news) || "";
  if (wanted !== asked) {
    asked = wanted;
    ask();
  }
  if (place && told?.asked === place.dataset.news) write(place);
}

function ask() {
  if (!asked) socket?.close();
  else if (!socket) connect();
  else if (socket.readyState === WebSocket.OPEN) socket.send(asked);
}

function connect() {
  const mine = new WebSocket(ADDRESS);
  let heard = false;
  mine.addEventListener("open", () => (asked ? mine.send(asked) : mine.close()));
  mine.addEventListener("message", ({ data }) => {
    heard = true;
    told = JSON.parse(data);
    look();
  });
  mine.addEventListener("close", ({ code }) => {
    socket = null;
    // Only what has been heard can have ended: a page that never hears anything is not loaded again and again.
    if (code === SIGNED_OUT && heard) location.reload();
    else if (code !== SIGNED_OUT && code !== NOTHING_OF_OURS) setTimeout(connectAgain, AGAIN_MILLISECONDS);
  });
  socket = mine;
}

function connectAgain() {
  if (asked && !socket) connect();
}

// What was drawn last may be newer than what was told last. A number is written only where its name stands already:
// for another set of numbers the page is drawn again.
function write(place) {
  if (told.change <= Number(place.dataset.change)) return;
  place.dataset.change = told.change;
  const rows = [...place.querySelectorAll("dl > div")];
  const names = rows.map((row) => row.querySelector("dt").textContent);
  if (names.join() === told.numbers.map(([name]) => name).join()) {
    rows.forEach((row, at) => set(row.querySelector("dd"), told.numbers[at][1]));
  }
  set(place.querySelector("p"), told.latest);
}

function set(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    look();
  });
}).observe(document.documentElement, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["data-news", "data-change"],
});
document.addEventListener("visibilitychange", look);
look();
