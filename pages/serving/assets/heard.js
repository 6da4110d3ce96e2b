// What Streamlit cannot be told to do: move the focus when the step changes, set the language, tie questions and
// mistakes to their inputs, let wide tables be scrolled by keyboard, and say in plain words what a lost connection means.
(() => {
  "use strict";

  // Streamlit asks the server twice whether it may connect before it does. Told the answers, it connects at once: on a
  // slow phone a third of a second sooner. This script stands before Streamlit's, so it is told in time.
  window.__streamlit = {
    BACKEND_BASE_URL: `${location.origin}/`,
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false, enableCustomParentMessages: false },
  };

  const WENT_WRONG = '#root :is([data-testid="stException"], [data-testid="stAlert"], .heard-fault), [role="dialog"]';
  const WIDE = '[data-testid="stTable"] > div, .heard-wide, [class*="st-key-heard-wide"], '
    + '[class*="st-key-heard-wide"] [data-testid="stElementContainer"]';
  const ROOMS = ".st-key-heard-staff-rooms", PAGES = ".st-key-heard-staff-pages";
  const PAPER_PIXELS = 680, PAPER_PIXELS_DOWN = 840, BOARD_PIXELS = 1000; // between the margins of A4
  const PATIENCE_MILLISECONDS = 20000;
  const LONGEST_PASTE = 100000;
  const english = document.getElementById("heard-words")?.dataset ?? {};
  const words = { ...english };

  // The first words stand until the page is there: for parents all of it, so that nothing moves under a thumb; for
  // staff its heading, because charts take longer. What goes wrong is shown at once.
  function arrive() {
    if (!document.body.classList.contains("heard-waiting")) return;
    const forStaff = document.body.classList.contains("for-staff");
    const drawn = document.querySelector(forStaff ? "#root h1" : '#root [data-test-script-state="notRunning"] h1');
    const complete = drawn && (forStaff || !document.querySelector('#root [data-testid="stSkeleton"]'));
    if (!complete && !document.querySelector(WENT_WRONG)) return;
    document.body.classList.remove("heard-waiting");
    document.getElementById("heard-first")?.remove();
    setTimeout(() => fetchParts(words.next), 500);
  }

  // A script that did not come leaves Streamlit waiting for ever. Somebody on a train should know, and know what to do.
  function admitDelay() {
    const told = document.querySelector("#heard-first .heard-loading");
    if (told && words.slow) told.textContent = words.slow;
  }

  // What pages are drawn with comes in parts. Fetched before Streamlit asks, but never ahead of what it waits for.
  function fetchParts(addresses) {
    for (const href of addresses?.split(" ") ?? []) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", crossOrigin: "", href }));
    }
  }

  // The page says which step it shows. When that changes, what is new is read out: the heading, or what to put right.
  let shown = null;
  function follow() {
    const step = document.getElementById("heard-step");
    if (!step) return;
    setLanguage(step.dataset);
    if (step.dataset.step === shown) return;
    const target = step.dataset.errors === "true"
      ? document.querySelector("main .heard-error-summary")
      : named(step.dataset.focus);
    if (!target || target.closest('[data-stale="true"]') || (step.dataset.focus && !atRest())) return;
    const box = document.getElementById("checking-find");
    if (box?.value) {
      box.value = "";
      leave("");
    }
    if (shown !== null || step.dataset.errors === "true") focusOn(target, step.dataset.scroll);
    shown = step.dataset.step;
  }

  // What a step leads the focus to: what has that id, all that Streamlit draws under that key where it is news of ours,
  // the box that it draws there, which may come later, or the heading.
  function named(place) {
    if (!place) return document.querySelector("main h1");
    const drawn = `.st-key-${CSS.escape(place)}`;
    return document.getElementById(place) ?? document.querySelector(place.startsWith("heard-") ? drawn : `${drawn} textarea`);
  }

  function setLanguage({ lang, dir, lost, pasted }) {
    if (!lang) return;
    Object.assign(words, { lost: lost ?? english.lost, pasted: pasted ?? english.pasted });
    document.documentElement.lang = lang;
    document.documentElement.dir = dir;
  }

  function focusOn(target, block = "nearest") {
    if (!target.matches("input, textarea")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
    target.scrollIntoView({ block });
  }

  // A question stands above its input as our own text; this is what joins them for somebody who does not see that.
  function tie() {
    for (const question of document.querySelectorAll(".heard-question[data-for]")) {
      const key = question.dataset.for;
      const parts = ["hint", "error"].map((part) => `${key}-${part}`).filter((id) => document.getElementById(id));
      const group = document.querySelector(`.st-key-${CSS.escape(key)}-group`);
      if (group) {
        set(group, "role", "group");
        set(group, "aria-labelledby", `${key}-label`);
      }
      const inputs = group
        ? [group]
        : document.querySelectorAll(`.st-key-${CSS.escape(key)} :is([role="radiogroup"], textarea, input:not([type="radio"]))`);
      for (const input of inputs) {
        set(input, "aria-describedby", parts.join(" ") || null);
        if (!group) set(input, "aria-invalid", parts.some((id) => id.endsWith("-error")) ? "true" : null);
      }
    }
    // Of an answer with a picture Streamlit gives out the address as part of its name.
    for (const input of document.querySelectorAll('input[aria-label^="![]("]')) {
      set(input, "aria-label", input.closest("label").textContent.trim());
    }
  }

  function set(element, name, value) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  // Coding comments by keyboard: letters leave the choices that have them, Enter chooses the first, Ctrl and Enter saves.
  const atRest = () => document.querySelector('#root [data-test-script-state="notRunning"]');
  const choices = () => [...document.querySelectorAll(
    '.st-key-checking-choices :is([data-testid="stCheckbox"], [data-testid="stRadioOption"])',
  )];

  function find(event) {
    if (event.target.id === "checking-find") leave(event.target.value.trim().toLowerCase());
  }

  function leave(sought) {
    const left = choices().filter((choice) => {
      const found = choice.textContent.toLowerCase().includes(sought);
      (choice.closest('[data-testid="stElementContainer"]:has([data-testid="stCheckbox"])') ?? choice).hidden = !found;
      return found;
    });
    tellFound(sought ? `${left.length} left${left.length ? `: ${left[0].textContent.trim()} is first` : ""}` : "");
  }

  function tellFound(words) {
    document.getElementById("checking-find-told").textContent = words;
  }

  // While the page is being drawn the button is not there; by the time it is, it may be the next comment's.
  let toSave = null;
  const stepNow = () => document.getElementById("heard-step")?.dataset.step;
  function save() {
    if (toSave === null || !atRest()) return;
    if (toSave === stepNow()) document.querySelector('[class*="st-key-checking-save-"] button')?.click();
    toSave = null;
  }

  function codeByKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    const box = document.getElementById("checking-find");
    if (!box) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      toSave = stepNow();
      save();
    } else if (event.target === box && box.value.trim() && atRest()) {
      event.preventDefault();
      const first = choices().find((choice) => choice.getClientRects().length);
      first?.querySelector("input")?.click();
      box.value = "";
      leave("");
      tellFound(first ? `${first.textContent.trim()}: chosen` : "");
    }
  }

  // A link in "There is a problem" goes to the input itself, not only to where it is.
  function goTo(event) {
    const key = event.target.closest?.("a[data-for]")?.dataset.for;
    if (!key) return;
    const place = document.querySelector(`.st-key-${CSS.escape(key)}-group, .st-key-${CSS.escape(key)}`);
    const input = place?.querySelector("input:not([disabled]), textarea, button");
    if (!input) return;
    event.preventDefault();
    document.getElementById(key)?.scrollIntoView({ block: "start" });
    input.focus({ preventScroll: true });
  }

  function tables() {
    for (const box of document.querySelectorAll(WIDE)) {
      const wide = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
      set(box, "tabindex", wide ? "0" : null);
      set(box, "role", wide ? "region" : null);
      set(box, "aria-label", wide ? nameOf(box) : null);
    }
  }

  // The links between staff pages, as what they are; and which of them is this page, or the room it is in.
  function mapPages() {
    for (const [bar, name] of [[ROOMS, "Rooms"], [PAGES, "Pages of this room"]]) {
      const links = document.querySelector(bar);
      if (!links) continue;
      set(links, "role", "navigation");
      set(links, "aria-label", name);
      for (const link of links.querySelectorAll("a")) {
        const here = bar === PAGES && new URL(link.href).pathname === location.pathname;
        set(link, "aria-current", here ? "page" : link.querySelector("strong") ? "true" : null);
      }
    }
  }

  function nameOf(box) {
    const caption = box.querySelector("caption")?.textContent.trim();
    if (caption) return caption;
    const before = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].filter(
      (heading) => heading.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return before.at(-1)?.textContent.trim() || document.title;
  }

  // A picture of a chart is made here in the browser, by a script that is fetched when somebody first wants one.
  async function savePicture(event) {
    const button = event.target.closest?.("button[data-save]");
    const told = button?.parentElement.querySelector('[role="status"]');
    if (!told) return;
    told.textContent = "";
    try {
      await (await import(words.saving)).save(button);
      told.textContent = "Saved.";
    } catch (problem) {
      console.warn(problem);
      told.textContent = "This browser could not make the picture. The table can be saved.";
    }
  }

  // Streamlit's button says only what it saves; which chart's, its neighbours know.
  function nameDownloads() {
    for (const row of document.querySelectorAll(".heard-save")) {
      const button = row.closest('[class*="st-key-heard-save"]')?.querySelector('[data-testid="stDownloadButton"] button');
      if (button) set(button, "aria-label", `${button.textContent.trim()}: ${row.dataset.title}`);
    }
  }

  // Streamlit's button goes grey while its file is made, and loses the focus. Whoever does not see it turn is told so,
  // and told how that ended; and the focus is given back, unless it has gone elsewhere.
  const making = new Set();
  function followFiles() {
    for (const button of document.querySelectorAll('[data-testid="stDownloadButton"] button')) {
      const isMade = !button.disabled || !button.querySelector('[data-testid="stSpinnerIcon"]');
      const name = button.getAttribute("aria-label") ?? button.textContent.trim();
      if (!isMade && !making.has(button)) {
        making.add(button);
        tellOfFile(button, `Making “${name}”. It is saved when it is ready.`);
      } else if (isMade && making.delete(button)) {
        const failed = button.closest('[data-testid="stDownloadButton"]').querySelector('[data-testid="stDownloadButtonError"]');
        tellOfFile(button, failed
          ? `“${name}” could not be made. Open the page again and choose it once more. If that fails, tell whoever runs Heard.`
          : `“${name}” is made.`);
        if (document.activeElement === document.body) button.focus({ preventScroll: true });
      }
    }
  }

  function tellOfFile(button, words) {
    const near = button.closest('[class*="st-key-heard-save"], [class*="st-key-heard-files"]');
    const told = near?.querySelector('[role="status"]');
    if (told) told.textContent = words;
  }

  // Streamlit's own words for a lost connection speak of servers.
  function comfort() {
    const dialog = document.querySelector('[role="dialog"]');
    if (!dialog || !words.lost || dialog.querySelector(".heard-lost") || !/connection error/i.test(dialog.textContent)) return;
    const note = document.createElement("p");
    note.className = "heard-lost";
    note.textContent = words.lost;
    (dialog.querySelector('[data-testid="stDialogContent"]') ?? dialog.lastElementChild ?? dialog).append(note);
  }

  // Nobody means to paste a whole book into a box; said at once, and what was there is kept.
  function refuseBook(event) {
    const box = event.target.closest?.("textarea, input");
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const place = box?.closest('[data-testid="stElementContainer"]');
    if (!place) return;
    place.querySelector(".heard-pasted")?.remove();
    if (pasted.length <= LONGEST_PASTE || !words.pasted) return;
    event.preventDefault();
    const note = document.createElement("p");
    note.className = "heard-error heard-pasted";
    note.setAttribute("role", "alert");
    note.textContent = words.pasted;
    place.append(note);
  }

  // A chart keeps the width of the window it was drawn in. For paper it is drawn a little wider than the page and made
  // smaller by as much: further where it is taller than a page, or has twelve districts side by side. Then as before.
  const widths = new Map();
  function toPaper() {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      const wide = plot.closest(".st-key-heard-wide-board") ? BOARD_PIXELS / PAPER_PIXELS : 1.2;
      const larger = Math.max(wide, plot.clientHeight / PAPER_PIXELS_DOWN);
      widths.set(plot, plot.clientWidth);
      plot.closest('[data-testid="stElementContainer"]').style.setProperty("--to-paper", (1 / larger).toFixed(3));
      window.Plotly.relayout(plot, { width: PAPER_PIXELS * larger });
    }
  }

  function fromPaper() {
    for (const [plot, width] of widths) window.Plotly.relayout(plot, { width });
    widths.clear();
  }

  let due = false;
  function look() {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      for (const part of [arrive, follow, tie, tables, mapPages, nameDownloads, followFiles, comfort, save]) part();
    });
  }

  new MutationObserver(look).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-step", "data-errors", "data-stale", "data-test-script-state", "disabled"],
  });
  window.addEventListener("resize", look);
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
  document.addEventListener("DOMContentLoaded", () => fetchParts(words.soon));
  window.addEventListener("error", (event) => event.target?.tagName === "SCRIPT" && admitDelay(), true);
  setTimeout(admitDelay, PATIENCE_MILLISECONDS);
  document.addEventListener("click", goTo);
  document.addEventListener("click", savePicture);
  document.addEventListener("input", find);
  document.addEventListener("keydown", codeByKey);
  document.addEventListener("paste", refuseBook, true);
  look();
})();
