"""The passwords that are tried first, so that no pupil may choose them."""

from __future__ import annotations

from collections.abc import Mapping

# In Dutch, French, English and Turkish: walks over the keyboard, what a password is called, what
# pupils like, their towns and clubs, the calendar, and the school itself.
_WORDS_TEXT = """
    a aa aaa aaaa aaaaaaaa abc abcabc abcabcabc abcd abcde abcdef abcdefg abcdefgh abcdefghi
    asdf asdfgh asdfghjk asdfghjkl aze azer azert azerty azertyazerty azertyui azertyuiop
    qazwsx qazwsxedc qsdf qsdfghjk qsdfghjklm qwe qwer qwert qwerty qwertyqwerty qwertyui
    qwertyuiop wxcvbn zxcvbn zxcvbnm xxxxxxxx zzzzzzzz
    1234azer 1234qwer 123aze 123azerty 123qwe 123qweasd 1a2z3e4r 1a2z3e4r5t 1q2w3e4r 1q2w3e4r5t
    1qaz2wsx a1z2e3r4 a1z2e3r4t5 q1w2e3r4 q1w2e3r4t5 zaq12wsx
    changeme geheim geheimpje heelgeheim hetwachtwoord letmein mijnpaswoord mijnwachtwoord
    motdepasse nieuwwachtwoord p@ssw0rd p@ssword pa$$word pass passw0rd passe passwd passwoord
    password pasword paswoord paswoordje secret sesam sesamopenu sifre supergeheim toegang trustno
    w@chtwoord wachtw00rd wachtwoord wachtwoordje welk0m welkom welkomwelkom
    aanmelden admin administrator beheer beheerder computer examen gast gebruiker klas laptop
    leerid leerkracht leerling login onderwijs school schoolloket schooltje student test tester
    banaan batman chocolade chocolat chocolate cookie cookies dinosaurus dolfijn dragon eenhoorn
    elsa facebook familie fortnite friet frieten frietjes frozen giraf google harrypotter hondje
    instagram kaas katje katten kerstmis kikker knuffel koekje koekjes konijn konijntje liefde
    loulou doudou michael minecraft monkey ninja nintendo olifant paard paarden paardje panda
    pikachu pinguin playstation poes poesje pokemon prinses princess princesse regenboog roblox
    samsung shadow snoopy spiderman starwars sterretje superman superstar taylorswift tijger
    tiktok unicorn vlinder vriend vrienden vriendje whatsapp youtube zeemeermin zonnebloem zonnetje
    bonjour hallo hallohallo hello ikhouvanjou iloveyou jetaime lovely mama mamaenpapa mamapapa
    merhaba oma opa papa seniseviyorum whatever
    anderlecht antwerpen barcelona belgie belgique belgium brugge brussel brussels bruxelles
    amsterdam genk gent hasselt istanbul kortrijk leuven london mechelen oostende paris turkiye
    vlaanderen
    ajax arsenal baseball basketbal besiktas chelsea clubbrugge fenerbahce feyenoord football
    galatasaray hockey jordan liverpool manchester messi neymar ronaldo soccer tennis voetbal
    zwemmen mercedes mustang ferrari
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei
    juni juli augustus september oktober november december lente zomer herfst winter summer
    automne hiver printemps zomervakantie vakantie sunshine soleil
"""

_NUMBERS_TEXT = """
    00000000 01234567 012345678 0123456789 11111111 111111111 1111111111 11112222 11223344
    1122334455 12121212 123123123 12341234 1234512345 12344321 12345678 123456789 1234567890
    12345678910 123454321 123456123 123456654321 123321123 13131313 14141414 147258369 159753159
    20002000 20102010 20122012 22222222 23232323 33333333 44444444 55555555 66666666 69696969
    77777777 87654321 88888888 951753951 98765432 987654321 9876543210 99999999 999999999
"""

_WORDS = frozenset(_WORDS_TEXT.split())
_NUMBERS = frozenset(_NUMBERS_TEXT.split())
_TAIL = "0123456789!?.,*#@$%&+-_ "


COMMON_PASSWORDS: Mapping[str, object] = {
    "words": sorted(_WORDS),
    "numbers": sorted(_NUMBERS),
    "tail": _TAIL,
}
"""What `is_common_password` goes by, for a page that checks while somebody types."""


def is_common_password(password: str) -> bool:
    """Say whether `password` is among the commonest, in whatever case.

    Digits and signs behind a common word make it no rarer: "Welkom2024!" counts as well
    (DOMAIN.md, Passwords).
    """
    lowered = password.casefold()
    return lowered in _NUMBERS or not _WORDS.isdisjoint((lowered, lowered.rstrip(_TAIL)))
