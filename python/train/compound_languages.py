# SPDX-License-Identifier: Apache-2.0
"""What compounds.py has to be told of each language: the linking elements, the changes of a first part, the endings
of a whole word, what is no part, and short words that are. Written without a speaker at hand; `grammar` names where
the rules of the language are described."""

LANGUAGES = {
    "de": {
        "grammar": "Duden. Die Grammatik, 9th edition 2016",
        "links": {"s": 0.7, "es": 2.0, "n": 1.5, "en": 2.0, "er": 3.5, "e": 3.0},
        "changes": [("e", ""), ("en", ""), ("n", "")],
        "endings": {"s": 1.5, "es": 1.5, "n": 1.5, "en": 1.5, "e": 1.5, "er": 2.25, "em": 2.25, "ern": 2.25, "in": 3,
                    "innen": 3},
        "never": "ung ungen heit heiten keit keiten schaft schaften lich liche lichen licher liches lein chen tum tums "
                 "tümer ion ionen tät täten ismus ist isten ent ant anten enz ell elle ellen isch ische ischen ischer "
                 "isches ig ige igen iger iges igkeit bar bare baren barer bares barkeit sam same samen los lose losen "
                 "loser loses losigkeit haft hafte haften haftig iert ierte ierten ieren ierung ierungen ner nern ern eln "
                 "ling linge lings linges lingen nis nisse nissen tion tionen sten ste ster stes tes ten ter tel tor oren "
                 "ver ent emp zer miss und oder der die das den dem des ein eine einen einer eines einem in im an am auf "
                 "aus bei beim mit nach von vom vor zu zum zur ins bis für ist war hat sie ihr ich uns wir man nun nur "
                 "sich mich dich auch noch als wie wenn dass daß denn doch aber nicht kein hier dort dann her hin los weg "
                 "ab un sei ehr ins ort" " sch unter über nehmer rin ger der gen ler len lern nen sen chens leins inn innen end ende enden ender endes rat",
        "short": "öl ei see tee ehe eis uhr tag amt arm art arzt bad rad rat weg ort zug abi alt neu not tor tod hof hut "
                 "bus gas gut kuh mut rot uni öko ost erz eck fee fuß fax axt ohr oma opa gel gen ton rum zoo zoll bau "
                 "kur auto kfz lkw pkw usa wm em eu ski spa typ boy job bar end",
    },
    "nl": {
        "grammar": "Algemene Nederlandse Spraakkunst, 2nd edition 1997",
        "links": {"s": 0.7, "en": 1.2, "e": 2.0, "er": 3.5, "n": 2.5},
        "changes": [("e", "")],
        "endings": {"s": 1.5, "en": 1.5, "n": 1.5, "e": 1.5, "je": 2.25, "tje": 2.25, "jes": 2.25, "tjes": 2.25},
        "never": "heid heden lijk lijke lijker schap schappen ing ingen baar bare loos loze loosheid zaam zame achtig "
                 "achtige tie ties iteit iteiten isme isch ische ist isten eren eerd eerde erend end ende ster sters aar "
                 "aars der ders ter ters ten den ren len sen gen ken pen men het een van dat die zijn met voor niet aan op "
                 "om ook als dan maar bij nog uit naar heeft hun worden werd wie deze door over ver ont her ge be en of "
                 "in is we ze me je te er toe nu zo al wel geen hem haar mij jij ons tot sche eling elingen nis sel sels ant enten ent "
                 "lijkheid elijk igheid matig matige tijd's erij erijen",
        "short": "ei zee thee arm bus gas dag weg tram aids ijs oog oor arts aap bad bal bos hof hut kat kip lid mond pen "
                 "pop rug rok sla tas tuin vis vak wet zin ziek ijzer as os oud web wc eu",
    },
    "sv": {
        "grammar": "Svenska Akademiens grammatik, 1999",
        "links": {"s": 0.7, "e": 3.0, "a": 3.0},
        "changes": [("a", ""), ("a", "o"), ("a", "u"), ("a", "e"), ("e", ""), ("e", "a")],
        "endings": {"en": 1.5, "et": 1.5, "n": 1.5, "t": 1.5, "s": 1.5, "ens": 1.5, "ets": 1.5, "er": 1.5, "ar": 1.5,
                    "or": 1.5, "erna": 1.5, "arna": 1.5, "orna": 1.5, "ernas": 1.5, "arnas": 1.5, "a": 2.25, "na": 2.25},
        "never": "het heter heten ning ningar ningen ande anden else elser eri lig liga ligt skap skapet are aren arna bar bara bart sam samma "
                 "lös lösa löst ism ist ister isk iska iskt inna innor dom domen are arens logi login ologi ade ande ende era erad erade ering eringen eringar "
                 "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år "
                 "upp ut in an be för ska han hon ens ets ers ars ar er or na ten ter tar ster sten na nas ett hos vid "
                 "ion ioner ionen itet iteten tion tioner ant ent ell ella ellt ens sade ade tion",
        "short": "öl ö by bo is år ål sjö ort vin ben bil bok del dag val väg sol tåg tid ung vat mat mål rum rör tak tal "
                 "tom lag lån hus hav hår hem bad bär djur eld eu ek el får fot gas ha ärt vård kol knä stat ägg yta",
    },
    "da": {
        "grammar": "Hansen and Heltoft, Grammatik over det Danske Sprog, 2011",
        "links": {"s": 0.7, "e": 1.5, "er": 3.0, "n": 3.0},
        "changes": [("e", "")],
        "endings": {"en": 1.5, "et": 1.5, "n": 1.5, "t": 1.5, "s": 1.5, "ens": 1.5, "ets": 1.5, "er": 1.5, "e": 1.5,
                    "erne": 1.5, "ernes": 1.5, "ne": 2.25, "nes": 2.25, "ers": 2.25, "r": 2.25, "ene": 2.25},
        "never": "hed heder heden ning ninger ningen else elser elsen eri lig lige ligt skab skaber skabet bar bare bart som somme "
                 "løs løse løst isme ist ister isk iske inde inder dom dommen ende ede ere eret erede ering eringen eringer erer "
                 "og at det er en til på af for de med der den har ikke om et han men var jeg sig fra vi så kan når "
                 "op ud ind an be for ska han hun ens ets ers er ter ten ster sten ler ner ger der ser hos ved "
                 "ion ioner itet tion tioner ant ent el ens ede ing inger ingen ige sere sel sels",
        "short": "øl ø by bo is år ål sø ort vin ben bil bog del dag valg vej sol tog tid ung mad mål rum rør tag tal "
                 "tom lov lån hus hav hår hjem bad bær dyr ild eu eg el får fod gas æg uge ur ske børn",
    },
    "fi": {
        "grammar": "Iso suomen kielioppi, 2004",
        "links": {"n": 2.0},
        "changes": [("nen", "s")],
        "endings": {"n": 1.5, "t": 1.5, "a": 2.25, "ä": 2.25, "ta": 2.25, "tä": 2.25, "ssa": 1.5, "ssä": 1.5, "sta": 1.5,
                    "stä": 1.5, "lla": 1.5, "llä": 1.5, "lle": 1.5, "lta": 1.5, "ltä": 1.5, "ksi": 1.5, "na": 2.25, "nä": 2.25,
                    "ja": 2.25, "jä": 2.25, "ien": 2.25, "jen": 2.25, "iin": 2.25, "en": 2.25, "issa": 1.5, "issä": 1.5, "ista": 1.5,
                    "istä": 1.5, "ineen": 2.25, "nsa": 2.25, "nsä": 2.25, "kin": 1.5},
        "never": "nen sen set sia siä sta stä ssa ssä lla llä lle lta ltä ksi tta ttä ton tön ttoman ttömän ttomia ttömiä minen misen "
                 "mista mistä mis uus yys us ys uden yyden suus syys suutta syyttä suuden syyden lainen läinen laiset lainen laista "
                 "llinen lliset llisen llista inen isen iset ista ja jä jat jät jan jän jien joita kaan kään kin han hän ko kö "
                 "nsa nsä mme nne on ei ja se en oli että hän mutta niin kun joka jos kuin tai ole ovat myös olla vain nyt mitä "
                 "tämä tätä minä sinä hän me te he ne nuo ei et min tiin ttiin taan tään neen vat vät vaa van vän tu ty tty ttu tava tävä "
                 "nut nyt neet lut lyt maan mään massa mässä malla mällä een iin aan ään oon uun yyn ien jen den tten iden tää taa mine miseen taminen täminen omia uutta yyttä teinen",
        "short": "yö työ tie suu maa puu pää jää kuu luu vuo sää syy voi tee kyy suo jäte öljy eu ala alue aika aivo "
                 "etu esi ilma kala kivi koe koti lapsi laki meri muna osa ruoka sana sota tila talo vesi väli veri viha yli yhteis",
    },
    "hu": {
        "grammar": "A magyar helyesírás szabályai, 12th edition 2015",
        "links": {},
        "changes": [],
        "endings": {"t": 1.5, "k": 1.5, "a": 1.8, "e": 1.8, "ja": 1.8, "je": 1.8, "i": 1.8, "ot": 1.8, "et": 1.8, "at": 1.8, "öt": 1.8,
                    "ok": 1.8, "ek": 1.8, "ak": 1.8, "ök": 1.8, "ban": 1.5, "ben": 1.5, "ba": 1.5, "be": 1.5, "nak": 1.5, "nek": 1.5,
                    "ra": 1.5, "re": 1.5, "on": 1.8, "en": 1.8, "ön": 1.8, "val": 1.5, "vel": 1.5, "ból": 1.5, "ből": 1.5, "ról": 1.5,
                    "ről": 1.5, "tól": 1.5, "től": 1.5, "hoz": 1.5, "hez": 1.5, "höz": 1.5, "ért": 1.5, "ként": 1.5, "ig": 2.25,
                    "ok": 1.8, "ai": 1.8, "ei": 1.8, "jai": 1.8, "jei": 1.8, "ának": 1.8, "ének": 1.8, "ára": 1.8, "ére": 1.8,
                    "át": 1.8, "ét": 1.8, "ában": 1.8, "ében": 1.8, "okat": 1.8, "eket": 1.8, "ös": 3, "os": 3, "es": 3, "s": 3,
                    "ú": 3, "ű": 3, "jú": 3, "jű": 3},
        "never": "ság ség sága sége ságot séget ságok ségek ságának ségének ságú ségű ban ben ból ből nak nek val vel ról ről tól től hoz hez höz "
                 "ért ként kor ott ett ött tak tek tok nál nél hat het ható hető talan telen tlan tlen ás és ása ése ást ést ások ések ó ő ója "
                 "ozás ezés ező ozó ít ítás ítés ul ül os es ös as i beli nyi i szor szer ször ig va ve ván vén ni lan len "
                 "meg el fel le ki be át össze vissza a az egy és hogy nem is de ha van volt csak már mint ez ezt azt még kell "
                 "itt ott ami aki mert vagy lesz lett sem így úgy nagyon ja je juk jük unk ünk om em öm od ed öd ok ek ak ök ai ei on en ön "
                 "ink tól elés alás ékes",
        "short": "ár ág bor bér dal díj dob ég élet ér fa fal fej fű gáz gép hal ház hír hő idő íj ipar jég jel jog kar kéz kép kő kör "
                 "ló lap láb lég mag máj mű nap nő név olaj orr öl pár por pont rész rend só sor sav sajt szén szó tag tan táj tó tőke "
                 "tej út új ügy üveg víz vad vas vér zár zaj",
    },
    "et": {
        "grammar": "Eesti keele käsiraamat, 2007",
        "links": {},
        "changes": [("ne", "s"), ("ne", "se")],
        "endings": {"d": 1.5, "t": 1.8, "de": 1.8, "te": 1.8, "s": 1.8, "st": 1.5, "sse": 1.5, "le": 1.5, "l": 1.8, "lt": 1.5, "ks": 1.5,
                    "ni": 1.5, "na": 1.5, "ta": 1.5, "ga": 1.5, "id": 1.8, "ide": 1.8, "dega": 1.5, "des": 1.8, "tes": 1.8, "dest": 1.5,
                    "i": 2.25, "e": 2.25, "u": 2.25, "a": 2.25, "ki": 1.5, "gi": 1.5,
                    "b": 1.5, "n": 1.5, "ma": 1.5, "me": 1.5, "vad": 1.5, "sin": 1.5, "sid": 1.5, "sime": 1.5,
                    "tud": 1.5, "nud": 1.5, "takse": 1.5, "ti": 1.5, "ksin": 1.5, "ksid": 1.5, "mata": 1.5, "mas": 1.5,
                    "mast": 1.5, "maks": 1.5, "v": 1.5, "va": 1.5, "vat": 1.5, "vate": 1.5, "vaid": 1.5, "gu": 1.5,
                    "mine": 1.5, "mist": 1.5, "mise": 1.5, "mised": 1.5, "miste": 1.5, "misi": 1.5, "misel": 1.5, "misele": 1.5,
                    "miselt": 1.5, "misest": 1.5, "misesse": 1.5, "misega": 1.5, "miseks": 1.5, "miseta": 1.5},
        "never": "mine mise mist mised miste mises dus duse dust dused tus tuse tust tused us use ust used usele lik liku likku like "
                 "line lise list lised liste lane lase last lased lus luse lust nik niku nikud nike tav tava tavad tud tud tute ja jad jate "
                 "jat jast ks ga ta na ni ki gi st le lt ne se sed ste si sid ma da des nud vat vad takse tama dama uma ime "
                 "on ei ka et kui see oli ole ning aga mis kes oma seda siis nii veel kas või juba mind end tema nad me te "
                 "ni as es is ud ide tes tesse dest tele delt ses sest sele selt sena iga ata eta ita uta ist ism ismi isti is ted ks umine amine imine andlik",
        "more": "bio geo öko sotsiaal elektron mikro makro auto foto video tele termaal likviidsus eetika esteetika poliitika majandus miinimum "
                "maksimum kontroll tervis tervishoid tervishoiu eelarve põllumajandus kodanik kodanike kodakondsus töötus töötuse noorte laste vanurite "
                "naiste meeste perede haridus hariduse kultuur kultuuri keskkond keskkonna energia innovatsioon innovatsiooni tehnoloogia teadus "
                "teaduse teadused uuringute arengu abi toetus nõustamine hooldus hoolekanne hoolekande kaasamine tööhõive hõive ettevõte ettevõtte "
                "ettevõtlus ettevõtja ühiskond ühiskonna ühistu ühing liit liidu fond fondi programm programmi projekt projekti konkurss konkursi turg turu "
                "rahastamine kindlustus pension pensioni eluase eluaseme kinnisvara liising panga laenu krediidi tarkvara riistvara andmed andmete "
                "võrk võrgu platvorm digi veebi interneti nutikas taastuv säästva toode toodete teenus teenuse teenused kaubandus tööstus transport",
        "short": "abi ala töö öö tee maa puu pea jää kuu luu suu saa või tuli vesi õli elu aja ajal au eu ema isa ala osa õpe õigus äri käe keha "
                 "kala kivi kooli käsi laps lapse linn maja mere ratas raha riigi sõja toa toit tule vee vere une",
    },
}
