// The pane with the original: opens a document at cited words, and steps through the citations of one answer.
page.original = (element, server) => {
  const body = element.querySelector(".reading");
  const title = element.querySelector(".title");
  const notice = element.querySelector(".notice");
  const file = element.querySelector(".file");
  const steps = element.querySelector(".steps");
  const pane = document.getElementById("original");
  let buttons = [];
  let cited = [];
  let at = -1;
  let shown = "";
  let wanted = "";
  let opener = null;
  let pages = {};

  const place = (button) => ({
    source: button.dataset.source,
    start: Number(button.dataset.start),
    end: Number(button.dataset.end),
    sha256: button.dataset.sha256,
    quote: button.querySelector("q").textContent,
  });

  const highlightsIn = (source) =>
    cited.map((item, index) => ({ ...item, number: index + 1 })).filter((item) => item.source === source);
  const marksOf = (index) => [...body.querySelectorAll(`mark[data-numbers~="${index + 1}"]`)];

  /** Shows no text: what was shown before would be taken for what is wanted now. */
  const nothing = (source, why) => {
    shown = "";
    title.textContent = source;
    notice.textContent = why;
    file.hidden = true;
    body.replaceChildren();
    return false;
  };

  /** Shows a document as it is now, at a citation if one is given; resolves to whether it was fetched for that. */
  const read = async (source, index) => {
    const highlights = highlightsIn(source);
    const key = JSON.stringify([source, highlights]);
    wanted = key;
    const there = key === shown && (index === undefined || marksOf(index).length > 0);
    const digest = (there && body.querySelector(".document")?.dataset.sha256) || "";
    if (!there) element.classList.add("loading");
    const document_ = await server
      .original({ source, highlights, at: cited[index]?.start ?? 0, shown: digest })
      .finally(() => element.classList.remove("loading"));
    if (wanted !== key) return false; // another one was opened meanwhile
    if (!document_) return nothing(source, "The server did not answer; try again.");
    shown = key;
    title.textContent = document_.title;
    notice.textContent = document_.notice;
    pages = document_.pages;
    file.hidden = !document_.file;
    file.href = document_.file;
    if (document_.html === null) return false;
    body.innerHTML = document_.html;
    body.scrollTop = 0;
    watchEnds();
    return true;
  };

  // A long document comes in stretches, the next one before the reader gets there.
  const readOn = async (button) => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    const { action, at } = button.dataset;
    const [source] = JSON.parse(shown);
    const { sha256 } = body.querySelector(".document").dataset;
    const next = { source, highlights: highlightsIn(source), at: Number(at), side: action, sha256 };
    const stretch = await page.answered(server.further(next)).finally(() => (button.ariaBusy = "false"));
    if (!stretch || !button.isConnected) return;
    if (!stretch.html) return (notice.textContent = stretch.notice);
    const focused = button === document.activeElement;
    const below = body.scrollHeight - body.scrollTop;
    button.outerHTML = stretch.html;
    if (action === "before") body.scrollTop = body.scrollHeight - below;
    if (focused) body.focus({ preventScroll: true });
    markCurrent();
    watchEnds();
  };
  const ends = new IntersectionObserver(
    (seen) => seen.filter((end) => end.isIntersecting).forEach((end) => readOn(end.target)),
    { root: body, rootMargin: "1000px" },
  );
  const watchEnds = () => {
    ends.disconnect();
    body.querySelectorAll(".more").forEach((button) => ends.observe(button));
  };

  const markCurrent = () => {
    body.querySelectorAll("mark.current").forEach((mark) => mark.classList.remove("current"));
    marksOf(at).forEach((mark) => mark.classList.add("current"));
  };

  const go = async (index) => {
    at = index;
    const fetched = await read(cited[index].source, index);
    if (at !== index) return;
    file.hash = pages[at + 1] ? `page=${pages[at + 1]}` : "";
    markCurrent();
    document.querySelectorAll(".source.opened").forEach((other) => other.classList.remove("opened"));
    buttons[at].classList.add("opened");
    const [first] = marksOf(at);
    const calm = fetched || matchMedia("(prefers-reduced-motion: reduce)").matches;
    first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    steps.hidden = cited.length < 2;
    steps.querySelector("output").textContent = `${at + 1} of ${cited.length}`;
  };

  /** Where the pane covers all else, nothing else takes the focus. */
  const cover = () => {
    const covered = page.narrow() && pane.classList.contains("open");
    for (const behind of document.querySelectorAll(".header nav, #chat")) behind.toggleAttribute("inert", covered);
  };
  const enter = () => {
    cover();
    if (pane.classList.contains("open")) page.enter();
  };
  page.whenNarrow(enter);
  const show = () => {
    pane.classList.add("open");
    enter();
  };
  const close = () => {
    if (!pane.classList.contains("open")) return;
    pane.classList.remove("open");
    cover();
    if (page.narrow() || pane.contains(document.activeElement)) opener?.focus();
  };
  addEventListener("popstate", close);

  /** Opens the original at a source, among the others of its list; `chosen` is the button that was used. */
  page.openSource = async (source, chosen, byKeyboard) => {
    opener = chosen;
    buttons = [...source.closest("ol, ul").querySelectorAll(".source")];
    cited = buttons.map(place);
    show();
    await go(buttons.indexOf(source));
    if (byKeyboard || page.narrow()) body.focus({ preventScroll: true });
  };

  page.openDocument = async (source, byKeyboard) => {
    cited = [];
    at = -1;
    steps.hidden = true;
    shown = ""; // it may have changed since
    show();
    await read(source);
    if (byKeyboard || page.narrow()) body.focus({ preventScroll: true });
  };

  /** Forgets the answer whose citations are stepped through: another conversation is opened. */
  page.leaveAnswer = () => {
    cited = [];
    at = -1;
    steps.hidden = true;
    body.querySelectorAll("mark").forEach((mark) => mark.replaceWith(...mark.childNodes));
  };

  page.closeOriginal = () => {
    if (pane.classList.contains("open")) page.leave(close);
  };

  element.addEventListener("click", (event) => {
    const action = event.target.closest("button")?.dataset.action;
    if (action === "previous") go((at + cited.length - 1) % cited.length);
    if (action === "next") go((at + 1) % cited.length);
    if (action === "close") page.closeOriginal();
    if (action === "before" || action === "after") readOn(event.target.closest("button"));
  });

  /** Shows the first document where none is shown, and none where there is none. */
  page.showFirst = async () => {
    const source = await server.first();
    if (source === "") return nothing("", "");
    if (source && !body.hasChildNodes() && !element.classList.contains("loading")) read(source);
  };
  page.showFirst();
};
