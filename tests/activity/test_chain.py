"""What was removed from history or altered in it is found and named."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from activity import actions, chain, tasks
from activity.append_only import guards_lifted
from activity.models import DemoClock, Entry, Heartbeat, Once, Seal


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def tell(count: int = 3) -> list[Entry]:
    return [actions.record("tell", DemoClock(pk=1), f"told {n}") for n in range(count)]


def tamper(sql: str, *values) -> None:
    with guards_lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.django_db
class TestWholeHistory:
    def test_an_empty_history_is_whole(self, capsys):
        call_command("verify_history")
        assert "History is whole: 0 entries" in capsys.readouterr().out

    def test_a_sealed_history_is_whole(self, capsys):
        tell()
        tasks.seal()
        tell(2)
        tasks.seal()
        call_command("verify_history")
        assert "5 entries, 5 sealed" in capsys.readouterr().out
        assert len(chain.heads_file().read_text().splitlines()) == 2

    def test_sealing_again_adds_nothing(self):
        tell()
        tasks.seal()
        tasks.seal()
        assert Seal.objects.count() == 3


@pytest.mark.django_db
class TestTampering:
    def test_an_altered_entry_is_named(self, capsys):
        entry = tell()[1]
        tasks.seal()
        tamper("UPDATE activity_entry SET sentence='told nothing' WHERE id=%s", entry.pk)
        with pytest.raises(CommandError) as failure:
            call_command("verify_history")
        assert failure.value.returncode == 1
        assert f"Entry {entry.pk} (tell" in capsys.readouterr().out

    def test_an_altered_entry_with_a_new_digest_breaks_its_link(self):
        entry = tell()[1]
        tasks.seal()
        entry.sentence = "told nothing"
        tamper(
            "UPDATE activity_entry SET sentence=%s, digest=%s WHERE id=%s",
            entry.sentence, entry.digest_of_content(), entry.pk,
        )  # fmt: skip
        assert [f for f in chain.faults() if f"does not fit entry {entry.pk}" in f]

    def test_a_removed_entry_is_named(self):
        entry = tell()[1]
        tasks.seal()
        tamper("DELETE FROM activity_seal WHERE entry_id=%s", entry.pk)
        tamper("DELETE FROM activity_entry WHERE id=%s", entry.pk)
        assert "Seals 2 to 2 were removed." in list(chain.faults())

    def test_the_end_cut_off_is_found_by_the_kept_head(self):
        entry = tell()[2]
        tasks.seal()
        tamper("DELETE FROM activity_seal WHERE entry_id=%s", entry.pk)
        tamper("DELETE FROM activity_entry WHERE id=%s", entry.pk)
        (fault,) = chain.faults()
        assert "(seal 3) is missing: the end of history was removed" in fault

    def test_a_chain_written_anew_is_found_by_the_kept_head(self):
        tell()
        tasks.seal()
        tamper("DELETE FROM activity_seal")
        tamper("DELETE FROM activity_entry")
        tell()
        actions.seal_new_entries()
        (fault,) = chain.faults()
        assert "history was written anew" in fault

    def test_an_entry_slipped_in_without_seal_is_found(self):
        with time_machine.travel(timezone.now() - timedelta(hours=2)):
            entry = tell(1)[0]
        (fault,) = chain.faults()
        assert fault.startswith(f"Entry {entry.pk} ") and "no seal for over an hour" in fault

    def test_heads_set_aside_leave_the_new_history_alone(self):
        tell()
        tasks.seal()
        chain.set_heads_aside()
        assert not chain.heads_file().exists()
        assert len(list(chain.heads_file().parent.glob("history_heads.*.log"))) == 1


@pytest.mark.django_db
def test_the_heartbeat_tells_and_old_forms_are_forgotten():
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        Once.objects.create(key="old", person_key="1")
    Once.objects.create(key="new", person_key="1")
    tasks.beat()
    assert Heartbeat.objects.get().name == "worker"
    assert Once.objects.get().key == "new"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    tell(50)
    start = threading.Barrier(2)

    def seal():
        try:
            start.wait()
            if head := actions.seal_new_entries():
                chain.keep_head(head)
        finally:
            connection.close()

    threads = [threading.Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Seal.objects.count() == 50
    assert list(chain.faults()) == []
