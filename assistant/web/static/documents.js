// The drawer of documents: which to ask, and what to do with them.
page.documents = (element, trigger, upload) => {
  const CHOICE = "chosen documents";
  const ADDING = "Adding…";

  const add = async (files) => {
    const { most, megabytes } = element.querySelector(".drop").dataset;
    const large = files.find((file) => file.size > megabytes * 1e6);
    if (files.length > most) return page.say(`${files.length} files are too many at once; add ${most} at most.`);
    if (large) return page.say(`${large.name} is larger than ${megabytes} MB.`);
    const replace = element.querySelector(".replace input").checked;
    page.say(ADDING);
    try {
      const arrived = await Promise.all(files.map((file) => upload(file)));
      trigger("upload", { files: arrived.map(({ path }, index) => ({ at: path, name: files[index].name })), replace });
    } catch {
      page.say("The server did not take these files.");
    }
  };

  // Its button goes with it, or becomes another document's: the next key must not remove that one.
  const removed = (source) => {
    trigger("delete", { source });
    element.querySelector("h2").focus();
  };

  element.addEventListener("dragover", (event) => {
    const drop = event.target.closest(".drop");
    if (drop) event.preventDefault();
    element.querySelector(".drop")?.classList.toggle("over", Boolean(drop));
  });
  element.addEventListener("dragleave", () => element.querySelector(".drop")?.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    if (!event.target.closest(".drop")) return;
    event.preventDefault();
    element.querySelector(".drop").classList.remove("over");
    add([...event.dataTransfer.files]);
  });
  element.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches(".drop input")) {
      const files = [...target.files];
      target.value = ""; // else the same file chosen again would be no change
      add(files);
    }
    if (target.matches(".tick")) trigger("select", { source: target.value, asked: target.checked });
  });
  // What is chosen outlives a reload, as a draft does; the server knows nothing of a page that was loaded before.
  let restored = false;
  const keepChoice = () => {
    if (!element.querySelector(".tick")) return;
    if (!restored) {
      restored = true;
      const kept = JSON.parse(page.inTab((tab) => tab.getItem(CHOICE)) ?? "[]");
      if (kept.length) return trigger("input", { sources: kept });
    }
    const some = element.querySelector(".asking") ? [...element.querySelectorAll(".tick:checked")] : [];
    page.inTab((tab) => tab.setItem(CHOICE, JSON.stringify(some.map((tick) => tick.value))));
  };

  // Gradio reuses a box for another document, and a box that was used once does not heed the attribute that it sets.
  new MutationObserver(() => {
    for (const tick of element.querySelectorAll(".tick")) tick.checked = tick.hasAttribute("checked");
    document.getElementById("asking").textContent = element.querySelector(".asking")?.textContent ?? "";
    keepChoice();
    if (element.querySelector("[role=status] > *")) page.unsay(ADDING);
  }).observe(element, { childList: true, characterData: true, subtree: true, attributeFilter: ["checked", "value"] });
  element.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const source = button?.closest("li")?.dataset.source;
    const action = button?.dataset.action;
    if (action === "open") {
      page.closeDrawers();
      page.openDocument(source, event.detail === 0);
    }
    if (action === "only") trigger("input", { sources: [source] });
    if (action === "all") trigger("input", { sources: [] });
    if (action === "reindex" && button.ariaDisabled !== "true") trigger("apply", {});
    if (action === "remove" && (await page.confirm(`Remove “${source}” from the documents folder?`, "Remove")))
      removed(source);
  });
};
