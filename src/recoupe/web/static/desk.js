// The pages work without this. With it: search as you type, keys, and a sentence taken away with one key.
"use strict";
(() => {
  const box = document.querySelector("#q");
  const hits = document.querySelector("#hits");
  let asked = 0;
  const search = async () => {
    const words = box.value.trim();
    const mine = ++asked;
    if (words.length < 2) { hits.replaceChildren(); return; }
    const answer = await fetch("/search?q=" + encodeURIComponent(words), { headers: { "X-Recoupe-Part": "1" } });
    if (!answer.ok || mine !== asked) return;
    // The server's own page, parsed without running anything.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine === asked) hits.replaceChildren(...page.body.childNodes);
  };
  let waiting;
  box?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });

  // The sentence under the pointer or the focus: its words, who, where, when, and the way back.
  let line = null;
  document.addEventListener("pointerover", (event) => { line = event.target.closest(".line") ?? line; });
  document.addEventListener("focusin", (event) => { line = event.target.closest("li, td, .column")?.querySelector(".line") ?? line; });
  const take = async () => {
    if (!line) return;
    const foot = line.nextElementSibling;
    const link = foot?.querySelector("a.cite")?.href ?? line.querySelector("a")?.href ?? location.href;
    const words = line.textContent.trim().replace(/\s+/g, " ");
    const below = (foot?.querySelector(".support")?.textContent ?? foot?.textContent ?? "").trim();
    const plain = `${words} (${below}) ${link}`;
    const p = document.createElement("p");
    p.textContent = words + " ";
    const a = document.createElement("a");
    a.href = link;
    a.textContent = below || link;
    p.append(a);
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([plain], { type: "text/plain" }),
      "text/html": new Blob([p.outerHTML], { type: "text/html" }),
    })]);
    line.classList.add("copied");
    setTimeout(() => line.classList.remove("copied"), 1200);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") { event.target.blur(); hits.replaceChildren(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); box.focus(); }
    if (event.key === "c") take();
    if (event.key === "g") location.assign("/");
  });

  // Layers and the reviewer's name stay as they were chosen, on this machine only.
  for (const input of document.querySelectorAll("[data-layer]")) {
    const kept = sessionStorage.getItem(input.id);
    if (kept !== null) input.checked = kept === "1";
    input.addEventListener("change", () => sessionStorage.setItem(input.id, input.checked ? "1" : "0"));
  }
  for (const input of document.querySelectorAll("input[name=who]")) {
    input.value ||= localStorage.getItem("who") ?? "";
    input.addEventListener("change", () => localStorage.setItem("who", input.value));
  }
})();
