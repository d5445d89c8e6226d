"""Addresses of the desk."""

from django.urls import path

from .views import demo, funds, goal, home, mails, proposal, release, season, setup, setup_money, setup_rubric

urlpatterns: list = [
    path("", home.home, name="home"),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("slates/<int:pk>/release/", release.release, name="slate_release"),
    path("demo/people/", demo.people, name="demo_people"),
    path("demo/when/", demo.when, name="demo_when"),
    path("demo/when/<int:order>/jump/", demo.jump, name="demo_jump"),
    path("demo/when/<int:order>/move/", demo.move, name="demo_move"),
    path("season/", season.season, name="season"),
    path("goals/<int:pk>/", goal.goal, name="goal"),
    path("funds/", funds.funds, name="funds"),
    path("setup/", setup.setup, name="setup"),
    path("setup/season/adopt/", setup.season_adopt, name="season_adopt"),
    path("setup/rubric/", setup_rubric.rubric, name="setup_rubric"),
    path("setup/rubric/usual/", setup_rubric.rubric_usual, name="setup_rubric_usual"),
    path("setup/rubric/<int:pk>/", setup_rubric.criterion, name="setup_criterion"),
    path("setup/funds/", setup_money.funds, name="setup_funds"),
    path("setup/funds/new/", setup_money.fund_new, name="setup_fund_new"),
    path("setup/funds/<int:pk>/", setup_money.fund, name="setup_fund"),
    path("setup/funds/<int:pk>/remove/", setup_money.fund_remove, name="setup_fund_remove"),
    path("setup/funds/codes/", setup_money.codes, name="setup_codes"),
    path("setup/funds/codes/usual/", setup_money.codes_usual, name="setup_codes_usual"),
    path("setup/funds/codes/<int:pk>/remove/", setup_money.code_remove, name="setup_code_remove"),
    path("setup/funds/rates/", setup_money.rates, name="setup_rates"),
    path("setup/funds/positions/", setup_money.positions, name="setup_positions"),
    path("setup/funds/positions/new/", setup_money.position_new, name="setup_position_new"),
    path("setup/funds/positions/<int:pk>/", setup_money.position, name="setup_position"),
    path("setup/funds/positions/<int:pk>/remove/", setup_money.position_remove, name="setup_position_remove"),
    path("proposals/<int:pk>/", proposal.proposal, name="proposal"),
    path("proposals/<int:pk>/versions/<int:number>/", proposal.proposal_version, name="proposal_version"),
]
