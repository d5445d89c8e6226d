"""Addresses of proposals."""

from django.urls import path

from .views import asks, board, costs, together, writing

urlpatterns = [
    path("proposals/", board.proposals, name="proposals"),
    path("proposals/intents/", board.intents, name="intents"),
    path("proposals/intents/new/", board.intent_new, name="intent_new"),
    path("proposals/new/", board.proposal_new, name="proposal_new"),
    path("proposals/late/", board.late_edit, name="late_edit"),
    path("proposals/<int:pk>/edit/", writing.proposal_edit, name="proposal_edit"),
    path("proposals/<int:pk>/details/", writing.proposal_details, name="proposal_details"),
    path("proposals/<int:pk>/links/", writing.proposal_links, name="proposal_links"),
    path("proposals/<int:pk>/links/<int:link>/remove/", writing.link_remove, name="link_remove"),
    path("proposals/<int:pk>/costs/", costs.proposal_costs, name="proposal_costs"),
    path("proposals/<int:pk>/costs/<int:number>/", costs.cost_line, name="cost_line"),
    path("proposals/<int:pk>/costs/<int:number>/remove/", costs.cost_line_remove, name="cost_line_remove"),
    path("proposals/<int:pk>/asks/", asks.proposal_asks, name="proposal_asks"),
    path("proposals/<int:pk>/asks/send/", asks.asks_send_all, name="asks_send_all"),
    path("asks/<int:pk>/edit/", asks.ask_edit, name="ask_edit"),
    path("asks/<int:pk>/send/", asks.ask_send, name="ask_send"),
    path("asks/<int:pk>/withdraw/", asks.ask_withdraw, name="ask_withdraw"),
    path("proposals/<int:pk>/schools/", asks.proposal_schools, name="proposal_schools"),
    path("proposals/<int:pk>/sponsors/", together.proposal_sponsors, name="proposal_sponsors"),
    path("sponsors/<int:pk>/accept/", together.sponsor_accept, name="sponsor_accept"),
    path("sponsors/<int:pk>/decline/", together.sponsor_decline, name="sponsor_decline"),
    path("sponsors/<int:pk>/leave/", together.sponsor_leave, name="sponsor_leave"),
    path("sponsors/<int:pk>/lead/", together.sponsor_lead, name="sponsor_lead"),
    path("proposals/<int:pk>/sign/", together.proposal_sign, name="proposal_sign"),
    path("proposals/<int:pk>/submit/", together.proposal_submit, name="proposal_submit"),
    path("proposals/<int:pk>/withdraw/", together.proposal_withdraw, name="proposal_withdraw"),
]
