"""Texts about cases."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, pgettext
from bot.model.outcome import ContributionKind

RECEIPT = _(
    "Thank you. Your question is sent to {contact} in {unit}. Case number: {number}. You get an "
    "answer by {due} at the latest. If it takes longer, we write before that day."
)
REPORT_RECEIPT = _(
    "Thank you. Your report is sent to {contact} in {unit}. Case number: {number}. You hear by "
    "{due} at the latest when it is looked at. If it takes longer, we write before that day."
)
QUESTION_SENT = _("I could not answer at once, so I have sent it on: {titles}\n\n{receipt}")
QUOTED = pgettext("list", "“{title}”")
COMPLAINT_RECEIPT = _(
    "Thank you for saying so. It must be annoying. Your inquiry is sent to {contact} in {unit}. "
    "Case number: {number}. You get an answer by {due} at the latest. If it takes longer, we "
    "write before that day."
)
ANGRY = _(
    "{recognition} I would like to get a person to ring you. What is the most important thing for "
    "us to know first?\n\nYour inquiry is with {contact} in {unit}. Case number: {number}. You "
    "get an answer by {due} at the latest."
)
JOINED = _("It is added to {number}. {contact} sees it.")
JOINED_WAITING = _(
    "Thank you. It is added to {number}, and {contact} goes on. You get an answer by {due} at the "
    "latest."
)
WHERE_TO = _("Does this belong to {number}, or is it something new?")
WHERE_TO_CLOSED = _("{number} is closed. Shall I open it again, or is it something new?")
TO_CASE = _("To {number}")
OPEN_AGAIN = _("Open {number} again")
NEW_QUESTION = _("New question")
NOT_YOURS = _("I cannot show that case here.")
NOT_AMONG_YOURS = _(
    "I cannot find that case among yours, but what you wrote is kept. Unless you choose something "
    "else, I send it to a person {when}."
)
ANSWERED = _(
    "Here is the answer: {answer}\n\nDid you get an answer to what you asked?\nRegards, {name}"
)
# Row 4: the author's own words, their outcome, who decided, and when.
OUTCOMES: Mapping[ContributionKind, Text] = {
    ContributionKind.IDEA: _(
        "{answer}\n\nYour idea was: “{words}”. What came of it: {verdict}. {decided_by} decided it "
        "{day}."
    ),
    ContributionKind.REPORT: _(
        "{answer}\n\nYou reported: “{words}”. What came of it: {verdict}. {decided_by} decided it "
        "{day}."
    ),
}
ANSWERED_MORE = _("More about {number}: {answer}\n\nRegards, {name}")
ASKED = _(
    "{name} asks about {number}:\n{question}\n\nJust write your answer here. We go on when we have "
    "it.\nRegards, {name}"
)
WROTE = _("About {number}: {message}\n\nRegards, {name}")
ASK_REMINDER = _("We still need an answer from you to go on with {number}:\n{question}")
EXTENDED = _(
    "We are not done with {number} yet. {reason} New date: {due}. We are sorry that it takes "
    "longer."
)
CLOSED = _(
    "{words}\n\n{number} is closed now. Write to us again if there is more.\nRegards, {name}"
)
CLOSED_SILENT = _(
    "We have not heard from you about {number}, so we leave it here for now. Write whenever you "
    "like, and we go on."
)
REOPENED = _("{number} is open again, and {contact} looks at it. You get an answer by {due}.")
WITHDRAWN = _("The message is withdrawn.")
WITHDRAWN_WHY = _(
    "A message from us about {number} was withdrawn, because it was not right. You hear from us "
    "by {due}."
)
WITHDRAWN_OVER = _("A message from us about {number} was withdrawn, because it was not right.")
RESOLVED = _("Good to hear. {number} is solved, by your word.")
CALL_OFFER = _("Would you like {contact} to ring you about {number}?")
FELT_WRONG_THANKS = _("Thank you for saying so. A leader looks at it, not whoever wrote to you.")
CALL_ME = _("Call me")
WRITE_TO_PERSON = _("Write to a person")
FELT_WRONG = _("This did not feel right")
SOLVED_YES = pgettext("verdict", "Yes")
SOLVED_PARTLY = pgettext("verdict", "Partly")
SOLVED_NO = pgettext("verdict", "No")
PERSON = _("You can write to a person here, or we can ring you.\n\n{contact}")
STATES = {
    "new": _("Waiting. You get an answer by {due} at the latest."),
    "open": _("{contact} is working on it. You get an answer by {due} at the latest."),
    "awaiting_citizen": _("We wait for an answer from you."),
    "answered": _("Answered by {contact}. Did it help?"),
    "resolved": _("Solved, by your word."),
    "closed": _("Closed."),
}
READ_BY = _("Read by {name}.")
MY_CASES = _("<b>My cases</b>")
CASE_LINE = _("{number}: {title}\n{state}")
CASE_LINE_READ = _("{number}: {title}\n{state} {read}")

COMPLAINT_ROUTES = _(
    "There are three ways.\n\n"
    "• You are dissatisfied with a service or with how you were met. Write it here, and a person "
    "answers.\n"
    "• You disagree with a decision in a letter. The letter says how to complain and by when. "
    "You complain to whoever sent it.\n"
    "• The citizens' adviser helps you for free, and is not part of the case. You can also "
    "complain to Folketingets Ombudsmand."
)
DISSATISFIED = _("I am dissatisfied")
DECISION = _("About a decision")
ADVISER = _("The citizens' adviser")
DECISION_WAY = _(
    "Look at the end of the letter. It says where to complain and by which day. If you have no "
    "letter, or cannot find it, ask us, and we find it with you.\n\n{contact}"
)
ADVISER_WAY = _(
    "The citizens' adviser listens, helps you understand the case, and looks at how we treated "
    "you. It is free. Ring the municipality and ask for the citizens' adviser.\n\n{contact}"
)
NO_HEARINGS = _(
    "There is no hearing open just now. When there is one, you find it here. If you want to "
    "propose something yourself, press Idea."
)
A_PICTURE = _("(a picture)")
A_PLACE = _("(a place on the map)")
PLACE_TAKEN = _("Thank you, the place is added to {number}. {contact} sees it.")
PICTURE_TAKEN = _("Thank you, the picture is in.")
PICTURE_FAILED = {
    "too_big": _("That picture is too big for me. Send a smaller one, or go on without it."),
    "no_picture": _("I could not read that picture, and have not kept it. Try another one."),
    "gone": _("I could not fetch that picture. Send it again, or go on without it."),
}
MY_DATA = _("Here is what we keep about you, as a file. In short:\n\n{summary}")
MY_DATA_FILE = _("my-data.json")
DATA_SUMMARY = _(
    "• We call you: {address}. Language: {language}. Area: {area}.\n"
    "• You first wrote to us {since}.\n"
    "• Yes to news about: {news}.\n"
    "• Cases: {cases}. Messages in them: {messages}. Pictures and places: {attachments}.\n"
    "• Unfinished conversations: {conversations}.\n\n"
    "The file has all of it, with who read your cases and when. Questions about your data, or "
    "something to correct or delete: {dpo}."
)
DELETE_ME = _(
    "<b>Do you want it deleted?</b>\n"
    "I cannot delete it myself, so nothing is deleted yet. This is how:\n\n"
    "• Write to {dpo}. Say that you want your data from this chat deleted, and give your name and "
    "your case numbers, if you have any. Do not write your CPR number.\n"
    "• A person at {municipality} makes sure that it is you, and deletes what may be deleted. You "
    "get an answer within one month.\n"
    "• The law makes us keep some things, for instance parts of a case. You are told which, and "
    "why. If you disagree, you can complain to Datatilsynet.\n\n"
    "Write “stop” to end news from us at once."
)
