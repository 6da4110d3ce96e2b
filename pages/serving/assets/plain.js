// What makes the plain pages more comfortable. They work without it: nothing here is needed to answer.
(() => {
  "use strict";

  const WRITING_STOPS_MILLISECONDS = 3000;
  const words = document.getElementById("words")?.dataset;
  if (!words) return;

  // How much may still be written: shown always, read out only when somebody pauses near the end.
  for (const box of document.querySelectorAll("textarea[data-most]")) {
    const seen = Object.assign(document.createElement("span"), { className: "hint count", ariaHidden: "true" });
    const heard = Object.assign(document.createElement("span"), { className: "unseen", role: "status" });
    box.after(seen, heard);
    let pausing;
    const count = () => {
      const left = Number(box.dataset.most) - [...box.value].length;
      const number = Math.abs(left).toLocaleString("en-GB"); // the figures that stand in every language's sentences
      const told = left < 0 ? words.over.replace("{over}", number) : words.left.replace("{left}", number);
      seen.textContent = told;
      clearTimeout(pausing);
      if (left < box.dataset.most / 5) pausing = setTimeout(() => { heard.textContent = told; }, 1000);
    };
    box.addEventListener("input", count);
    count();
  }

  // A long comment is kept while it is being written, so that a flat battery takes no more than the last sentence.
  const form = document.querySelector("form.answers-form");
  if (form) {
    let waiting, kept = null;
    const keep = () => {
      const sent = new URLSearchParams(new FormData(form));
      sent.set("go", "keep");
      if (String(sent) === kept) return;
      kept = String(sent);
      // What cannot be kept now is kept by the next pause, or by the button.
      fetch(form.action, { method: "POST", body: sent, keepalive: kept.length < 60000, redirect: "manual" }).catch(() => { kept = null; });
    };
    form.addEventListener("input", (event) => {
      if (event.target.tagName !== "TEXTAREA") return;
      clearTimeout(waiting);
      waiting = setTimeout(keep, WRITING_STOPS_MILLISECONDS);
    });
    form.addEventListener("submit", () => { clearTimeout(waiting); waiting = null; });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && waiting) { clearTimeout(waiting); keep(); }
    });
  }

  // Reading aloud by a voice that is on this device: some browsers' voices are elsewhere, and would be told the page.
  const speech = window.speechSynthesis;
  const main = document.querySelector("main");
  if (!speech || !main) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "second listen", textContent: words.listen });
  const voice = () => speech.getVoices().find((one) => one.localService
    && one.lang.toLowerCase().split(/[-_]/)[0] === document.documentElement.lang.toLowerCase().split("-")[0]);
  const offer = () => { if (voice() && !button.isConnected) main.append(button); };
  const texts = () => [...main.querySelectorAll("h1, h2, h3, p, legend, label, dt, dd, li, .hint, .problem")]
    .filter((one) => one.offsetParent && !one.closest(".unseen, .languages, button") && !one.querySelector("p, label, li"))
    .map((one) => one.textContent.trim()).filter(Boolean);
  const hush = () => { speech.cancel(); button.textContent = words.listen; };
  button.addEventListener("click", () => {
    if (speech.speaking) { hush(); return; }
    button.textContent = words.stop;
    const parts = texts().map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), lang: document.documentElement.lang }));
    if (parts.length) parts[parts.length - 1].addEventListener("end", hush);
    for (const part of parts) speech.speak(part);
  });
  addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();
