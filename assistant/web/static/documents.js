// The drawer of documents: which to ask, and what to do with them.
page.documents = (element, trigger) => {
  element.addEventListener("change", (event) => {
    if (!event.target.matches(".tick")) return;
    const ticks = [...element.querySelectorAll(".tick")];
    trigger("select", { sources: ticks.filter((tick) => tick.checked).map((tick) => tick.value) });
  });
  element.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const source = button?.closest("li")?.dataset.source;
    const action = button?.dataset.action;
    if (action === "open") {
      page.closeDrawers();
      page.openDocument(source);
    }
    if (action === "reindex") trigger("apply", {});
    if (action === "remove" && (await page.confirm(`Remove “${source}” from the documents folder?`, "Remove")))
      trigger("delete", { source });
  });
};
