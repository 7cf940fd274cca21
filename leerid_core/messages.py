"""The Dutch sentence for every code: what happened and what to do.

One catalogue, so that a Dutch reader can check them all; `{name}` is filled from the parameters.
A test walks over the package and refuses a code without a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: dict[str, str] = {
    # --- everywhere
    "unexpected": "Er ging iets onverwachts mis. Probeer opnieuw.",
    "cancelled": "Het werk is stopgezet. Er is niets bewaard.",
    "not_allowed": "Je hebt voor deze instelling niet de rol die hiervoor nodig is.",
    "store_unavailable": "De databank is niet bereikbaar. Er is niets bewaard; probeer opnieuw.",
    "incident": "Er ging iets onverwachts mis. Probeer opnieuw; meld anders dit nummer: {incident}.",
    # --- rules
    "person_known_twice": "Deze leerling is al bekend met dit stamnummer, en met dit "
    "rijksregisternummer ook als een andere leerling ({other}). De rij telt niet mee; laat nakijken "
    "of beide dezelfde leerling zijn.",
    "stamnummer_of_another": "Dit stamnummer is al van {other}. De rij telt niet mee, zodat niemand "
    "het LeerID van een ander krijgt; verbeter het stamnummer in het leerlingadministratiepakket.",
    "pupil_twice": "Deze leerling staat al in rij {other}, met een ander stamnummer. De rij telt "
    "niet mee; schrap een van beide in het leerlingadministratiepakket.",
    "pupil_unrecognisable": "Zonder stamnummer, rijksregisternummer en geboortedatum is de leerling "
    "niet te herkennen. De rij telt niet mee; vul een van de drie aan.",
    "several_namesakes": "Er zijn {count} leerlingen met deze naam en geboortedatum. De rij telt "
    "niet mee; voeg het stamnummer of het rijksregisternummer toe.",
    "matched_on_name": "De leerling is herkend aan naam en geboortedatum.",
    "identity_number_changed": "Het rijksregisternummer is anders dan vroeger; het nieuwe is "
    "overgenomen omdat naam en geboortedatum gelijk zijn. Kijk na of het klopt.",
    "username_empty": "De gebruikersnaam is leeg. Vul een gebruikersnaam in.",
    "username_too_long": "De gebruikersnaam is langer dan {maximum} karakters. Maak hem korter.",
    "username_at_sign": "Een gebruikersnaam mag geen '@-teken' bevatten. Laat het weg.",
    "username_characters": (
        "De gebruikersnaam bevat een teken dat niet mag. Gebruik alleen letters zonder accent, "
        "cijfers, punt, streepje en laag streepje."
    ),
    "username_ends": (
        "De gebruikersnaam begint of eindigt met een leesteken. Begin en eindig met een letter of "
        "een cijfer."
    ),
    "username_signs_in_a_row": (
        "De gebruikersnaam heeft twee leestekens na elkaar. Laat er een weg."
    ),
    "username_reserved": (
        "De gebruikersnaam {username} is voorbehouden aan het systeem. Kies een andere."
    ),
    "password_too_short": "Het wachtwoord is te kort. Kies minstens {minimum} karakters.",
    "password_too_long": "Het wachtwoord is te lang. Kies hoogstens {maximum} karakters.",
    "password_is_username": (
        "Het wachtwoord is hetzelfde als de gebruikersnaam. Kies een ander wachtwoord."
    ),
    "password_common": "Dit wachtwoord wordt te vaak gebruikt. Kies een ander wachtwoord.",
    "identity_birth_date_differs": (
        "De geboortedatum past niet bij het rijksregister- of bisnummer. Controleer beide in het "
        "leerlingadministratiepakket van de school."
    ),
    "identity_sex_differs": (
        "Het geslacht past niet bij het rijksregisternummer. Controleer beide in het "
        "leerlingadministratiepakket van de school."
    ),
    # --- intake
    "file_cannot_be_opened": "Het bestand kan niet geopend worden. Controleer of het nog bestaat.",
    "file_empty": "Het bestand is leeg. Maak de export opnieuw.",
    "file_too_large": "Het bestand is groter dan {limit} MB. Exporteer één instelling per bestand.",
    "file_is_no_text": "Dit is geen lijst die gelezen kan worden. Bewaar ze als .xlsx of .csv.",
    "file_is_pdf": "Dit is een pdf. Exporteer de lijst als .xlsx, .csv of .xml.",
    "file_is_web_page": "Dit is een webpagina. Exporteer de lijst als .xlsx, .csv of .xml.",
    "file_is_old_excel": "Dit is een oud Excelbestand (.xls). Open het en bewaar het als .xlsx.",
    "file_is_encrypted": "Het bestand is beveiligd met een wachtwoord. Bewaar het zonder.",
    "file_damaged": "Het bestand is beschadigd of onvolledig. Maak de export opnieuw.",
    "archive_is_no_workbook": "Dit is een zip, maar geen Excelbestand. Bewaar de lijst als .xlsx.",
    "archive_too_large": "Het Excelbestand is uitgepakt te groot (meer dan {limit} MB) of "
    "verdacht. Kopieer de lijst naar een nieuw Excelbestand.",
    "file_too_complex": "Het bestand bevat veel meer gegevens dan een leerlingenlijst. "
    "Kopieer de lijst naar een nieuw bestand.",
    "xml_forbidden": "De XML bevat een documenttype (DTD) en wordt daarom geweigerd. "
    "Maak de export opnieuw.",
    "xml_unknown": "Deze XML heeft geen inschrijvingen (wsInschrijving) zoals Informat die geeft. "
    "Exporteer de lijst als .xlsx of .csv.",
    "too_many_rows": "Het bestand heeft meer dan {limit} rijen. "
    "Exporteer één instelling per bestand.",
    "too_many_columns": "De lijst heeft meer dan {limit} kolommen. "
    "Bewaar alleen de nodige kolommen.",
    "line_too_long": "Regel {row} is te lang voor een leerlingenlijst. Maak de export opnieuw.",
    "quote_not_closed": "Vanaf regel {row} is een aanhalingsteken niet gesloten. "
    "Verbeter die regel en laad het bestand opnieuw op.",
    "header_missing": "Er is geen kop met kolomnamen gevonden. Zet boven de lijst minstens "
    "“Voornaam” en “Naam”.",
    "name_columns_missing": "De kolommen “Voornaam” en “Naam” zijn niet allebei gevonden, wel: "
    "{headers}. Pas de kop aan.",
    "no_pupils": "Onder de kop staat geen enkele leerling. Maak de export opnieuw.",
    "unknown_column": "Het bestand heeft geen kolom “{column}”. Kies een kolom van dit bestand.",
    "field_mapped_twice": "“{field}” is aan twee kolommen gegeven. Kies één kolom.",
    "name_missing": "De {name} ontbreekt, dus de rij telt niet mee. "
    "Vul aan in het leerlingadministratiepakket.",
    "name_damaged": "In “{value}” staat een teken dat bij de export verloren ging. "
    "Exporteer als .xlsx of in UTF-8, of verbeter de naam.",
    "cell_too_long": "De cel heeft meer dan {limit} tekens, dus de rij telt niet mee. "
    "Maak ze korter.",
    "cell_unreadable": "“{value}” is een foutwaarde, of een datum die Excel van een tekst maakte; "
    "het veld blijft leeg. Verbeter de cel.",
    "date_unreadable": "“{value}” is geen datum, dus de rij telt niet mee. "
    "Schrijf ze als 31/08/2024.",
    "period_reversed": "De einddatum ligt voor de begindatum, dus de rij telt niet mee. "
    "Verbeter de datums.",
    "birth_date_unreadable": "“{value}” is geen datum; de geboortedatum blijft leeg. "
    "Schrijf ze als 31/08/2012.",
    "birth_date_after_begin": "De geboortedatum ligt na het begin van de inschrijving, dus de rij "
    "telt niet mee. Verbeter de datum.",
    "birth_date_implausible": "Volgens de geboortedatum is de leerling {age} jaar. "
    "Controleer de datum.",
    "sex_unreadable": "“{value}” is geen geslacht; het veld blijft leeg. Schrijf M, V of X.",
    "level_unreadable": "“{value}” is geen niveau; het veld blijft leeg. Schrijf 1, 2, 3 of 4.",
    "school_number_invalid": "Dit is geen instellingsnummer van zes cijfers, dus de rij telt "
    "niet mee. Verbeter het nummer.",
    "identity_number_invalid": "Dit is geen geldig rijksregister- of bisnummer; de leerling wordt "
    "zonder nummer gelezen. Verbeter het in het leerlingadministratiepakket.",
    "row_too_wide": "De rij heeft meer kolommen dan de kop, dus ze telt niet mee. "
    "Zet een veld met een scheidingsteken tussen aanhalingstekens.",
    "row_over_lines": "Door een aanhalingsteken dat niet gesloten is, lopen de regels tot en "
    "met {last} in elkaar en tellen ze niet mee. Verbeter deze regel.",
    "double_row": "Deze rij is dezelfde als rij {other} en telt niet mee. Schrap ze.",
    "double_differs": "Deze leerling staat ook in rij {other}, met andere gegevens; alleen die "
    "rij telt mee. Schrap de foute rij.",
    "earlier_period": "Deze leerling staat ook in rij {other}, met een latere periode; alleen die "
    "rij telt mee. Je hoeft niets te doen.",
    "classes_joined": "Deze leerling staat ook in rij {other}; de (sub)klassen zijn samengevoegd. "
    "Je hoeft niets te doen.",
    "stamnummer_of_two": "Dit stamnummer staat ook in rij {other}, bij een andere leerling; "
    "geen van beide rijen telt mee. Verbeter het stamnummer.",
    "identity_number_of_two": "Dit rijksregisternummer staat ook in rij {other}, bij een andere "
    "leerling; geen van beide rijen telt mee. Verbeter het nummer.",
    "sign_in_columns_missing": "De kolommen “Gebruikersnaam” en “Tijdstip” zijn niet allebei "
    "gevonden, wel: {headers}. Pas de kop aan.",
    "sign_in_username_missing": "De gebruikersnaam ontbreekt, dus de rij telt niet mee.",
    "sign_in_application_long": "De naam van de toepassing heeft meer dan 200 tekens, dus de rij telt "
    "niet mee. Kort ze in.",
    "sign_in_time_unreadable": "“{value}” is geen tijdstip, dus de rij telt niet mee. Schrijf ze als "
    "2026-11-23T08:15:00 of 23/11/2026 08:15.",
    "sign_in_in_future": "Dit tijdstip moet nog komen, dus de rij telt niet mee. Kijk na of de klok en "
    "de tijdzone van de toepassing juist staan.",
    "sign_in_too_old": "Dit tijdstip ligt voor het jaar 2000, dus de rij telt niet mee. Verbeter het.",
    "sign_in_row_unreadable": "Deze rij is niet te lezen, dus ze telt niet mee. Maak de export opnieuw.",
    "sign_in_applications_many": "Het bestand noemt meer dan 200 toepassingen, dus deze rij telt niet mee. "
    "Kijk na of de kolom “Toepassing” juist is.",
    "sign_ins_stopped": "Het lezen is stopgezet.",
    "sign_ins_list_broken": "De lijst is beschadigd of niet volledig bij element {row}. Maak de export "
    "opnieuw.",
    "sign_ins_no_text": "Dit is geen tekstbestand. Bewaar de aanmeldingen als CSV, of gebruik de JSON-export "
    "van de toepassing.",
    # --- exports
    "start_at_outside": "Een vel heeft 12 stickers; {start_at} is geen plaats daarop. "
    "Kies een getal van 1 tot 12.",
    "offset_outside": "Een verschuiving van {offset} mm is te groot. Kies hoogstens 10 mm, naar "
    "links of rechts en naar boven of onder.",
    "zip_password_empty": "Het wachtwoord voor het zipbestand is leeg. Vul er een in, of maak het "
    "zipbestand zonder wachtwoord.",
    "nothing_to_hand_out": "Er zijn geen leerlingen om kaartjes voor te maken. Selecteer eerst "
    "leerlingen.",
    # --- store
    "store_conflict": "Iemand anders bewaarde net hetzelfde. Er is niets bewaard; probeer opnieuw.",
    "database_url_invalid": "Het adres van de databank is niet geldig. Gebruik sqlite:///BESTAND of "
    "postgresql://GEBRUIKER@SERVER/NAAM.",
    "postgresql_driver_missing": "Voor PostgreSQL ontbreekt een onderdeel. Installeer "
    "leerid-schoolloket[postgresql].",
    "database_not_ready": "De databank is nog niet ingericht voor deze versie. Voer eerst "
    "“leerid init” uit.",
    # --- services
    "login_malformed": "Dit is geen geldige naam om aan te melden. Gebruik 3 tot 100 kleine letters en "
    "cijfers, met eventueel punten, streepjes of @.",
    "login_exists": "Er is al een beheerder met de naam {login}. Kies een andere.",
    "administrator_name_missing": "De naam van de beheerder ontbreekt.",
    "administrator_unknown": "Er is geen beheerder met de naam {login}.",
    "login_of_another_name": "Er is al iemand met de naam om aan te melden {login}, en die heet "
    "anders. Kijk de naam na, of kies een andere naam om aan te melden.",
    "colleague_known": "{login} staat al in de lijst. Pas daar de rollen aan.",
    "colleague_elsewhere": "{login} werkt ook voor een instelling die niet van jou is. Laat wie het "
    "Schoolloket beheert een nieuw wachtwoord geven.",
    "roles_missing": "Er is geen rol gekozen. Kies minstens één rol.",
    "own_password_apart": "Wijzig je eigen wachtwoord bovenaan, onder “Wachtwoord”.",
    "start_password_expired": "Dit startwachtwoord is verlopen. Vraag een nieuw aan de "
    "LeerID-databeheerder van je school.",
    "current_password_wrong": "Je huidige wachtwoord is niet juist. Probeer opnieuw.",
    "passwords_differ": "Beide nieuwe wachtwoorden zijn niet gelijk. Vul ze opnieuw in.",
    "password_not_new": "Dit is het wachtwoord dat je al hebt. Kies een ander wachtwoord.",
    "own_role_kept": "Je kunt je eigen rol LeerID-databeheerder niet afnemen. Laat een andere "
    "LeerID-databeheerder dat doen.",
    "sign_in_failed": "De gebruikersnaam of het wachtwoord is niet juist. Probeer opnieuw.",
    "sign_in_throttled": "Er waren te veel pogingen. Wacht {seconds} seconden en probeer opnieuw.",
    "pupil_sign_in_failed": "Dat klopt niet. Kijk goed op je kaartje en probeer het nog eens. Lukt het niet? Vraag je juf, meester of leerkracht om een nieuw kaartje.",
    "pupil_throttled": "Dat was te vaak na elkaar. Wacht {wait} en probeer het dan nog eens. Je juf, meester of leerkracht kan je een nieuw kaartje geven.",
    "pupil_password_expired": "Je tijdelijk wachtwoord is te oud. Vraag je school om een nieuw kaartje.",
    "pupil_inactive": "Je wachtwoord klopt, maar je LeerID werkt nu niet: je bent niet ingeschreven. Vraag het aan je school.",
    "pupil_upcoming": "Je wachtwoord klopt, maar je LeerID werkt pas vanaf {begins}.",
    "pupil_signed_out": "Je bent afgemeld. Meld je opnieuw aan.",
    "pupil_busy": "Het is nu heel druk. Wacht even en probeer het dan nog eens.",
    "basic_password_kept": "Het wachtwoord op je kaartje blijft je wachtwoord. Je school kan je een nieuw kaartje geven.",
    "basic_no_email": "Bij een basis account hoort geen e-mailadres.",
    "email_malformed": "Dit is geen e-mailadres. Kijk het na en probeer het nog eens.",
    "link_over": "Deze link werkt niet meer. Vraag een nieuwe.",
    "mail_off": "Hier kunnen geen mails verstuurd worden. Vraag je school om een nieuw kaartje.",
    "mail_failed": "De mail kon niet verstuurd worden. Probeer het later nog eens.",
    "smtp_security_unknown": "LEERID_SMTP_SECURITY moet starttls, tls of none zijn, niet “{value}”.",
    "no_served_page": "Deze pagina is niet door het Schoolloket geopend. Meld je aan en open ze daar.",
    "certificate_half": "Geef met het certificaat ook de sleutel ervan op, en omgekeerd.",
    "certificate_unusable": "Het certificaat {path} of de sleutel ervan kan niet gelezen worden, of ze "
    "horen niet bij elkaar.",
    "port_taken": "Poort {port} is bezet. Stop het andere programma of kies een poort met --port.",
    "setting_no_number": "{name} moet een getal zijn, niet “{value}”.",
    "pages_full": "Je hebt al {count} pagina's open. Sluit er een en probeer opnieuw.",
    "stamnummer_unknown": "Geen ingeschreven leerling heeft stamnummer {stamnummers}.",
    "out_exists": "{path} bestaat al. Kies een andere naam; een bestand wordt nooit overschreven.",
    "out_unwritable": "In de map van {path} kan niet geschreven worden. Kies een andere map.",
    "out_failed": "Lijst {batch} is bewaard, maar {path} kon niet geschreven worden. Druk ze nog eens af: leerid batches reprint {batch} --out ZIP",
    "key_missing": "De sleutel {path} ontbreekt. Voer “leerid init” uit voor een nieuwe databank, "
    "of zet de sleutel van deze databank terug.",
    "key_unreadable": "De sleutel {path} kan niet gelezen worden. Kijk de rechten van het bestand na.",
    "key_unwritable": "De sleutel {path} kan niet bewaard worden. Kijk de rechten van de map na.",
    "key_readable_by_others": "De sleutel {path} kan door anderen gelezen worden. Voer uit: "
    "chmod 600 {path}",
    "key_malformed": "De sleutel is beschadigd. Zet de sleutel van deze databank terug.",
    "key_of_another_database": "Deze sleutel hoort bij een andere databank. Zet de juiste terug.",
    "demo_not_empty": "In deze databank zijn er al instellingen. De demo heeft een lege nodig.",
    "school_unknown": "Er is geen instelling met nummer {school_number}. Voeg ze eerst toe.",
    "school_exists": "Er is al een instelling met nummer {number}.",
    "school_number_malformed": "“{number}” is geen instellingsnummer: dat heeft zes cijfers.",
    "school_name_missing": "De naam van de instelling ontbreekt.",
    "group_not_open": "In de groep “{group}” zijn er geen leerlingen zonder type.",
    "classes_not_shared": "Deze instelling deelt geen klasinformatie. Activeer dat eerst onder "
    "Schoolinstellingen.",
    "report_form": "{name} kan niet. Geef een bestand dat eindigt op {forms}.",
    "report_empty": "Er zijn in deze periode geen ingeschreven leerlingen, dus er is niets te melden. "
    "Kies een andere periode of lees eerst inschrijvingen in.",
    "follow_up_form": "Een opvolglijst kan als pdf of als Excelbestand, niet als CSV.",
    "follow_up_one_school": "Een opvolglijst is er voor één instelling. Kies er een.",
    "file_failed": "{path} kon niet geschreven worden. Kijk na of er plaats is en of je er mag schrijven.",
    "usage_no_school": "Er is geen instelling waarvan je de cijfers mag zien.",
    "usage_period": "De periode eindigt voor ze begint, of begint na vandaag. Kies andere datums.",
    "row_of_another_school": "Deze rij is van instelling {other} en niet van {school_number}. De rij "
    "telt niet mee.",
    "group_without_type": "Uit de groep “{group}” (aantal leerlingen: {count}) blijkt niet of het "
    "een basis of een gevorderd account wordt. Kies het type voor deze groep.",
    "pupils_without_level": "Er zijn leerlingen zonder niveau en zonder administratieve groep in het "
    "bestand (aantal: {count}). Geef het niveau van de instelling op.",
    "matched_without_stamnummer": "Het bestand heeft geen stamnummers. Herkend aan het "
    "rijksregisternummer: {identity_number}; aan naam en geboortedatum: {name}; nieuw: {nothing}.",
    "missing_from_file": "{first_name} {last_name} ({stamnummer}) staat niet meer in het bestand. De "
    "inschrijving loopt door; beëindig ze alleen als de leerling de school verliet.",
    "missing_ended": "{first_name} {last_name} ({stamnummer}) staat niet meer in het bestand. De "
    "inschrijving wordt beëindigd.",
    "missing_not_ended": "Er zijn rijen met fouten, en wie niet in het bestand staat, kan in zo'n rij "
    "staan. Daarom wordt niemand beëindigd; verbeter de fouten en laad het bestand opnieuw op.",
    "import_large": "Dit bestand beëindigt {ended} inschrijvingen, meer dan 10 %. Er is niets "
    "gewijzigd; kijk na of het bestand volledig is en bevestig dan.",
    "import_unknown": "Deze import bestaat niet.",
    "import_not_last": "Alleen de laatste import kan ongedaan gemaakt worden, en maar één keer.",
    "import_has_accounts": "Deze import kan niet ongedaan gemaakt worden: intussen kregen nieuwe leerlingen een LeerID (aantal: {count}). Maak eerst die lijst ongedaan onder Afdrukken.",
    "import_outdated": "Ondertussen is er iets gewijzigd. Er is niets bewaard; bekijk het bestand "
    "opnieuw.",
    "username_from_name": "Gemaakt van voornaam en naam.",
    "username_numbered": "{base} is van een andere leerling, dus {username}.",
    "username_typed": "Zelf gekozen.",
    "username_returned": "De leerling had deze gebruikersnaam al.",
    "username_fallback": "De naam is niet om te zetten naar letters van a tot z. Pas de "
    "gebruikersnaam aan als je een betere kent.",
    "username_confusable": "Lijkt sterk op {other} in dezelfde klas. Let op bij het uitdelen.",
    "username_taken": "De gebruikersnaam {username} bestaat al. Kies een andere.",
    "pupil_unknown": "Deze leerling is dit schooljaar niet ingeschreven in deze instelling.",
    "account_exists": "Heeft al een LeerID: {username}.",
    "account_missing": "Heeft nog geen LeerID.",
    "account_inactive": "Het LeerID is inactief: de inschrijving eindigde op {end_date}.",
    "account_unknown": "Deze leerling heeft geen LeerID in deze instelling.",
    "enrolment_over": "De inschrijving eindigde op {end_date}.",
    "type_unknown": "Uit de groep “{group}” blijkt niet of het een basis of een gevorderd account "
    "wordt. Kies eerst het type voor deze groep.",
    "password_renewed": "Krijgt een nieuw wachtwoord.",
    "account_grows": "Wordt een gevorderd account: de leerling zit nu in het secundair onderwijs.",
    "plan_empty": "Er zijn geen leerlingen om dit voor te doen.",
    "work_under_way": "Er is nog werk bezig. Wacht tot het klaar is, of stop het.",
    "names_refused": "Niet elke gebruikersnaam kan (nog {count}). Verbeter die eerst, of vink de "
    "leerling uit.",
    "plan_outdated": "Ondertussen is er iets gewijzigd aan deze leerlingen. Er is niets bewaard; "
    "begin opnieuw.",
    "batch_unknown": "Er is geen afdruklijst met nummer {batch}.",
    "batch_destroyed": "De wachtwoorden van lijst {batch} zijn gewist: na 14 dagen, na de eerste "
    "aanmelding of na een vernieuwing. Vernieuw de wachtwoorden.",
    "batch_undone": "Lijst {batch} is al ongedaan gemaakt.",
    "batch_signed_in": "Lijst {batch} kan niet meer ongedaan gemaakt worden: er hebben zich "
    "al leerlingen aangemeld (aantal: {count}).",
    "batch_followed": "Lijst {batch} kan niet ongedaan gemaakt worden: lijst {later} kwam erna. Maak "
    "die eerst ongedaan.",
    "batch_undo_too_late": "De vroegere wachtwoorden van lijst {batch} zijn al gewist. Vernieuw de "
    "wachtwoorden.",
    "sealed_unreadable": "De bewaarde wachtwoorden van lijst {batch} zijn onleesbaar. Vernieuw de "
    "wachtwoorden.",
}


def sentence(code: str, parameters: Mapping[str, object] | None = None) -> str:
    """Return the Dutch sentence for `code`, filled with `parameters`.

    Raises `KeyError` for a code or a parameter that the catalogue does not have: that is a
    mistake of ours, and a test finds it.
    """
    return MESSAGES[code].format_map(dict(parameters or {}))
