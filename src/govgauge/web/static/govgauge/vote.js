// The ballot in the browser: counts choices, makes the voter's secret, sends the ballot until an answer has come.
"use strict";
(() => {
  const form = document.getElementById("ballot");
  if (!form) return;
  const told = form.dataset, most = Number(told.most), state = document.getElementById("ballot-state");
  const kept = `vote-${told.round}`;
  const boxes = [...form.querySelectorAll("input[name=choice]")];
  const chosen = () => boxes.filter((box) => box.checked).map((box) => Number(box.value)).sort((a, b) => a - b);

  function say(text, wrong) {
    let line = document.getElementById("ballot-told");
    if (!line) {
      line = document.createElement("span");
      line.id = "ballot-told";
      state.append(" ", line);
    }
    line.textContent = text;
    line.className = wrong ? "is-wrong" : "";
  }

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.name !== "choice") return;
    if (chosen().length > most) {
      box.checked = false;
      say(told.tooMany, true);
    } else {
      say("", false);
    }
    document.getElementById("ballot-count").textContent = String(chosen().length);
  });
  document.getElementById("ballot-count").textContent = String(chosen().length);

  for (const button of form.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      for (const other of form.querySelectorAll("[data-show]")) other.setAttribute("aria-pressed", String(other === button));
      for (const card of form.querySelectorAll(".vote-card")) {
        card.hidden = Boolean(button.dataset.show) && card.dataset.category !== button.dataset.show;
      }
    });
  }

  // Where a browser makes no hashes (a page without HTTPS), the form goes as it is, and the office makes the secret.
  if (!window.crypto || !crypto.subtle || !window.fetch) return;
  const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");

  // Four lines, as docs/vote.md says: anybody can reckon a receipt again.
  const lines = (choices, secret) => ["govgauge-ballot-1", told.round, choices.join(","), secret].join("\n");

  async function made(choices) {
    const secret = hex(crypto.getRandomValues(new Uint8Array(32))), text = new TextEncoder().encode(lines(choices, secret));
    const receipt = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", text)));
    return { choices, secret, receipt, token: form.elements.token.value };
  }

  function pending() {
    try {
      const found = JSON.parse(sessionStorage.getItem(kept) || "null");
      return found && found.token === form.elements.token.value ? found : null;
    } catch {
      return null;
    }
  }

  function keep(ballot) {
    try {
      if (ballot) sessionStorage.setItem(kept, JSON.stringify(ballot));
      else sessionStorage.removeItem(kept);
    } catch { /* a browser that keeps nothing: the ballot stays in this page */ }
  }

  async function send(ballot) {
    const body = new URLSearchParams([["token", ballot.token], ["commitment", ballot.receipt], ...ballot.choices.map((one) => ["choice", one])]);
    for (let trial = 0; trial < 6; trial += 1) {
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.ok) return { ok: true };
        if (answer.status < 500) return { ok: false, sentence: (await answer.json()).error };
      } catch { /* no answer: it may be counted or not, and the same ballot may be sent again */ }
      say(told.again, false);
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** trial * (0.5 + Math.random())));
    }
    return null;
  }

  function show(ballot) {
    const part = document.getElementById("ballot-done");
    document.getElementById("done-receipt").textContent = ballot.receipt;
    document.getElementById("done-secret").textContent = ballot.secret;
    const names = ballot.choices.map((one) => `${one} ${boxes.find((box) => Number(box.value) === one)?.closest("label").textContent.trim() ?? ""}`);
    document.getElementById("done-choices").textContent = names.join("；");
    const file = `${lines(ballot.choices, ballot.secret)}\n\nSHA-256 = ${ballot.receipt}\n`;
    document.getElementById("done-save").href = URL.createObjectURL(new Blob([file], { type: "text/plain" }));
    form.hidden = true;
    part.hidden = false;
    part.focus();
  }

  let current = null, busy = false;
  async function cast(ballot) {
    busy = true;
    current = ballot;
    keep(ballot);
    say(told.sending, false);
    const answer = await send(ballot);
    busy = false;
    if (answer === null) {
      say(told.lost, true);
      return;
    }
    keep(null);
    current = null;
    if (answer.ok) show(ballot);
    else say(answer.sentence, true);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const choices = chosen();
    if (!current && !choices.length) {
      say(told.none, true);
      return;
    }
    busy = true;
    await cast(current || await made(choices));
  });

  const unsent = pending();
  if (unsent) {
    for (const box of boxes) box.checked = unsent.choices.includes(Number(box.value));
    cast(unsent);
  }
})();
