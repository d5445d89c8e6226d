"""Addresses of proposals."""

from django.urls import include, path

from .views import asks, attachments, board, live, remarks, schools, together, versions, writing

urlpatterns = [
    path("", include("proposals.urls_partners")),
    path("", include("proposals.urls_money")),
    path("proposals/", board.proposals, name="proposals"),
    path("proposals/new/", board.proposal_new, name="proposal_new"),
    path("proposals/late/", board.late_edit, name="late_edit"),
    path("proposals/<int:pk>/edit/", writing.proposal_edit, name="proposal_edit"),
    path("proposals/<int:pk>/live/", live.live, name="proposal_live"),
    path("proposals/<int:pk>/live/missing/", live.live_missing, name="proposal_live_missing"),
    path("kept/", live.kept, name="kept"),
    path(
        "proposals/<int:pk>/live/still-missing/", live.live_still_missing, name="proposal_live_still_missing"
    ),
    path("kept/<int:pk>/offer/", live.kept_offer, name="kept_offer"),
    path("kept/<int:pk>/discard/", live.kept_discard, name="kept_discard"),
    path("proposals/<int:pk>/details/", writing.proposal_details, name="proposal_details"),
    path("proposals/<int:pk>/asks/", asks.proposal_asks, name="proposal_asks"),
    path("proposals/<int:pk>/asks/send/", asks.asks_send_all, name="asks_send_all"),
    path("asks/<int:pk>/edit/", asks.ask_edit, name="ask_edit"),
    path("asks/<int:pk>/send/", asks.ask_send, name="ask_send"),
    path("asks/<int:pk>/withdraw/", asks.ask_withdraw, name="ask_withdraw"),
    path("proposals/<int:pk>/schools/", schools.proposal_schools, name="proposal_schools"),
    path("proposals/<int:pk>/sponsors/", together.proposal_sponsors, name="proposal_sponsors"),
    path("sponsors/<int:pk>/accept/", together.sponsor_accept, name="sponsor_accept"),
    path("sponsors/<int:pk>/decline/", together.sponsor_decline, name="sponsor_decline"),
    path("sponsors/<int:pk>/leave/", together.sponsor_leave, name="sponsor_leave"),
    path("sponsors/<int:pk>/lead/", together.sponsor_lead, name="sponsor_lead"),
    path("proposals/<int:pk>/sign/", together.proposal_sign, name="proposal_sign"),
    path("proposals/<int:pk>/submit/", together.proposal_submit, name="proposal_submit"),
    path("proposals/<int:pk>/withdraw/", together.proposal_withdraw, name="proposal_withdraw"),
    path("proposals/<int:pk>/attachments/", attachments.proposal_attachments, name="proposal_attachments"),
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("attachments/<int:pk>/remove/", attachments.attachment_remove, name="attachment_remove"),
    path("proposals/<int:pk>/comments/", remarks.proposal_remarks, name="proposal_remarks"),
    path("proposals/<int:pk>/comments/names/", remarks.proposal_names, name="proposal_names"),
    path("proposals/<int:pk>/comments/noted/", remarks.noted, name="remarks_noted"),
    path("comments/<int:pk>/reply/", remarks.comment_reply, name="comment_reply"),
    *(
        path(f"comments/<int:pk>/{act}/", remarks.comment_settle, {"act": act}, name=f"comment_{act}")
        for act in ("resolve", "reopen", "accept", "reject", "apply", "placed")
    ),
    path("proposals/<int:pk>/versions/", versions.proposal_versions, name="proposal_versions"),
    path("proposals/<int:pk>/compare/", versions.proposal_compare, name="proposal_compare"),
]
