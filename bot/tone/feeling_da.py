"""The words of anger and of dissatisfaction with us, in Danish.

A phrase of `ANGRY` alone means anger. `SIGNS` are groups of milder phrases: two groups together
mean anger. For the format of phrases see `bot/tone/reading.py`. "I" (you) and "i" (in) are the
same word here, so a phrase needs a verb to tell them apart.
"""

from __future__ import annotations

CLASSES = {
    "does": (
        "er|har|kan|skal|vil|gør|gider|sender|siger|lover|ved|burde|bør|må|svarer|laver|tror|synes"
        "|giver|tager|lukker|gemmer|bliver|får|lader|lytter|hører|ser|behandler|ødelægger|svigter"
        "|lyver|fatter|forstår|magter|evner|fik|sendte|lovede|glemte|glemmer|mistede|havde|var"
    ),
    "us": (
        "i {does}|{does} i|jer|jeres|kommunen|kommunens|kommune|rådhuset|borgerservice"
        "|sagsbehandler(?:en|e|ne)?|systemet|forvaltningen|jobcent(?:er|eret)|embedsmænd"
        "|medarbejder(?:en|e|ne)?"
    ),
    "very": (
        "(?: (?:så|virkelig|rigtig|rigtigt|meget|helt|dybt|simpelthen|fandme|fandeme|sgu|altså"
        "|bare|ret|temmelig|nok|vildt|total|totalt|fuldstændig|fuldstændigt|ekstremt|efterhånden"
        "|snart|nu|faktisk|stadig|lodret|ganske|enkelt|da|jo|også|både|og|utrolig|ubeskriveligt"
        "|inderligt|godt|lige|komplet|aldeles|ærligt|talt|direkte|alle|alt|åbenbart)){0,5}"
    ),
    "vred": (
        "vrede?|rasende|edderspændte?|harme?|forargede?|arrige?|arg|stiktosset|tosset|stiksure?"
        "|pissesure?|hamrende sure?|skidesure?|sure?|gal|oprørte?|bitter|bitre|frustrerede?"
        "|afmægtige?|magtesløse?|ydmygede?|krænkede?|målløse?|forbitrede?|indebrændte?|rystede?"
        "|såret|vredere|chokerede?"
    ),
    "bad": (
        "skandale|skandaløse?|skændsel|til grin|hul i hovedet|uanstændigt?|uacceptabelt?|under al "
        "kritik|uhørt|vanvittigt?|vanvid|sindssygt?|latterligt?|absurd|utroligt|grotesk|pinligt?"
        "|nedværdigende|umenneskeligt?|respektløst?|uforskammet|hjerteløst?|kynisk|kujonagtigt"
        "|tyveri|røveri|svindel|hån|skamløst?|skammeligt?|forfærdeligt?|rystende|forkasteligt?"
        "|hykleri|hykleriske?|fornedrende|langt ude|tåbeligt?|idioti|idiotiske?|dybt urimeligt"
        "|helt urimeligt|for galt|for groft|for langt ude|urimeligt|helt væk|en vits|en joke|en "
        "parodi|en farce|farce|kafkask|ubegribeligt?|fuldstændig uforståeligt|helt i skoven|vildt"
        "|helt hen i vejret|ydmygende|krænkende|arrogant|helt til rotterne"
    ),
    "useless": (
        "ubrugelige?|inkompetente?|umulige|uduelige?|håbløse?|ligeglade?|ligeglad|elendige?"
        "|arrogante?|respektløse|utroværdige?|uforskammede?|til grin|løgnere?|løgnhalse?|kolde"
        "|hjerteløse|umenneskelige|kyniske|dovne|dumme|idioter|klaphatte|tåber|amatører|narrøve"
        "|kujoner|hyklere|inhabile|skamløse|sindssyge|svindlere|tyve|bødler|nogle nar|pinlige"
        "|fuldstændig væk|talentløse|sløve|blinde og døve|døve|elendige|latterlige|horrible"
    ),
    "number": (
        "to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|[0-9]{1,3}|flere|utallige|mange|hundrede"
    ),
    "third": (
        "tredje|3|fjerde|4|femte|5|sjette|6|syvende|7|ottende|8|niende|9|tiende|10|hundrede|100"
        "|gud ved hvilken|hundredesytten|sytten"
    ),
    "write": (
        "skriver|ringer|spørger|sender|beder|rykker|henvender|forklarer|kontakter|får|har|skal"
        "|prøver|klager|møder|fortæller|står|gør"
    ),
}

ANGRY = (
    # Swearing.
    (
        r"(?:fandme|fandeme|fanden|fandens|for satan|satans|satme|sateme|kraftedeme|kræftedeme"
        r"|helvede|helvedes|kraftstejleme|fuck|fucking|fucked|fuckings|fuckhoveder|røvhuller"
        r"|røvhul|skiderikker|svin(?= i)|narrøve|narrøv|klaphatte|idioter|tåber|amatører|spader"
        r"|paphoveder|skodkommune|lortekommune|lorteservice|lortesystem|lorteforvaltning"
        r"|møgkommune|møgsystem|bullshit|wtf|kælling|kællinger|røvsyg\w*|skideirriterende"
        r"|pisseirriterende|pissedårlig\w*|hammerringe|elendig (?:service|behandling"
        r"|sagsbehandling|kommune))"
    ),
    "pis og papir",
    "(?:det her|noget|noget værre|fuldt af|fuld af) (?:pis|lort|møg|crap)(?! på| i| fra)",
    (
        r"(?:jeres|hele|sådan noget|sådan et|den|det) (?:pis|lorte?|skide|møg|skod|pisse"
        r"|bøvede)\w* (?:system|kommune|brev|breve|regler|hjemmeside|svar|papirer|skema|skemaer"
        r"|sag|gebyr)"
    ),
    r"(?:sgu|satme)(?: da)?(?: \w+)? (?:ikke|aldrig|for|ringe|ynkeligt)",
    r"(?:ikke|aldrig|ingen|intet) en (?:skid|hujende fis|døjt|dyt)|rend mig(?: i \w+)?",
    r"gå ad \w+ til",
    # Statements of citizens about themselves.
    "(?:jeg|vi) (?:er|bliver|blev|føler mig){very} {vred}(?! på (?:min|mine|vores|naboen))",
    "(?:jeg|vi) (?:koger|skummer|raser|græmmes|tuder)",
    r"koger(?: \w+)? af (?:raseri|vrede|arrigskab)|(?:er|bliver) jeg{very} {vred}",
    "gør mig{very} {vred}|hvor er jeg{very} {vred}",
    r"(?:har|ved at få)(?: jeg| vi)?{very} fået(?: \w+)? nok(?! (?:søvn|mad|tid|at))",
    "(?:mit bæger|bægeret) er (?:fuldt|flydt over)",
    "(?:min|vores) tålmodighed er (?:slut|opbrugt|brugt)",
    "(?:nu|så) er det (?:nok|slut|mål)(?! med|t)|nok er nok|mistet tålmodigheden",
    (
        "(?:er|bliver){very} (?:træt|trætte|led) (?:af|og ked af) (?:jer|jeres|at (?:i|blive"
        "|skulle|vente|høre på|slås|kæmpe|jeg|rende|stå)|kommunen|det her|hele|alle jeres)"
    ),
    "(?:er|føler mig){very} færdig(?:e)? med (?:jer|kommunen|det her|at (?:vente|være|tro))",
    r"(?:græder|græd|grædt|tuder)(?: \w+){0,4}(?: af| over| på grund af| efter)(?: \w+){0,4}",
    "(?:har|jeg) (?:siddet og |lige )?(?:grædt|græder|græd)|af afmagt|af raseri|til grådens rand",
    (
        r"(?:har|er){very} (?:mistet|tabt)(?: \w+)? (?:tilliden|troen|respekten|tillid|respekt"
        r"|al \w+|enhver \w+)"
    ),
    "(?:stoler|tror) (?:ikke|aldrig) (?:mere |længere )?på (?:jer|et ord|noget|kommunen)",
    "tror ikke på et ord|ingen tillid (?:til|tilbage)",
    "(?:jeg|vi) giver op|i vinder|i har vundet",
    r"orker (?:ikke|jer ikke)(?: \w+){0,2} (?:mere|længere|jer)",
    (
        r"(?:beder|spørger|skriver til|kontakter|ringer til) (?:aldrig|jer "
        r"aldrig)(?: \w+){0,6} (?:mere|igen)"
    ),
    "aldrig (?:mere )?(?:skal jeg|vil jeg) (?:bede|spørge|have)",
    "er ved at gå (?:i stykker|ned med flaget)",
    (
        r"(?:jeg|vi) kan ikke (?:klare|holde|tåle|mere)(?: \w+){0,4} (?:jer|mere|længere) (?:!"
        r"|!!|\|)? ?(?:i|jer|kommunen)"
    ),
    (
        "ved at (?:knække|miste forstanden|blive (?:sindssyg|vanvittig|skør)) af (?:jer|det "
        "her|at vente|jeres)"
    ),
    r"(?:driver|gør) (?:i|det|jeres \w+) mig (?:til vanvid|vanvittig|sindssyg|skør|syg)",
    # Verdicts on us and on our work.
    (
        r"(?:i|kommunen|jeres \w+|alle|hele kommunen|hele bundtet|sikke nogle|nogle|en flok"
        r"|flok|bunke)(?: er| har været| virker)?{very}(?: nogle| en flok| en samling| en bunke"
        r"| som)? {useless}(?! om | til)"
    ),
    (
        "er i{very}(?: nogle| gået| blevet)? (?:{useless}|i dvale|faldet i søvn|i koma|vågne"
        "|seriøse|normale|klar over hvad|rigtig kloge|rigtigt kloge|fuldstændig)"
    ),
    "sover i|{useless} (?:folk|hele bundtet|alle sammen)",
    r"<? ?(?:inkompetente?|ubrugelige?|uduelige?|håbløse kommune)",
    (
        r"(?:(?:det|dette|her|sikke|hvor|den|som|behandling|behandlingen|virkelig|noget af"
        r"|jeres \w+) (?:er|var|ville være)|sikke|noget af){very}(?: en| et| noget| noget værre"
        r"| den største| kun at betragte som)? {bad}(?! (?:dejligt|godt|flot|smukt|sjovt"
        r"|hyggeligt|fint|fedt|tak|at bo|meget|godt|som vi griner))"
    ),
    "(?:sikke|hvilken|for) en (?:skandale|skændsel|hån|farce|joke|gang pis|ommer|cirkus|service)",
    (
        "(?:er|var) simpelthen (?:for|ikke) (?:dårligt|ringe|galt|meget|lavt|i orden|rimeligt"
        "|okay|ok)"
    ),
    "{bad}(?: af jer| fra jer| fra kommunen| opførsel)|en by i rusland",
    "(?:den|det) er helt gal(?:t)? hos jer",
    (
        "til at (?:brække sig|blive (?:syg|sindssyg|vanvittig|skør)|græde|tude|skamme sig)(?: "
        "over| af)?"
    ),
    r"(?:fy|føj)(?: \w+){0,3}(?: for| skam|,)? (?:satan|pokker|jer|kommune|helvede|søren)|føj hvor",
    "fy skamme",
    (
        "(?:skam jer|(?:burde|bør|kan)(?: godt| virkelig)? skamme jer|skammer i jer|er i ikke "
        "flove|flove over jer)"
    ),
    r"(?:burde|skulle|bør) (?:alle |alle sammen )?(?:fyres|afskediges|fyre \w+|gå af)",
    "fyr (?:dem|ham|hende|jer)",
    # Treated badly, let down, sent from place to place.
    (
        "(?:respektløst?|uværdigt?|ydmygende|nedladende|mangel på respekt|uden respekt|mangel "
        "på medmenneskelighed)"
    ),
    (
        r"(?:behandlet|behandler|behandles|følte mig|føler mig|føler os|være)(?: \w+){0,3} "
        r"(?:som (?:en|et|luft|skidt|lort|dyr|affald|kriminelle?|forbrydere?|børn|idioter?"
        r"|snydere?|tal)|til grin|ydmyget|nedgjort|trådt på|talt ned til|uønsket|dum|som)"
    ),
    "(?:talte|taler|talt|snakker|snakkede) (?:helt )?ned til (?:mig|os|min|folk)",
    "taler (?:man )?ikke sådan (?:til|om)",
    (
        r"(?:grinede|griner|lo|grinte|hånede)(?: \w+)? (?:ad|af|over|mig|min)(?! \w+ (?:får"
        r"|hund|kat|billede))"
    ),
    "(?:dybt|så|virkelig|meget) (?:såret|rystet|krænket|ydmyget|skuffet og vred|forurettet)",
    "helt rystet(?: over| da| efter)",
    (
        "(?:i|kommunen|systemet) (?:har |har bare |har fuldstændig )?(?:svigtet|svigter"
        "|svigtede|ødelagt|ødelægger|ødelagde|smadret)"
    ),
    r"har i (?:svigtet|ødelagt|smadret)|ladt(?: \w+){0,2} i stikken|lader(?: \w+){0,2} i stikken",
    r"(?:føler|følt) (?:mig|os)(?: \w+)? svigtet",
    (
        r"(?:sender|sendt|sendes|kastet|kastes|bliver kastet|kaster|skubbet|skubber"
        r"|skubbes)(?: i)?(?: \w+)? (?:rundt|frem og tilbage|fra kontor|fra bord|videre og "
        r"videre)"
    ),
    "kastebold|fra herodes til pilatus|rundt i manegen",
    (
        r"ingen (?:vil|tager|gider|tør|kan)(?: \w+)? (?:tage ansvar|ansvar|hjælpe|svare|lytte"
        r"|tage telefonen|ansvaret)"
    ),
    "ingen (?:gider|lytter|fatter|bekymrer sig|interesserer sig)",
    (
        r"ikke (?:et|en) (?:eneste )?(?:menneske|sjæl|eneste)(?: har| \w+)? (?:ringet|svaret"
        r"|lyttet|hjulpet|har|gider)"
    ),
    (
        r"(?:i|kommunen)(?: er)?(?: \w+){0,2} (?:ligeglad|ligeglade|pisse på|skide på|pisser på"
        r"|skider på|blæser på|hamrende ligeglade)"
    ),
    "(?:gemmer|gemme|skjuler|dækker) (?:i )?(?:jer|sig) (?:bag|over)|vasker hænder|fralægger jer",
    r"løber fra (?:jeres )?(?:ansvar|løfter)|bortforklaring\w*|undskyldninger igen",
    "dårlige undskyldninger",
    (
        "(?:i|kommunen) (?:lover og lover|lyver|løj|har løjet|lyver os|snyder|holder os for "
        "nar|holder mig for nar|fører os bag lyset|har ført)"
    ),
    "fuld af løgn|løgn på løgn|tomme (?:ord|løfter)|varm luft|tom snak|bliver holdt for nar",
    (
        "der sker (?:jo |bare |stadig |stadigvæk |absolut |fandme ){0,3}(?:intet|ingenting"
        "|ikke noget|nul|nada|ikke en)(?! (?:ved|hvis|på|i|med|til|og|spændende))"
    ),
    (
        r"(?:i|kommunen) (?:gider|kan|magter|evner|formår|fatter) (?:\w+ )?(?:ikke en gang"
        r"|ikke engang|ikke finde ud af|ingenting|intet|ikke en|ikke (?:at )?(?:svare|lytte"
        r"|læse|hjælpe))"
    ),
    (
        r"(?:ikke engang|ikke en gang|ikke så meget som)(?: \w+){0,2} (?:tømme|svare|læse|ringe"
        r"|sige|gider|undskyldning|et svar|ulejlighed|undskyld|en undskyldning|tage|kigge"
        r"|hilse)"
    ),
    (
        r"(?:i|det er|er|i overhovedet)(?: \w+){0,2} bekendt(?: over for)?(?: \?| \?\?| !| !!"
        r"| \|| >| at| overfor)"
    ),
    "fatter (?:ikke|simpelthen ikke)(?: at)? (?:i|kommunen|jeres)",
    (
        r"(?:hvor er|i er|kommunen er)(?: \w+)? (?:bare |simpelthen |da )?(?:ringe|langsomme"
        r"|dårlige|utrolige|lave|nederen|usle|elendige|uprofessionelle)(?! til)"
    ),
    "hold (?:nu )?(?:kæft|kaje|op)(?! med at (?:vente|bruge))",
    "(?:gider|gidder|orker|vil) jeg ikke (?:mere|længere|finde|høre)",
    (
        "(?:jeg|vi) (?:gider|orker|vil) (?:simpelthen |fandme |bare )?ikke (?:mere|længere"
        "|finde mig i|finde os i|høre på|spises af|trækkes|holdes for)"
    ),
    "dødtræt|hundetræt af|lodtræt|træt af at blive|led og ked|ryster (?:jeg )?af (?:vrede|raseri)",
    "vred at jeg",
    (
        "har i (?:overhovedet|tænkt jer|ingen|ikke) (?:læst|lyttet|forstået|nogen|at gøre"
        "|hjerte|skam|andet at|samvittighed|noget bedre)"
    ),
    "(?:så er|nu er) det sket igen|(?:det|dette) kan (?:simpelthen |da |altså )?ikke passe",
    (
        "(?:sikke|hvilket|for) (?:et|noget|noget værre) (?:rod|cirkus|sjusk|roderi|makværk"
        "|amatøragtigt?|bureaukrati|hykleri|vrøvl|pjat|ansvarsforflygtigelse)"
    ),
    "makværk|sløseri|sjuskeri|ansvarsforflygtigelse|magtarrogance|magtmisbrug|uprofessionelt?",
    "amatøragtigt?|amatørarbejde",
    (
        r"(?:ikke|aldrig)(?: \w+)? (?:sovet|spist|lukket et øje)(?: \w+){0,5} (?:på grund af"
        r"|fordi|siden) (?:jer|jeres|i|kommunen)"
    ),
    (
        r"(?:jer|jeres \w+|i|kommunen) (?:gør|har gjort|driver)(?: \w+){0,2} (?:syg|syge|ondt "
        r"værre|livet)"
    ),
    "tager livet af",
    (
        r"aldrig (?:er jeg|har jeg|i mit liv|været udsat|oplevet|mødt)(?: \w+){0,6} "
        r"(?:behandlet|oplevet|mage|udsat|dårlig\w*|set mage|mødt)"
    ),
    (
        r"har aldrig (?:oplevet|mødt|set|været ude for)(?: \w+){0,3} (?:mage|så|lignende"
        r"|dårligere|ringere|værre|noget)(?! (?:smukt|godt|sød|venlig|flot|dejlig|hjælpsom))"
    ),
    (
        r"(?:bliver|blev|blevet|føler (?:jeg )?mig|er)(?: \w+){0,3} (?:ignoreret|overset"
        r"|overhørt|negligeret|afvist gang|trynet|kørt over|latterliggjort|hånet"
        r"|mistænkeliggjort|tromlet|gjort til grin|snydt af (?:jer|kommunen)|holdt hen|holdt "
        r"for nar|chikaneret af (?:jer|kommunen))"
    ),
    (
        "i (?:behandler|jager|chikanerer|mobber|tryner|ydmyger|håner|terroriserer|straffer) "
        "(?:os|mig|min|folk|mennesker|borgerne|de|syge|ældre|gamle)"
    ),
    "(?:nyder|hygger) i (?:jer|det|at)|er i (?:stolte|tilfredse)(?: nu| af)|kan i sove om natten",
    "hvordan kan i (?:tillade|være|gøre|sove|leve|finde på|overhovedet)|hvor (?:vover|voger) i",
    "at i (?:ikke skammer|tør|kan tillade|kan få jer selv til|ikke er flove)",
    "i kunne i det mindste|det mindste i kunne",
    r"i(?: \w+)? (?:skylder|kan takke)(?: \w+){0,3} (?:forklaring|undskyldning|jer selv)",
    "hvad har (?:jeg|vi) gjort (?:jer|galt|for at)",
    r"hvad er meningen(?! med (?:livet|ordet|kunst\w*))|hvad i alverden|hvad har i gang i",
    "hvor (?:er|blev) (?:anstændigheden|respekten|medmenneskeligheden|ansvaret)",
    (
        "det (?:rører|interesserer|bekymrer) (?:jer|åbenbart jer|tydeligvis jer|vist ikke jer"
        "|ikke jer|jer ikke)"
    ),
    "(?:tydeligvis|åbenbart) (?:fuldstændig )?ligeglade?",
    "(?:kun|bare|blot) (?:et|en|endnu et) (?:nummer|sagsnummer|tal|sag i bunken|byrde) for jer",
    "mennesker bag (?:numrene|sagerne)",
    (
        r"(?:jeg|vi) er (?:et|en|mennesker|borgere?) (?:menneske )?(?:og )?ikke (?:et |en "
        r"|bare |\w+ )?(?:nummer|sagsnumre|sagsnummer|tal|maskine|kasteboldt?|forbryder|dyr)"
    ),
    (
        r"(?:jeg|vi|mig)(?: (?!(?:ikke|aldrig|min|mit|mine|vores|han|hun|de|folk|ham|hende|hvis"
        r"|når|om|bliver|nabo\w*)\b)\w+){0,5} (?:vrede?|rasende|edderspændte?|pissesure?"
        r"|skidesure?|arrige?|oprørte?|harme|afmægtige?|magtesløse?|ydmygede?|krænkede?)(?! "
        r"(?:mand|kone|nabo|hund|på (?:min|mine|vores|naboen)|over (?:min|mine|naboen\w*)))"
    ),
    (
        "(?:fattet|fatter|begriber|forstår)(?: i)? (?:ikke )?(?:en brik|hat|en bønne|ingenting"
        "|intet|nada)"
    ),
    "rende og hoppe|(?:kan|må) i (?:beholde|stikke|tage og|proppe|rende)",
    (
        "i (?:skulle|burde|kunne|må)(?: godt| virkelig| hellere)? (?:tage og |prøve at |måske "
        ")?(?:lære|læse|vågne|tage jer sammen|skamme|holde op|stoppe|opføre|finde jer)"
    ),
    "tag jer (?:nu )?sammen",
    "tænkt jer (?:nogensinde |snart )?at (?:vågne|svare|gøre|læse|komme|holde|bestille)",
    "vågn (?:nu )?op|gør (?:nu |dog |så )?(?:noget|jeres (?:arbejde|job))(?! (?:ved|rart|sjovt))",
    "kom (?:nu )?ud af starthullerne|få (?:nu )?fingeren ud|fingeren ud af|tag ansvar",
    "stå(?:r)? ved jeres",
    (
        r"(?:leger|spiller|gambler|jonglerer) (?:i )?(?:\w+ )?med (?:mit|mine|vores|folks"
        r"|menneskers|mit barns) \w+"
    ),
    "mit liv i leger|holde? (?:ikke )?ud at (?:snakke|tale|høre|have|skrive|vente)",
    "kan ikke holde (?:det |jer )?ud",
    (
        r"(?:smidt|smækker|smækkede|lagde|lægger|smed|lagt)(?: \w+){0,2} (?:af telefonen|røret "
        r"på|på)(?! (?:is|bordet|plads|hylden))"
    ),
    r"jeres (?:skyld|egen skyld|fejl)(?: \w+)? (?:at|alt)",
    "det er (?:kun |alene )?jeres (?:skyld|fejl)|ligegyldigt hvad (?:jeg|vi|man)",
    "nytter (?:jo |alligevel |åbenbart )?(?:ikke|ingenting|intet)(?: noget)? (?:at|med jer)",
    "spild af (?:min |vores |folks )?(?:tid|penge|skattekroner|liv|kræfter)",
    "spilder (?:min|vores|folks|i)",
    (
        r"(?:ikke|ingen)(?: nogen| en| én| eneste){0,2}(?: \w+){0,3} (?:der kan tænke|tænker "
        r"selv|rygrad|nosser|skam|anstændighed|samvittighed|hjerte|empati|medfølelse"
        r"|situationsfornemmelse|pli|omtanke|ansvarsfølelse|situations\w+)"
    ),
    (
        "uden (?:skam|hjerte|en eneste (?:begrundelse|forklaring|undskyldning)|så meget som"
        "|at (?:blinke|skamme|spørge|sige et ord|lytte|tænke))"
    ),
    "dygtige til (?:at )?(?:sige nej|finde undskyldninger|ingenting|at)",
    "(?:gode|dygtige) til (?:at )?(?:sende regninger|kræve|opkræve|kradse)",
    r"alle de (?:år|penge)(?: \w+){0,6} (?:skat|betalt)",
    "(?:tak for den|tak for lort|mange tak kommune|pænt goddag|god fornøjelse)",
    "(?:så|nu) (?:kan|skal) (?:jeg|man|vi) (?:åbenbart|så) |har åbenbart|skal åbenbart",
    r"er åbenbart ikke|kan åbenbart ikke|gælder åbenbart|mage til (?:\w+)|magen til|set mage",
    "aldrig set (?:noget )?(?:lignende|mage)|hvad fanden",
    "gu(?:d)? (?:skal|vil|gider) (?:jeg|vi) (?:ej|ikke)|ti stille|ryg og rejs",
    "drop (?:jeres|de) (?:undskyldninger|standardsvar|floskler)|standardsvar|floskler",
    "computersvar|sludder|vrøvl(?! med)|løgn",
    r"fortalt(?: \w+){0,4} til (?:{number}) forskellige",
    (
        r"(?:ødelagt|ødelægger|ødelagde|stjålet|taget|kostet|koster|frarøvet)(?: \w+)? (?:min"
        r"|mit|mine|os|mig|vores) (?:liv|nattesøvn|helbred|jul|ferie|sommer|barndom|familie"
        r"|økonomi|ægteskab|job|arbejde|hjem|tillid|søvn|håb)"
    ),
    "koldt? i røven",
    (
        r"(?:min|mit|vores) (?:mor|far|barn|søn|datter|mand|kone|familie)(?: \w+){0,6} (?:døde"
        r"|dør|lider|led|sulter|fryser|frøs|faldt)(?: \w+){0,8} (?:fordi|mens|på grund af) (?:i"
        r"|jer|jeres|kommunen)"
    ),
    (
        "fordi i (?:ikke (?:kom|kan|gider|gad|har|svarede|ville|tog|læste|lyttede)|har glemt"
        "|glemte|mistede|roder|lukkede|er for|ville)"
    ),
    # Hostile questions.
    (
        r"hvad (?:bilder|tror|tænker|laver|foretager|får|bruger)(?: \w+)? (?:i|jer)(?: \w+)? "
        r"(?:jer ind|i er|egentlig|penge for|løn for|egentligt|hele dagen|på|dog|om)(?! sommer)"
    ),
    "hvem (?:fanden |pokker |helvede )?tror i(?: selv| egentlig)? (?:i er|at i er)",
    "hvad (?:fanden|pokker|helvede|i alverden|søren) (?:laver|sker|bilder|tænker|foregår|er)",
    (
        r"hvor (?:svært|dum|dumme|lavt|langt|meget|ringe|længe) (?:kan|skal|må|tror) (?:det|man"
        r"|i|vi|jeg)(?: \w+){0,2} (?:være|synke|gå|finde sig i|tåle|vi er|er|stå model|vente "
        r"endnu)(?! fra| til| på)"
    ),
    "hvor mange gange (?:skal|må|behøver) (?:jeg|vi|man)",
    r"hvor længe (?:skal|må) (?:jeg|vi|man)(?: \w+){0,3} finde",
    (
        r"hvorfor (?:fanden |pokker |i alverden )?(?:svarer|lytter|hører|læser|gider|ringer"
        r"|reagerer|hjælper) (?:i|ingen|der ingen)(?: \w+)? (?:ikke på det|aldrig|ikke efter"
        r"|ikke efter|ikke !!|ikke \?\?|mig !|mig !!|på det|på noget|efter)"
    ),
    r"hvad rager (?:\w+ ){0,3}mig|rager mig en",
    r"hvad (?:betaler|skal) (?:jeg|vi)(?: \w+){0,2} (?:skat|jer) (?:for|til)",
    r"hvorfor betaler (?:jeg|vi) (?:\w+ )?skat",
    r"skal (?:jeg|man|vi|der|nogen)(?: \w+){0,9} før (?:nogen|i|der|kommunen|man)",
    "(?:kan|gider) i overhovedet|(?:læser|lytter|svarer|tænker) i overhovedet",
    "er der overhovedet nogen",
    "er (?:det|jeg)(?: nu| så| pludselig| da){0,3} min(?: egen)? skyld",
    (
        r"(?:betale|bøde|straffes|lide)(?: \w+){0,3} (?:for|fordi) jeres (?:fejl|system|rod"
        r"|sløseri|egen|egne)"
    ),
    (
        "(?:jeres|egne) (?:rod|sløseri|sjusk|inkompetence|ligegyldighed|arrogance|løgne"
        "|bureaukrati|magtmisbrug|papirnusseri)"
    ),
    "er (?:i|det) (?:seriøst|alvorligt|jeres alvor|for sjov|en joke|en vits)",
    "(?:kan|må) (?:simpelthen )?ikke være (?:rigtigt|sandt|meningen|jeres alvor)|mener i det",
    # Threats.
    (
        "(?:min|vores) advokat (?:der |som |har |vil )?(?:skriver|ringer|tager|kontakter"
        "|overtager|får)"
    ),
    "hører (?:fra|i fra) (?:min|vores|en) advokat",
    (
        r"(?:går|gå|ringer|skriver|kontakter|tager kontakt|henvender mig) (?:jeg )?(?:videre "
        r")?til (?:pressen|medierne|avisen|aviserne|ekstra bladet|tv|tv2|bt|journalist\w*)"
    ),
    (
        "(?:pressen|avisen|medierne|tv|tv2|ekstra bladet|borgmesteren|ombudsmanden|hele byen"
        "|facebook) (?:skal nok|skal|kommer til at) (?:få|høre|se|vide|blive)"
    ),
    "ses i retten|næste gang er det|i kommer til at (?:fortryde|høre)|melder jer til",
    "lægger sag an|sagsøger",
    "sidste gang jeg (?:skriver|spørger|beder|ringer) (?:pænt|venligt|stille)",
    # Ironic praise.
    "(?:klap|klapper) (?:jer|jer selv|i jer)(?: selv)? på (?:skulderen|ryggen)",
    (
        "tak for (?:ingenting|intet|lort|ikke noget|absolut|ingen hjælp|ingen verdens|en "
        "ødelagt|spildt)"
    ),
    (
        r"(?:stort |mange )?tillykke (?:med|i)(?: \w+){0,6} (?:mistet|tabt|glemt|verdens|igen"
        r"|ødelægge|langsom\w*|rekord)"
    ),
    r"verdens(?: \w+)? (?:ringeste|dårligste|langsomste|værste)",
    (
        "(?:ringeste|dårligste|værste|langsomste) (?:kommune|service|behandling|sagsbehandling"
        "|oplevelse|betjening)"
    ),
    "skulle (?:næsten )?tro (?:at )?i |håber i (?:er stolte|sover godt|er tilfredse)",
    "sov (?:i )?(?:bare )?godt|i må være (?:så )?stolte",
    "tak(?: skal i have)? for at (?:spilde|ødelægge|ignorere|smide|glemme|svigte|gøre)",
    # Repeated contacts.
    r"(?:er|det er|for|nu)(?: \w+){0,2} (?:{third}) gang (?:at )?(?:jeg|vi|i) \w+|anden gang i \w+",
    (
        r"(?:skrevet|ringet|spurgt|forklaret|klaget|henvendt|rykket|bedt|sagt|kontaktet|sendt"
        r"|prøvet|forsøgt)(?: \w+){0,4} (?:{number}) (?:gange|mails|breve"
        r"|beskeder)(?: \w+){0,4} (?:uden|og (?:intet|ingen|i|der|får)|men (?:ingen|intet|i"
        r"|der))"
    ),
    (
        r"(?:skal|skulle|må|måtte|blive ved med at|bliver ved med at|har)(?: \w+){0,3} (?:sende"
        r"|forklare|skrive|indsende|ringe|spørge|gentage|fortælle|forklaret"
        r"|gentaget)(?: \w+){0,6} (?:{number}) (?:gange|forskellige)"
    ),
    (
        r"(?:{number}) (?:forskellige )?(?:sagsbehandlere|kontorer|medarbejdere|afdelinger"
        r"|mennesker|personer)(?: \w+){0,3} (?:\||og|uden|men) (?:nul|ingen|intet|ikke|aldrig)"
    ),
    "nul (?:svar|hjælp|respekt|forståelse|reaktion|respons|tillid)",
    r"ikke (?:en|et) (?:lyd|pip|eneste (?:lyd|svar|ord|gang)|ord)(?: \w+)? fra",
    "ikke hørt (?:en lyd|et ord|et pip|en skid|et kvæk)",
    "(?:er|har) i (?:gået|lagt jer) (?:i dvale|til at sove)|talt for døve ører|taler til en mur",
    "tale til en (?:mur|væg)",
    r"(?:i|kommunen)(?: \w+)? ignorer(?:er|et) (?:mig|os|min|mine|vores|alt|bare)",
    r"🤬|😡|🖕|👿",
)

SIGNS: dict[str, tuple[str, ...]] = {
    "praise": (
        "godt gået|flot (?:klaret|arbejde|gået|service)|fantastisk(?: service| arbejde)?",
        "imponerende|bravo|tusind tak|tak skal i have|stor ros|rigtig godt arbejde|fornemt",
        "tillykke|hvor (?:er|var) (?:det|i) (?:bare )?(?:dejligt|dygtige|flot|smart)|skønt",
        "herligt|dejligt|genialt|smart|flot|smukt|super|top service|kanon|nå men|sikke en service",
        "i er simpelthen (?:så )?(?:gode|dygtige)|som altid|som sædvanlig|godt arbejde|perfekt",
    ),
    "wait": (
        (
            r"(?:ventet|venter|vente|ventede|stået|siddet|i kø|kø|ventetid)(?: \w+){0,5} "
            r"(?:måneder|mdr|uger|år|timer|dage|dagen|siden|dag|måned|uge|time)"
        ),
        (
            r"(?:efter|gået|haft|i) (?:snart |nu |over |mere end |hele |snart nu ){0,2}(?:\w+"
            r"|[0-9]{1,3}) (?:måneder|mdr|uger|år)(?! siden| gammel| fra| til)"
        ),
        "(?:venter|ventet) (?:jeg )?stadig|stadig (?:venter|intet|ingen|ikke)",
        r"< (?:\w+|[0-9]{1,3}) (?:måneder|uger|år) \|",
    ),
    "lost": (
        (
            "(?:mistet|glemt|forlagt|smidt væk|smidt ud|væk|rodet|bortkommet|tabt|forsvundet"
            "|blevet væk|aflyst|forkert|fejl|fejlen|brugt min|spildt|ødelagt)"
        ),
        "jeres (?:skyld|fejl|egen fejl|system)|i har (?:glemt|mistet|sendt forkert)|rykker for",
    ),
    "silence": (
        (
            r"(?:uden|intet|ingen|aldrig|ikke|nul|hverken)(?: \w+){0,3} (?:svar|svaret|lyd"
            r"|besked|reaktion|tilbage|hørt|hører|ringet|ringer|svarer|kontakt|forklaring"
            r"|undskyldning|undskyld|noget)"
        ),
    ),
    "again": (
        (
            r"(?:\||!|!!|\?|\?\?|<) (?:igen(?: igen)?|stadigvæk|endnu en gang|fjerde|tredje"
            r"|femte) (?:\||!|!!|>)"
        ),
        "(?:{third}) gang|(?:{number}) gange|igen igen|atter en gang|for gud ved|gang på gang",
        "hver (?:eneste )?gang|hele tiden",
    ),
    "loud": (r"!!|\?\?|\?!|!\?",),
    "blame": (
        (
            r"(?:i|kommunen|hvorfor)(?: \w+)? (?:kan|har|skal|vil|burde) (?:bare|virkelig|jo|da"
            r"|åbenbart|aldrig|ikke|overhovedet|bare ikke)"
        ),
        "hvad laver i|har i (?:tænkt jer|overhovedet|lovet|tabt)",
        "i (?:lovede|har lovet|har ladet|lader|har gravet|burde|bør|lukker|sagde|påstår)|fordi i",
        "på grund af jer",
        r"jeres (?:regler|system|fejl|ansatte|medarbejder\w*|skyld|kontor|tone|brev)|får i løn",
        "mine skattekroner|skattekroner|skatteborgere?|vores penge",
    ),
    "despair": (
        (
            "(?:jeg|vi) (?:er|bliver){very} (?:udmattet|udmattede|træt|fortvivlet|fortvivlede"
            "|desperat|opgivende|ulykkelig|knust|ked|skuffet|skuffede|chokeret|rystet|nede)"
        ),
        "kan ikke (?:sove|mere)|søvnløse|magter ikke|orker|bange for|helt slået ud",
        "grænsen er nået|for (?:dårligt|ringe|galt|groft)|ringe|elendigt?|urimeligt|ikke rimeligt",
        "ikke fair|uretfærdigt",
    ),
    "weak": (
        (
            "(?:handicappede?|syge?|gamle?|enlig|ældre|demente?|alene) (?:mor|far|mand|kvinde"
            "|søn|datter|kone|forældre|mennesker|bedstemor|barn|dame|farmor|mormor)"
        ),
        "[789][0-9] årige?|på [89][0-9]|(?:i|på) (?:regnen|kulden|gaden|mørket|sneen)",
    ),
}

DISSATISFIED = (
    (
        r"(?:utilfreds|utilfredse|ikke (?:\w+ )?tilfredse?|ikke (?:\w+ )?glade? (?:for|ved)"
        r"|skuffet|skuffede|ikke imponeret|ikke trygge? ved)"
    ),
    (
        r"(?:vil|ønsker|skal)(?: \w+){0,4} (?:klage|indgive|indsende|sende|aflevere"
        r"|give)(?: \w+)? (?:over|en klage|klage)"
    ),
    r"(?:jeg|vi) klager|vil(?: \w+){0,3} klage|klage over|(?:denne|som en) klage|< klage",
    "noter(?:et|es) som",
    (
        r"(?:synes|mener|finder|syntes)(?: \w+){0,6} (?:ikke|dårligt?|ringe|forkert|ærgerligt"
        r"|utilfredsstillende|for|urimeligt|uheldigt)"
    ),
    (
        r"(?:er|var|ikke)(?: \w+)? (?:ikke(?: \w+)?|langt fra) (?:i orden|godt nok|okay|ok"
        r"|rimeligt|fair|acceptabelt|tilfredsstillende|optimalt|det vi betaler for)"
    ),
    "ikke i orden|ikke godt nok|ikke rimeligt|ikke særlig (?:godt|god|gode|rart|venlig)",
    "utilfredsstillende",
    "(?:levede?|leve) ikke op til",
    (
        r"(?:havde|har|hos jer)(?: \w+)? (?:forventet|ventet|regnet med|håbet på) (?:mere|bedre"
        r"|noget|lidt|et bedre|en bedre|at)"
    ),
    "kunne (?:godt )?(?:gøres|være|have været|være gjort) bedre|bør kunne gøres bedre",
    "plads til forbedring|lader meget tilbage",
    "(?:alt )?for (?:dårligt?|dårlige|ringe|tit|længe|lidt|sent|langsomt?|mange fejl)(?! at| til)",
    "(?:blevet|er) (?:sværere|dårligere|ringere|værre)|desværre må jeg|uenig (?:i|med)|ikke enig",
    "beklage(?:r|ligt)? mig",
    (
        r"selv ?om (?:den|det|de|i|vi|jeg) (?:\w+ )?(?:var|blev|er|har|havde)(?: \w+)? (?:lovet"
        r"|aftalt|bestilt|betalt|sagt)"
    ),
    "i (?:har|havde) (?:ellers )?lovet|(?:var|blev) (?:ellers )?(?:lovet|aftalt)",
    r"(?:anden|tredje|fjerde|flere) gange?(?: \w+){0,6} (?:ikke|forkert|for sent|glemt)",
    (
        r"(?:er|blev|bliver|blevet) (?:stadig |endnu |jo |heller |slet ){0,2}ikke (?:\w+ "
        r")?(?:tømt|hentet|ryddet|fejet|vasket|besvaret|svaret|repareret|lavet|rettet|spurgt"
        r"|hørt|informeret|gjort)(?: \w+){0,5} (?:uger|gange|siden|selvom|ordentligt|efter|før"
        r"|måned)"
    ),
    (
        r"(?:manglende|mangelfuldt?|dårlige?|ringe|uvenlige?|sjusket) (?:svar|rengøring"
        r"|information|betjening|oplysning\w*|snerydning|vedligehold\w*|behandling"
        r"|kommunikation|service|tone|kvalitet|mad|vejledning)"
    ),
    r"(?:kritik|kritisere|kritisk)(?: \w+)? (?:af|over|til)",
    (
        r"(?:ærgerligt|beklageligt|utrygt|frustrerende|irriterende|uheldigt|træls"
        r"|generende)(?: \w+){0,2} (?:at|når|for)"
    ),
    r"generet af|ikke var(?:et)? venlig|uvenlig\w*|ikke blev (?:spurgt|hørt|informeret|orienteret)",
    "for (?:lang|langsom) (?:ventetid|sagsbehandling)",
)

# Phrases about other people, in jest, in thanks or about how to complain: not anger at us.
CALM = (
    r"undskyld (?:at )?(?:jeg|vi)|(?:glemt|skyld|jeg)(?: \w+){0,2} undskyld (?:\||>)",
    "beklager at jeg",
    "det var min fejl|ikke længere (?:sur|vred)",
    (
        r"ikke (?:\w+ )?(?:sur|vred|gal|nogen klage|en klage|for at klage|fordi jeg vil "
        r"klage)(?! over)"
    ),
    "ingen klage|hverken vred eller",
    "nej spøg til side|spøg til side|bare for sjov|jeg driller|kun for sjov|til en skoleopgave",
    "skoleopgave|opgave i skolen",
    "(?:fik|fået) (?:endelig )?svar på dem alle|mange tak|gjorde det godt|godt gået (?:til|af)",
    "jeg elsker|glæder mig|glæder os",
    (
        r"klage over(?: \w+){0,3} (?:nabo|naboen|naboens|naboer|udlejer|bank|banken|chef|læge"
        r"|lægen|tandlægen|arbejdsgiver|politiet|sygehuset|hospitalet|taxa|togene|teleselskab"
        r"|elselskabet|forsikring|håndværker|postvæsenet|vejret|fly|vare|købmanden"
        r"|boligforeningen|virksomhed|hunden|kontrolafgift)"
    ),
    r"svindler|svindlere|svindelopkald|er det (?:et )?svindel|phishing|er det fup",
)
OTHERS = (
    (
        "(?:min|mine|vores|naboens|min søns|min datters) (?:nabo|naboer|naboen|eks|ekskone"
        "|eksmand|udlejer|chef|bror|søster|svigermor|svigerfar|mand|kone|kæreste|hund|kat"
        "|teenager|boligforening|læge|tandlæge|bank|arbejdsgiver|elselskab|internetudbyder"
        "|forening|søn|datter|arbejdsplads|håndværker|mekaniker)"
    ),
    r"naboen|naboerne|naboens|udlejer\w*|boligforening\w*|elselskab\w*|postnord|posten|bussen|mitid",
    (
        r"regionen|sygehuset|lægen|banken|(?<!hen i )vejret|stormen|hunden|katten"
        r"|(?<!til )rotter\w*|måger\w*|bilister\w*"
    ),
    r"cyklister\w*|de unge|knallert\w*|værtshus\w*|politikerne på christiansborg|regeringen",
    "folketinget",
    (
        "(?:der er )?(?:en|nogen|nogle|folk)(?: der)? (?:har|smider|smed|kører|larmer|fester"
        "|parkerer|der)"
    ),
    "hærværk|folk er|i avisen",
)
# Words for us.
OURS = (
    r"jer|jeres|kommunen|kommunens|kommune|rådhuset|borgerservice|sagsbehandler\w*",
    (
        "(?:har|er|kan|skal|vil|lukker|sender|gør|gider) i(?! (?:går|dag|morgen|nat|aftes"
        "|skoven|byen|haven|vejen|vores|min|en|et|den|det|gang|år))"
    ),
    "i (?:har|er|kan|skal|vil|gider|sender|lover|burde|siger)",
)
