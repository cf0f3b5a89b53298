// The desk's keys, and what a page can do faster with a script: everything here also works without one.
"use strict";
(() => {
  const said = document.getElementById("said");
  const say = (words) => { said.textContent = words; clearTimeout(say.timer); say.timer = setTimeout(() => { said.textContent = ""; }, 6000); };
  const items = () => [...document.querySelectorAll(".item[data-id]")];
  const current = () => document.querySelector(".item.now");

  // ---------------------------------------------------------------- lighting the words
  const light = (start, end) => {
    document.querySelectorAll("[data-start]").forEach((piece) => {
      const at = Number(piece.dataset.start);
      piece.classList.toggle("lit", at >= start && at < end);
    });
    const first = document.querySelector("[data-start].lit");
    if (first) first.scrollIntoView({ block: "center" });
  };
  const follow = () => {
    const words = /^#c=(\d+)-(\d+)$/.exec(location.hash);
    if (words) light(Number(words[1]), Number(words[2]));
    const item = /^#i-(\w+)$/.exec(location.hash);
    if (item) choose(document.getElementById(`i-${item[1]}`), false);
  };
  const choose = (item, focus = true) => {
    if (!item) return;
    current()?.classList.remove("now");
    item.classList.add("now");
    item.scrollIntoView({ block: "nearest" });
    if (focus) item.focus({ preventScroll: true });
    if (document.querySelector(".text")) light(...item.dataset.place.split("-").map(Number));
  };
  const move = (step) => {
    const all = items();
    const at = all.indexOf(current());
    choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))]);
  };

  // ---------------------------------------------------------------- judging
  const name = () => {
    let mine = localStorage.getItem("communique-name") || "";
    if (!mine) { mine = (prompt("Your name, to stand beside your judgements:") || "").trim(); if (mine) localStorage.setItem("communique-name", mine); }
    return mine;
  };
  const judge = async (item, decision, more = {}) => {
    if (!item) return say("Choose an item first: j and k move.");
    const by = name();
    if (!by) return say("A judgement needs a name.");
    const before = { seen: item.dataset.seen, classes: item.className, judged: item.querySelector(".judged")?.textContent };
    const shown = item.querySelector(".judged") || item.querySelector(".meta:last-child").appendChild(Object.assign(document.createElement("span"), { className: "judged" }));
    shown.textContent = ` ${{ accept: "accepted", reject: "rejected", edit: "edited", undo: "undone" }[decision]} by ${by}`;
    item.classList.toggle("rejected", decision === "reject");
    const seen = Number(before.seen);
    item.dataset.seen = String(seen + 1);
    try {
      const answer = await fetch(`/api/items/${encodeURIComponent(item.dataset.id)}/judgements`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ decision, by, seen, ...more }),
      });
      if (!answer.ok) throw new Error((await answer.json()).error.message);
      say(shown.textContent.trim());
    } catch (fault) {
      item.className = before.classes; item.dataset.seen = before.seen;
      if (before.judged === undefined) shown.remove(); else shown.textContent = before.judged;
      say(`Not kept: ${fault.message}`);
    }
  };
  const edit = (item) => {
    if (!item) return say("Choose an item first: j and k move.");
    const given = prompt("Field and value, for example  topic=health  or  when=2024-05:");
    const parts = /^\s*(\w+)\s*=\s*(.*)$/.exec(given || "");
    if (!parts) return;
    let value = parts[2].trim();
    try { value = JSON.parse(value); } catch { /* plain words */ }
    if (["actors", "targets", "people", "parties", "giver", "receiver"].includes(parts[1]) && typeof value === "string") value = value.split(",").map((x) => x.trim());
    judge(item, "edit", { changes: { [parts[1]]: value } });
  };

  // ---------------------------------------------------------------- keys
  const help = () => {
    let box = document.getElementById("keys");
    if (!box) {
      box = document.createElement("dialog");
      box.id = "keys";
      box.setAttribute("aria-label", "Keys");
      const list = document.createElement("dl");
      for (const [key, does] of [["j k", "next, previous item"], ["a", "accept"], ["x", "reject"], ["e", "edit a field"], ["u", "undo your last word on it"], ["c", "copy as citation"], ["Enter", "open the source"], ["/", "search"], ["?", "these keys"], ["Esc", "close"]]) {
        const row = document.createElement("div");
        row.append(Object.assign(document.createElement("dt"), { textContent: key }), Object.assign(document.createElement("dd"), { textContent: does }));
        list.append(row);
      }
      box.append(Object.assign(document.createElement("h2"), { textContent: "Keys" }), list);
      document.body.append(box);
    }
    if (box.open) box.close(); else box.showModal();
  };
  const cite = async (item) => {
    if (!item) return say("Choose an item first: j and k move.");
    const answer = await fetch(`/api/items/${encodeURIComponent(item.dataset.id)}/citation?format=plain`);
    const words = await answer.text();
    try { await navigator.clipboard.writeText(words); say("Copied: " + words.slice(0, 90)); } catch { say(words); }
  };
  const keys = {
    j: () => move(1), k: () => move(-1), a: () => judge(current(), "accept"), x: () => judge(current(), "reject"), e: () => edit(current()),
    u: () => judge(current(), "undo"), c: () => cite(current()), "/": () => document.getElementById("q").focus(), "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
    if (event.key === "Enter" && event.target.classList?.contains("item")) event.target.querySelector("blockquote a")?.click();
  });
  document.addEventListener("click", (event) => {
    const words = event.target.closest(".hl");
    if (words) { event.preventDefault(); choose(document.getElementById(`i-${words.dataset.items.split(" ")[0]}`)); return; }
    const item = event.target.closest(".item[data-id]");
    if (item && !event.target.closest("a, button")) choose(item);
  });
  addEventListener("hashchange", follow);
  follow();
})();
