// Makes keying faster than plain forms are: Enter goes on, what follows from an answer opens at once, and what the typed
// numbers stand for is shown. Everything works without it, by the buttons.
(() => {
  const form = document.querySelector("form[data-keying]");
  if (!form) return;
  const save = document.getElementById("save");

  const numbers = (box) => (box && !box.matches(":disabled") ? box.value.match(/\d+/g) || [] : []).map(Number);

  function follow() {
    // In the order of the form: what opens a part stands before it.
    for (const part of form.querySelectorAll("[data-if]")) {
      const typed = numbers(form.elements.namedItem(part.dataset.if));
      const opens = part.dataset.least
        ? typed[0] >= Number(part.dataset.least)
        : part.dataset.is.split(" ").some((number) => typed.includes(Number(number)));
      part.hidden = part.disabled = !opens;
    }
  }

  function tell(box) {
    const told = box.parentElement.querySelector("output");
    const options = box.parentElement.querySelectorAll("li");
    if (!told) return;
    const said = numbers(box).map((number) => options[number - 1]?.textContent.replace(/^\s*\d+\s*/, "").trim() || `${number}?`);
    told.textContent = said.join("; ");
  }

  function next(box) {
    const stops = [...form.querySelectorAll("input:not([type=hidden]), textarea"), save];
    const open = stops.filter((stop) => !stop.matches(":disabled") && stop.getClientRects().length);
    open[open.indexOf(box) + 1]?.focus();
  }

  form.addEventListener("input", (event) => {
    tell(event.target);
    follow();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.target.matches("button")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) form.requestSubmit(save);
    else next(event.target);
  });
  follow();
})();
