"""Addresses of slates. The page of the release stands with the desk, which calls two floors."""

from django.urls import path

from .views import decisions, keys, scenarios, slate

urlpatterns: list = [
    path("slates/", scenarios.slates, name="slates"),
    path("slates/new/", scenarios.new, name="slate_new"),
    path("slates/compare/", scenarios.compare, name="slate_compare"),
    path("slates/builders/", scenarios.builders, name="slate_builders"),
    path("slates/builders/<int:pk>/end/", scenarios.builder_end, name="slate_builder_end"),
    path("slates/<int:pk>/", slate.slate, name="slate"),
    path("slates/<int:pk>/copy/", scenarios.copy, name="slate_copy"),
    path("slates/<int:pk>/rename/", scenarios.rename, name="slate_rename"),
    path("slates/<int:pk>/fill/", slate.fill, name="slate_fill"),
    path("slates/<int:pk>/add/<int:proposal_pk>/", slate.add, name="slate_add"),
    path("slates/<int:pk>/items/<int:item_pk>/", slate.item, name="slate_item"),
    path("slates/<int:pk>/items/<int:item_pk>/part/", slate.part, name="slate_part"),
    path("slates/<int:pk>/items/<int:item_pk>/remove/", slate.remove, name="slate_remove"),
    path("slates/<int:pk>/override/", slate.override, name="slate_override"),
    path("slates/<int:pk>/override/back/", slate.override_back, name="slate_override_back"),
    path("slates/<int:pk>/decisions/", decisions.slate_decisions, name="slate_decisions"),
    path("slates/<int:pk>/decisions/rest/", decisions.decide_rest, name="slate_decide_rest"),
    path("slates/<int:pk>/decisions/<int:proposal_pk>/", decisions.slate_decision, name="slate_decision"),
    path("slates/<int:pk>/freeze/", keys.freeze, name="slate_freeze"),
    path("slates/<int:pk>/unfreeze/", keys.unfreeze, name="slate_unfreeze"),
    path("slates/<int:pk>/approve/", keys.approve, name="slate_approve"),
    path("decisions/", decisions.decisions, name="decisions"),
]
