// The collector's page: what is typed is kept on this computer until the server has it, and offered again.
// Everything else works without it, too.
"use strict";

(() => {
  const form = document.getElementById("coding");
  if (!form) return;
  const place = `govgauge-coding-${form.dataset.keep}`;
  const fields = ["answer", "percent", "justification", "confidence", "private_note"];
  const byId = (id) => document.getElementById(id);
  const writable = form.hasAttribute("hx-post");
  let underWay = false;
  let sent = "";
  let wanted = null;

  const content = () => {
    const data = new FormData(form);
    return Object.fromEntries(fields.map((name) => [name, data.get(name) || ""]));
  };
  const asText = (kept) => fields.map((name) => kept[name].replaceAll("\r\n", "\n")).join("\u0000");
  const first = asText(content());

  const keep = () => {
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), content: content() }));
    } catch { /* no room, or none allowed: the page still holds the text */ }
  };
  const drop = () => localStorage.removeItem(place);
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  };

  // What was not saved the last time is offered to the same person, and shown before it takes any place.
  const old = kept();
  if (old && writable && asText(old.content) !== first) {
    byId("kept-at").textContent = new Date(old.at).toLocaleString(document.documentElement.lang);
    byId("kept-text").textContent = old.content.justification || old.content.private_note;
    byId("kept").hidden = false;
  } else if (old) {
    drop();
  }
  byId("kept-use").addEventListener("click", () => {
    for (const name of fields) fill(name, old.content[name]);
    byId("kept").hidden = true;
    form.dispatchEvent(new Event("again"));
    form.querySelector("textarea").focus();
  });
  byId("kept-drop").addEventListener("click", () => {
    drop();
    byId("kept").hidden = true;
  });
  function fill(name, value) {
    const field = form.elements[name];
    if (!field) return;
    if (field instanceof RadioNodeList || field.type === "radio") {
      for (const one of form.querySelectorAll(`input[name="${name}"]`)) one.checked = one.value === value;
    } else {
      field.value = value;
    }
  }

  form.addEventListener("input", keep);
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    underWay = true;
    sent = asText(content());
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    underWay = false;
    const lost = byId("lost");
    if (event.detail.successful) {
      lost.hidden = true;
      if (!byId("saved").dataset.fault && asText(content()) === sent) drop();
    } else {
      tellLost(event.detail.xhr ? event.detail.xhr.status : 0);
    }
    if (wanted && event.detail.successful) {
      const button = stillThere(wanted);
      wanted = null;
      if (button) form.requestSubmit(button);
    }
    wanted = null;
  });
  // A save that came between may have put the same choice there anew; after a refusal only that choice is left.
  function stillThere(button) {
    if (button.name !== "over") return byId("saved").dataset.fault ? null : button;
    return byId("saved").querySelector(`[name="over"][value="${CSS.escape(button.value)}"]`);
  }
  function tellLost(status) {
    keep();
    const signedOut = status === 401 || status === 403;
    for (const line of byId("lost").querySelectorAll("[data-when]")) line.hidden = (line.dataset.when === "401") !== signedOut;
    byId("lost").hidden = false;
    if (!signedOut) setTimeout(() => form.dispatchEvent(new Event("again")), 5000);
  }
  window.addEventListener("online", () => {
    if (!byId("lost").hidden) form.dispatchEvent(new Event("again"));
  });

  // Handing in waits for a save that is under way: it must name the version that came of it.
  form.addEventListener("submit", (event) => {
    if (!underWay) return;
    event.preventDefault();
    wanted = event.submitter;
  });

  // Keys: digits only inside the answers, the others with Ctrl or Alt.
  form.querySelector("fieldset.answers").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio") return;
    const chosen = form.querySelector(`.answers input[data-digit="${CSS.escape(event.key)}"]`);
    if (!chosen || chosen.disabled) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.focus();
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && byId("submit")) {
      event.preventDefault();
      form.requestSubmit(byId("submit"));
    } else if (event.altKey && (event.key === "PageDown" || event.key === "PageUp")) {
      const link = byId(event.key === "PageDown" ? "after" : "before");
      if (!link) return;
      event.preventDefault();
      link.click();
    }
  });
  // Who comes from one assignment to the next begins at the answers, and so does who is told what is missing.
  const begin = () => {
    const answers = form.querySelector(".answers");
    const start = answers.querySelector("input:checked[data-digit]") || answers.querySelector("input");
    if (start && !start.disabled && !start.closest("fieldset").disabled) start.focus({ preventScroll: true });
  };
  byId("answer").addEventListener("focus", begin);
  if (location.hash === "#answer" || byId("saved").dataset.fault) begin();
})();
