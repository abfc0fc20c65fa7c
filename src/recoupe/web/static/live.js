// While the desk is read, articles arrive: a line says how many, and leaves it to the reader to look.
(() => {
  "use strict";
  const box = document.getElementById("live");
  if (!box || !window.EventSource) return;
  const { since, story, one, other, reload } = box.dataset;
  let source = null;
  let told = 0;
  const tell = (count) => {
    if (count === told) return;
    told = count;
    const link = document.createElement("a");
    link.href = location.href.split("#")[0];
    link.textContent = reload;
    const words = (count === 1 ? one : other).replace("{n}", count.toLocaleString(document.documentElement.lang));
    box.replaceChildren(...(count ? [`${words} · `, link] : []));
  };
  const listen = () => {
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(`/api/live?${new URLSearchParams({ since, story })}`);
    source.addEventListener("state", (event) => tell(JSON.parse(event.data).articles));
  };
  const stop = () => { source?.close(); source = null; };
  // A page that nobody sees does not listen: browsers keep few connections to one host.
  const look = () => { if (document.hidden) stop(); else listen(); };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", look);
  look();
})();
