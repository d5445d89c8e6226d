"""Two tabs at the same moment, in real threads on PostgreSQL."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from activity.models import Entry
from activity.refused import Refused
from investments.actions.opening import open_investments
from investments.models import Commitment, Investment
from proposals.models import Ask
from reviews.actions.answers import answer_ask
from reviews.models import Endorsement
from slates.actions import items, keys
from slates.actions.release import release
from slates.models import Approval, Decision, Slate

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts) -> list:
    """Run the acts in threads that begin together; gives what each returned or refused."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        try:
            barrier.wait(timeout=20)
            results[n] = act()
        except Refused as refused:
            results[n] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_tabs_release_once(approved, cfo, superintendent):
    def tab(by):
        def act():
            slate = Slate.objects.select_related("season").get(pk=approved.slate.pk)
            with transaction.atomic():
                first = release(slate=slate, by=by)
                open_investments(slate=slate, by=by)
            return first

        return act

    results = at_once(tab(cfo), tab(superintendent), tab(cfo))
    assert sorted(results) == [False, False, True]
    assert Investment.objects.count() == 1
    assert Commitment.objects.values("endorsement").distinct().count() == Commitment.objects.count()
    assert Decision.objects.values("published_at").distinct().count() == 1
    assert Entry.objects.filter(verb="release").count() == 1


def test_two_tabs_freeze_once(decided, cfo, superintendent):
    def tab(by):
        return lambda: keys.freeze(
            slate=Slate.objects.select_related("season").get(pk=decided.slate.pk), by=by
        )

    results = at_once(tab(cfo), tab(superintendent))
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert Entry.objects.filter(verb="freeze").count() == 1


def test_a_key_turns_once_from_two_tabs(frozen, cfo):
    def tab():
        slate = Slate.objects.select_related("season").get(pk=frozen.slate.pk)
        return keys.approve(slate=slate, fingerprint=slate.fingerprint, by=cfo)

    results = at_once(tab, tab)
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert Approval.objects.count() == 1


def test_nothing_slips_onto_a_slate_that_is_being_frozen(decided, make_vetted, cfo, superintendent):
    slate = decided.slate

    def freeze():
        return keys.freeze(slate=Slate.objects.select_related("season").get(pk=slate.pk), by=cfo)

    def take_off():
        return items.remove_item(item=decided.item, by=superintendent)

    results = at_once(freeze, take_off)
    frozen = Slate.objects.get(pk=slate.pk)
    assert (frozen.status == "frozen") == frozen.items.exists()
    assert sum(isinstance(result, Refused) for result in results) == 1


@pytest.mark.parametrize("answer", ["declined", "endorsed"])
def test_an_answer_at_the_moment_of_the_release_counts_or_comes_too_late(approved, cfo, asked_head, answer):
    ask = approved.funded.asks.get()
    terms = ask.current_terms.pk

    def answers():
        return answer_ask(
            ask=Ask.objects.get(pk=ask.pk), terms_id=terms, latest_number=0, answer=answer, reason="Now.",
            by=asked_head,
        )  # fmt: skip

    def releases():
        return release(slate=Slate.objects.select_related("season").get(pk=approved.slate.pk), by=cfo)

    answered, released = at_once(answers, releases)
    is_in = Endorsement.objects.filter(terms=terms).exists()
    assert is_in == (not isinstance(answered, Refused))
    if answer == "declined":  # a decline and a release without its reason exclude each other
        assert is_in == isinstance(released, Refused)
    else:
        assert released is True
    if not is_in:
        assert "Its asks are closed" in str(answered)


def test_an_answer_waits_for_a_release_that_has_begun(approved, cfo, asked_head):
    """The release holds the proposals before the answer reads their status."""
    ask, begun, results = approved.funded.asks.get(), Barrier(2), []
    terms = ask.current_terms.pk

    def answers():
        begun.wait(timeout=20)
        said = {"answer": "declined", "reason": "Now.", "by": asked_head}
        try:
            mine = Ask.objects.get(pk=ask.pk)
            results.append(answer_ask(ask=mine, terms_id=terms, latest_number=0, **said))
        except Refused as refused:
            results.append(refused)
        finally:
            connection.close()

    thread = Thread(target=answers)
    thread.start()
    with transaction.atomic():
        assert release(slate=approved.slate, by=cfo)
        begun.wait(timeout=20)
        thread.join(timeout=1)  # it waits for our rows
        assert results == []
    thread.join(timeout=60)
    assert isinstance(results[0], Refused) and not Endorsement.objects.filter(terms=terms).exists()
