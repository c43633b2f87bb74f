// What this browser keeps: who writes the answers, and conversations, each under a key of its own, so that two tabs do not overwrite each other.
(() => {
  const PREFIX = "conversation:";
  const OPEN = "open-conversation";
  const WRITER = "writer";

  const parse = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };
  /** What to make of the storage, or nothing where the browser refuses it. */
  const found = (look, nothing) => {
    try {
      return look(localStorage);
    } catch {
      return nothing;
    }
  };
  const load = (id) => parse(found((storage) => storage.getItem(PREFIX + id), null))?.conversation;
  const all = () =>
    found(Object.entries, [])
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([, text]) => parse(text))
      .filter((kept) => kept?.conversation?.id)
      .sort((a, b) => b.changed - a.changed);

  const store = (conversation) => {
    const kept = JSON.stringify({ changed: Date.now(), conversation });
    for (;;) {
      try {
        return localStorage.setItem(PREFIX + conversation.id, kept);
      } catch (error) {
        const oldest = all().filter((other) => other.conversation.id !== conversation.id).pop();
        if (!oldest) throw error;
        localStorage.removeItem(PREFIX + oldest.conversation.id);
        page.say("This browser's room for conversations is full: the oldest one was let go.");
      }
    }
  };

  const NAME_CHARACTERS = 60;
  const shorten = (text) =>
    text.length > NAME_CHARACTERS ? `${text.slice(0, NAME_CHARACTERS - 1).replace(/\s+\S*$/, "")} …` : text;
  /** What a conversation is called: as the user says, else by its first question. */
  const nameOf = ({ title, turns }) => title || shorten(turns?.[0]?.question ?? "?");

  /** A conversation by the name that it was given: an answer knows of no new one. */
  const named = (conversation) => ({ ...conversation, title: load(conversation.id)?.title ?? conversation.title });

  /** Whether a conversation has what came of a turn; of one that waits, whether it has the question. */
  const has = ({ turns }, turn) =>
    [turns ?? []].flat().some(
      ({ question, answer, error }) =>
        question === turn.question && (waits(turn) || (answer?.text === turn.answer?.text && error === turn.error)),
    );
  const waits = (turn) => turn && !turn.answer && !turn.error;
  const lacking = (conversation, other) => [other?.turns ?? []].flat().filter((turn) => !has(conversation, turn));

  let open = {};
  const split = new Map(); // by its new id, the id of the conversation that one was split off
  const left = new Set(); // what was open before: an answer may still be on its way there
  page.current = () => open;

  const forgotten = { turns: [] };
  /** Called before a turn and those after it are taken out of the open conversation. */
  page.forget = (turn) => forgotten.turns.push(...open.turns.slice(turn));

  /** Keeps a conversation, and returns it as it is kept: by itself where another tab has asked in it meanwhile. */
  const write = (conversation) => {
    const given = named(conversation);
    const kept = load(given.id);
    if (!given.id || JSON.stringify(kept) === JSON.stringify(given)) return conversation;
    if (lacking(given, kept).some((turn) => !has(forgotten, turn))) {
      if (!given.turns.length || waits(given.turns.at(-1))) return conversation; // it is kept once it is answered
      const own = { ...given, id: `${given.id}-${Date.now()}`, title: `${nameOf(given)} (from another tab)` };
      store(own);
      split.set(own.id, given.id);
      page.say("Another tab asked here too: what was asked in this one is a conversation of its own now.");
      return own;
    }
    if (given.turns.length) store(given);
    else localStorage.removeItem(PREFIX + given.id);
    return conversation;
  };
  const tryTo = (keep) => {
    try {
      keep();
    } catch {
      page.say("This browser keeps no conversations; export what you need.");
    }
  };

  /** Called with the open conversation whenever it changes. */
  page.keep = (given) => {
    const late = given?.id && split.get(open.id) === given.id; // it does not know yet of its new id
    const conversation = late ? { ...given, id: open.id } : given;
    if (left.has(conversation?.id)) {
      if (load(conversation.id)) tryTo(() => write(conversation));
      return page.reopen();
    }
    open = conversation ?? {};
    tryTo(() => {
      open = write(open);
      sessionStorage.setItem(OPEN, open.id ?? "");
      localStorage.setItem(OPEN, open.id ?? "");
    });
    page.listConversations?.();
    if (given?.id && open.id !== given.id && !waits(open.turns.at(-1))) page.reopen();
  };

  /** What was open in this tab, else what was last open in this browser. */
  page.restored = () => {
    page.restoreDraft?.();
    try {
      return load(sessionStorage.getItem(OPEN) ?? localStorage.getItem(OPEN) ?? "") ?? {};
    } catch {
      return {};
    }
  };

  /** Who writes the answers: the one chosen last in this browser, if there still is one of that name. */
  page.keepWriter = (writer) => tryTo(() => localStorage.setItem(WRITER, writer));
  page.restoredWriter = (writers) => {
    const chosen = found((storage) => storage.getItem(WRITER), null);
    return writers.find((writer) => writer === chosen) ?? writers.at(-1);
  };

  let selected;
  /** What was selected, with what to show until the server has rendered it: for a new one, a welcome. */
  page.selected = (welcome) => {
    const { conversation, resolve } = selected;
    if (open.id !== conversation.id) page.leaveAnswer?.();
    if (open.id) left.add(open.id);
    left.delete(conversation.id);
    open = conversation;
    resolve();
    return [conversation, conversation.turns?.length ? "" : welcome];
  };

  page.conversations = (element, trigger, server) => {
    const list = element.querySelector("ul");
    const empty = element.querySelector(".empty");

    const button = (label, action, describe) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.dataset.action = action;
      if (describe) made.setAttribute("aria-label", describe);
      return made;
    };

    /** What is kept, and before it the open one where the browser does not keep that. */
    const listed = () => {
      const kept = all().map(({ conversation }) => conversation);
      const lost = open.turns?.length && !kept.some(({ id }) => id === open.id);
      return lost ? [open, ...kept] : kept;
    };

    page.listConversations = () => {
      if (list.querySelector("input")) return; // a name is being typed
      const conversations = listed();
      empty.hidden = conversations.length > 0;
      list.replaceChildren(
        ...conversations.map((conversation) => {
          const item = document.createElement("li");
          item.dataset.id = conversation.id;
          const name = button(nameOf(conversation), "open");
          name.className = "name";
          name.dir = "auto";
          if (conversation.id === open.id) name.setAttribute("aria-current", "true");
          const what = (verb) => `${verb} “${nameOf(conversation)}”`;
          const tools = document.createElement("div");
          tools.className = "tools";
          tools.append(
            button("Rename", "rename", what("Rename")),
            button("Export", "export", what("Export")),
            button("Delete", "delete", what("Delete")),
          );
          item.append(name, tools);
          return item;
        }),
      );
    };

    const rename = (item, conversation) => {
      const input = document.createElement("input");
      const name = nameOf(conversation);
      input.value = name;
      input.maxLength = 120;
      input.setAttribute("aria-label", "The conversation's name");
      item.querySelector(".name").replaceWith(input);
      input.select();
      const done = () => {
        const given = input.value.trim();
        const title = given && given !== name ? given : conversation.title;
        input.remove();
        tryTo(() => store({ ...(load(conversation.id) ?? conversation), title }));
        page.listConversations();
      };
      input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") input.value = name;
        if (event.key === "Enter" || event.key === "Escape") {
          event.preventDefault(); // "Enter" would press the button that has the focus next
          event.stopPropagation();
          input.blur();
          list.querySelector(`[data-id="${conversation.id}"] [data-action="rename"]`)?.focus();
        }
      });
      input.addEventListener("blur", done, { once: true });
    };

    /** Opens a conversation, or a new one; resolves once that is where a question would be asked. */
    const select = (conversation) =>
      new Promise((resolve) => {
        selected = { conversation, resolve };
        trigger("select", {});
      });

    page.reopen = () => select(open);

    const show = async (conversation) => {
      await select(conversation);
      page.closeDrawers();
      page.leave(() => {});
      document.querySelector("#question textarea").focus();
    };

    const actions = {
      new: () => show({}),
      open: (item, conversation) => show(conversation),
      rename,
      export: async (item, conversation) => {
        // The open one as it stands here: where there is no room left, what is kept of it is older.
        const whole = conversation.id === open.id ? named(open) : conversation;
        const text = await page.answered(server.conversation_markdown(whole));
        if (text !== undefined) page.save(`${nameOf(conversation).replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "conversation"}.md`, text, "text/markdown");
      },
      delete: async (item, conversation) => {
        if (!(await page.confirm(`Delete “${nameOf(conversation)}”?`, "Delete"))) return;
        tryTo(() => localStorage.removeItem(PREFIX + conversation.id));
        if (open.id === conversation.id) await select({});
        page.listConversations();
        element.querySelector("button").focus();
      },
    };

    element.addEventListener("click", (event) => {
      const action = event.target.closest("button")?.dataset.action;
      if (!action) return;
      const item = event.target.closest("li");
      actions[action](item, item && listed().find(({ id }) => id === item.dataset.id));
    });
    // What another tab asked in the same conversation is shown here too, unless there is more here.
    addEventListener("storage", ({ key, newValue }) => {
      if (key && !key.startsWith(PREFIX)) return;
      if (open.id && key === PREFIX + open.id && newValue === null) return select({}); // it was deleted there
      page.listConversations();
      const other = key === PREFIX + open.id && load(open.id);
      if (!other || waits(other.turns?.at(-1)) || document.querySelector("#conversation [aria-busy]")) return;
      if (!lacking(other, open).length) select(other);
    });
    page.listConversations();
  };
})();
