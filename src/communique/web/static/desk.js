// The desk's keys, and what a page can do faster with a script: everything here also works without one.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const said = by("said");
  const say = (words) => { said.textContent = words; clearTimeout(say.timer); say.timer = setTimeout(() => { said.textContent = ""; }, 6000); };
  const items = () => [...document.querySelectorAll(".item[data-id]")];
  const current = () => document.querySelector(".item.now");
  const needed = () => say("Choose an item first: j and k move.");

  // ---------------------------------------------------------------- lighting the words
  const light = (start, end) => {
    document.querySelectorAll("[data-start]").forEach((piece) => {
      const at = Number(piece.dataset.start);
      piece.classList.toggle("lit", at >= start && at < end);
    });
    document.querySelector("[data-start].lit")?.scrollIntoView({ block: "nearest" });
  };
  const release = () => {
    current()?.classList.remove("now");
    document.querySelectorAll("[data-start].lit").forEach((piece) => piece.classList.remove("lit"));
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
  const follow = () => {
    const words = /^#c=(\d+)-(\d+)$/.exec(location.hash);
    if (words) light(Number(words[1]), Number(words[2]));
    const item = /^#i-(\w+)$/.exec(location.hash);
    if (item) choose(by(`i-${item[1]}`), false);
  };

  // ---------------------------------------------------------------- asking in a dialog
  const ask = (box, focus) => new Promise((answer) => {
    const opener = document.activeElement;
    box.returnValue = "";
    box.addEventListener("close", () => { opener?.focus?.(); answer(box.returnValue === "ok"); }, { once: true });
    box.showModal();
    focus?.focus();
  });
  const name = async () => {
    const known = document.body.dataset.by || localStorage.getItem("communique-name") || "";
    if (known) return known;
    const field = by("naming").querySelector("[name=name]");
    if (!(await ask(by("naming"), field)) || !field.value.trim()) return "";
    localStorage.setItem("communique-name", field.value.trim());
    return field.value.trim();
  };

  // ---------------------------------------------------------------- judging
  const done = { accept: "accepted", reject: "rejected", edit: "edited", undo: "undone" };
  const judge = async (item, decision, more = {}) => {
    if (!item) return needed();
    const me = await name();
    if (!me) return say("A judgement needs a name.");
    const before = { seen: item.dataset.seen, classes: item.className, judged: item.querySelector(".judged")?.textContent };
    const shown = item.querySelector(".judged") || item.querySelector(".meta").appendChild(Object.assign(document.createElement("span"), { className: "judged" }));
    shown.textContent = `${done[decision]} by ${me}`;
    item.classList.toggle("rejected", decision === "reject");
    item.dataset.seen = String(Number(before.seen) + 1);
    try {
      const answer = await fetch(`/api/items/${encodeURIComponent(item.dataset.id)}/judgements`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ decision, by: me, seen: Number(before.seen), ...more }),
      });
      if (!answer.ok) throw new Error((await answer.json()).error.message);
      if (more.changes) item.dataset.fields = JSON.stringify({ ...JSON.parse(item.dataset.fields), ...more.changes });
      for (const each of document.querySelectorAll(`form[action="/i/${item.dataset.id}/judge"] [name=seen]`)) each.value = item.dataset.seen;
      say(shown.textContent);
    } catch (fault) {
      item.className = before.classes;
      item.dataset.seen = before.seen;
      if (before.judged === undefined) shown.remove(); else shown.textContent = before.judged;
      say(`Not kept: ${fault.message}`);
    }
  };

  // ---------------------------------------------------------------- editing one field
  const written = (value) => (Array.isArray(value) ? value.join(", ") : value === null || value === undefined ? "" : String(value));
  const meant = (words, old) => {
    const given = words.trim();
    if (Array.isArray(old)) return given ? given.split(",").map((part) => part.trim()).filter(Boolean) : [];
    if (typeof old === "boolean") return /^(true|yes|1)$/i.test(given);
    if (typeof old === "number") return Number(given.replace(/,/g, ""));
    return given || (old === null ? null : typeof old === "string" ? "" : null);
  };
  const edit = async (item) => {
    if (!item) return needed();
    const box = by("editing"), fields = JSON.parse(item.dataset.fields);
    const [choice, value, why] = ["field", "value", "why"].map((each) => box.querySelector(`[name=${each}]`));
    const show = () => {
      box.querySelector("[data-old]").textContent = written(fields[choice.value]) || "nothing";
      value.value = written(fields[choice.value]);
      value.setAttribute("list", `of-${choice.value}`);
    };
    box.querySelector("blockquote").textContent = item.querySelector("blockquote").textContent;
    choice.replaceChildren(...Object.keys(fields).map((each) => new Option(each)));
    choice.onchange = show;
    why.value = "";
    show();
    if (!(await ask(box, choice))) return;
    judge(item, "edit", { changes: { [choice.value]: meant(value.value, fields[choice.value]) }, why: why.value });
  };

  // ---------------------------------------------------------------- keys and clicks
  const cite = async (item) => {
    if (!item) return needed();
    const words = await (await fetch(`/api/items/${encodeURIComponent(item.dataset.id)}/citation?format=plain`)).text();
    try { await navigator.clipboard.writeText(words); say(`Copied: ${words.slice(0, 90)}`); } catch { say(words); }
  };
  const copy = async (button) => {
    const words = await (await fetch(button.dataset.copy)).text();
    try { await navigator.clipboard.writeText(words); say(`Copied: ${words.slice(0, 90)}`); } catch { say(words); }
  };

  // ---------------------------------------------------------------- searches kept in this browser
  const searches = () => { try { return JSON.parse(localStorage.getItem("communique-searches")) || []; } catch { return []; } };
  const keep = (all) => { localStorage.setItem("communique-searches", JSON.stringify(all.slice(0, 30))); list(); };
  const list = () => {
    const box = by("kept");
    if (!box) return;
    const all = searches().filter((each) => typeof each.where === "string" && each.where.startsWith("/search?"));
    box.hidden = all.length === 0;
    box.querySelector("ul").replaceChildren(...all.map(({ words, where }) => {
      const line = document.createElement("li"), link = document.createElement("a"), gone = document.createElement("button");
      Object.assign(link, { href: where, textContent: words });
      Object.assign(gone, { type: "button", className: "plainly", textContent: "forget", ariaLabel: `forget the search ${words}` });
      gone.onclick = () => keep(searches().filter((each) => each.where !== where));
      line.append(link, " ", gone);
      return line;
    }));
  };
  const keepThis = ({ keep: where, words }) => {
    const more = [...new URLSearchParams(where.split("?")[1])].filter(([name]) => name !== "q").map(([name, value]) => `${name} ${value}`);
    keep([{ words: [words, ...more].join(", "), where }, ...searches().filter((each) => each.where !== where)]);
    say("Kept in this browser.");
  };

  const keys = {
    j: () => move(1), k: () => move(-1), a: () => judge(current(), "accept"), x: () => judge(current(), "reject"), e: () => edit(current()),
    u: () => judge(current(), "undo"), c: () => cite(current()), "/": () => by("q").focus(), "?": () => ask(by("keys")), Escape: release,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "Enter" && event.target.classList?.contains("item")) event.target.querySelector("blockquote a")?.click();
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return event.target.closest("dialog").close();
    if (event.target.closest("[data-copy]")) return copy(event.target.closest("[data-copy]"));
    if (event.target.closest("[data-keep]")) return keepThis(event.target.closest("[data-keep]").dataset);
    const words = event.target.closest(".text .hl");
    if (words) { event.preventDefault(); return choose(by(`i-${words.dataset.items.split(" ")[0]}`)); }
    const item = event.target.closest(".item[data-id]");
    if (item && !event.target.closest("a, button, input")) choose(item);
  });
  document.addEventListener("submit", (event) => {
    const item = event.target.closest(".item[data-id]");
    if (!item || !event.target.classList.contains("verdicts")) return;
    event.preventDefault();
    judge(item, event.submitter.value);
  });
  document.querySelectorAll("[data-copy], [data-keeping]").forEach((each) => { each.hidden = false; });
  list();
  addEventListener("hashchange", follow);
  follow();
})();
