"""Reading an answer and checking it are one motion: the original stands beside the chat."""

from playwright.sync_api import Route, expect

from .conftest import Ask, Visit

EGGS = "How many eggs does a queen bee lay a day?"
KIM = "Who is Kim Yo-jong?"


def test_an_answer_shows_its_marks_and_under_it_what_they_stand_for(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    expect(page.locator(".answer")).to_contain_text("1,500 eggs a day")
    expect(page.locator(".answer .mark")).to_have_text("1")
    source = page.locator(".cited")
    for said in ("Keeping bees", "The queen", "paragraph 1", "A queen bee lays about 1,500 eggs"):
        expect(source).to_contain_text(said)


def test_a_click_on_a_mark_highlights_the_cited_words_in_the_original(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    page.locator(".mark").click()
    cited = page.locator(".reading mark.current")
    expect(cited).to_have_text("A queen bee lays about 1,500 eggs a day in early summer.")
    expect(cited).to_be_in_viewport()
    expect(page.locator(".reading h1")).to_have_text("Keeping bees")


def test_a_click_on_a_source_does_the_same(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, KIM)
    source = page.locator(".cited").last
    quote = source.locator("q").inner_text()
    source.click()
    expect(page.locator(".reading mark.current").first).to_be_in_viewport()
    assert "".join(page.locator(".reading mark.current").all_inner_texts()) == quote


def test_the_other_citations_of_the_answer_are_lighter_and_one_steps_through_them(
    shared: str, visit: Visit, ask: Ask
) -> None:
    page = visit(shared)
    ask(page, "Why did North Korea abduct Japanese citizens?")
    page.locator(".mark").first.click()
    steps = page.get_by_role("group", name="Citations of this answer")
    count = page.locator(".cited").count()
    assert count > 1
    expect(steps).to_contain_text(f"1 of {count}")
    first = page.locator(".reading mark.current")
    expect(first).to_have_attribute("data-numbers", "1")
    expect(page.locator(".reading mark:not(.current)")).not_to_have_count(0)
    other = page.locator(".reading mark:not(.current)").first
    assert first.evaluate(BACKGROUND) != other.evaluate(BACKGROUND)
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator(".reading mark.current")).to_have_attribute("data-numbers", "2")
    page.get_by_role("button", name="Previous citation").click()
    page.get_by_role("button", name="Previous citation").click()
    expect(steps).to_contain_text(f"{count} of {count}")
    expect(page.locator(".reading mark.current")).to_be_in_viewport()


BACKGROUND = "element => getComputedStyle(element).backgroundColor"


def test_hovering_a_mark_shows_the_place_until_it_is_pressed(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.locator(".mark").hover()
    expect(page.get_by_role("tooltip")).to_have_text("Keeping bees › The queen › paragraph 1")
    page.locator(".mark").click()
    expect(page.locator(".reading mark.current")).to_be_visible()
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_the_keyboard_is_enough(shared: str, visit: Visit) -> None:
    page = visit(shared)
    page.get_by_label("Your question").focus()
    page.keyboard.type(EGGS)
    page.keyboard.press("Enter")
    page.locator(".actions").wait_for()
    page.locator(".mark").focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".reading")).to_be_focused()


def test_on_a_phone_the_original_slides_over_the_chat_and_back(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared, width=390, height=800)
    ask(page, EGGS)
    expect(page.locator(".reading")).to_be_hidden()
    page.locator(".mark").click()
    expect(page.locator(".reading mark.current")).to_be_in_viewport()
    page.get_by_role("button", name="Close the original").click()
    expect(page.locator(".reading")).to_be_hidden()
    expect(page.locator(".mark")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".mark").click()
    expect(page.locator(".reading mark.current")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".reading")).to_be_hidden()
    expect(page.locator(".answer")).to_be_visible()


def test_a_refusal_looks_different_and_offers_the_nearest_passages(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, "Who won the football world cup in 1998?")
    expect(page.locator(".refusal .verdict")).to_have_text("The documents do not answer this.")
    expect(page.locator(".mark")).to_have_count(0)
    nearest = page.get_by_role("list", name="The nearest passages").locator(".source")
    expect(nearest).to_have_count(3)
    nearest.first.click()
    expect(page.locator(".reading mark.current").first).to_be_in_viewport()


def test_the_passages_considered_are_shown_best_first(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    page.get_by_text("Passages considered, best first").click()
    passages = page.locator(".considered .source")
    expect(passages.nth(1)).to_be_visible()
    expect(passages.first).to_contain_text("1,500 eggs")


def test_the_example_questions_are_answered(shared: str, visit: Visit) -> None:
    page = visit(shared)
    examples = page.get_by_role("list", name="Example questions").get_by_role("button")
    expect(examples).to_have_count(3)
    for at in range(3):
        page = visit(shared)
        page.locator(".example").nth(at).click()
        expect(page.locator(".answer .mark").first).to_be_visible()


def test_a_question_that_cannot_be_used_is_not_sent(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    field, button = page.get_by_label("Your question"), page.get_by_role("button", name="Ask", exact=True)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "queue/join" in request.url else None)
    field.fill("   ")
    button.click()
    field.press("Enter")
    expect(field).to_have_value("   ")
    field.fill("why " * 600)
    expect(page.get_by_text("2,399 of 2,000 characters")).to_be_visible()
    expect(button).to_be_disabled()
    field.press("Enter")
    assert sent == []
    ask(page, EGGS)
    expect(page.get_by_text("of 2,000 characters")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)


def test_the_newest_answer_is_in_sight(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, KIM)
    ask(page, "Who won the football world cup in 1998?")
    expect(page.locator(".turn").last.locator(".question")).to_be_in_viewport()
    expect(page.locator(".refusal .source").first).to_be_in_viewport()


def test_the_citation_that_was_followed_last_is_the_one_shown(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    ask(page, KIM)
    held: list[Route] = []

    def hold_bees(route: Route) -> None:
        if "bees.md" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/component_server/**", hold_bees)
    eggs, kim = page.locator(".turn").all()
    loading = page.locator(".loading:has(.reading)")
    eggs.locator(".mark").first.click()
    pane = loading.element_handle()
    kim.locator(".mark").first.click()
    cited = page.locator(".reading mark.current").first
    expect(cited).to_contain_text("Kim Yo-jong")
    # The document that comes late takes this sign away, and would be shown at that moment.
    pane.evaluate("(pane) => pane.classList.add('loading')")
    held[0].continue_()
    expect(loading).to_have_count(0)
    expect(cited).to_contain_text("Kim Yo-jong")
