"""Addresses of reviews."""

from django.urls import path, re_path

from .views import asks, feedback, review, vetting

urlpatterns = [
    path("asks/", asks.asks, name="asks"),
    path("asks/delegations/", asks.lending, name="delegations"),
    path("asks/delegations/<int:pk>/end/", asks.lending_end, name="delegation_end"),
    path("asks/<int:pk>/", asks.ask, name="ask"),
    path("conditions/<int:pk>/accept/", asks.condition_accept, name="condition_accept"),
    path("conditions/<int:pk>/refuse/", asks.condition_refuse, name="condition_refuse"),
    path("vetting/", vetting.vetting, name="vetting"),
    path("vetting/act/", vetting.vetting_act, name="vetting_act"),
    path("vetting/overview/", vetting.vetting_overview, name="vetting_overview"),
    path("vetting/<int:pk>/", review.review, name="review"),
    path("vetting/<int:pk>/feedback/", review.feedback_give, name="feedback_give"),
    path("vetting/<int:pk>/reviewer/", review.review_assign, name="review_assign"),
    re_path(r"^vetting/(?P<pk>\d{1,18})/(?P<act>return|send_back)/$", review.review_pass, name="review_pass"),
    path("vetting/<int:pk>/clear/", review.review_clear, name="review_clear"),
    path("assignments/<int:pk>/recuse/", review.review_recuse, name="review_recuse"),
    path("assignments/<int:pk>/judge/", review.review_judge, name="review_judge"),
    path("proposals/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("proposals/<int:pk>/resubmit/", feedback.resubmit, name="resubmit"),
    path("feedback/<int:pk>/answer/", feedback.feedback_answer, name="feedback_answer"),
]
