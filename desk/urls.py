"""Addresses of the desk."""

from django.urls import path

from .views import demo, home, mails

urlpatterns: list = [
    path("", home.home, name="home"),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("demo/people/", demo.people, name="demo_people"),
    path("demo/when/", demo.when, name="demo_when"),
    path("demo/when/<int:order>/jump/", demo.jump, name="demo_jump"),
    path("demo/when/<int:order>/move/", demo.move, name="demo_move"),
]
