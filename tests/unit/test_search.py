"""Test the FAQ's index: matching of words, confident answers, and questions left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters import is_slip
from bot.search import ANSWER_FROM, Document, Index, analyse
from bot.search.vocabulary import Vocabulary
from bot.service.content import read_town
from bot.service.faq import documents_of


@pytest.fixture(scope="module")
def faq() -> Index:
    """Return the index of the town that ships."""
    town = read_town(None)
    documents = [document for entry in town.faq for document in documents_of(entry)]
    return Index(documents, town.unanswered)


def answer(index: Index, text: str, language: str | None = "da") -> str | None:
    """Return the id of the entry that answers *text*."""
    best = index.find(text, language).best
    return best.id if best else None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Kan kommunen slå græsset for min mor på 82?", "F13"),
        ("Hvornår lukker genbrugspladsen på lørdag?", "F14"),
        ("Hvad sker der, hvis jeg har mistet mit gamle pas, bliver det nye så dyrere?", "F4"),
        ("Kan jeg få mine breve på papir i stedet for Digital Post?", "F10"),
        ("There is a deep pothole in our street", "F8"),
        ("Which bin is a greasy pizza box for?", "F2"),
    ],
)
def test_answers_what_an_entry_answers(faq: Index, text: str, entry: str) -> None:
    """A question in other words than the entry's finds the entry (HR-28)."""
    assert answer(faq, text) == entry


@pytest.mark.parametrize(
    "text",
    [
        "min mand slår mig",
        "min søn slår min mor på 82",
        "my husband hits me and my mother, who is 82",
        "min mor på 82 er faldet i græsset og trækker ikke vejret",
        "han ligger i hullet i vejen og bevæger sig ikke",
        "der er gået ild i genbrugspladsen",
    ],
)
def test_never_answers_danger(faq: Index, text: str) -> None:
    """Messages about danger are not answered from the FAQ despite shared words (HR-28, HR-29)."""
    found = faq.find(text, "da")
    assert found.best is None
    assert found.near == ()


@pytest.mark.parametrize(
    "text",
    [
        "Hvor langt er I med min klage?",
        "Hvorfor har min sagsbehandler ikke svaret om min børneattest?",
        "Har I modtaget min flytning?",
        "What is happening with my application for day care?",
    ],
)
def test_leaves_a_persons_own_case_alone(faq: Index, text: str) -> None:
    """A question about a person's own case goes to staff (HR-6)."""
    assert answer(faq, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hvad koster et pas?",
        "Hvor ligger genbrugspladsen?",
        "Hvornår har biblioteket åbent?",
        "How long does it take to get a new passport?",
        "Hvordan bliver man dronning?",
        "hej",
        "",
        "👍",
        "12345",
    ],
)
def test_says_nothing_where_no_entry_answers(faq: Index, text: str) -> None:
    """A question that no entry answers stays unanswered, also if it resembles an entry."""
    assert answer(faq, text) is None


@pytest.mark.parametrize("language", ["da", "en", "pl", None])
def test_both_languages_are_found_in_any_chat(faq: Index, language: str | None) -> None:
    """A question is found in either language, whatever language the chat has."""
    assert answer(faq, "When is the recycling centre open on Sundays?", language) == "F14"
    assert answer(faq, "Hvornår er genbrugspladsen åben om søndagen?", language) == "F14"


@pytest.mark.parametrize(
    "text", ["slå græsset for min mor", "slaa graesset for min mor", "sla grasset for min mor"]
)
def test_danish_letters_may_be_spelt_out_or_bare(faq: Index, text: str) -> None:
    """Danish letters may be transliterated or written without marks."""
    assert answer(faq, text) == "F13"


def test_typing_errors_are_forgiven(faq: Index) -> None:
    """One typing error in a word is tolerated."""
    assert answer(faq, "hvornår åbner genbrugspaldsen på søndag") == "F14"
    assert answer(faq, "hvordan sortrer jeg skarld") == "F1"


def test_near_entries_are_offered_at_most_three(faq: Index) -> None:
    """Without a confident answer up to three entries are offered, the likeliest first."""
    found = faq.find("pas og flytning", "da")
    assert found.best is None
    assert 0 < len(found.near) <= 3
    scores = [hit.score for hit in found.near]
    assert scores == sorted(scores, reverse=True)


def test_the_best_is_not_offered_again(faq: Index) -> None:
    """The answered entry is not among the offered ones."""
    found = faq.find("Hvornår har genbrugspladsen åbent?", "da")
    assert found.best is not None
    assert found.best.score >= ANSWER_FROM
    assert found.best.id not in {hit.id for hit in found.near}


def test_a_word_alone_is_answered_only_where_an_entry_lists_it() -> None:
    """One word such as "certificate?" is too ambiguous unless an entry lists it."""
    entries = [
        Document("A", "en", "Where do I get a certificate?", ("certificate for coaches",), ""),
        Document("B", "en", "Who catches rats?", ("rats",), ""),
    ]
    index = Index(entries, {"en": ["what is for lunch", "hello", "when is the concert"] * 3})
    assert answer(index, "rat", "en") == "B"
    assert answer(index, "certificate", "en") is None


def test_what_is_listed_is_found(faq: Index) -> None:
    """A listed phrasing finds its entry, even if its words occur nowhere else."""
    town = read_town(None)
    documents = [document for entry in town.faq for document in documents_of(entry)]
    new = Document("S1", "da", "Må jeg låne en trailer?", ("må man fyre op i sin tønde",), "Ja.")
    index = Index([*documents, new], town.unanswered)
    for asked in ("må jeg låne en TRAILER", "Maa man fyre op i sin toende?!"):
        assert answer(faq, asked) is None
        assert answer(index, asked) == answer(index, asked, "en") == "S1"
    lost = [
        asked
        for document in documents
        for asked in (document.title, *document.phrasings)
        if answer(index, asked, document.language) != document.id
    ]
    assert lost == [  # words of an appeal, which belong to staff
        "har fået nej til min ansøgning og vil klage",
        "you said no to my application and I want to appeal",
    ]


def test_what_two_entries_list_is_not_sure() -> None:
    """A phrasing of two entries is not a confident match."""
    twice = [Document(faq_id, "da", f"Sag {faq_id}", ("hvad så",), "Ja.") for faq_id in ("A", "B")]
    assert answer(Index(twice), "hvad så") is None


def test_what_no_entry_answers_is_learnt_from_the_unanswered() -> None:
    """The town's unanswered questions lower the score of all entries."""
    entries = [
        Document("A", "da", "Hvordan får jeg pas?", ("nyt pas", "søge om pas", "bestille pas"), ""),
        Document("B", "da", "Hvornår har I åbent?", ("åbningstider", "er der åbent i dag"), ""),
    ]
    asked = "hvad koster det at få pas"
    price = {"da": ["hvad koster pas", "prisen på et pas", "hvad skal jeg betale for pas"]}
    hopeful, wiser = Index(entries).guess(asked), Index(entries, price).guess(asked)
    assert hopeful is not None
    assert wiser is not None
    assert wiser.score < hopeful.score / 2


def test_an_index_without_entries_answers_nothing() -> None:
    """A town may start without an FAQ."""
    assert Index([]).find("Hvornår har I åbent?", "da").best is None
    assert Index([]).guess("Hvornår har I åbent?") is None


def test_languages_without_an_analysis_are_left_out() -> None:
    """An entry may have languages that are not searched."""
    index = Index([Document("A", "pl", "Gdzie jest port?", (), "")], {"pl": ["dzień dobry"]})
    assert index.find("Gdzie jest port?", "pl").best is None


def test_the_same_texts_always_teach_the_same(faq: Index) -> None:
    """Two indexes of the same texts give the same score."""
    town = read_town(None)
    documents = [document for entry in town.faq for document in documents_of(entry)]
    again = Index(documents, town.unanswered)
    text = "hvor afleverer jeg gammel maling"
    assert again.find(text, "da") == faq.find(text, "da")


@given(st.text(max_size=2000))
@settings(max_examples=50, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """Any text is read without an exception."""
    index = Index([Document("A", "da", "Hvor er havnen?", ("vejen til havnen",), "Mod vest.")])
    found = index.find(text, "da")
    assert found.best is None or found.best.id == "A"


def test_analyse_brings_words_to_their_stems() -> None:
    """`analyse` removes grammar words, accents and endings."""
    assert analyse("Børnene skal på biblioteket", "da") == analyse("BOERN bibliotek", "da")
    assert analyse("The libraries are opening", "en") == ("librari", "open")
    assert analyse("cafe\u0301 CAFÉ", "en") == ("cafe", "cafe")
    assert analyse("", "da") == ()
    assert analyse("havnen", "pl") == analyse("havnen", "da")


def test_compounds_are_read_by_their_parts() -> None:
    """An unknown compound matches through two known parts."""
    vocabulary = Vocabulary(["rotter i kælderen", "en anmeldelse"], "da")
    assert [term.name for term in vocabulary.read("rotteanmeldelse")] == ["@rat", "@notify"]
    assert [term.name for term in vocabulary.read("kvashegn")] == [""]


def test_a_sense_is_told_by_the_form_where_the_stem_does_not() -> None:
    """Two forms of one stem differ: "passet" is a passport, and "passer" minds a child."""
    vocabulary = Vocabulary([], "da")
    assert [term.name for term in vocabulary.read("passet passer")] == ["@passport", "@care"]


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("rtote", "rotte", True),
        ("rottte", "rotte", True),
        ("rote", "rotte", False),
        ("flyter", "flytter", True),
        ("genbrugspaldsen", "genbrugspladsen", True),
        ("kna", "kan", True),
        ("kam", "kan", False),
        ("valg", "fælg", False),
        ("skole", "kirke", False),
    ],
)
def test_a_slip_of_the_finger(typed: str, meant: str, *, slip: bool) -> None:
    """A slip is one extra, missing, wrong or swapped letter; in short words only a swap."""
    assert is_slip(typed, meant) is slip
