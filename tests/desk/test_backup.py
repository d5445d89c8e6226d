"""An archive holds everything, goes into another database, and is refused when it does not fit."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from activity import actions, chain, post
from activity.append_only import guards_lifted
from activity.models import Entry, Mail
from desk.archive import rows
from people.models import User
from proposals.actions import drafting
from proposals.models import Proposal, SectionUpdate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = str(tmp_path / "var" / "uploads")
    (tmp_path / "var" / "uploads" / "plans").mkdir(parents=True)
    (tmp_path / "var" / "uploads" / "plans" / "bus.pdf").write_bytes(b"%PDF bus plan")


@pytest.fixture
def archive(submitted, tmp_path):
    """A backup of a season with a submitted proposal."""
    file = tmp_path / "backup.tar.gz"
    call_command("backup", file)
    return file


def counts() -> dict[str, int]:
    found = {m._meta.label: m._base_manager.count() for m in rows.stored_models()}
    return {label: count for label, count in found.items() if count}


def manifest_of(archive) -> dict:
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("manifest.json"))


def rewritten(archive, name: str, change):
    """The archive with one member changed."""
    changed = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(changed, "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            data = content.read() if content else b""
            if member.name == name:
                data = change(data)
                member.size = len(data)
            new.addfile(member, io.BytesIO(data) if content else None)
    return changed


def manage(*arguments, **environment) -> str:
    """Run manage.py in a process and a database of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        env={**os.environ, "MODE": "test", **environment}, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db
class TestDrill:
    def test_another_database_holds_the_same_with_its_history_whole(self, archive, tmp_path):
        other = tmp_path / "other"
        place = {"DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}", "VAR_DIR": str(other)}
        manage("migrate", "--verbosity=0", **place)
        manage("restore", archive, **place)
        assert "History is whole" in manage("verify_history", **place)
        manage("backup", tmp_path / "again.tar.gz", **place)
        first, second = (manifest_of(tmp_path / name) for name in ("backup.tar.gz", "again.tar.gz"))
        assert first["counts"] == second["counts"] and first["counts"]["proposals.Proposal"] == 1
        assert (other / "uploads" / "plans" / "bus.pdf").read_bytes() == b"%PDF bus plan"

    def test_a_restored_copy_is_the_same(self, archive):
        before = counts()
        digests = list(Entry.objects.order_by("pk").values_list("digest", flat=True))
        assert before["proposals.Proposal"] == 1 and before["proposals.ProposalVersion"] == 2
        with guards_lifted():
            rows.clear()
        call_command("restore", archive)
        assert counts() == before
        assert list(Entry.objects.order_by("pk").values_list("digest", flat=True)) == digests
        call_command("verify_history")

    def test_the_copy_goes_on_working(self, archive, lead_head):
        call_command("restore", archive, "--replace")
        proposal = Proposal.objects.get()
        entry = actions.record("tell", proposal, "told it", by=lead_head)
        assert entry.pk == Entry.objects.order_by("-pk").first().pk
        newest = User.objects.create_user("new@testville.example", name="New Person")
        assert newest.pk == max(User.objects.values_list("pk", flat=True))
        refused = pytest.raises(DatabaseError, match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM activity_entry")

    def test_a_restored_copy_sends_no_mail(self, archive, mailoutbox):
        call_command("restore", archive, "--replace")
        Mail.objects.create(
            person_key="1", person_name="A", address="a@testville.example", kind="invitation", key="1",
            subject="Welcome", text="Come in.", written_at=Entry.objects.first().at,
        )  # fmt: skip
        assert post.send_due(lambda mails: None) == 0
        call_command("resume_mail")
        assert post.send_due(lambda mails: None) == 1

    def test_replacing_sets_files_and_heads_aside(self, archive, settings, submitted, signed_in, cfo):
        signed_in(cfo)
        actions.record("tell", submitted, "told later")
        chain.keep_head(actions.seal_new_entries())
        call_command("restore", archive, "--replace")
        assert not Entry.objects.filter(sentence="told later").exists()
        assert not Session.objects.exists()
        assert list(chain.faults()) == []
        assert len(list(settings.VAR_DIR.glob("uploads.before-*"))) == 1


@pytest.mark.django_db
class TestRefusals:
    def refused(self, *arguments) -> str:
        with pytest.raises(CommandError) as refusal:
            call_command("restore", *arguments)
        return str(refusal.value)

    def test_a_database_with_data_is_not_overwritten_unasked(self, archive):
        assert "Add --replace" in self.refused(archive)
        assert Proposal.objects.exists()

    def test_another_file_is_refused(self, db, tmp_path):
        other = tmp_path / "other.txt"
        other.write_text("hello")
        assert "is no archive" in self.refused(other)

    def test_a_cut_file_is_refused(self, archive):
        archive.write_bytes(archive.read_bytes()[:-2000])
        assert "damaged" in self.refused(archive, "--replace")
        assert Proposal.objects.exists()

    def test_changed_rows_are_refused(self, archive):
        changed = rewritten(archive, "rows.jsonl", lambda data: data.replace(b"Reading", b"Writing"))
        assert "not those that were packed" in self.refused(changed, "--replace")

    def test_another_version_is_refused(self, archive):
        def older(data):
            manifest = json.loads(data)
            manifest["migrations"]["proposals"].pop()
            return json.dumps(manifest).encode()

        assert "another version of the tables of proposals" in self.refused(
            rewritten(archive, "manifest.json", older), "--replace"
        )

    def test_a_member_outside_the_folder_is_refused(self, archive, tmp_path):
        with tarfile.open(archive.with_name("evil.tar.gz"), "w:gz") as evil:
            member = tarfile.TarInfo("../../evil.txt")
            evil.addfile(member, io.BytesIO(b""))
        assert "damaged" in self.refused(archive.with_name("evil.tar.gz"), "--replace")


def test_an_archive_holds_what_was_written_together(draft, lead_head, tmp_path):
    drafting.edit_section(proposal=draft, kind="need", text="Später.", by=lead_head)
    stood = list(SectionUpdate.objects.values_list("key", "data"))
    rows.dump(tmp_path / "rows")
    lines = (json.loads(line) for line in (tmp_path / "rows").read_text().splitlines())
    ours = [values for label, values in lines if label == "proposals.SectionUpdate"]
    again = [rows._row(SectionUpdate, values) for values in ours]
    assert [(row.key, bytes(row.data)) for row in again] == [(key, bytes(data)) for key, data in stood]
