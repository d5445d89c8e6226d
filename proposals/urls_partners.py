"""Addresses of intents, offers, first words, relations and mergers."""

from django.urls import path

from .views import intents, others

urlpatterns = [
    path("proposals/intents/", intents.intents, name="intents"),
    path("proposals/intents/new/", intents.intent_new, name="intent_new"),
    path("proposals/intents/<int:pk>/", intents.intent, name="intent"),
    path("proposals/intents/<int:pk>/edit/", intents.intent_edit, name="intent_edit"),
    path("proposals/intents/<int:pk>/close/", intents.intent_close, name="intent_close"),
    path("proposals/intents/<int:pk>/join/", intents.intent_join, name="intent_join"),
    path("proposals/intents/<int:pk>/talk/", intents.intent_talk, name="intent_talk"),
    path("talks/<int:pk>/", intents.talk, name="talk"),
    path("talks/<int:pk>/done/", intents.talk_done, name="talk_done"),
    path("offers/<int:pk>/end/", intents.offer_end, name="offer_end"),
    path("proposals/<int:pk>/offers/<int:offer>/accept/", others.offer_accept, name="offer_accept"),
    path("proposals/<int:pk>/join/", others.proposal_join, name="proposal_join"),
    path("proposals/<int:pk>/talk/<int:unit>/", others.proposal_talk, name="proposal_talk"),
    path("proposals/<int:pk>/links/", others.proposal_links, name="proposal_links"),
    path("proposals/<int:pk>/links/<int:link>/remove/", others.link_remove, name="link_remove"),
    path("proposals/<int:pk>/links/<int:link>/settle/", others.link_settle, name="link_settle"),
    path("proposals/<int:pk>/merge/<int:other>/", others.merge_propose, name="merge_propose"),
    path("proposals/<int:pk>/take-in/<int:intent>/", others.take_in, name="take_in"),
    path("mergers/<int:pk>/", others.merger, name="merger"),
    path("mergers/<int:pk>/end/", others.merger_end, name="merger_end"),
    path("proposals/<int:pk>/copy/", others.proposal_copy, name="proposal_copy"),
]
