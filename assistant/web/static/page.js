// What every part of the page uses. Each part adds a function to `page`; Gradio calls it when its component is there.
window.page = {
  narrow: () => matchMedia("(max-width: 60rem)").matches,

  /** Calls back when the window becomes narrow, or wide. */
  whenNarrow: (callback) => matchMedia("(max-width: 60rem)").addEventListener("change", callback),

  /** What covers a narrow page is left as a page is, by going back. */
  enter() {
    if (page.narrow() && !history.state?.over) history.pushState({ over: true }, "");
  },
  leave(close) {
    if (history.state?.over) history.back();
    else close();
  },

  /** What is kept for a reload of this tab; null where the browser keeps nothing. */
  inTab(use) {
    try {
      return use(sessionStorage);
    } catch {
      return null;
    }
  },

  /** Asks before something is lost; resolves to true or false. */
  confirm(question, yes) {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm";
    const text = document.createElement("p");
    text.textContent = question;
    const form = document.createElement("form");
    form.method = "dialog";
    for (const [value, label] of [["no", "Cancel"], ["yes", yes]]) {
      const button = document.createElement("button");
      button.value = value;
      button.textContent = label;
      button.className = value;
      form.append(button);
    }
    dialog.append(text, form);
    dialog.setAttribute("aria-label", question);
    document.querySelector(".gradio-container").append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
    });
  },

  /** Says something in passing, to the eye and to a screen reader. */
  say(text) {
    const note = document.getElementById("said");
    note.textContent = text;
    clearTimeout(page.saying);
    page.saying = setTimeout(() => (note.textContent = ""), 3000);
  },

  /** Takes back what was said, once it is so no more. */
  unsay(text) {
    const note = document.getElementById("said");
    if (note.textContent === text) note.textContent = "";
  },

  /** Says above the field that the server is away, in the place of Gradio's message, which covers what lies under it. */
  watchServer() {
    const toasts = document.querySelector(".toast-wrap");
    if (!toasts) return setTimeout(page.watchServer, 100);
    new MutationObserver(() => {
      const lost = [...toasts.children].filter((toast) => toast.textContent.includes("Connection to the server was lost"));
      for (const toast of lost) toast.hidden = true;
      document.getElementById("lost").hidden = !lost.length;
    }).observe(toasts, { childList: true, subtree: true });
  },

  /** What the server answers to a call; undefined, and that is said, where it does not: Gradio passes no error on. */
  async answered(call) {
    const answer = await call;
    if (answer === undefined) page.say("The server did not answer; try again.");
    return answer;
  },

  save(name, text, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  },

  /** Opens Gradio's page for programs where the address asks for it: by itself it is only shown from the footer. */
  showApi() {
    if (new URLSearchParams(location.search).get("view") !== "api") return;
    const link = document.querySelector("footer .show-api");
    if (!link) return setTimeout(page.showApi, 100);
    link.click(); // closes what is not there yet
    setTimeout(() => link.click());
  },

  /** The bar at the top, and the drawers that it opens. */
  header(element) {
    const buttons = [...element.querySelectorAll("[aria-controls]")];
    const show = (button, open) => {
      button.setAttribute("aria-expanded", open);
      const drawer = document.getElementById(button.getAttribute("aria-controls"));
      if (!drawer) return;
      drawer.classList.toggle("open", open);
      drawer.toggleAttribute("inert", !open);
      if (open) [...drawer.querySelectorAll("button, input")].find((one) => one.getClientRects().length)?.focus();
    };
    // A drawer covers much of a narrow page: what lies behind it does not take the focus.
    const cover = () => {
      const open = buttons.some((button) => button.getAttribute("aria-expanded") === "true");
      document.getElementById("panes")?.toggleAttribute("inert", open && page.narrow());
    };
    page.whenNarrow(cover);
    page.closeDrawers = () => {
      buttons.forEach((button) => show(button, false));
      cover();
    };
    page.closeDrawers();
    page.openDrawer = (name) => {
      page.closeDrawers();
      show(buttons.find((button) => button.getAttribute("aria-controls") === name), true);
      cover();
      page.enter();
    };
    const opened = () => buttons.find((button) => button.getAttribute("aria-expanded") === "true");
    const leave = () => {
      const opener = opened();
      page.closeDrawers();
      opener?.focus();
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        if (button === opened()) page.leave(leave);
        else page.openDrawer(button.getAttribute("aria-controls"));
      });
    }
    document.addEventListener("click", (event) => event.target.closest(".drawer .close") && page.leave(leave));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
      if (opened()) page.leave(leave);
      else page.closeOriginal?.();
    });
    document.addEventListener("pointerdown", (event) => {
      if (opened() && !event.target.closest(".drawer, .header, dialog")) page.leave(page.closeDrawers);
    });
    addEventListener("popstate", leave);
    if (history.state?.over) history.replaceState(null, ""); // what was open before a reload is closed
    page.showApi();
    page.watchServer();
  },
};
