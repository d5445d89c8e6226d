"""First steps by role, three short ones each; shown on Home until dismissed, and always in the help menu."""

from people.models import Post, User
from people.rules import can_sponsor, is_cabinet, is_decider, is_steward

Step = tuple[str, str]  # a sentence, and the name of the address where it is done

READER: list[Step] = [
    ("See when what happens this season, and who decides", "season"),
    ("Read the goals and how they are measured", "goals"),
    ("Look up a word that is new to you", "words"),
]

# The first that holds for a person.
GUIDES: list[tuple] = [
    (is_steward, [
        ("Set up the season: dates, rules, rubric", "setup"),
        ("Assign reviewers and clear what is ready", "vetting"),
        ("Watch the log of what left the usual path", "season"),
    ]),
    (is_decider, [
        ("Compare slates against the money and the workload", "slates"),
        ("Read how the proposals were rated", "vetting"),
        ("Release all decisions at once, each with its reason", "decisions"),
    ]),
    (is_cabinet, [
        ("Name problems and adopt measurable goals", "goals"),
        ("Rate the proposals assigned to you", "vetting"),
        ("Follow what was funded", "investments"),
    ]),
    (lambda user: user.holds(Post.Role.PRINCIPAL), [
        ("See what is asked of your school, and answer", "asks"),
        ("See the hours of your school by month, and say what it can give", "schools"),
        ("Follow what was funded", "investments"),
    ]),
    (can_sponsor, [
        ("Answer what other units ask of yours", "asks"),
        ("Find partners for an idea", "intents"),
        ("Draft together, sign on and submit", "proposals"),
    ]),
]  # fmt: skip


def guide_for(user: User) -> list[Step]:
    return next((steps for holds, steps in GUIDES if holds(user)), READER)
