"""Texts of the bot outside its flows."""

from __future__ import annotations

from bot.i18n import _, pgettext

NOTICE_VERSION = 1
NOTICE = _(
    "Hello! I am the robot in {town}. I can answer questions, take in ideas and help you get "
    "started as a volunteer. Write freely, but do not write CPR numbers here. If you want to "
    "talk to a person, press the button.\n\n"
    "{municipality} keeps what you write, so that we can answer you. Telegram is a private firm "
    "outside the EU. Read more: /privacy. Questions about your data: {dpo}."
)
MENU = _("What can I do for you? You can also just write your question.")
RESUME_MENU = _("“{title}” waits for you. Your answers are kept.")
ASK = _("Write your question in your own words. I answer at once if I know the answer.")
HELP = _(
    "I am a robot. I answer what I know; people at {municipality} do the rest.\n\n"
    "• Write a question, or press a button.\n"
    "• You can always write what stands on a button, or its number.\n"
    "• “back” goes one step back, “repeat” shows the step again with numbers.\n"
    "• “person” shows how to reach a person, “menu” shows the menu.\n"
    "• “remind me to call the library tomorrow at 10” sets a reminder, “my reminders” shows them.\n"
    "• “pause” stops all but answers until the day you choose.\n"
    "• “stop” ends news and leaves what you are doing.\n\n"
    "{contact}\n\n"
    "How accessible this chat is, and your data: /privacy."
)
CONTACT = _("Phone {phone}.\n{phone_hours}\nVisit us: {address}. {open_hours}")
PRIVACY = _(
    "<b>Your data</b>\n"
    "{municipality} is responsible. We keep what you write to answer you, the settings you "
    "choose, and which news you said yes to.\n\n"
    "• You, the staff who answer you and the firm behind Telegram can see the chat. Telegram is "
    "a private firm outside the EU.\n"
    "• Never write CPR numbers or other people's private matters here. If you do, I remove the "
    "number before anything is stored.\n"
    "• Staff see how many reminders you have set for yourself, but not their words or times.\n"
    "• An unfinished conversation is deleted after 7 days.\n"
    "• You may see, correct and have deleted what we keep about you. Ask {dpo}. You can complain "
    "to Datatilsynet.\n\n"
    "<b>Accessibility</b>\n"
    "Every button can be written, by its words or its number. Nothing depends on colour or "
    "pictures alone, and no question runs out in less than a day. If something is hard to use, "
    "ring us.\n\n"
    "{contact}"
)
TELL_ME = _("Tell me when it opens")
WILL_TELL = _("We will tell you here when it opens. It is one message, and only one.")
NOW_OPEN = _("You asked to hear when it opens: {intent} is open here now.")
OVERVIEW = _(
    "<b>My overview</b>\n"
    "We call you: {address}\n"
    "Language: {language}\n"
    "Area: {area}\n"
    "News about: {news}\n"
    "Quiet hours: {quiet}"
)
GETS_WARNINGS = _("We warn you here if there is danger.")
WARNINGS = _("Warnings about danger")
WARNINGS_STOPPED = _(
    "It is done. We do not warn you here any more, not even if there is danger where you are. "
    "Write “warnings” if you want warnings again."
)
STILL_WARNED = _("We still warn you here if there is danger. That is a choice of its own.")
NOTHING_CHOSEN = _("nothing chosen")
NO_NEWS = _("nothing")
USUAL_QUIET = _("20:00–8:00, Sundays, public holidays, 24 and 31 December")
OWN_QUIET = _("{start}–{end}, and the usual ones")
LANGUAGE = _("Which language do you want to read?")
LANGUAGE_SET = _("From now on I write English.")
ANSWER = _("<b>{question}</b>\n{answer}\n\n<i>Source: {source}. Checked {reviewed}.</i>")
ANSWER_IN_DANISH = _(
    "<b>{question}</b>\n{answer}\n\n<i>Only in Danish. Source: {source}. Checked {reviewed}.</i>"
)
TITLE_IN_DANISH = _("{question} (only in Danish)")
GLAD = _("Good. Just write if there is more.")
DID_YOU_MEAN = _(
    "I did not quite understand that. Do you mean one of these? Otherwise I send your question to "
    "a person {when}."
)
DO_NOT_KNOW = _(
    "I do not know that. A person can help you. I send your question to a person {when}, or at "
    "once if you press the button.\n\n{contact}"
)
IN_HALF_AN_HOUR = _("in half an hour")
ON_DAY_AT = pgettext("when", "on {due}")
IT_WAS_NOTHING = _("It was nothing")
ASIDE = _("Back to “{title}”:")
NOT_A_CHOICE = _(
    "I could not find that among the choices. Press a button, or write its words or number."
)
NOT_SURE = _("It is all right that you do not know yet. Press a button, or write “back” or “help”.")
NOT_SKIPPED = _("This question cannot be skipped. Press a button, or write “back” or “cancel”.")
NOTHING_ASKED = _("I did not ask anything with yes or no. Press a button, or write what you want.")
STOPPED = _(
    "It is done. You get no more news from us here. You still get answers to your own questions. "
    "Write “news” if you want it again."
)
PLEDGES_GO_ON = _(
    "I still ask how your pledges go, because you have made them. Write “stop my pledge” to stop "
    "one, or “stop my pledges” to stop them all."
)
LEFT_FLOW = _("What you had answered is kept for 7 days. Write “continue” to go on.")
LEFT_STEP = _(
    "I have put “{title}” aside. What you had answered is kept for 7 days. Write “continue” to go "
    "on."
)
NOTHING_TO_CANCEL = _(
    "There is nothing to cancel: you are not in the middle of anything here. If you want to take "
    "back something you have sent us, a person can help."
)
NOTHING_TO_RESUME = _("There is nothing waiting for you.")
RESUME_OFFER = _("You had begun “{title}”. Do you want to continue?")
NUDGE = _("You had begun “{title}”, and your answers are kept. Do you want to continue?")
CONTINUE = pgettext("button", "Continue")
NO_THANKS = _("No thanks")
LET_GO = _("That is quite all right.")
OLD_BUTTON = _("That button is from an earlier time. Here is the menu.")
LINK_OVER = _("That link is not valid any longer. Here is the menu.")
STAFF_CHAT = _(
    "This chat is linked to the account of {first_name}. What you send to yourself at the console "
    "comes here. You can end it on the page of your account."
)
ANEW = _("It is a while since you began, so your answers are gone. Here is the menu.")
SETTINGS = _("Language and settings")
BACK_TO_MENU = pgettext("button", "Menu")
HELPED = _("That helped")
ASK_PERSON = _("Ask a person")
WHO_DECIDES = _(
    "The town council decides what the municipality does. If you want to know who decides in "
    "one matter, talk to a person."
)
NOTHING_TO_REPEAT = _("Here is where we are:")
CPR_DELETED = _(
    "You happened to write a CPR number. I have deleted the message and not kept the number. "
    "If we need it, write to us in Digital Post on borger.dk."
)
CPR_NOT_DELETED = _(
    "You happened to write a CPR number. I have not kept the number, but I could not delete the "
    "message. Please delete it yourself. If we need the number, write to us in Digital Post on "
    "borger.dk."
)
CPR_ORDER_NUMBER = _(
    "Was it an order number or a P-number? Then write it again with an x after the first two "
    "digits."
)
BOTH = pgettext("list", "{first}\n\n{second}")
CPR_MAYBE = _("Was that a CPR number?")
CPR_YES = _("Yes, delete the message")
CPR_NO = _("No, it was a time")
CPR_TIME = _("Write the time again with “kl.”, then I will keep it.")
VOICE = _("I cannot listen to voice messages. Write to me, or ring {phone}. {phone_hours}")
PHOTO = _(
    "I take pictures only in a report of something outdoors, or where we asked for one. I have "
    "not kept this. Write in words, or ring {phone}."
)
PLACE = _(
    "I take a place only in a report of something outdoors, or in a case that we are talking "
    "about, and I have not kept this. Press “Report something”, or write in words."
)
CONTACT_CARD = _("I have no use for contact cards, and I have not kept it. Write in words instead.")
OTHER_KIND = _("Thank you! I understand words best. Write to me, or press a button.")
NOTED = _("All right.")
FAILED = _(
    "Something went wrong with us, not with you. What you wrote is kept. Try again in a moment, "
    "or ring {phone}."
)
UNREADABLE = _(
    "I could not read your last message. Write it again in a few words, or ring {phone}."
)
GROUP = _("I only talk in private, so that nobody else can read along. Write to me here: {link}")
DANGER = {
    "emergency": _("<b>Is anyone in danger now? Ring 112.</b>"),
    "police": _("<b>Is it happening now? Ring 112.</b>\nPolice, not urgent: 114."),
    "violence": _(
        "<b>Are you in danger now? Ring 112.</b>\n"
        "Lev Uden Vold, day and night: 1888.\nPolice, not urgent: 114."
    ),
    "suicide": _(
        "<b>I am glad you wrote. Are you in danger now? Ring 112.</b>\n"
        "Livslinien listens: 70 201 201.\nBørneTelefonen, for children and young people: 116 111."
    ),
    "child": _(
        "<b>Is a child in danger now? Ring 112.</b>\n"
        "BørneTelefonen: 116 111.\nPolice, not urgent: 114."
    ),
}
WORRY = _(
    "The children and family unit of {municipality}: {phone}.\n\n"
    "Thank you for saying so. A person rings you as soon as possible in our working hours, and "
    "you may ring yourself. Please do not write here about the child."
)
DANGER_TAIL = _(
    "I am a robot and cannot ring for you. The people at {municipality} are told that you wrote."
)
BOT_ABOUT = _(
    "Questions, ideas and volunteering in {municipality}. "
    "A robot answers first; people do the rest."
)
BOT_DESCRIPTION = _(
    "Ask {municipality} a question, report something, volunteer or make a pledge. I am a robot, "
    "and people do what I cannot. Do not write CPR numbers here. In an emergency ring 112."
)
