"""The words of the basis wachtwoord: short ones that a first-reader can read."""

from __future__ import annotations

_TEXT = """
    bak bal ban bed bel bes bib bof bol bon bos bot box buk bus
    dag dak dal dam das dat dek den dip dit dof dok dop dor dot dun dus dut
    fan fel fit fop fut
    gaf gel gis gom gul gum
    had hak hal hap heb hef heg hek hem hen hes het hik hip hok hop hup hut
    jak jam jas jol
    kam kap kar kat kef kin kip kit kom kop kot
    lab lag lak lam lap las lat lef leg lek les let lig lip log lok lol los lus
    mak mam man map mat mik min mis mix mok mol mop mor mos mot mug mus
    nam nap nat nek nep net nis nog nok nop
    pad pak pal pan pap pas pek pel pen per pit pof pop por puk pup
    rad ram red rek rem ren rib rif ril rit rok rol rug rul
    sap set sip sis sol som sop
    tab tak tal tam tas tel ten tik til tin tip tof tok tol tor tot tuf tuk
    vak val van vat vel ven ver vis vol vos vul
    wad wak wal was wat web wed weg wek wel wen wet wig win wis wit wok wol won
    zag zal zap zeg zes zet zin zit zon zul zus
"""

WORDS: tuple[str, ...] = tuple(_TEXT.split())
"""Dutch words of one consonant, one vowel and one consonant, pronounced as they are written.

Vetted by hand (DOMAIN.md, Passwords). Kept out are c, q and y; common first names; parts of the
body that are laughed at; insults; drugs, alcohol, weapons, violence and religion; words that are
any of these in French, English or Turkish ("bok", "pet", "nip", "kus"); and the short names of
months, which a spreadsheet would make a date of.
"""
