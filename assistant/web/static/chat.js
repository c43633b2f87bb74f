// The conversation: what its buttons do, and what appears beside a mark: the quote, or why words are struck through.

/** What to show: what was found for a conversation, unless it is another one by now. */
page.shown = (found, conversation, shown) =>
  JSON.stringify(found?.conversation) === JSON.stringify(conversation) ? found.html : shown;

page.chat = (element, trigger, server, longest) => {
  const DRAFT = "question";
  const field = () => document.querySelector("#question textarea");
  const turnOf = (target) => Number(target.closest(".turn").dataset.turn);
  const questionOf = (target) => target.closest(".turn").querySelector(".question p").textContent;

  const mayForget = async (turn) => {
    const last = !turn.nextElementSibling?.matches(".turn");
    if (!last && !(await page.confirm("Ask again, and forget what was asked after it?", "Ask again"))) return false;
    page.forget(turnOf(turn));
    return true;
  };

  const editor = (turn) => {
    const asked = turn.querySelector(".question");
    const form = document.createElement("form");
    form.className = "editor";
    const text = document.createElement("textarea");
    text.value = questionOf(turn);
    text.setAttribute("aria-label", "The question, to be changed");
    text.rows = 3;
    const ask = document.createElement("button");
    ask.textContent = "Ask again";
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.textContent = "Cancel";
    form.append(text, ask, cancel);
    asked.hidden = true;
    asked.after(form);
    text.focus();
    const close = () => {
      form.remove();
      asked.hidden = false;
      asked.querySelector("button")?.focus();
    };
    cancel.addEventListener("click", close);
    text.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      }
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (text.value.trim() && (await mayForget(turn))) trigger("edit", { turn: Number(turn.dataset.turn), question: text.value });
    });
  };

  const actions = {
    retry: async (button) => {
      const again = { turn: turnOf(button), question: questionOf(button) };
      if (await mayForget(button.closest(".turn"))) trigger("retry", again);
    },
    undo: async (button) => {
      const question = questionOf(button);
      // It goes back into the field, if that is free.
      if (field().value.trim() && !(await page.confirm(`Take “${question}” out of the conversation?`, "Undo"))) return;
      page.forget(turnOf(button));
      trigger("undo", {});
      field()?.focus();
    },
    edit: (button) => editor(button.closest(".turn")),
    like: (button) => {
      const withdrawn = button.getAttribute("aria-pressed") === "true";
      trigger("like", { turn: turnOf(button), liked: withdrawn ? null : button.dataset.liked === "true" });
    },
    copy: async (button) => {
      if (!navigator.clipboard) return page.say("A browser copies only from https or from this machine.");
      const text = await page.answered(server.turn_markdown({ conversation: page.current(), turn: turnOf(button) }));
      if (text === undefined) return;
      await navigator.clipboard.writeText(text);
      page.say("Copied with its citations.");
    },
  };

  /** Called once a thumb is written down; returns the conversation that is open by now, with it if it is of that one. */
  page.noted = ({ turn, liked, ...rated }, conversation) => {
    page.say(liked === null ? "Taken back." : "Thank you: noted for whoever looks after these documents.");
    if (conversation?.id !== rated.conversation || !conversation.turns?.[turn]?.answer) return conversation;
    for (const thumb of element.querySelectorAll(`.turn[data-turn="${turn}"] .thumb`))
      thumb.setAttribute("aria-pressed", thumb.dataset.liked === String(liked));
    const turns = conversation.turns.map((one, number) => (number === turn ? { ...one, liked } : one));
    return { ...conversation, turns };
  };

  const sourceOf = (mark) => mark.closest(".turn").querySelector(`.cited[data-number="${mark.dataset.number}"]`);

  element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const byKeyboard = event.detail === 0;
    if (!button.matches(".reason")) hideTip();
    if (button.matches(".mark")) page.openSource(sourceOf(button), button, byKeyboard);
    else if (button.matches(".reason")) showTip(button);
    else if (button.matches(".source")) page.openSource(button, button, byKeyboard);
    else if (button.matches(".example")) trigger("example_select", { turn: null, question: button.textContent });
    else if (button.matches(".add")) page.openDrawer("documents");
    else if (button.matches(".action")) actions[button.dataset.action](button);
  });

  const tip = document.createElement("div");
  tip.id = "quote";
  tip.setAttribute("role", "tooltip");
  document.querySelector(".gradio-container").append(tip);
  const showTip = (mark) => {
    const source = sourceOf(mark);
    // Where no chat model wrote the answer, the sentence itself is the quote.
    const quote = mark.closest(".written") && source?.querySelector("q").cloneNode(true);
    tip.replaceChildren(mark.dataset.reason ?? source?.querySelector(".place").textContent ?? "", quote || "");
    tip.classList.add("shown");
    const edge = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(12, Math.min(edge.left, room))}px`;
    const above = edge.top - tip.offsetHeight - 8;
    tip.style.top = `${above > 8 ? above : edge.bottom + 8}px`;
    if (mark.matches(".mark")) mark.setAttribute("aria-describedby", "quote");
  };
  const hideTip = () => tip.classList.remove("shown");
  const markAt = (target) => target.closest(".mark") ?? target.closest(".struck")?.querySelector(".reason");
  for (const [come, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    element.addEventListener(come, (event) => markAt(event.target) && showTip(markAt(event.target)));
    element.addEventListener(leave, hideTip);
  }
  document.addEventListener("scroll", hideTip, true);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !tip.classList.contains("shown")) return;
      event.stopPropagation();
      hideTip();
    },
    true,
  );

  // What cannot be asked is not sent: nothing is said of a blank question, and of one that is too long, how long it is.
  const ask = () => document.querySelector("#ask");
  const length = () => [...field().value.trim()].length;
  const unaskable = () => length() === 0 || length() > longest;
  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    const over = length() > longest;
    ask().disabled = over;
    const said = over ? `${length().toLocaleString("en")} of ${longest.toLocaleString("en")} characters: shorten it.` : "";
    document.getElementById("length").textContent = said;
  });
  const hold = (event) => {
    event.preventDefault();
    event.stopPropagation();
    field().focus();
  };
  document.addEventListener(
    "keydown",
    (event) => event.target === field() && event.key === "Enter" && !event.shiftKey && unaskable() && hold(event),
    true,
  );
  document.addEventListener("click", (event) => event.target.closest("#ask") && unaskable() && hold(event), true);

  // What was typed and not asked yet outlives a reload; Gradio makes one when its server comes back.
  page.restoreDraft = () => {
    const draft = page.inTab((tab) => tab.getItem(DRAFT));
    if (!draft) return;
    field().value = draft;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keepDraft = () => {
    const { value } = field();
    page.inTab((tab) => (value ? tab.setItem(DRAFT, value) : tab.removeItem(DRAFT)));
  };
  document.addEventListener("input", (event) => event.target === field() && keepDraft());

  const readOut = (answer) => {
    const words = answer?.cloneNode(true);
    // What is struck through would be heard as if it stood.
    words?.querySelectorAll("button, .struck").forEach((unspoken) => unspoken.remove());
    document.getElementById("heard").textContent = words?.textContent ?? "";
  };

  // The button that was used, "Ask" or "Stop", is gone by then, and the focus with it.
  const focusField = () => {
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) field().focus();
  };

  // The newest question stays in sight as its answer comes in, until the reader scrolls. The answer is read out once.
  let turns = 0;
  let following = true;
  let busy = false;
  for (const scrolled of ["wheel", "touchmove", "pointerdown", "keydown"])
    element.addEventListener(scrolled, () => (following = false), { passive: true });
  new MutationObserver(() => {
    const all = element.querySelectorAll(".turn");
    if (all.length > turns) following = true;
    turns = all.length;
    const last = all[turns - 1];
    if (following) last?.scrollIntoView({ block: "start" });
    hideTip();
    const waited = busy;
    busy = Boolean(last?.matches("[aria-busy]"));
    if (busy !== waited) requestAnimationFrame(focusField);
    if (busy !== waited) setTimeout(keepDraft); // by then Gradio has emptied the field, if its question was asked
    if (waited && !busy) readOut(last?.querySelector(".answer, .verdict, .stopped"));
  }).observe(element, { childList: true, subtree: true });
};
