"""What is done with money's rules: funds, envelopes, codes, prices and rates."""

from .accounts import load_usual_accounts, paste_accounts, remove_account
from .funds import add_fund, change_fund, remove_fund
from .prices import add_position, change_position, remove_position, set_rates

__all__ = [
    "add_fund",
    "add_position",
    "change_fund",
    "change_position",
    "load_usual_accounts",
    "paste_accounts",
    "remove_account",
    "remove_fund",
    "remove_position",
    "set_rates",
]
