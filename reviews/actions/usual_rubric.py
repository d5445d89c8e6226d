"""A usual rubric: six criteria, weights that add up to 100, anchors from 1 to 5."""

# The working-together criterion is the gate of the joint preference.
USUAL = [
    {
        "name": "Goal impact",
        "weight": 25,
        "question": (
            "How far will it move a published measure, for how many students, and does it reach a cause?"
        ),
        "is_gate": False,
        "anchors": {
            "1": "No link to a published measure or cause.",
            "2": "Link is claimed; few students or a symptom only.",
            "3": "Plausible effect on one measure through a listed cause.",
            "4": "Clear effect on a measure through a listed cause, with numbers.",
            "5": "Large, well-argued effect on one or more measures, at the root and for many students.",
        },
    },
    {
        "name": "Evidence",
        "weight": 15,
        "question": "What speaks for it: research, local results, tests of change?",
        "is_gate": False,
        "anchors": {
            "1": "No evidence given.",
            "2": "Opinion or vendor claims.",
            "3": "A sound reason and some local data.",
            "4": "Published research that fits our situation.",
            "5": "Already proven in the district or in experimental studies.",
        },
    },
    {
        "name": "Collaboration plan",
        "weight": 20,
        "question": (
            "Will the sponsors really work together, with roles, hand-offs, rhythm and shared budget?"
        ),
        "is_gate": True,
        "anchors": {
            "1": "Names on paper or no partner where one is needed.",
            "2": "Partners informed; one department does everything.",
            "3": "Roles are clear; hand-offs or money are open.",
            "4": "Roles, hand-offs, meetings and shared budget are settled.",
            "5": (
                "As 4, and the plan was tested with those asked; it says what happens when something slips."
            ),
        },
    },
    {
        "name": "Feasibility",
        "weight": 15,
        "question": "Can it be done with the people, rooms, time and systems that we have?",
        "is_gate": False,
        "anchors": {
            "1": "Cannot start in the year.",
            "2": "Serious gaps without an answer.",
            "3": "Gaps are named, some answers are missing.",
            "4": "Ready but for small points.",
            "5": "People, rooms, time and systems are in place.",
        },
    },
    {
        "name": "Cost and sustainability",
        "weight": 15,
        "question": "Is the cost reasonable for each student, and can it be paid in year three?",
        "is_gate": False,
        "anchors": {
            "1": "Cost unclear or cannot be sustained.",
            "2": "High cost for each student or one-time money for recurring cost.",
            "3": "Reasonable in year one; year three is open.",
            "4": "Reasonable, and year three is shown.",
            "5": "Low for the effect, lasting money, or it frees money.",
        },
    },
    {
        "name": "Equity",
        "weight": 10,
        "question": "Who gains, who could be harmed, and were they asked?",
        "is_gate": False,
        "anchors": {
            "1": "Widens a gap.",
            "2": "No thought given.",
            "3": "Groups are named; no plan for harm.",
            "4": "Those furthest from opportunity come first, measures by group.",
            "5": "As 4, shaped by those concerned, with safeguards.",
        },
    },
]
