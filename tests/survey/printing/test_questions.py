"""What stands on paper of a questionnaire: numbered questions, room to write, the family first and then each child."""

from survey import pictures
from survey.printing.questions import Layout
from survey.questionnaire_file import shipped
from survey.wording import words_in

ENGLISH = words_in("en")
CHILDREN = shipped("send_children")


def parts(asked, words):
    return Layout(asked, words, to_fill_in=True).parts()


def child(number, *, last, words=ENGLISH):
    return Layout(CHILDREN, words, to_fill_in=True).pages_of_child(number, last=last)


def test_there_is_room_for_three_services_named_by_hand_and_for_as_many_children_as_there_may_be(small):
    by_title = {part.title: part.blocks for part in parts(small, ENGLISH)}

    assert [block.title for block in by_title["Section matrix"]] == ["Service 1", "Service 2", "Service 3"]
    assert {block.write_in for block in by_title["Section matrix"]} == {"Write which service this is:"}
    assert [block.title for block in by_title["Section repeated"]] == ["Child 1", "Child 2"]


def test_questions_are_numbered_and_the_same_question_about_another_service_keeps_its_number(small):
    numbers = [q.number for part in parts(small, ENGLISH) for block in part.blocks for q in block.questions]

    assert numbers == [1, 2, 3, 4, 5, 6, 6, 6, 7, 7, 8]


def test_there_is_room_to_write_and_more_where_more_may_be_said():
    lines = {q.text: q.lines for part in parts(shipped("send_services"), ENGLISH) for q in part.blocks[0].questions}

    assert lines["Tell us more about it"] == 8
    assert lines["What help is missing?"] == 5
    assert lines["Where do you live?"] == 0


def test_easy_read_has_its_pictures_on_paper_and_english_has_none():
    asked = shipped("send_services")

    def pictures_in(words):
        questions = [q for part in parts(asked, words) for block in part.blocks for q in block.questions]
        return [q.picture for q in questions], [tick.picture for tick in questions[0].ticks]

    beside_questions, beside_services = pictures_in(words_in("easy"))
    assert all(beside_questions)
    assert beside_services[15] == pictures.drawing("school_bus")
    assert not any(one for some in pictures_in(ENGLISH) for one in some)


def test_a_form_asks_the_family_first_and_of_each_child_the_same_under_the_same_numbers():
    of_family = parts(CHILDREN, ENGLISH)
    of_children = [child(number, last=3).parts for number in (1, 2, 3)]

    assert [part.title for part in of_family] == ["In your own words", "Where you live"]
    assert numbers(of_family) == [1, 2, 3, 4]
    for of_child in of_children:
        assert [part.title for part in of_child][:2] == ["About this child", "Services this child has used"]
        assert numbers(of_child) == [5, 6, 7, 8, 9, 8, 9, 8, 9, 10]


def numbers(some):
    return [question.number for part in some for block in part.blocks for question in block.questions]


def test_each_childs_pages_say_which_they_are_and_where_to_go_on():
    first, second = child(1, last=2), child(2, last=2)

    assert (first.title, second.title) == ("Child 1 of 2", "Child 2 of 2")
    assert first.another.startswith("Do you want to tell us about another child")
    assert first.onward == ["If yes, go on to “Child 2 of 2”.", "If no, you have finished. Thank you."]
    assert (first.intro, second.intro) == ([], [ENGLISH("paper.child_if")])
    assert second.onward[0].startswith("If yes, ask for more pages where you got this form")
    assert "“Child 3”" in second.onward[0]


def test_whether_there_is_another_child_is_not_ticked_but_said_by_filling_in_the_next_pages():
    asked = [question.text for part in child(1, last=2).parts for block in part.blocks for question in block.questions]

    assert CHILDREN.item("another_child").text["en"] not in asked


def test_after_the_last_child_there_can_be_nobody_is_sent_for_more_pages():
    most = CHILDREN.children.at_most
    last = child(most, last=most)

    assert (last.another, last.onward) == ("", [ENGLISH("paper.end")])


def test_services_written_on_another_sheet_are_marked_as_that_childs():
    (_, _, services, _) = child(2, last=2).parts

    assert services.intro[0].endswith("copy the number of this form and “Child 2” onto it.")


def test_the_copy_to_read_beforehand_is_in_the_order_of_the_screens_and_says_what_comes_for_each_child():
    to_read = Layout(CHILDREN, ENGLISH, to_fill_in=False).parts()

    assert [part.title for part in to_read] == [
        "For each child: About this child",
        "For each child: Services this child has used",
        "For each child: How you find each service",
        "For each child: Anything else",
        "In your own words",
        "Where you live",
    ]
    assert numbers(to_read) == [1, 2, 3, 4, 5, 4, 5, 4, 5, 6, 7, 8, 9, 10, 11]
