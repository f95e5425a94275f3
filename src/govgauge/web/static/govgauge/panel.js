// How many boxes of a form are ticked, told while one ticks them; without it the page tells it when it is opened.
"use strict";

document.addEventListener("change", (event) => {
  const form = event.target.form;
  const told = form && form.querySelector("output[data-count]");
  if (told) told.textContent = form.querySelectorAll(`input[name="${told.dataset.count}"]:checked`).length;
});
