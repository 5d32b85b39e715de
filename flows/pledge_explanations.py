"""What the chat says of a question about pledges when a citizen asks what it means, or why."""

from __future__ import annotations

from bot.i18n import _

WHAT_IS_A_PLEDGE = _(
    "A pledge is something that you promise to do yourself, for nature, the climate or your "
    "neighbours. You decide what, how much and how long, and who may see it. I ask you now and "
    "then how it goes. You can change it or stop at any time."
)
SEEN_BY = _(
    "Only you and the municipality can see your pledge, unless you choose yourself that others may."
)
ENTRIES = _(
    "These are pledges that others make, too. You choose afterwards how much you promise, and how "
    "long."
)
GOAL = _(
    "If you tell me what you would like for yourself, I can suggest pledges that help with it."
)
IN_OWN_WORDS = _("Write it as you would say it. I ask about what is missing.")
TO_A_PERSON = _("A person in the municipality reads what you wrote, and writes back here.")
THEME = _("The theme decides where your pledge counts when we add up what the town does.")
WHOM = _("You lead a group, so the pledge can be yours or the group's.")
AMOUNT = _("We add up the amounts of all pledges. A guess is enough, and you can change it later.")
JOINS = _("Press “I promise it” if you will do it. Nothing happens if you choose another pledge.")
RHYTHM = _("It is how often you do it. I ask you how it goes, at most once a week.")
ENDS_ON = _(
    "I ask you how it goes until that day. Then the pledge ends by itself. You can stop before, or "
    "choose another day."
)
VISIBILITY = _(
    "“Only you and the municipality”: nobody else reads it. “Without name”: others can read what "
    "is promised, but not by whom. “Everyone can see it”: others can read it with your first name. "
    "It counts in the town's total in each case."
)
WISH = _("You need not answer. We ask so that we know what people want to get out of a pledge.")
AGE = _(
    "A child under 15 makes a pledge together with a parent. We keep only yes or no, and not how "
    "old you are."
)
CONSENT = _(
    "We keep a pledge only if you say yes. Then we keep what you promise, and what you answer when "
    "I ask how it goes. Write “stop my pledges” to take the yes back."
)
PLAN = _(
    "It is easier to begin with a time and a place. You need not answer, and others cannot see it."
)
WITHDRAW = _(
    "A pledge that you take back counts nowhere any more, and leaves your list. If you stop it "
    "instead, you can still see it."
)
LEAVE = _(
    "If you take your consent back, all your pledges stop, and I ask you nothing about them any "
    "more."
)
STOP = _("A pledge that you stop ends today. I ask you no more about it, and you need not say why.")
