// The reading aid of public pages: size, contrast, spacing, a ruler, and reading aloud by the browser's own voice.
// Choices are kept in this browser only. Without this script pages are as they are.
"use strict";

(() => {
  const root = document.documentElement;
  const bar = document.getElementById("aid");
  const opener = document.getElementById("aid-open");
  if (!bar || !opener) return;
  const ruler = document.getElementById("aid-ruler");
  const status = document.getElementById("aid-status");
  const KEY = "reading-aid";
  const LARGEST = 4;
  const STEP = 24;
  let chosen = { on: false, size: 0, contrast: false, spaced: false, ruler: false };
  try {
    chosen = { ...chosen, ...JSON.parse(localStorage.getItem(KEY) || "{}") };
  } catch { /* a browser that keeps nothing: choices hold for this page */ }
  chosen.size = Math.min(Math.max(Number(chosen.size) || 0, 0), LARGEST);

  const button = (name) => bar.querySelector(`[data-aid="${name}"]`);
  const tell = (text) => { status.textContent = text || ""; };

  function show() {
    root.classList.toggle("aid-on", chosen.on);
    bar.hidden = !chosen.on;
    opener.setAttribute("aria-expanded", String(chosen.on));
    for (let size = 1; size <= LARGEST; size += 1) root.classList.toggle(`aid-size-${size}`, chosen.on && chosen.size === size);
    for (const name of ["contrast", "spaced", "ruler"]) {
      root.classList.toggle(`aid-with-${name}`, chosen.on && chosen[name]);
      button(name).setAttribute("aria-pressed", String(chosen[name]));
    }
    ruler.hidden = !(chosen.on && chosen.ruler);
    button("smaller").disabled = chosen.size === 0;
    button("larger").disabled = chosen.size === LARGEST;
    root.style.setProperty("--aid-height", `${chosen.on ? bar.offsetHeight : 0}px`);
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch { /* as above */ }
  }

  // Reading aloud: one paragraph, heading, list item or row after the other, from where the reader is.
  const voice = window.speechSynthesis;
  let queue = [];
  let at = -1;
  let state = "still";

  function parts() {
    const found = document.querySelectorAll("main h1, main h2, main h3, main p, main li, main tr, main dt, main dd, main summary, main label");
    return [...found].filter((one) => one.innerText.trim() && one.getClientRects().length
      && ![...one.children].some((child) => child.matches("p, ul, ol, table, dl, h2, h3")));
  }

  function mark(part) {
    document.querySelectorAll(".aid-spoken").forEach((one) => one.classList.remove("aid-spoken"));
    if (!part) return;
    part.classList.add("aid-spoken");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    part.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  function next() {
    if (state !== "speaking") return;
    at += 1;
    if (at >= queue.length) { stop(); return; }
    const part = queue[at];
    const said = new SpeechSynthesisUtterance(part.innerText.replace(/\s+/g, " ").slice(0, 1500));
    const tongue = part.closest("[lang]");
    said.lang = (tongue && tongue.lang) || root.lang;
    const turn = at;
    said.onend = () => { if (turn === at) next(); };
    said.onerror = (event) => {
      if (["canceled", "interrupted"].includes(event.error) || turn !== at) return;
      tell(bar.dataset.silent);
      stop();
    };
    mark(part);
    voice.speak(said);
  }

  function read() {
    if (state === "speaking") {
      voice.pause();
      state = "paused";
    } else if (state === "paused") {
      voice.resume();
      state = "speaking";
    } else {
      const from = document.activeElement;
      queue = parts();
      const first = from && from !== document.body && from.closest("main") && from.id !== "main"
        ? queue.findIndex((one) => one.contains(from) || (from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) : 0;
      at = Math.max(first, 0) - 1;
      state = "speaking";
      tell("");
      next();
    }
    words();
  }

  function stop() {
    state = "still";
    at = -1;
    queue = [];
    if (voice) voice.cancel();
    mark(null);
    words();
  }

  function words() {
    const one = button("read");
    one.textContent = one.dataset[state];
    button("stop").disabled = state === "still";
  }

  const does = {
    smaller: () => { chosen.size -= 1; },
    larger: () => { chosen.size += 1; },
    contrast: () => { chosen.contrast = !chosen.contrast; },
    spaced: () => { chosen.spaced = !chosen.spaced; },
    ruler: () => { chosen.ruler = !chosen.ruler; },
    reset: () => { chosen = { ...chosen, size: 0, contrast: false, spaced: false, ruler: false }; stop(); },
    read,
    stop,
    close: () => { chosen.on = false; stop(); },
  };

  bar.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-aid]");
    if (!pressed) return;
    does[pressed.dataset.aid]();
    show();
    if (pressed.dataset.aid === "close") opener.focus();
  });
  opener.addEventListener("click", () => {
    chosen.on = !chosen.on;
    if (!chosen.on) stop();
    show();
    if (chosen.on) bar.querySelector("button:not([disabled])").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!chosen.on) return;
    if (event.key === "Escape" && (bar.contains(document.activeElement) || state !== "still")) {
      if (state === "still") { does.close(); show(); opener.focus(); } else stop();
    } else if (chosen.ruler && event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      move(ruler.offsetTop + ruler.offsetHeight / 2 + (event.key === "ArrowUp" ? -STEP : STEP));
      event.preventDefault();
    }
  });
  function move(y) {
    const high = ruler.offsetHeight;
    ruler.style.top = `${Math.min(Math.max(y - high / 2, 0), innerHeight - high)}px`;
  }
  document.addEventListener("pointermove", (event) => { if (chosen.on && chosen.ruler) move(event.clientY); });
  addEventListener("pagehide", stop);
  addEventListener("resize", show);

  if (!voice || typeof SpeechSynthesisUtterance === "undefined") {
    button("read").disabled = true;
    button("read").title = bar.dataset.silent;
  }
  opener.hidden = false;
  words();
  show();
})();
