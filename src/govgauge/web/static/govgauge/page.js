// What pages can do beyond their links and forms. Everything works without it.
"use strict";

document.documentElement.classList.add("js");

// Auto-refreshing parts can be held still by their reader.
let held = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pause]");
  if (!button) return;
  held = !held;
  tell(button);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (held && (event.target.getAttribute("hx-trigger") || "").startsWith("every")) event.preventDefault();
});

document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll("[data-pause]").forEach(tell);
});

function tell(button) {
  button.textContent = held ? button.dataset.resume : button.dataset.pause;
  button.setAttribute("aria-pressed", String(held));
}

// Empty filters stay out of the address; a field of a form that was emptied is sent as empty.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  const asked = event.detail.parameters;
  for (const name of Object.keys(asked)) if (asked[name] === "") delete asked[name];
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "get") return;
  for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
});

// A session that has ended while somebody typed: their text stays where it is, and they are told.
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const target = document.getElementById("saved");
  if (target && target.dataset.signedOut && [401, 403, 404].includes(status)) target.textContent = target.dataset.signedOut;
});
document.addEventListener("htmx:sendError", () => {
  const target = document.getElementById("saved");
  if (target && target.dataset.offline) target.textContent = target.dataset.offline;
});

// A file that is too large is told of before it is sent.
document.addEventListener("change", (event) => {
  const most = Number(event.target.dataset && event.target.dataset.mostBytes);
  if (!most || !event.target.files) return;
  const large = [...event.target.files].some((file) => file.size > most);
  event.target.setCustomValidity(large ? event.target.dataset.tooLarge : "");
  if (large) event.target.reportValidity();
});

// How long a text is to its reader while they type, as `office/reader_count.py` counts; the office counts again.
document.addEventListener("input", (event) => {
  const most = Number(event.target.dataset && event.target.dataset.most);
  const place = most && document.getElementById(event.target.dataset.count);
  if (!place) return;
  const text = event.target.value.normalize("NFC").replace(/\r\n?/g, "\n").trim();
  const seen = text.replace(/\u200d\P{M}/gu, "").replace(/[\u{1F3FB}-\u{1F3FF}]/gu, "").replace(/(?![\n\t])[\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Cs}]/gu, "");
  const count = [...seen].length;
  place.textContent = (count > most ? place.dataset.over : place.dataset.within).replace("{n}", count);
  place.classList.toggle("error", count > most);
});

// A box that ticks all others of its form, and a button that prints.
document.addEventListener("change", (event) => {
  const all = event.target.dataset && event.target.dataset.all;
  if (!all || !event.target.form) return;
  event.target.form.querySelectorAll(`input[type="checkbox"][name="${all}"]`).forEach((box) => { box.checked = event.target.checked; });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A passkey that the browser does not take: the reader is told, not only the console.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-failed]");
  if (!place) return;
  const fault = event.detail.exception;
  place.textContent = fault && fault.name === "SecurityError" ? place.dataset.passkeyAddress : place.dataset.passkeyFailed;
  place.hidden = false;
  event.preventDefault();
});
