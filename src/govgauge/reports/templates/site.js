(function () {
  "use strict";
  var found = JSON.parse(document.getElementById("found").textContent);
  var list = document.getElementById("list"), more = document.getElementById("more"), count = document.getElementById("count");
  var byAudit = document.getElementById("by-audit"), byWords = document.getElementById("by-words"), order = document.getElementById("order");
  var STEP = 50, shown = STEP, rows = [];

  function make(tag, text, className) {
    var node = document.createElement(tag);
    if (text) node.textContent = text;
    if (className) node.className = className;
    return node;
  }
  function link(url) {
    if (!/^https?:\/\//.test(url)) return make("span", url);
    var node = make("a", url);
    node.href = url; node.target = "_blank"; node.rel = "noopener noreferrer";
    return node;
  }
  function line(label, node) {
    var row = make("div"), name = make("b", label);
    row.appendChild(name); row.appendChild(typeof node === "string" ? document.createTextNode(node) : node);
    return row;
  }
  function trimmed(points) { return String(Math.round(points * 1000) / 1000); }

  function card(row) {
    var audit = found.audits[row.audit] || {title: "", why: "", fix: ""};
    var box = make("div", "", "card");
    var head = make("div");
    head.appendChild(make("b", audit.title));
    head.appendChild(document.createTextNode(" "));
    head.appendChild(make("span", row.points > 0 ? "涉及 " + trimmed(row.points) + " 分" : "不计分", "tag" + (row.points > 0 ? " fail" : "")));
    box.appendChild(head);
    box.appendChild(make("div", row.sentence));
    box.appendChild(line("所在网页：", link(row.page)));
    if (/^https?:\/\//.test(row.target) && row.target !== row.page) box.appendChild(line("对象：", link(row.target)));
    if (row.excerpt) box.appendChild(make("blockquote", row.excerpt));
    var more = make("details"), summary = make("summary", "为什么重要、怎么改、依据");
    more.appendChild(summary);
    more.appendChild(line("为什么重要：", audit.why));
    more.appendChild(line("怎么改：", audit.fix));
    more.appendChild(line("观测时间：", row.seen_at.map(function (at) { return at.slice(0, 19).replace("T", " ") + " UTC"; }).join("；") || "—"));
    more.appendChild(line("编号：", make("code", row.id)));
    if (row.offset >= 0) {
      var place = make("a", "archive.warc.gz，第 " + row.offset + " 字节");
      place.href = "archive.warc.gz";
      more.appendChild(line("原件：", place));
    }
    if (row.sha256) more.appendChild(line("校验值：", make("code", row.sha256)));
    box.appendChild(more);
    return box;
  }
  function choose() {
    var audit = byAudit.value, words = byWords.value.trim().toLowerCase();
    rows = found.findings.filter(function (row) {
      if (audit && row.audit !== audit) return false;
      return !words || (row.page + " " + row.target + " " + row.sentence + " " + row.excerpt).toLowerCase().indexOf(words) >= 0;
    });
    var key = order.value;
    if (key === "points") rows.sort(function (a, b) { return b.points - a.points; });
    else if (key !== "todo") rows.sort(function (a, b) { return a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0; });
    shown = STEP;
    draw();
  }
  function draw() {
    list.textContent = "";
    rows.slice(0, shown).forEach(function (row) { list.appendChild(card(row)); });
    count.textContent = "共 " + rows.length + " 处" + (rows.length > shown ? "，显示前 " + shown + " 处" : "");
    more.style.display = rows.length > shown ? "" : "none";
  }
  byAudit.onchange = order.onchange = choose;
  byWords.oninput = choose;
  more.onclick = function () { shown += STEP; draw(); };
  document.querySelectorAll("a[data-audit]").forEach(function (node) {
    node.addEventListener("click", function () { byAudit.value = node.dataset.audit; byWords.value = ""; choose(); });
  });
  document.querySelectorAll("th.sort").forEach(function (head) {
    head.addEventListener("click", function () {
      var table = head.closest("table"), body = table.tBodies[0], at = head.cellIndex, down = head.dataset.down !== "1";
      head.dataset.down = down ? "1" : "0";
      Array.from(body.rows).sort(function (a, b) {
        var x = a.cells[at].textContent, y = b.cells[at].textContent, m = parseFloat(x), n = parseFloat(y);
        var way = head.classList.contains("num") ? (isNaN(m) ? -1 : m) - (isNaN(n) ? -1 : n) : x.localeCompare(y, "zh");
        return down ? way : -way;
      }).forEach(function (row) { body.appendChild(row); });
    });
  });
  window.addEventListener("beforeprint", function () {
    shown = Math.min(rows.length, 300); draw();
    document.querySelectorAll("#tree details").forEach(function (node) { node.open = true; });
  });
  choose();
})();
