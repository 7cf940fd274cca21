"""Names as they meet in a school in Brussels, written down by hand by origin; none is a person."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from leerid_core.rules.enrolments import Sex


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


@dataclass(frozen=True, slots=True)
class Origin:
    """First names and family names that go together, and how often they occur in a hundred."""

    share: int
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    families: tuple[str, ...]


ORIGINS = (
    Origin(  # Dutch
        24,
        _listed(
            "Arthur, Bavo, Bram, Casper, Daan, Dries, Emiel, Ferre, Gust, Jef, Joren, Kobe, Lars, "
            "Lowie, Mathis, Mauro, Milan, Niels, Pepijn, Robbe, Seppe, Siebe, Stan, Thijs, Tuur, "
            "Victor, Viktor, Warre, Wout, Xander"
        ),
        _listed(
            "Amber, Anke, Axelle, Britt, Elke, Fien, Fleur, Hanne, Jana, Jolien, Julie, Kaat, "
            "Laure, Lieselot, Linde, Lotte, Marie, Merel, Mirte, Nina, Noor, Oona, Paulien, Renée, "
            "Roos, Saartje, Tess, Tine, Yana, Zoë"
        ),
        _listed(
            "Aerts, Baeten, Beeckman, Bogaerts, Ceulemans, Claes, Coppens, De Backer, De Clercq, "
            "De Cock, De Graeve, De Smedt, De Vleeschauwer, Dhondt, Goossens, Hendrickx, Jacobs, "
            "Janssens, Lauwers, Maes, Mertens, Nijs, Peeters, Segers, Smets, Timmermans, "
            "Van Acker, Van Damme, Van de Velde, Van den Berghe, Van der Auwera, Vandenbroucke, "
            "Vanderstraeten, Verhaeghe, Vermeulen, Willems, Wouters, Wuyts"
        ),
    ),
    Origin(  # Maghreb and Arabic
        26,
        _listed(
            "Adam, Amine, Anas, Ayman, Ayoub, Bilal, Hamza, Ibrahim, Idriss, Ilyas, Imad, Ismaël, "
            "Khalid, Marouane, Mohamed, Mohammed, Munir, Nassim, Omar, Othmane, Rayan, Reda, "
            "Saad, Sami, Soufiane, Tarik, Walid, Yassine, Younes, Zakaria"
        ),
        _listed(
            "Aicha, Amal, Amina, Assia, Aya, Chaïma, Dounia, Fatima-Zahra, Hafsa, Hajar, Hiba, "
            "Ikram, Imane, Inès, Jihane, Khadija, Lina, Loubna, Malak, Maryam, Nada, Nour, "
            "Oumaima, Rania, Salma, Sara, Siham, Soukaina, Yasmine, Zineb"
        ),
        _listed(
            "Abdelkader, Achahbar, Ait Ouali, Amrani, Azzouzi, Belkacem, Ben Haddou, Ben Saïd, "
            "Bensaddik, Bouazza, Bouchaïb, Boulahfa, Chafik, Cherkaoui, El Amrani, El Asri, "
            "El Bakkali, El Hadri, El Idrissi, El Khattabi, El Mansouri, El Yousfi, Fassi, "
            "Guermaz, Haddad, Hammouchi, Jabri, Khalfaoui, Lahlou, Mansour, Mernissi, Ouali, "
            "Oulad Ali, Rahmani, Saïdi, Talbi, Tazi, Zerouali"
        ),
    ),
    Origin(  # French
        14,
        _listed(
            "Antoine, Auguste, Clément, Damien, Émile, Étienne, François, Gaël, Gaspard, Hugo, "
            "Jean-Luc, Jérôme, Jules, Léon, Loïc, Louis, Maël, Mathéo, Noé, Raphaël, Rémi, Théo"
        ),
        _listed(
            "Adèle, Agathe, Aurélie, Camille, Céleste, Chloé, Clémence, Éléonore, Élise, Héloïse, "
            "Jeanne, Léa, Léonie, Louane, Maëlle, Manon, Marie-Hélène, Margaux, Océane, Zélie"
        ),
        _listed(
            "Bernier, Charlier, Collignon, Dardenne, Delacroix, Delvaux, Denis, Dubois, Duchêne, "
            "Dupont, Étienne, Fontaine, François, Gérard, Grégoire, Lambert, Leclercq, Lefèvre, "
            "Legrand, Lejeune, Marchal, Masson, Mathieu, Noël, Poncelet, Renard, Simon, Thiry"
        ),
    ),
    Origin(  # Turkish
        10,
        _listed(
            "Ahmet, Alperen, Baran, Batuhan, Berk, Çağan, Doğukan, Emirhan, Enes, Eymen, Furkan, "
            "Görkem, Hüseyin, İsmail, Kerem, Mert, Ömer, Uğur, Yiğit, Yunus"
        ),
        _listed(
            "Ayşe, Azra, Büşra, Ceylin, Defne, Ebrar, Elif, Esra, Gülşah, Hatice, Hira, İrem, "
            "Melisa, Nisanur, Özge, Rüya, Şeyma, Tuğba, Zehra, Zeynep"
        ),
        _listed(
            "Açıkgöz, Akbaş, Aydın, Bayraktar, Bulut, Çelik, Çetin, Demirtaş, Doğan, Erdoğan, "
            "Güneş, Işık, Kaplan, Karadağ, Kılıç, Kurt, Öztürk, Polat, Şahin, Şimşek, Tekin, "
            "Türkmen, Uçar, Ünal, Yıldırım, Yılmaz"
        ),
    ),
    Origin(  # Romanian
        6,
        _listed(
            "Alexandru, Andrei, Bogdan, Cătălin, Cosmin, Dragoș, Florin, Ionuț, Mihai, Răzvan, "
            "Sebastian, Ștefan, Vlad"
        ),
        _listed(
            "Alexia, Anca, Bianca, Cristina, Daria, Denisa, Ioana, Larisa, Mădălina, Raluca, "
            "Ruxandra, Sorina, Teodora"
        ),
        _listed(
            "Bălan, Ciobanu, Constantinescu, Dumitrașcu, Enache, Georgescu, Ionescu, Lupu, "
            "Mărginean, Munteanu, Niță, Oprea, Popescu, Rădulescu, Șerban, Stănescu, Țurcanu, Ursu"
        ),
    ),
    Origin(  # Polish
        5,
        _listed(
            "Bartosz, Błażej, Dawid, Grzegorz, Jakub, Kacper, Łukasz, Michał, Paweł, Szymon, "
            "Tomasz, Wojciech"
        ),
        _listed(
            "Agnieszka, Alicja, Gabriela, Hanna, Kinga, Magdalena, Małgorzata, Oliwia, Wiktoria, "
            "Zofia, Zuzanna, Żaneta"
        ),
        _listed(
            "Błaszczyk, Dąbrowska-Nowak, Gołębiewski, Jabłoński, Kamiński, Kozłowski, Krawczyk, "
            "Łuczak, Mazurek, Nowak, Piątek, Sikora, Szczepański, Wiśniewski, Wójcik, Zając, Żak"
        ),
    ),
    Origin(  # Central and West Africa, English
        8,
        _listed(
            "Caleb, Christ, Daniel, Emmanuel, Ethan, Exaucé, Gloire, Jayden, Kofi, Mamadou, "
            "Nathan, Prince, Samuel, Trésor"
        ),
        _listed(
            "Abigail, Aminata, Blessing, Divine, Esther, Fatoumata, Grâce, Hope, Jemima, Kadiatou, "
            "Merveille, Naomi, Plamedi, Ruth"
        ),
        _listed(
            "Adeyemi, Bah, Balde, Barry, Boateng, Diallo, Ilunga, Kabongo, Kalala, Kasongo, "
            "Mbuyi, Mensah, Mukendi, Ngoy, Nkosi, Okafor, Osei, Owusu, Sow, Tshibangu"
        ),
    ),
    Origin(  # Iberian, Italian, Balkan, Asian
        7,
        _listed(
            "Aleksandar, Alessandro, Arjan, Deniz, Diogo, Gonçalo, João, Liridon, Luka, Matteo, "
            "Minh, Nikola, Rohan, Santiago, Tenzin"
        ),
        _listed(
            "Ajla, Beatriz, Catarina, Chiara, Giulia, Inês, Jelena, Linh, Lucía, Mei, Priya, "
            "Sofía, Tenzing, Valentina, Xhesika"
        ),
        _listed(
            "Berisha, Conceição, da Silva, dos Santos, Esposito, Ferreira, Gashi, González, "
            "Gurung, Hoxha, Jovanović, Krasniqi, Marković, Muñoz, Nguyen, Núñez, Patel, Pereira, "
            "Petrović, Rossi, Singh, Tran, Zhang, Đorđević"
        ),
    ),
)

# The names that systems stumble over: both apostrophes, particles, letters without a plain twin,
# the longest and the shortest; and namesakes, among them two who become so without their accents.
HARD_NAMES = (
    ("Élise", "D'Hondt", Sex.FEMALE),
    ("Elise", "D’Hondt", Sex.FEMALE),
    ("Wout", "'t Kindt", Sex.MALE),
    ("Marie-Hélène", "Van den Broeck", Sex.FEMALE),
    ("İlayda", "Yıldız", Sex.FEMALE),
    ("Işıl", "Şahin-Çağlar", Sex.FEMALE),
    ("Łukasz", "Żółtowski", Sex.MALE),
    ("Đorđe", "Đurić", Sex.MALE),
    ("Ștefania", "Țîrlea", Sex.FEMALE),
    ("Zoë", "Bjørk-Ångström", Sex.FEMALE),
    ("Jean-Baptiste Emmanuel Zorg", "van den Heuvel-Vandenbroucke de la Tour", Sex.MALE),
    ("Phương", "O", Sex.FEMALE),
    ("Mohamed", "El Amrani", Sex.MALE),
    ("Mohamed", "El Amrani", Sex.MALE),
    ("Mohamed", "El-Amrani", Sex.MALE),
    ("Jean", "De Cock", Sex.MALE),
    ("Jean", "De Cock", Sex.MALE),
    ("Ève", "Renard", Sex.OTHER),
)


def draw_name(random: Random) -> tuple[str, str, Sex]:
    """Draw a first name, a family name and a sex; one in eight families has two origins."""
    shares = [origin.share for origin in ORIGINS]
    origin, other = random.choices(ORIGINS, shares, k=2)
    sex = random.choice((Sex.MALE, Sex.FEMALE))
    first_names = origin.boys if sex is Sex.MALE else origin.girls
    families = other.families if random.random() < 1 / 8 else origin.families
    return random.choice(first_names), random.choice(families), sex
