"""Remarks and the sponsors' answers, as tests give them."""

from reviews.actions import feedback


def remark(proposal, by, kind="question", text="How often?", **more):
    return feedback.give_feedback(proposal=proposal, kind=kind, text=text, by=by, **more)


def reply(given, by, answer="Every week.", plan_changed=True):
    return feedback.answer_feedback(feedback=given, answer=answer, plan_changed=plan_changed, by=by)
