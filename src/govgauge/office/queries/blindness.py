"""Whose answers somebody must not see: others' to checks that they still have to answer themselves, whatever else they
may do in the office. A second coder who is a reviewer, too, would not be blind otherwise."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from govgauge.office.models import Answer, Assignment, Coding, FieldTest, Person
from govgauge.office.queries.assignments import TO_DO


def still_answers(person: int) -> Exists:
    """For assignments: whether somebody (by id) has another one of the same check of the same entry left to answer."""
    same = {"entry": OuterRef("entry"), "check_id": OuterRef("check_id")}
    return Exists(Assignment.objects.filter(**same, person=person, state__in=TO_DO).exclude(id=OuterRef("id")))


def is_hidden(person: Person | None, coding: Coding) -> bool:
    """Whether somebody must not see a coding yet."""
    if person is None:
        return False
    return Assignment.objects.filter(still_answers(person.id), id=coding.assignment_id).exists()


def of_others(person: int) -> Q:
    """For field tests: whether they are others', of a check that somebody (by id) still has to answer themselves."""
    same = {"entry": OuterRef("entry"), "check_id": OuterRef("check_id")}
    still = Exists(Assignment.objects.filter(**same, person=person, state__in=TO_DO))
    theirs = Exists(Assignment.objects.filter(id=OuterRef("assignment"), person=person))
    return Q(still) & ~Q(theirs) & ~Q(person=person)


def is_test_hidden(person: Person | None, test: FieldTest) -> bool:
    """Whether somebody must not see a field test yet."""
    return person is not None and hidden_tests(person).filter(id=test.id).exists()


def hidden_tests(person: Person) -> QuerySet[FieldTest]:
    """The field tests that somebody must not see yet."""
    return FieldTest.objects.filter(of_others(person.id))


def is_answer_hidden(person: Person | None, answer: Answer) -> bool:
    """Whether somebody must not see an answer that was reopened: they are to answer its check again."""
    return person is not None and reopened_for(person).filter(id=answer.id).exists()


def reopened_for(person: Person) -> QuerySet[Answer]:
    """Answers that were reopened and that somebody is to give again."""
    mine = Assignment.objects.filter(
        entry=OuterRef("entry"), check_id=OuterRef("check_id"), person=person, state__in=TO_DO
    )
    return Answer.objects.filter(Exists(mine), holds=False)


def hidden(person: Person) -> QuerySet[Coding]:
    """The codings that somebody must not see yet."""
    mine = Assignment.objects.filter(person=person, state__in=TO_DO)
    found = Assignment.objects.filter(still_answers(person.id), entry__in=mine.values("entry"))
    return Coding.objects.filter(assignment__in=found)
