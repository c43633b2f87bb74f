// The pane with the original: opens a document at cited words, and steps through the citations of one answer.
page.original = (element, server) => {
  const body = element.querySelector(".reading");
  const title = element.querySelector(".title");
  const notice = element.querySelector(".notice");
  const steps = element.querySelector(".steps");
  const pane = document.getElementById("original");
  let buttons = [];
  let cited = [];
  let at = -1;
  let shown = "";
  let opener = null;

  const place = (button) => ({
    source: button.dataset.source,
    start: Number(button.dataset.start),
    end: Number(button.dataset.end),
    sha256: button.dataset.sha256,
    quote: button.querySelector("q").textContent,
  });

  const read = async (source, at) => {
    const highlights = cited.map((item, index) => ({ ...item, number: index + 1 })).filter((h) => h.source === source);
    const key = JSON.stringify([source, highlights]);
    if (key === shown && !(at && body.querySelector(".cut"))) return;
    element.classList.add("loading");
    const document_ = await server.original({ source, highlights, at: at ?? 0 }).finally(() =>
      element.classList.remove("loading"),
    );
    shown = key;
    title.textContent = document_.title;
    notice.textContent = document_.notice;
    body.innerHTML = document_.html;
    body.scrollTop = 0;
  };

  const go = async (index) => {
    at = index;
    const item = cited[at];
    await read(item.source, item.start);
    body.querySelectorAll("mark").forEach((mark) => {
      mark.classList.toggle("current", mark.dataset.numbers.split(" ").includes(String(at + 1)));
    });
    document.querySelectorAll(".source.opened").forEach((other) => other.classList.remove("opened"));
    buttons[at].classList.add("opened");
    const first = body.querySelector("mark.current");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    steps.hidden = cited.length < 2;
    steps.querySelector("output").textContent = `${at + 1} of ${cited.length}`;
  };

  const show = () => pane.classList.add("open");

  /** Opens the original at a source, among the others of its list; `chosen` is the button that was used. */
  page.openSource = async (source, chosen, byKeyboard) => {
    opener = chosen;
    buttons = [...source.closest("ol, ul").querySelectorAll(".source")];
    cited = buttons.map(place);
    show();
    await go(buttons.indexOf(source));
    if (byKeyboard || page.narrow()) body.focus({ preventScroll: true });
  };

  page.openDocument = async (source) => {
    cited = [];
    at = -1;
    steps.hidden = true;
    show();
    await read(source);
  };

  page.closeOriginal = () => {
    if (!pane.classList.contains("open")) return;
    pane.classList.remove("open");
    if (page.narrow() || pane.contains(document.activeElement)) opener?.focus();
  };

  element.addEventListener("click", (event) => {
    const action = event.target.closest("button")?.dataset.action;
    if (action === "previous") go((at + cited.length - 1) % cited.length);
    if (action === "next") go((at + 1) % cited.length);
    if (action === "close") page.closeOriginal();
  });

  server.first().then((source) => source && !shown && read(source));
};
