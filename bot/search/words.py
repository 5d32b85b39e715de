"""Word lists of everyday Danish and English: grammar, synonyms, and signs that staff must answer.

They cover town halls in general. The subjects of one town are in its content file.
"""

from __future__ import annotations

from typing import Final

# Function words. They count a little ("min" and "jeres" differ) but are no subject.
FUNCTION_WORDS: Final[dict[str, str]] = {
    "da": """
        jeg du han hun vi i de den det der man mig dig ham hende os jer dem sig min mit mine din dit
        dine sin sit sine vores jeres deres en et at er var være været bliver blive blev har havde
        have haft skal skulle kan kunne vil ville må måtte får få fik fået på til for med af om fra
        hos ved under over efter før inden ind ud op ned hen så også bare lige nu da jo ikke som og
        eller men hvis når end noget nogen nogle alle hver helt hej venlig hilsen tak gerne her mon vist nok måske egentlig
        faktisk altså undskyld vide godaften goddag godmorgen
        """,
    "en": """
        i you he she we they it me him her us them my mine your yours his our ours their a an the and
        or but if as am is are was were be been being has have had do does did can could will would
        shall should must may might to of in on at for with from by about into out up down over under
        after not no so just this that these those there here some any hello hi please thanks dear
        maybe perhaps actually really sorry also too
        """,
}

# Groups of synonyms in both languages. A word belongs to the first group that lists it.
IDEAS: Final[dict[str, dict[str, str]]] = {
    name: {"da": danish, "en": english}
    for name, danish, english in (
        # Question words.
        ("where", "hvor hvorhenne", "where"),
        ("when", "hvornår", "when"),
        ("who", "hvem", "who whom"),
        ("why", "hvorfor", "why"),
        ("how", "hvordan hvorledes", "how"),
        ("what", "hvad", "what"),
        ("which", "hvilken hvilke hvilket", "which"),
        ("price", "koste pris betale gebyr dyr beløb takst", "cost price pay fee expensive charge"),
        ("free", "gratis", "free"),
        ("much", "meget mange", "much many"),
        ("duration", "lang længe varighed gyldig gælde vare", "long valid validity last duration"),
        ("wait", "vente ventetid venteliste kø behandlingstid", "wait waiting queue waitlist"),
        ("deadline", "frist senest tidsfrist", "deadline latest limit"),
        ("early", "forinden forud forvejen", "early before ahead advance beforehand"),
        ("location", "ligge beliggende nærmeste vejvisning", "located nearest location"),
        ("address", "adresse", "address"),
        ("status", "klar færdig status", "ready status"),
        ("compensation", "erstatning forsikring", "compensation insurance"),
        ("help", "hjælp hjælpe bistå støtte", "help assist assistance support"),
        ("notify", "melde anmelde indberette rapportere underrette praj", "report notify tell inform"),
        ("fetch", "hente afhente", "fetch collect pick"),
        ("deliver", "aflevere indlevere", "deliver drop hand"),
        ("buy", "købe sælge leje låne", "buy sell rent borrow"),
        ("wrong", "forkert fejl uenig urimelig uretfærdig", "wrong mistake unfair disagree error"),
        ("danger", "farlig", "dangerous danger"),
        # Time.
        ("open", "åben åbent åbne åbner åbning", "open opening opens"),
        ("close", "lukke lukker lukket", "close closed closes shut"),
        ("clock", "klokken kl tid tidspunkt time tidlig", "time hour oclock clock"),
        ("today", "idag morgen aften eftermiddag formiddag middag nat", "today tomorrow tonight morning evening afternoon noon"),
        ("weekday", "mandag tirsdag onsdag torsdag fredag hverdag", "monday tuesday wednesday thursday friday weekday"),
        ("weekend", "lørdag søndag weekend", "saturday sunday weekend"),
        ("month", "måned januar februar marts april maj juni juli august september oktober november december", "month january february march april june july august september october november december"),
        ("holiday", "helligdag påske pinse jul juleaften juledag nytår nytårsdag ferie", "holiday easter christmas whitsun"),
        ("age", "alder uge år årig halvandet", "age week year"),
        # People and places.
        ("town", "kommune klintsund forvaltning", "municipality council klintsund"),
        ("townhall", "borgerservice borgerservicecenter rådhus skranke", "hall townhall borgerservice counter"),
        ("staff", "ansat medarbejder personale", "employee staff"),
        ("politician", "byråd politiker borgmester", "politician mayor councillor"),
        ("adviser", "borgerrådgiver rådgiver ombudsmand", "adviser advisor ombudsman"),
        ("child", "barn børn baby søn datter unge dreng pige nyfødt spædbarn tvilling småbørn", "child children baby boy girl son daughter kid toddler infant twin newborn"),
        ("parent", "forælder forældre forældremyndighed mor far mødre fædre", "parent custody mother father mum mom dad"),
        ("spouse", "mand kone kæreste ægtefælle eks", "husband wife boyfriend girlfriend ex spouse partner"),
        ("elder", "ældre ældres pensionist mormor farmor morfar farfar bedstemor bedstefar bedsteforældre oldemor oldefar moster tante svigermor svigerfar svigerforældre folkepensionist", "elderly senior pensioner grandmother grandma grandpa grandfather granny grandparent aunt older retired"),
        ("neighbour", "nabo naboen naboens", "neighbour neighbor"),
        ("school", "skole", "school"),
        ("doctor", "læge hospital sygehus", "doctor gp hospital"),
        ("phone", "telefon ringe ring tlf", "telephone phone call ring"),
        ("visit", "møde fremmøde personlig besøge forbi", "visit personally"),
        # Waste.
        ("waste", "affald skrald skidt", "waste rubbish garbage trash refuse"),
        ("sort", "sortere sortering opdele adskille adskilt", "sort sorting separate separating divide"),
        ("bin", "skraldespand spand beholder container bøtte skraldebøtte tønde", "bin container dustbin"),
        ("kind", "fraktion slags type kategori", "kind type category fraction"),
        ("throw", "smide kassere putte lægge", "throw discard dispose chuck toss put"),
        ("card", "pap karton", "card cardboard carton"),
        ("plastic", "plast plastik", "plastic"),
        ("paper", "papir avis reklame", "paper newspaper"),
        ("glass", "glas flaske syltetøjsglas", "glass jar bottle"),
        ("metal", "metal dåse konservesdåse folie", "metal tin foil"),
        ("textile", "tøj tekstil sok trøje bukser sengetøj", "clothes clothing textile sock shirt"),
        ("food", "mad madrester madaffald bioaffald", "food leftovers"),
        ("hazardous", "batteri maling kemikalie elpære sparepære spraydåse", "hazardous battery paint chemical bulb"),
        ("box", "bakke æske kasse emballage", "box packaging tray"),
        ("grease", "fedt fedtet fedtplet olie ost snavset beskidt", "grease greasy oil oily cheese dirty stain"),
        ("recycling", "genbrugsplads genbrugsstation genbrugscenter losseplads containerplads genbrug losse affaldsplads", "recycling dump tip"),
        # Papers, moving, day care.
        ("passport", "pas passet passene rejsepas", "passport"),
        ("renew", "forny fornyelse udløbe udløbet ny nyt nye", "renew renewal expire new"),
        ("book", "bestille bestil booke tidsbestilling reservere", "book booking appointment reserve"),
        ("old", "gammel gamle gammelt", "old previous"),
        ("lose", "miste mistet tabe forsvinde stjålet", "lose lost stolen"),
        ("consent", "samtykke tilladelse underskrive underskrift godkende", "consent sign signature agree approve"),
        ("travel", "rejse flyve", "travel trip vacation"),
        ("move", "flytte flytning adresseændring adresseskift tilflytte tilflytning fraflytte fraflytning", "move moved moving relocate relocation"),
        ("home", "bolig bopæl lejlighed hus hjem værelse kollegium", "flat apartment house home dorm"),
        ("abroad", "udland udlandet udenlands udrejse udvandre", "abroad overseas emigrate emigrating"),
        ("daycare", "vuggestue børnehave dagpleje daginstitution institution dagtilbud børnepasning dagplejer pladsanvisning", "daycare nursery kindergarten childcare creche preschool childminder pladsanvisning"),
        ("signup", "opskrive opskrivning opskrevet indskrive tilmelde tilmelding ansøge søge ansøgning", "enrol enroll enrolment apply application register registration"),
        ("place", "plads", "place spot"),
        ("care", "passe passer passes pasning", "look mind care"),
        ("leave", "barsel barselsorlov orlov forældreorlov", "maternity paternity parental"),
        ("certificate", "attest", "certificate clearance"),
        ("volunteer", "frivillig", "volunteer volunteering"),
        ("coach", "træner instruktør leder spejderleder hjælpetræner", "coach trainer instructor leader"),
        ("club", "forening klub sportsklub", "club association"),
        ("check", "tjekke tjek kontrollere baggrund", "check background vetted screened"),
        # Roads, rats, gardens.
        ("hole", "hul huller slaghul krater revne", "hole pothole crater crack"),
        ("road", "vej kørebane asfalt gade fortov cykelsti sti belægning flise", "road street asphalt pavement sidewalk tarmac lane path slab"),
        ("repair", "reparere lappe fikse udbedre", "repair fix mend patch"),
        ("broken", "ødelægge ødelagt smadret smadre stykker skade", "broken damage ruined"),
        ("car", "bil dæk hjul", "car wheel tyre tire"),
        ("drive", "køre kørte", "drive drove"),
        ("bike", "cykel cykle cyklist", "bike bicycle cycle cyclist"),
        ("fall", "vælte falde faldt snuble", "fall fell trip stumble"),
        ("rat", "rotte gnaver", "rat rodent vermin"),
        ("catch", "fange fjerne bekæmpe bekæmpelse udrydde", "catch catcher remove exterminate control"),
        ("cellar", "kælder loft skur terrasse væg kloak gulv garage udhus", "basement cellar attic shed terrace wall sewer floor garage"),
        ("garden", "haven havearbejde gård baghave", "garden yard gardening backyard"),
        ("mow", "slå slår slået slås græsslåning klippe trimme plæneklipper", "mow cut trim mower"),
        ("lawn", "græs plæne græsplæne hæk", "grass lawn hedge"),
        ("see", "se set ser spotte", "see saw seen spot"),
        ("trailer", "trailer haveaffald storskrald", "trailer"),
        # Digital life and letters.
        ("mitid", "mitid nemid", "mitid nemid"),
        ("digital", "digital digitale internet net online elektronisk selvbetjening it", "digital internet online electronic"),
        ("mail", "post brev eboks papirpost", "post letter mail mailbox eboks"),
        ("computer", "computer pc smartphone mobil mobiltelefon tablet ipad", "computer smartphone mobile tablet laptop"),
        ("exempt", "fritage fritagelse fritaget slippe undtage undtaget fravælge undvære", "exempt exemption exempted opt avoid"),
        # Taking part, complaining.
        ("influence", "indflydelse påvirke medbestemmelse medindflydelse bestemme beslutte inddrage inddragelse borgerinddragelse", "influence decide affect involve involvement voice participate participation say"),
        ("idea", "idé forslag foreslå borgerforslag", "idea suggestion suggest propose proposal"),
        ("hearing", "høring høringssvar", "hearing consultation"),
        ("opinion", "mening holdning synspunkt", "opinion view"),
        ("complain", "klage klagevejledning brokke utilfreds utilfredshed indsigelse protestere anke", "complain complaint appeal object objection contest protest grievance unhappy dissatisfied"),
        ("decision", "afgørelse beslutning afslag", "decision refusal rejection"),
        ("treated", "behandlet opførsel", "treat treated treatment behaviour rude"),
        ("process", "behandle behandler behandling sagsbehandling", "handle handled process processing"),
        ("angry", "sur vred rasende gal", "angry furious mad annoyed"),
        # The chat itself.
        ("read", "læse læst", "read reading"),
        ("write", "skrive skrevet", "write written wrote type"),
        ("message", "besked chat samtale", "message chat conversation"),
        ("private", "privat privatliv fortrolig fortrolighed anonym hemmelig tavshedspligt", "private privacy confidential anonymous secret"),
        ("store", "gemme opbevare", "store save keep kept"),
        ("data", "data persondata oplysning personoplysning gdpr", "data information personal gdpr"),
        ("secure", "sikker sikkerhed tryg", "safe secure security"),
        ("watch", "overvåge lure snage kigge følge aflytte", "watch spy monitor"),
        ("cpr", "cpr cprnummer personnummer", "cpr"),
        # Subjects that many questions mention but few are about.
        ("plan", "plan planen lokalplan", "plan"),
        ("case", "sag sagsbehandler sagsnummer", "case caseworker"),
        ("money", "penge tilskud ydelse", "money benefit grant subsidy allowance"),
        ("job", "job stilling arbejdsløs", "job vacancy unemployed"),
        ("tax", "skat", "tax"),
        ("ill", "syg sygdom medicin", "ill sick medicine"),
        ("rest", "rest restaffald dagrenovation", "residual rest"),
        ("reuse", "genbruge genanvende genanvendelig", "recycle recyclable reuse"),
        ("mouse", "mus", "mouse mice"),
        ("record", "straffeattest straffe", "criminal record"),
        ("start", "starte begynde opstart", "start begin"),
        ("join", "deltage deltagelse bidrage", "join contribute"),
        ("share", "dele delt videregive", "share shared"),
        ("access", "adgang", "access"),
        ("weed", "ukrudt luge lugning", "weed weeding"),
        ("parking", "parkere parkering parkeret", "parking parked"),
        # Words about the past, which suggest an existing case.
        ("past", "meldte anmeldte sendte klagede ansøgte skrev ringede", "reported sent applied complained called"),
        ("lack", "mangle savne", "lack missing"),
    )
}  # fmt: skip

# Texts that staff must answer, never the FAQ (HR-6, HR-28, HR-29). Danger is processed before
# the FAQ; its words are repeated here as a second check.
FOR_A_PERSON: Final = (
    # danger
    r"\b(slår|slog|slaar|tæsker|banker|truer|voldtager) (mig|os|hende|ham|børnene|sine?|mine?)\b",
    r"\b(hits?|beats?|punched|threatens|raped) (me|us|her|him|my (mother|mum|father|son|child))\b",
    r"\b(ikke|ikk) (leve|trække\w* vejret|bevæge\w* sig|vejret|vågne\w*|være her mere)\b",
    r"\b(bevæger sig|trækker vejret|vågner|reagerer) (ikke|ikk)\b",
    r"\b(bevidstløs|livløs|bløder|drukner|selvmord|ihjel|brænder)\b",
    r"\b(er|går|gik) (der )?(gået )?ild i\b",
    r"\b(unconscious|bleeding|drowning|suicide|on fire|kill (my|him|her)\w*|want to die)\b",
    r"\b(not|won't|isn't|can't|doesn't) (breath\w*|wak\w*|wake up|mov(e|ing)|respond\w*)\b",
    # the citizen's own case
    r"\b(min|mit|mine|vores) (sag|sager|sagsbehandler|ansøgning|journal|klagesag|rykker)\b",
    r"\b(my|our) (case|file|case ?worker|application|benefits?|journal)\b(?! form)",
    r"\bhvor langt er (i|man)\b|\bhow far (are you|along)\b",
    r"\bhar i (modtaget|fået|læst|set|behandlet) min\w*",
    r"\b(have|did) you (received?|get|got|seen?|read) my\b",
)
