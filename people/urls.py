"""Addresses of people."""

from django.urls import path

from .views import me, setup, setup_people, welcome

urlpatterns = [
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("me/", me.me, name="me"),
    path("people/", me.people, name="people"),
    path("setup/district/", setup.district, name="setup_district"),
    path("setup/units/", setup.units, name="setup_units"),
    path("setup/units/new/", setup.unit_new, name="setup_unit_new"),
    path("setup/units/<int:pk>/", setup.unit, name="setup_unit"),
    path("setup/units/<int:pk>/speakers/", setup.unit_speakers, name="setup_unit_speakers"),
    path("setup/people/", setup_people.people, name="setup_people"),
    path("setup/people/new/", setup_people.person_new, name="setup_person_new"),
    path("setup/people/<int:pk>/", setup_people.person, name="setup_person"),
    path("setup/people/<int:pk>/post/", setup_people.post_new, name="setup_post_new"),
    path("setup/people/<int:pk>/invite/", setup_people.person_invite, name="setup_person_invite"),
    path("setup/people/<int:pk>/deactivate/", setup_people.person_deactivate, name="setup_person_deactivate"),
    path("setup/people/<int:pk>/reactivate/", setup_people.person_reactivate, name="setup_person_reactivate"),
    path("setup/posts/<int:pk>/end/", setup_people.post_end, name="setup_post_end"),
]
