"""Setting up money: funds with their envelopes, account codes, rates, the price list."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on
from funds import actions, rules
from funds.models import AccountCode, FundSource, PositionPrice
from funds.rates import rates_of
from goals.shown import season_or_404
from people.access import only

from ..forms.money import FundForm, PasteCodesForm, PositionForm, RatesForm


@only(rules.can_set_up_funds)
def funds(request):
    season = season_or_404(request)
    rows = FundSource.objects.filter(season=season.name).select_related("rule_owner")
    context = {"funds": rows.prefetch_related("envelopes"), "years": season.years}
    return render(request, "desk/setup_funds.html", context)


@only(rules.can_set_up_funds)
def fund_new(request):
    season = season_or_404(request)
    form = FundForm(request.POST or None, years=season.years, initial={"rule_owner": request.user.unit_id})
    return form_page(
        request, form,
        lambda: actions.add_fund(
            season=season.name, values=form.values, envelopes=form.envelopes, by=request.user
        ),
        title="Add a fund", back=reverse("setup_funds"), back_label="Funds",
        lede="Only the money for new investments, not the whole fund.",
    )  # fmt: skip


@only(rules.can_set_up_funds)
def fund(request, pk):
    row = rules.fund_for(request.user, pk)
    season = season_or_404(request)
    form = FundForm(request.POST or None, instance=row, years=season.years)
    return form_page(
        request, form,
        lambda: actions.change_fund(
            fund=row, values=form.values, envelopes=form.envelopes, by=request.user, reason=form.reason
        ),
        title=row.name, back=reverse("setup_funds"), back_label="Funds",
    )  # fmt: skip


@only(rules.can_set_up_funds)
def fund_remove(request, pk):
    row = rules.fund_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_fund(fund=row, by=request.user)
            messages.success(request, f"Fund {row.code} is removed.")
    return redirect("setup_funds")


@only(rules.can_set_up_funds)
def codes(request):
    season = season_or_404(request)
    form = PasteCodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            added, renamed = actions.paste_accounts(season=season.name, by=request.user, **form.cleaned_data)
            messages.success(request, f"{added} codes added, {renamed} renamed.")
            return redirect("setup_codes")
    rows = AccountCode.objects.filter(season=season.name)
    context = {"form": form, "page": Paginator(rows, 50).get_page(request.GET.get("page"))}
    return render(request, "desk/setup_codes.html", context)


@only(rules.can_set_up_funds)
def codes_usual(request):
    season = season_or_404(request)
    if request.method == "POST":
        with refusals_as_messages(request):
            number = actions.load_usual_accounts(season=season.name, by=request.user)
            messages.success(request, f"The national chart is loaded: {number} codes.")
    return redirect("setup_codes")


@only(rules.can_set_up_funds)
def code_remove(request, pk):
    row = rules.account_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_account(account=row, by=request.user)
            messages.success(request, f"Code {row.code} is removed.")
    return redirect("setup_codes")


@only(rules.can_set_up_funds)
def rates(request):
    season = season_or_404(request)
    form = RatesForm(request.POST or None, initial=RatesForm.first_values(rates_of(season.name)))
    return form_page(
        request, form,
        lambda: actions.set_rates(season=season.name, rates=form.rates, by=request.user),
        title="Rates", back=reverse("setup"), back_label="Set up",
        lede="They price every position line, and the second and third year of recurring cost.",
    )  # fmt: skip


@only(rules.can_set_up_funds)
def positions(request):
    season = season_or_404(request)
    rows = PositionPrice.objects.filter(season=season.name).select_related("salary_object")
    return render(request, "desk/setup_positions.html", {"positions": rows})


@only(rules.can_set_up_funds)
def position_new(request):
    season = season_or_404(request)
    form = PositionForm(request.POST or None, season=season.name)
    return form_page(
        request, form,
        lambda: actions.add_position(season=season.name, values=form.cleaned_data, by=request.user),
        title="Add a position", back=reverse("setup_positions"), back_label="Price list",
    )  # fmt: skip


@only(rules.can_set_up_funds)
def position(request, pk):
    row = rules.position_for(request.user, pk)
    form = PositionForm(request.POST or None, instance=row, season=row.season)
    return form_page(
        request, form,
        lambda: actions.change_position(position=row, values=form.cleaned_data, by=request.user),
        title=row.name, back=reverse("setup_positions"), back_label="Price list",
    )  # fmt: skip


@only(rules.can_set_up_funds)
def position_remove(request, pk):
    row = rules.position_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_position(position=row, by=request.user)
            messages.success(request, f"Position {row.code} is removed.")
    return redirect("setup_positions")
