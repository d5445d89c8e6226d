"""Files beside a proposal: who adds and fetches them, what is refused, what versions keep."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from activity.models import Entry
from activity.refused import Refused
from proposals.actions import submission
from proposals.actions.attachments import attach, remove_attachment
from proposals.actions.baton import pass_on
from proposals.actions.copying import carry_forward
from proposals.models import Attachment
from proposals.models.attachment import LARGEST_ATTACHMENT, MOST_ATTACHMENTS
from proposals.models.content import content_of
from tests.cast_proposals import signed_by

from .files import PDF, office


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "uploads")


def put(proposal, by, name="Bus plan.pdf", data=PDF):
    return attach(proposal=proposal, name=name, data=data, by=by)


@pytest.fixture
def plan(joint_draft, lead_head):
    return put(joint_draft, lead_head)


def fetch(client, attachment):
    answer = client.get(reverse("attachment", args=[attachment.pk]))
    answer.body = b"".join(answer)  # read to its end, it closes the file
    return answer


def test_attached_and_fetched_as_a_download(plan, partner_head, signed_in, settings):
    assert Entry.objects.about(plan.proposal).get(verb="attach").sentence == "attached “Bus plan.pdf” to P-01"
    assert "Bus" not in plan.stored
    answer = fetch(signed_in(partner_head), plan)
    assert answer.body == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Bus plan.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_sixteen_queries(joint_draft, lead_head, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        plan = put(joint_draft, lead_head)
    with django_assert_max_num_queries(16):
        remove_attachment(attachment=plan, by=lead_head)


def test_a_draft_s_files_are_its_sponsors_own(plan, stranger, signed_in):
    assert fetch(signed_in(stranger), plan).status_code == 404
    assert signed_in(stranger).post(reverse("attachment_remove", args=[plan.pk])).status_code == 404


def test_what_was_circulated_is_kept_when_removed(plan, people, stranger, at_stage, signed_in):
    proposal = submission.submit(proposal=signed_by(plan.proposal, people), by=people.lead_head)
    assert proposal.versions.last().content["attachments"] == [
        {"id": plan.pk, "name": "Bus plan.pdf", "size": len(PDF), "sha256": plan.sha256}
    ]
    page = signed_in(stranger).get(proposal.get_absolute_url()).text
    assert f"/attachments/{plan.pk}/" in page
    with pytest.raises(Refused, match="P-01 is submitted"):
        remove_attachment(attachment=plan, by=people.lead_head)
    at_stage("revision")
    pass_on(proposal=proposal, act="return", by=people.steward, sentence="returned P-01")
    remove_attachment(attachment=plan, by=people.lead_head)
    with pytest.raises(Refused, match="removed before"):
        remove_attachment(attachment=plan, by=people.lead_head)
    new = put(proposal, people.lead_head, "New.pdf", PDF + b"\n")
    assert [row["name"] for row in content_of(proposal)["attachments"]] == ["New.pdf"]
    assert fetch(signed_in(stranger), plan).status_code == 200
    assert fetch(signed_in(stranger), new).status_code == 404
    assert fetch(signed_in(people.lead_head), new).status_code == 200
    assert f"/attachments/{new.pk}/" not in signed_in(stranger).get(proposal.get_absolute_url()).text


def test_removed_from_a_draft_is_gone_for_all(plan, lead_head, signed_in):
    remove_attachment(attachment=plan, by=lead_head)
    assert fetch(signed_in(lead_head), plan).status_code == 404


def test_only_sponsors(joint_draft, asked_head):
    with pytest.raises(Refused):
        put(joint_draft, asked_head)
    assert not Attachment.objects.exists()


def test_few_small_and_once(joint_draft, lead_head, tmp_path):
    with pytest.raises(Refused, match="too large"):
        put(joint_draft, lead_head, data=PDF[:-5] + b" " * LARGEST_ATTACHMENT + b"%%EOF")
    put(joint_draft, lead_head)
    with pytest.raises(Refused, match="here already, as “Bus plan"):
        put(joint_draft, lead_head, "Again.pdf")
    for n in range(1, MOST_ATTACHMENTS):
        put(joint_draft, lead_head, f"{n}.pdf", PDF + b"\n" * n)
    with pytest.raises(Refused, match="Remove one first"):
        put(joint_draft, lead_head, "More.pdf", PDF + b"\n" * 50)
    assert len(list((tmp_path / "uploads" / "attachments").iterdir())) == MOST_ATTACHMENTS


def test_from_the_page(joint_draft, lead_head, signed_in):
    client, here = signed_in(lead_head), reverse("proposal_attachments", args=[joint_draft.pk])
    page = client.post(here, {"file": SimpleUploadedFile("a.docx", office("docx")), "once": "1"}, follow=True)
    assert "Attached." in page.text
    assert "Word text" in page.text
    page = client.post(here, {"file": SimpleUploadedFile("b.pdf", b"<html><script>"), "once": "2"})
    assert "not a whole PDF file" in page.text
    big = SimpleUploadedFile("c.pdf", b"%PDF-1.7" + b" " * LARGEST_ATTACHMENT)
    assert "too large" in client.post(here, {"file": big, "once": "3"}).text
    plan = Attachment.objects.get()
    page = client.post(reverse("attachment_remove", args=[plan.pk]), {"once": "4"}, follow=True)
    assert "is removed" in page.text
    assert "No file yet" in page.text


def test_a_lost_file_is_not_found(plan, lead_head, signed_in, tmp_path):
    (tmp_path / "uploads" / plan.stored).unlink()
    assert fetch(signed_in(lead_head), plan).status_code == 404


def test_backed_up_and_restored(plan, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    call_command("backup", tmp_path / "backup.tar.gz")
    (tmp_path / "uploads" / plan.stored).write_bytes(b"spoiled")
    call_command("restore", tmp_path / "backup.tar.gz", "--replace")
    assert Attachment.objects.get().sha256 == plan.sha256
    assert (tmp_path / "uploads" / plan.stored).read_bytes() == PDF


def test_it_goes_along_into_a_copy(plan, lead_head, units):
    source = plan.proposal
    made = carry_forward(source=source, season=source.season, unit=units["TL"], title="Again", by=lead_head)
    assert made.draft.attachments.get().stored == plan.stored
