// The board on a wall: asks for new numbers, says when they are old or the connection is lost, and goes on by itself.
"use strict";

(() => {
  const root = document.documentElement;
  const told = document.body.dataset;
  const numbers = document.getElementById("numbers");
  const state = document.getElementById("state");
  const said = document.getElementById("said");
  const often = 1000 * Number(told.seconds);
  const patience = 10000;
  const program = told["xWallProgram"];
  root.classList.add("js");

  // The time of the server goes on by the counter of this machine, whose clock may be wrong.
  let clockAt = Number(told["xWallClock"]), clockSince = performance.now();
  let made = told["xWallMade"], age = Number(told["xWallAge"] || 0), ageSince = performance.now();
  let oldAfter = Number(told["xWallOldAfter"] || 60);
  let lostAt = 0, closed = false, failures = 0, last = numbers.innerHTML;

  const serverNow = () => clockAt + performance.now() - clockSince;
  const two = (n) => String(n).padStart(2, "0");
  const timeOf = (at) => { const d = new Date(at); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`; };
  const ageNow = () => age + (performance.now() - ageSince) / 1000;

  function put(id, text) {
    const place = document.getElementById(id);
    if (place.textContent !== text) place.textContent = text;
  }

  function showState() {
    const now = serverNow(), date = new Date(now);
    put("clock", timeOf(now));
    put("day", `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`);
    const madeAt = timeOf(Math.round(now - 1000 * ageNow()));
    let kind = "live", text = `${told.saidLive} ${madeAt}`;
    if (closed) [kind, text] = ["closed", told.saidClosed];
    else if (lostAt) [kind, text] = ["lost", told.saidLost.replace("{at}", timeOf(lostAt))];
    else if (made && ageNow() > oldAfter) [kind, text] = ["old", told.saidOld.replace("{at}", madeAt)];
    if (state.className !== `state is-${kind}`) state.className = `state is-${kind}`;
    // Only a change of state is read aloud, not each second.
    state.setAttribute("aria-live", kind === "live" ? "off" : "polite");
    put("said", text);
  }

  function take(answer) {
    const head = (name) => answer.headers.get(`X-Wall-${name}`) || "";
    if (program && head("Program") && head("Program") !== program) { location.reload(); return false; }
    clockAt = Number(head("Clock")) || serverNow(); clockSince = performance.now();
    made = head("Made"); age = Number(head("Age") || 0); ageSince = performance.now();
    oldAfter = Number(head("Old-After") || 60);
    return true;
  }

  function values() {
    return new Map([...numbers.querySelectorAll("[data-n]")].map((one) => [one.dataset.n, one.textContent]));
  }

  function show(text) {
    if (text === last) return;
    last = text;
    const before = values();
    numbers.innerHTML = text;
    for (const one of numbers.querySelectorAll("[data-n]")) {
      const was = before.get(one.dataset.n);
      if (was !== undefined && was !== one.textContent) one.classList.add("changed");
    }
  }

  async function ask() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    try {
      const address = `${told.live}?seen=${encodeURIComponent(closed || !last ? "" : made)}`;
      const answer = await fetch(address, { headers: { "X-Unattended": "1" }, signal: stop.signal, cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) {
        // Nobody who may not see the numbers any more goes on seeing them.
        closed = true; lostAt = 0; failures += 1; last = ""; numbers.replaceChildren();
      } else if (answer.status === 200 || answer.status === 204) {
        const text = answer.status === 200 ? await answer.text() : null;
        if (!answer.headers.get("X-Wall-Clock")) throw new Error("not our answer");
        if (!take(answer)) return;
        if (text !== null) show(text);
        closed = false; lostAt = 0; failures = 0;
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      failures += 1;
      if (!lostAt && !closed) lostAt = serverNow();
    } finally {
      clearTimeout(timer);
    }
    showState();
    setTimeout(ask, closed ? 12 * often : often * Math.min(3, Math.max(1, failures)));
  }

  const full = document.getElementById("full");
  full.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen().catch(() => {});
  });
  if (!document.fullscreenEnabled) full.hidden = true;

  // Light or dark is kept on this screen; changing it does not leave full screen.
  const look = document.getElementById("look");
  function wear(kind) {
    root.dataset.look = kind;
    const other = kind === "dark" ? "light" : "dark";
    look.textContent = look.dataset[other];
    look.href = `?look=${other}`;
  }
  try { if (!location.search && localStorage.getItem("wall-look")) wear(localStorage.getItem("wall-look") === "light" ? "light" : "dark"); } catch { /* no storage */ }
  look.addEventListener("click", (event) => {
    event.preventDefault();
    const kind = root.dataset.look === "dark" ? "light" : "dark";
    wear(kind);
    try { localStorage.setItem("wall-look", kind); } catch { /* no storage */ }
  });

  // The pointer does not rest on the numbers.
  let still;
  document.addEventListener("pointermove", () => {
    root.classList.remove("still");
    clearTimeout(still);
    still = setTimeout(() => root.classList.add("still"), 5000);
  });

  showState();
  setInterval(showState, 1000);
  setTimeout(ask, often);
  addEventListener("online", () => { if (lostAt) failures = 0; });
})();
