// The desk's keys, light, and judging at once; htmx swaps what changes.  Everything here also works without a script.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const said = by("said");
  const say = (words) => { said.textContent = words; clearTimeout(say.timer); say.timer = setTimeout(() => { said.textContent = ""; }, 6000); };
  document.documentElement.classList.add("with-script");
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
    return (await ask(by("naming"), field)) ? field.value.trim() : "";
  };

  // ---------------------------------------------------------------- judging
  const done = { accept: "accepted", reject: "rejected", edit: "edited", undo: "undone" };
  const afresh = (item, method = "GET", values = {}) => htmx.ajax(method, `/i/${item.dataset.id}${method === "POST" ? "/judge" : ""}`, {
    source: item, target: `#told-${item.dataset.id}`, select: `#told-${item.dataset.id}`, selectOOB: by("judgements") && "#judgements", swap: "outerHTML ignoreTitle:true", values,
  }).catch(() => {});  // what does not arrive is said below, for every request
  const judge = async (item, decision, more = {}) => {
    if (!item) return needed();
    if (item.matches(".htmx-request")) return say("The judgement before is still being kept.");
    const me = more.name || await name();
    if (!me) return say("A judgement needs a name.");
    const told = item.querySelector(".told"), before = told.cloneNode(true), shown = told.querySelector(".judged");
    shown.textContent = `${done[decision]} by ${me}`;
    shown.classList.toggle("no", decision === "reject");
    item.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (detail.successful) return say(shown.textContent);
      told.replaceWith(before);  // not kept: as it was, and with what somebody else decided meanwhile
      if (detail.xhr.status === 409) afresh(item);
    }, { once: true });
    afresh(item, "POST", { ...more, decision, name: me, seen: told.dataset.seen });
  };

  const edit = async (item) => {
    if (!item) return needed();
    by("fields").replaceChildren();
    await htmx.ajax("GET", `/i/${item.dataset.id}`, { target: "#fields", select: "#edit form > *", swap: "innerHTML ignoreTitle:true" }).catch(() => {});
    if (!by("fields").childElementCount) return said.textContent || say("This account may read, not judge.");
    if (await ask(by("editing"), by("fields").querySelector("select, input:not([type=hidden])"))) judge(item, "edit", Object.fromEntries(new FormData(by("fields"))));
  };

  // ---------------------------------------------------------------- keys and clicks
  const copy = async (where) => {
    const words = await (await fetch(where)).text();
    try { await navigator.clipboard.writeText(words); say(`Copied: ${words.slice(0, 90)}`); } catch { say(words); }
  };
  const cite = (item) => (item ? copy(`/api/items/${item.dataset.id}/citation`) : needed());

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
    if (event.target.closest("[data-copy]")) return copy(event.target.closest("[data-copy]").dataset.copy);
    if (event.target.closest("[data-keep]")) return keepThis(event.target.closest("[data-keep]").dataset);
    const words = event.target.closest(".text .hl");
    if (words) { event.preventDefault(); return choose(by(`i-${words.dataset.items.split(" ")[0]}`)); }
    const item = event.target.closest(".item[data-id]");
    if (item && !event.target.closest("a, button, input")) choose(item);
  });
  document.addEventListener("submit", (event) => {
    const given = event.target.elements.name?.value;
    if (given) localStorage.setItem("communique-name", given.trim());
    const item = event.target.closest(".item[data-id]");
    if (!item || !event.target.classList.contains("verdicts")) return;
    event.preventDefault();
    judge(item, event.submitter.value);
  });
  addEventListener("hashchange", follow);
  follow();

  // ---------------------------------------------------------------- with htmx
  document.addEventListener("htmx:configRequest", ({ detail }) => {  // an address names what was asked, and no empty field
    if (detail.verb === "get") [...detail.formData].forEach(([field, value]) => value || detail.formData.delete(field));
  });
  document.addEventListener("htmx:load", () => {
    list();
    document.querySelectorAll("input[name=name]").forEach((field) => { field.value ||= localStorage.getItem("communique-name") || ""; });
  });
  document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
    if (document.activeElement === document.body) by("main").focus({ preventScroll: true });
    const told = document.querySelector("#results .count, #results .empty") || document.querySelector("h1"), heard = by("heard");
    const words = { results: told.textContent, main: told.textContent, rows: `${by("rows")?.childElementCount} shown` }[target.id];
    if (words && words !== heard.textContent) heard.textContent = words;  // for those who hear the page
  });
  document.addEventListener("htmx:sendError", () => say("The desk does not answer; nothing was kept."));
  document.addEventListener("said", ({ detail }) => say(detail.value));
})();
