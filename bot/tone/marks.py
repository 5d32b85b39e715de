"""Whether a mark judges a person: we mark cases, not people (DOMAIN row 8).

"Difficult" is said of a case as well as of a person. It is of a person where it stands by
itself or beside a word for one; beside any other word it is of the case.
"""

from __future__ import annotations

from bot.letters import LONGEST_MESSAGE, fold
from bot.tone.reading import Phrases, read

# What is only ever called a person.
_CALLED = Phrases(
    (
        (
            r"\w*(?:kværulant|brokkehoved|brokkerøv|brokkepind|ballademager|bøvlehoved|psykopat"
            r"|sociopat|idiot|tosse|galning|kælling|snylter|nasser|løgner|løgnhals|snyder|fjols"
            r"|klaphat|kontrolfreak|besserwisser|hypokonder|narkoman|særling|plageånd|tidsrøver"
            r"|energityv|egoist|narcissist|paragrafrytter|tudefjæs|pylrehoved|hystade|stodder"
            r"|bums|skrupskør|dramadronning|dramaqueen|foliehat|sølvpapirshat|hidsigprop"
            r"|gnavpot|surmule|klagefjæs|klagesjæl|skabekrukke|diva|møgunge|alki|alkoholiker"
            r"|misbruger|drukkenbolt|egotripper|hykler|kujon|bølle|brokker|skravl|sladrehank"
            r"|snob)(?:er|en|et|s|e|r)?"
        ),
        (
            r"(?:troublemaker|nutcase|nutter|weirdo|psycho|psychopath|complainer|whiner|moaner"
            r"|liar|cheater|crank|jerk|loser|freeloader|scrounger|timewaster|lunatic|maniac"
            r"|moron|querulant|crybaby|bully|hothead|diva|brat|snowflake|creep|fanatic|hater"
            r"|tinfoil\w*|grump|clown|fusspot|killjoy|hypocrite|coward|slob|snob|headcase"
            r"|airhead|simpleton|crackhead|alcoholic|addict|sponger|leech|parasite|crackpot"
            r"|oddball|busybody|hypochondriac|junkie|control freak|nag)(?:s|es)?"
        ),
        r"drama (?:queen|dronning)|time waster|nut job|pain in the \w+|know it all",
        r"attention seek\w+|hopeless case|håbløst tilfælde|opmærksomheds(?:syg|krævende)",
        "selv(?:fed|optaget|retfærdig)|(?:syg|skør|dum) i (?:hovedet|roen)",
        "(?:psykisk|mentalt) (?:syg|ustabil|forstyrret)|mentally ill|ikke rigtig klog",
        "not right in the head|en skrue løs|a screw loose|(?:lav|low) (?:intelligens|iq)",
        "(?:uden|mangler) selvindsigt",
        (
            "(?:evigt?|kronisk|altid|konstant|chronically|forever|perpetually) (?:utilfreds"
            "|sur|vred|unhappy|dissatisfied|angry)"
        ),
        (
            r"(?:kronisk|professionel|evig|notorisk|chronic|professional|serial|notorious) "
            r"(?:klag|brok|kværul|utilfreds|complain|whin|moan|trouble)\w*"
        ),
        r"(?:hader|hates) (?:os|us|kommunen|alt|everyone|everything|the \w+)",
        "(?:vil (?:have|bare have)|søger|wants?|seeks?|craves) (?:opmærksomhed|attention)",
        "(?:ikke|cannot|cant|not) (?:til at stole på|be trusted|to be trusted)|kan ikke stoles på",
        "skal ignoreres|bør ignoreres|kort lunte",
        "short fuse|bad temper|short tempered|hot headed|tykpandet|tynd hud|thin skinned",
        "talks? too much|taler for meget|snakker for meget",
    )
)
# What a person is said to do, or always to be.
_DOES = Phrases(
    (
        "lyver|løj|overdriver|klynker|pylrer|manipulerer|kværulerer|brokker sig",
        "skaber sig|finder på ting|spiller (?:skuespil|syg|offer)|kan ikke samarbejdes med",
        "klager (?:altid|over alt|hele tiden|konstant|igen og igen)|aldrig (?:tilfreds|glad)",
        "(?:he|she) lies",
        "(?:he|she|is|keeps|always) lying|exaggerates|whines|whining|moans|moaning|nagging",
        "manipulates|makes things up",
        "complains (?:about everything|all the time|constantly|a lot)|never (?:satisfied|happy)",
        "pas på (?:ham|hende)|watch out for (?:him|her)|not (?:very |too )?(?:bright|clever)",
        "ikke (?:særlig |for )?(?:klog|begavet|kvik)",
    )
)
_JUDGING = frozenset(
    fold(
        """
        doven dovne dum dumme sindssyg psyko paranoid skør skøre ustabil utilregnelig
        hysterisk neurotisk manipulerende utroværdig upålidelig løgnagtig utaknemmelig
        uopdragen uforskammet arrogant egoistisk naiv umoden overfølsom pylret sippet
        nærtagende stædig stivnakket umulig utålmodig ubehagelig usympatisk fjendtlig
        truende aggressiv voldelig beruset fordrukken latterlig irriterende
        anstrengende trættende belastende plagsom bitter sur gnaven muggen vrissen krævende
        besværlig besværlige vanskelig vanskelige problematisk vred negativ ulidelig kræsen
        kommanderende bøvlet tosset rasende konfliktsøgende grænseløs forkælet hidsig
        kolerisk mistroisk mistænksom påståelig snakkesalig rabiat fanatisk militant ulækker
        klam klæbende påtrængende emsig nævenyttig pedantisk kontrollerende dominerende
        ondskabsfuld ond falsk flabet respektløs uhøflig grov ubehøvlet arrig mærkelig sær
        underlig kvalm dramatisk svag ressourcesvag passiv barnlig hævngerrig selvisk
        selvretfærdig hjælpeløs utilpasset skrigende skinger fjollet forvirret dement
        utilfreds suspicious talkative smelly creepy nosy pedantic controlling evil mean
        fake cheeky disrespectful impolite gullible weird odd strange pathetic
        helpless childish vindictive spiteful confused senile dramatic greedy jealous sneaky
        shady rethaverisk bedrevidende kværulerende uintelligent ubegavet egenrådig håbløs
        svær fræk lazy stupid dumb insane mad nuts crazy mental unstable hysterical neurotic
        manipulative dishonest untrustworthy unreliable ungrateful rude selfish naive
        immature needy entitled stubborn impossible unpleasant hostile threatening
        aggressive violent drunk silly ridiculous annoying tiresome exhausting irritating
        grumpy sour demanding difficult awkward troublesome angry oversensitive unreasonable
        obnoxious pushy bossy spoiled spoilt delusional clingy whiny moody cranky nasty
        vexatious hopeless
        """
    ).split()
)
_PEOPLE = frozenset(
    fold(
        """
        borger borgeren borgere mand manden kvinde kvinden dame damen frue fru mor moren far
        faren fyr fyren type typen person personen menneske mennesket kunde kunden klient
        pige dreng forælder forældre familie familien bedstemor bedstefar beboer beboeren
        enke stakkel kone han hun ham hende citizen man woman lady guy girl boy mother
        father mum dad client customer parent parents couple family granny bloke dude
        resident people he she him her caller individual character sort gamling pensionist
        henvender afsender
        """
    ).split()
)
# Words that say no more than the judging word beside them.
_FILLING = frozenset(
    fold(
        """
        altid meget ret lidt temmelig for så vist nok virkelig ekstremt super total helt er
        og samt igen bare en et den very too so always quite rather pretty really a bit and
        is extremely again just kender vi godt som
        """
    ).split()
)
_NEAR = 3  # words between what is said and whom it is said of


def judges_person(tag: str) -> bool:
    """Tell whether *tag* judges a person; what it says of a case may be hard."""
    sentences = read(tag[:LONGEST_MESSAGE])
    if any(each.find(_CALLED) or each.find(_DOES) for each in sentences):
        return True
    return _judges([token.form for each in sentences for token in each.words])


def _judges(words: list[str]) -> bool:
    """Tell whether a judging word stands by itself or near a word for a person."""
    judging = [at for at, word in enumerate(words) if word in _JUDGING]
    people = [at for at, word in enumerate(words) if word in _PEOPLE]
    if judging and all(word in _JUDGING | _FILLING | _PEOPLE for word in words):
        return True
    return any(abs(one - other) <= _NEAR for one in judging for other in people)
