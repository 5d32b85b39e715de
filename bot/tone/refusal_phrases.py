"""The words of a refusal, a reason and a next step, in Danish and English (DOMAIN row 9 b).

For the format of phrases see `bot/tone/reading.py`.
"""

from __future__ import annotations

# Refusals of a request.
REFUSAL = (
    # We cannot, you may not, it cannot be.
    r"(?:kan|må)(?: (?!hvis|at|som|der|om)\w+){0,3} (?:ikke|aldrig){but}",
    "(?:vi|kommunen|jeg) vil(?: {adverb}){0,2} ikke{but}",
    (
        "(?:har|er)(?: {adverb}){0,2} ikke (?:lov|tænkt os|planer om|interesserede|indstillet på"
        "|ret til|krav på|berettiget)"
    ),
    (
        r"(?:ikke|ingen)(?: \w+)? (?:muligt|mulighed|muligheder|aktuelt|tilladt|lov til|hjemmel|på "
        r"tale|med i planen|en mulighed|noget vi (?:\w+))"
    ),
    r"lader sig(?: \w+)? ikke gøre|umuligt at|umulig at",
    # We do not, it does not happen.
    (
        "(?:vi|kommunen|borgerservice|biblioteket|man) {does}(?: {adverb}| det| den| dem| "
        "os){0,3} ikke{but}"
    ),
    "{does} (?:vi|kommunen|man)(?: {adverb}| os){0,2} ikke{but}",
    "(?:bliver|kommer)(?: (?:der|det|den|vi|du|i|{adverb})){0,3} (?:ikke|ingen){but}",
    r"\w{3,20}es(?: {adverb}){0,2} ikke(?! {when})",
    r"(?:blev|er)(?: {adverb}){0,2} (?:aflyst|droppet|opgivet|skrinlagt)|findes(?: \w+)? ikke",
    (
        r"(?:valgt|besluttet|valgte|besluttede|vælger|beslutter)(?: \w+)? (?:ikke at|at (?:sige nej"
        r"|afvise|lade være|droppe|ikke|lade det|beholde))"
    ),
    (
        r"(?:ikke|blev ikke|er ikke)(?: \w+)? (?:valgt|udvalgt|udpeget|imødekommet|vedtaget|med "
        r"denne gang)"
    ),
    (
        r"(?:er|var|bliver|blev|lyder)(?: \w+)? (?:svaret |det )?(?:et |desværre et |stadig et |et "
        r"klart )?nej(?! tak)"
    ),
    r"svaret (?:er|bliver|var)(?: \w+)? nej|(?:siger|sagde|sige) (?:\w+ )?nej til",
    r"nej til (?:dit|din|jeres)|(?:holder|står) (?:\w+ )?fast(?: ved| i|holder)|fastholder",
    "må (?:du|i) (?:undvære|opgive|glemme|klare dig uden)",
    # Too late, too full.
    "for sent (?:at|til)|nåede ikke fristen|fristen (?:er|var) (?:udløbet|overskredet|gået)",
    (
        r"(?:desværre|beklager)(?: \w+){0,3} (?:ingen|ikke (?:plads|råd|mulighed|penge|flere|ledig"
        r"|tid til))"
    ),
    (
        r"(?:er|har)(?: \w+){0,2} (?:ingen (?:plads|flere|ledige)|ikke (?:plads|råd|penge"
        r"|ressourcer|midler|flere pladser|tid til|ledig\w*))(?! endnu)"
    ),
    r"(?:alt|alle|holdet|pladsen|salen) (?:\w+ )?(?:er )?(?:optaget|udsolgt|fyldt|fuldt booket)",
    "intet (?:vi|jeg) kan gøre|ikke noget (?:at gøre|vi kan gøre|jeg kan gøre)",
    r"(?:😂|🤣|🙄|😏) (?:nej|no) (?:\||!|!!|>)",
    (
        r"(?:<|\||!|!!|\?|\?\?) (?:\w+ )?(?:nej|no|nope|næ|niks|desværre ikke|desværre"
        r"|unfortunately not|sadly not|no way|no chance|aldrig|glem det|forget it|not possible|im "
        r"afraid not)(?: (?:desværre|sorry|beklager|unfortunately))? (?:\||!|!!|>|😂|🤣|🙄)"
    ),
    # The same in English.
    (
        r"(?:cannot|cant|can not|may not|not allowed|isnt allowed|wont|will not|are unable|am "
        r"unable|not able to|couldnt|mustnt|must not|unable to)(?: \w+)?(?! (?:promise|guarantee"
        r"|remember|see|open (?:your|the) (?:file|photo|picture)|find|thank|wait|go wrong|always"
        r"|tell|cost|need|take long|forget|read|have to|say|know|imagine|understand))"
    ),
    (
        r"(?:not|isnt|nt)(?: \w+)? (?:possible|an option|permitted|available|on the cards|going to "
        r"happen|something we (?:do|offer|can)|going ahead|be going ahead)"
    ),
    (
        r"(?:there is|there are|we have|theres|theyre) (?:\w+ )?(?:no (?:room|space|money|funds"
        r"|budget|possibility|way|more|places|plans)|not enough)"
    ),
    "fully booked|sold out|too late (?:to|for)",
    (
        r"(?:we|i) (?:\w+ )?(?:dont|do not|are not|arent) (?!know|think|need|want|mean|mind|see"
        r"|have|believe|yet|expect|understand|remember|forget|sure|able|blame|doubt|ready|done"
        r"|finished|certain|angry|closed|aware|there|a )\w+"
    ),
    "(?:chosen|decided|chose|choose|have opted) not to",
    "(?:have|has|had) (?:decided|chosen) (?:against|to (?:say no|refuse|reject|keep))",
    r"(?:answer|reply) (?:is|remains|was)(?: \w+)? (?:a |still )?no",
    "(?:its|it is|thats|that is|its still|must be|afraid its) a no",
    "(?:was|were) not (?:chosen|selected|accepted|picked)",
    "(?:have|must|had) to (?:say no|decline|refuse|turn down)|nothing (?:we|i) can do",
    "(?:stays?|remains?) (?:where|as|closed|shut|the same)",
    "no longer (?:offer|do|possible|available|lend|provide)",
    "(?:has|have|is|was|were) (?:been )?(?:cancelled|dropped|scrapped|abandoned)",
)
CLASSES = {
    "adverb": (
        "desværre|derfor|altså|så|dog|heller|godt|lige|bare|nok|netop|simpelthen|nu|her|i år"
        "|længere|jo|da|stadig"
    ),
    "when": "endnu|før|tættere|længere end|senere end",
    # Actions that we do not take; being, knowing and lacking are left out.
    "does": (
        r"(?!er |har |ved |mangler |tror |glemmer |mener |ser |kender |hører |forstår |venter "
        r"|behøver |kræver |regner |får |bliver |synes |finder |når |læser |spørger |vil |kan "
        r"|bebrejder |tvivler |eller |under |efter |over |hver |derfor )\w{2,20}r"
    ),
    "but": (
        r"(?! (?:love|garantere|huske|se|læse|åbne (?:filen|billedet|dit)|finde|vide|undgå|takke"
        r"|vente med|lade være|forstå|mærke|passe|være rigtigt|gøre (?:noget )?(?:forkert|galt)"
        r"|høre|nå|altid|bare|kun|endnu|før|noget denne gang|sige hvornår|tage fejl|\w+ \?))"
    ),
}
# Refusals in the words of a decision.
REFUSED = (
    "afslag|afvist|afvises|afviser|afslår|afslået|afslås",
    (
        r"(?:is|are|was|were|has been|have been|been|hereby) (?:\w+ )?(?:rejected|refused|denied"
        r"|turned down|declined)"
    ),
    r"(?:we|i) (?:\w+ )?(?:reject|refuse|deny|decline)(?:ed)?",
)
# Sentences with "no" or "not" that inform and do not refuse.
NO_REFUSAL = (
    (
        "(?:behøver|koster|glemt|gratis|lukket|ved (?:det )?ikke(?! om)|don?t know|dont know|do "
        "not know|need not|dont need|no need|dont have to|do not have to|does not cost|doesnt cost"
        "|costs nothing|is free|not forgotten|havent forgotten|skal ikke|du kan ikke gøre noget "
        "galt|you cant go wrong|ikke bange|ikke nervøs|no problem|not a problem|intet problem|er "
        "ikke for sent|not too late|ikke noget problem|can do no wrong|kan ikke gå galt)"
    ),
)
NO_FIRST = (r"(?:<|\||!) (?:nej|no|næ|desværre|unfortunately|sorry|beklager)",)

# Phrases that give a reason.
REASONS = (
    "fordi|skyldes|grundet|på grund af|pga|derfor|nemlig|eftersom|idet|årsagen|årsag|grunden",
    r"begrundelsen|af hensyn til|ifølge|loven|lovgivning\w*|reglerne|regler|lokalplan\w*|because",
    "since|due to|owing to|the reason|reasons?|therefore|thats why|that is why|the law|by law",
    r"rules|regulations|according to|so that|in order to|budget\w*|pengene|penge|money|funds",
    r"kræver|requires?|risiko|risk|farligt|dangerous|sikkerhed\w*|safety|fredet|protected|optaget",
    "fully booked|udlejet|lejet ud|brugt op|udsolgt|fyldt|hensyn|udløb|udløbet|expired|forbudt",
    r"forbidden|tavshedspligt|confidential\w*",
    ", (?:så|so) (?:den|det|der|de|vi|jeg|it|we|the|they)",
    "(?:ingen|ikke flere) (?:ledige|pladser|penge|midler|plads)",
    "no (?:room|space|places|money|funds|budget)|ikke (?:plads|råd|penge|midler)",
    (
        ", (?:da|for|as|siden|since|og (?:den|det|der|de) (?:er|har))(?! (?:du|i|at|you) (?:kan|må"
        "|can|vide))"
    ),
    (
        r"(?:for|da) (?:den|det|der|de|vi|jeg|stien|pengene|loven|en|et|vores) (?:\w+ )?(?:er|har"
        r"|var|mangler|ligger|står|skal|blev|bliver|ejer|bruger|rækker|må|kan)"
    ),
    r"for (?:mange|få|store|små|smal|dyrt|lille|stor|lidt|farlig\w*|tæt|sent|dyre?)",
    (
        r"too (?:\w+ )?(?:small|narrow|few|many|expensive|big|close|dangerous|late|little|wet|old"
        r"|high|costly|heavy)"
    ),
)
# Next steps: an offer, a contact by name, place or number, an appeal, a question back.
STEPS = (
    r"(?:vil|må|skal|kan|ønsker|passer|har|kunne) (?:du|vi|jeg|i|det)(?: \w+){0,14} \?",
    r"(?:would|may|shall|can|could|do|should|will) (?:you|we|i)(?: \w+){0,14} \?",
    r"hvad (?:vil|ville|er|siger|kan)(?: \w+){0,10} \?",
    r"(?:what|how) (?:would|about|is|do)(?: \w+){0,10} \?",
    (
        r"(?:<|,|\||!|og|så|men|eller|gerne|bare|i stedet|derfor|but|so|and|or|please|instead"
        r"|then) (?:ring|skriv|send|spørg|kontakt|henvend dig|søg|læs|se|tal|mød|kig|tag|prøv|book"
        r"|bestil|meld|tilmeld|klag|brug|gå|svar|aflever|kom|besøg|køb|lån|lej|hent|vælg|tryk|følg"
        r"|stil|saml|opret|giv|lad|call|write|ask|try|contact|see|visit|read|join|use|book|come"
        r"|bring|send|take|reply|tell|go|borrow|rent|phone|email|apply|appeal|check|look|pick|talk"
        r"|choose|follow|speak|let) (?:gerne |bare |endelig |venligst |eventuelt )?\w+"
    ),
    (
        "(?:du|i|man) (?:kan|må|er velkommen|er altid velkommen|har ret|får)(?: (?:godt|gerne|også"
        "|altid|dog|i stedet|stadig|til gengæld|selv|nu|derimod)){0,3}(?! ikke| heller| aldrig| "
        "desværre| altså| godt nok ikke)"
    ),
    (
        r"(?:kan|må) (?:du|i|man)(?: (?:godt|gerne|også|altid|dog|i stedet|stadig|til gengæld|selv"
        r"|nu|derimod)){0,3}(?! ikke| heller| desværre| altså| aldrig)(?: \w+)"
    ),
    "you (?:can|may|could|are welcome|have the right|will get|might|are free)(?! not|not)",
    "you re welcome",
    r"klage(?:r|n|vejledning)?|klagefrist\w*|appeal|complain|borgerrådgiver\w*|ombudsman\w*",
    r"citizens adviser|ankestyrelsen|i stedet|til gengæld|derimod|instead|alternativ\w*",
    (
        r"men (?:vi|jeg|du|der|biblioteket|borgerhuset|mette|jonas)(?: \w+)? (?:kan|vil|ser|sætter"
        r"|har|ringer|hjælper|laver|gør|tager|foreslår|er|låner)"
    ),
    r"but (?:we|i|you|there)(?: \w+)? (?:can|will|could|ll|have|is|are)",
    (
        r"(?:jeg|vi|mette|jonas|aisha|karen|birgit|min kollega|min leder)(?: \w+){0,2} (?:ringer"
        r"|skriver|sender|tager|kigger|undersøger|spørger|foreslår|tilbyder|lover|giver|hjælper dig"
        r"|melder|vender|sætter|ser|finder|hører|kan (?:sende|hjælpe|tilbyde|spørge|ringe|give|vise"
        r"|læse|skrive))(?! (?:ikke|desværre|os ikke|det ikke|den ikke))"
    ),
    (
        "(?:i|we|mette|jonas|aisha|karen|birgit|my colleague)(?: (?:will|can|ll|could|shall|have"
        "|am happy to|would)) (?:call|write|send|ask|look|find|suggest|offer|bring|take|help|put"
        "|show|pass|check|get)"
    ),
    (
        r"(?:byrådet|udvalget|politikerne|the council|council|committee)(?: \w+)? (?:ser|beslutter"
        r"|mødes|tager|drøfter|stemmer|behandler|kigger|vedtager|meets|decides|will|looks|votes)"
    ),
    (
        r"(?:næste|ny|nyt|nye|next|new) (?:gang|ansøgning\w*|runde|frist|tid|møde|tur|chance"
        r"|mulighed|hold|pulje|round|deadline|time|chance|one|meeting|course|year|trip)"
    ),
    (
        "(?:der er|er der|der kommer|there is|there are|theres) (?:en |et |plads|ledig|ledige|nye"
        "|stadig|one|room|places|another|still|space|a )(?! ikke)"
    ),
    "igen (?:i|fra|til|d|den|om|næste|efter)|again (?:in|from|on|next)|står i brevet",
    r"venteliste\w*|waiting list|åben(?:t)? (?:hver|til|kl|mandag|for)|åbner",
    "open (?:every|until|from)|tager (?:gerne )?imod det",
    r"(?:låner|lejer|udlåner|tilbyder)(?: \w+){0,2} (?:også|gerne|ud)|(?:kan|vil) hjælpe|can help",
    "hjælper (?:dig )?gratis",
    r"(?:00 ){2,3}[0-9]{2}|[0-9]{2} [0-9]{2} [0-9]{2} [0-9]{2}|[0-9]{8}|borger dk|\w+ dk|telefon",
    r"nummer(?:et)? er|tlf|phone number|number is|på \w+ [0-9]{1,3}[a-z]?",
    r"at \w+ (?:street|road|square) [0-9]+|link",
)
POLITE = (
    (
        r"< (?:kære|hej|hi|hello|dear|goddag|tak|thank|thanks|hilsen|regards|best|kind|venlig|med "
        r"venlig|mvh|kh|beklager|undskyld|sorry|vi beklager|jeg beklager|det beklager|we are sorry"
        r"|i am sorry|im sorry|det er vi kede|jeg forstår|i understand|vi forstår|we understand"
        r"|god (?:dag|weekend|aften|sommer)|have a|vi har (?:læst|modtaget|set|drøftet|talt|valgt"
        r"|besluttet|overvejet|vurderet)|jeg har (?:læst|modtaget|set|drøftet|talt)|we have (?:read"
        r"|received|discussed|considered|looked)|i have (?:read|received|discussed|considered"
        r"|looked)|sådan er det|that is how|thats|det må du|ha|haha|håber|i hope|we hope|vi håber"
        r"|jeg håber|desværre \||din henvendelse er|your message (?:is|has)|sagen er (?:hermed "
        r")?(?:lukket|slut|afsluttet)|the case is closed|det er (?:mit|vores) svar|end of)"
    ),
)
