"""Which codes of a chart of accounts plain words may mean. A proposal of codes; people choose."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

# Below this a name has no more than some letters in common with the words.
CLOSE_ENOUGH = 75
# Words of charts of accounts must stand in the name: “instruction” is not “construction”.
SURE = 90

# Plain words, without the s of the plural → the words of charts of accounts, for each kind of code.
PLAIN = {
    "aide": "aides", "ad": "advertising", "airfare": "travel", "assistant": "aides",
    "bookkeeping": "fiscal", "bus": "student transportation",
    "chromebook": "technology hardware; instruction-related technology", "classroom": "instruction",
    "cleaning": "operation and maintenance", "clinician": "psychological services; other professional",
    "coach": "improvement of instruction; staff training",
    "coaching": "improvement of instruction; staff training",
    "computer": "technology hardware; instruction-related technology",
    "conference": "travel; staff training", "consultant": "professional services", "counseling": "guidance",
    "counselling": "guidance", "counselor": "guidance", "curriculum": "curriculum development",
    "dashboard": "technology software; administrative technology", "desk": "furniture",
    "evaluation": "planning, research, development, evaluation",
    "evaluator": "planning, research, development, evaluation", "family": "community services",
    "families": "community services", "flyer": "printing", "fuel": "energy", "guard": "security",
    "home": "attendance and social work", "hotel": "travel", "internet": "communications",
    "interpreter": "other professional; other support, students",
    "interpreting": "other professional; other support, students", "kit": "general supplies",
    "laptop": "technology hardware; instruction-related technology", "lesson": "instruction",
    "liaison": "attendance and social work", "librarian": "library and media",
    "license": "technology software; instruction-related technology", "lunch": "food",
    "material": "general supplies", "meal": "food", "mentor": "staff training; instruction",
    "nurse": "health", "overtime": "overtime", "paper": "general supplies", "para": "aides",
    "paraeducator": "aides; instruction", "paraprofessional": "aides; instruction",
    "parent": "community services", "phone": "communications", "postage": "communications",
    "principal": "office of the principal", "psychologist": "psychological services", "reader": "books",
    "repair": "repairs", "salary": "regular salaries", "snack": "food",
    "social": "attendance and social work",
    "software": "technology software; instruction-related technology",
    "specialist": "improvement of instruction", "speech": "speech and audiology",
    "stipend": "additional pay", "sub": "substitutes", "substitute": "substitutes; instruction",
    "survey": "planning, research, development, evaluation",
    "tablet": "technology hardware; instruction-related technology", "teacher": "teachers; instruction",
    "teaching": "instruction", "test": "academic assessment", "testing": "academic assessment",
    "textbook": "books; instruction", "therapist": "occupational therapy; psychological services",
    "trainer": "staff training", "training": "staff training",
    "translation": "other professional; other support, students",
    "translator": "other professional; other support, students", "trip": "student transportation",
    "tutor": "instruction", "tutoring": "instruction", "van": "vehicles",
    "visit": "attendance and social work", "workbook": "books; instruction", "workshop": "staff training",
}  # fmt: skip


def best_matches(words: str, names: Mapping[str, str], most: int = 4) -> list[str]:
    """Keys of the names that fit the words best, the best first; `names` by key."""
    said = utils.default_process(words[:300])
    best: dict[str, tuple[float, float]] = {}
    for query, close in [(said, CLOSE_ENOUGH), *((part, SURE) for part in _plainly(said))]:
        found = process.extract(
            query, names, scorer=fuzz.token_set_ratio, processor=utils.default_process,
            limit=most, score_cutoff=close,
        )  # fmt: skip
        for name, score, key in found if query else ():
            # Of names that hold all the words, the one that says no more comes first.
            alike = score, fuzz.ratio(query, name, processor=utils.default_process)
            best[key] = max(alike, best.get(key, alike))
    return sorted(best, key=lambda key: (*(-n for n in best[key]), key))[:most]


def _plainly(said: str) -> list[str]:
    """What the words are called in charts of accounts."""
    found = []
    for word in said.split():
        singulars = (word, word.removesuffix("s"), word.removesuffix("es"))
        found += next((PLAIN[one].split("; ") for one in singulars if one in PLAIN), [])
    return found
