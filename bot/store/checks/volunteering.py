"""Checks of shifts, sign-ups and invitations: no place is given twice, each request has a date."""

from __future__ import annotations

from bot.store.checks.check import check
from bot.store.checks.current import LOOK

VOLUNTEERING = (
    check(
        "shift_over_capacity",
        "shift",
        """
        SELECT shift.id FROM shift
        JOIN opportunity ON opportunity.id = shift.opportunity_id
        JOIN signup ON signup.shift_id = shift.id
            AND signup.state IN ('offered', 'confirmed', 'standin_wanted', 'checked_in')
        WHERE coalesce(shift.seats, opportunity.seats) IS NOT NULL
            AND signup.source <> 'walk_in'
        GROUP BY shift.id, shift.seats, opportunity.seats
        HAVING count(*) > coalesce(shift.seats, opportunity.seats)
        """,
        means="More volunteers have a place in a shift than there are places.",
        do=LOOK,
    ),
    check(
        "signup_of_cancelled_shift",
        "signup",
        """
        SELECT signup.id FROM signup JOIN shift ON shift.id = signup.shift_id
        WHERE shift.state = 'cancelled'
            AND signup.state IN ('requested', 'waitlisted', 'offered', 'confirmed',
                'standin_wanted', 'checked_in')
        """,
        means="Volunteers are signed up for shifts that are cancelled.",
        do=LOOK,
    ),
    check(
        "offer_without_timer",
        "signup",
        "SELECT signup.id FROM signup RUNNING WHERE signup.state = 'offered' AND STOPPED",
        timer=("offer_ends", "signup"),
        means="Free places are held for people, and the timer that ends the offers is not set.",
        do=LOOK,
    ),
    check(
        "request_without_date",
        "signup",
        "SELECT id FROM signup WHERE state = 'requested' AND due_at IS NULL",
        means="Volunteers wait for an answer that has no date.",
        do="Answer each on the page of its opportunity.",
    ),
    check(
        "opportunity_without_timer",
        "opportunity",
        """
        SELECT opportunity.id FROM opportunity RUNNING
        WHERE opportunity.state IN ('open', 'paused') AND STOPPED
            AND CAST(opportunity.rule AS TEXT) LIKE '{%'
        """,
        timer=("plan_shifts", "opportunity"),
        means="Opportunities repeat, and the timer that plans their shifts is not set.",
        do="Pause each at the console and publish it again.",
    ),
    check(
        "invitation_without_timer",
        "volunteer_invitation",
        """
        SELECT volunteer_invitation.id FROM volunteer_invitation RUNNING
        WHERE volunteer_invitation.state <> 'ended' AND STOPPED
        """,
        timer=("invite", "volunteer_invitation"),
        means="Invitations to volunteer are open, and the timer that ends them is not set.",
        do=LOOK,
    ),
    check(
        "invitation_over_quota",
        "volunteer_invitation",
        """
        SELECT volunteer_invitation.id FROM volunteer_invitation
        JOIN signup ON signup.invitation_id = volunteer_invitation.id
            AND signup.source = 'invitation'
            AND signup.state IN ('requested', 'offered', 'confirmed', 'standin_wanted',
                'checked_in', 'attended')
        GROUP BY volunteer_invitation.id, volunteer_invitation.quota
        HAVING count(*) > volunteer_invitation.quota
        """,
        means="More people have said yes to an invitation than were wanted.",
        do=LOOK,
    ),
    check(
        "invitation_asks_after_end",
        "delivery",
        """
        SELECT delivery.id FROM delivery
        JOIN volunteer_invitation ON volunteer_invitation.id = delivery.subject_id
        WHERE delivery.subject_kind = 'invitation' AND delivery.state = 'planned'
            AND volunteer_invitation.state <> 'open'
        """,
        means="People are to be asked by invitations that are filled or over.",
        do=LOOK,
    ),
)
