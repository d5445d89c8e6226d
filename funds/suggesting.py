"""Which codes of a chart of accounts plain words may mean. A proposal of codes; people choose."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

# Below this a name has no more than some letters in common with the words.
CLOSE_ENOUGH = 75

# Plain words → the words of charts of accounts.
PLAIN = {
    "aide": "aides", "ads": "advertising", "airfare": "travel", "bus": "student transportation",
    "buses": "student transportation", "chromebook": "technology hardware",
    "chromebooks": "technology hardware", "coach": "improvement of instruction",
    "coaches": "improvement of instruction", "coaching": "improvement of instruction",
    "computer": "technology hardware", "computers": "technology hardware",
    "conference": "travel", "consultant": "professional services", "consultants": "professional services",
    "counselor": "guidance", "counselors": "guidance", "curriculum": "curriculum development",
    "desks": "furniture", "evaluation": "planning, research, development, evaluation",
    "evaluator": "planning, research, development, evaluation", "food": "food", "guards": "security",
    "hotel": "travel", "laptop": "technology hardware", "laptops": "technology hardware",
    "librarian": "library and media", "license": "technology software", "licenses": "technology software",
    "meals": "food", "nurse": "health", "nurses": "health", "overtime": "overtime",
    "paper": "general supplies", "principal": "office of the principal",
    "psychologist": "psychological services", "readers": "books", "repair": "repairs",
    "social": "attendance and social work", "software": "technology software",
    "specialist": "improvement of instruction", "stipend": "additional pay", "stipends": "additional pay",
    "subs": "substitutes", "substitute": "substitutes", "tablets": "technology hardware",
    "teacher": "teachers", "testing": "academic assessment", "tests": "academic assessment",
    "textbook": "books", "textbooks": "books", "trainer": "staff training", "training": "staff training",
    "tutor": "instruction", "tutors": "instruction", "van": "vehicles", "vans": "vehicles",
}  # fmt: skip


def best_matches(words: str, names: Mapping[str, str], most: int = 4) -> list[str]:
    """Keys of the names that fit the words best, the best first; `names` by key."""
    said = utils.default_process(words[:300])
    queries = [said, *(PLAIN[word] for word in said.split() if word in PLAIN)]
    best: dict[str, float] = {}
    for query in filter(None, queries):
        found = process.extract(
            query, names, scorer=fuzz.token_set_ratio, processor=utils.default_process,
            limit=most, score_cutoff=CLOSE_ENOUGH,
        )  # fmt: skip
        for _name, score, key in found:
            best[key] = max(score, best.get(key, 0))
    return sorted(best, key=lambda key: (-best[key], key))[:most]
