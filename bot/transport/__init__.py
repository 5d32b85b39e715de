"""The room that speaks Bot API; nothing in it knows the town.

api.py          one call to Telegram             codec.py     JSON, fast where orjson is
intake.py       updates into the inbox           danger.py    the one reply the intake sends
halves.py       numbers split over two messages  sightings.py what is seen in one update
poller.py       getUpdates                       webhook.py   the same, posted to us
courier.py      the outbox to Telegram           verdicts.py  what an answer means for a row
pacing.py       how fast we may send             pauses.py    when we must wait
request.py      python-telegram-bot without a network
application.py  python-telegram-bot's Application, as we use it
register.py     commands and descriptions        render.py    texts cut to Telegram's measure
turn.py         being the only one of a role     meter.py     what is counted
"""
