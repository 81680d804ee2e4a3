namespace MsaOrleans.Silo.Registry;

/// <summary>What synthetic people are called, where they live and what they are paid for.</summary>
internal static class SyntheticFrance
{
    public static readonly string[] FamilyNames =
    [
        "MARTIN", "BERNARD", "THOMAS", "PETIT", "ROBERT", "RICHARD", "DURAND", "DUBOIS", "MOREAU", "LAURENT", "SIMON", "MICHEL", "LEFÈVRE", "LEROY", "ROUX", "DAVID",
        "BERTRAND", "MOREL", "FOURNIER", "GIRARD", "BONNET", "DUPONT", "LAMBERT", "FONTAINE", "ROUSSEAU", "VINCENT", "MÜLLER", "FAURE", "ANDRÉ", "MERCIER", "BLANC", "GUÉRIN",
        "BOYER", "GARNIER", "CHEVALIER", "FRANÇOIS", "LEGRAND", "GAUTHIER", "GARCIA", "PERRIN", "ROBIN", "CLÉMENT", "MORIN", "NICOLAS", "HENRY", "ROUSSEL", "MATHIEU", "GAUTIER",
        "MASSON", "MARCHAND", "DUVAL", "DENIS", "DUMONT", "MARIE", "LEMAIRE", "NOËL", "MEYER", "DUFOUR", "MEUNIER", "BRUN", "BLANCHARD", "GIRAUD", "JOLY", "RIVIÈRE",
        "LUCAS", "BRUNET", "GAILLARD", "BARBIER", "ARNAUD", "MARTÍNEZ", "GÉRARD", "ROCHE", "RENARD", "SCHMITT", "ROY", "LEROUX", "COLIN", "VIDAL", "CARON", "PICARD",
        "ROGER", "FABRE", "AUBERT", "LEMOINE", "RENAUD", "DUMAS", "LACROIX", "OLIVIER", "PHILIPPE", "BOURGEOIS", "PIERRE", "BENOÎT", "REY", "LECLERC", "PAYET", "ROLLAND",
        "LECLERCQ", "GUILLAUME", "LECOMTE", "LÓPEZ", "JEAN", "DUPUY", "GUILLOT", "HUBERT", "BERGER", "CARPENTIER", "SÁNCHEZ", "DUPUIS", "MOULIN", "LOUIS", "DESCHAMPS", "HUET",
        "VASSEUR", "PEREZ", "BOUCHER", "FLEURY", "ROYER", "KLEIN", "JACQUET", "ADAM", "PARIS", "POIRIER", "MARTY", "AUBRY", "GUYOT", "CARRÉ", "CHARLES", "RENAULT",
        "LE GALL", "LE GOFF", "LE ROUX", "LE BIHAN", "LE CORRE", "DE OLIVEIRA", "DA SILVA", "DOS SANTOS", "DE LA FONTAINE", "DU BOIS", "EL AMRANI", "BEN YOUSSEF", "VAN DEN BERGHE", "O'CONNOR", "O'BRIEN", "D'AMICO",
        "D'HERBÈS", "L'HOSTIS", "L'HERMITTE", "N'DIAYE", "N'GUYEN", "SAINT-MARTIN", "SAINT-ANDRÉ", "PETIT-JEAN", "GRAND-CLÉMENT", "BEAU-SOLEIL", "KOWALSKI", "NOWAK", "WEISS", "SCHNEIDER", "ZIMMERMANN", "OBERLÉ",
        "SANTONI", "CASANOVA", "PIETRI", "AGOSTINI", "ETCHEVERRY", "IRIGOYEN", "ETXEBERRIA", "HOARAU", "GRONDIN", "FÉLICITÉ", "TRAORÉ", "DIALLO", "BENSAÏD", "HADDAD", "CISSÉ", "NGUYEN", "TRAN", "ÇELIK", "YILMAZ", "FERREIRA",
    ];

    public static readonly string[] MaleNames =
    [
        "JEAN", "PIERRE", "MICHEL", "ANDRÉ", "PHILIPPE", "RENÉ", "LOUIS", "ALAIN", "JACQUES", "BERNARD", "MARCEL", "DANIEL", "ROGER", "ROBERT", "PAUL", "CLAUDE",
        "HENRI", "CHRISTIAN", "NICOLAS", "GEORGES", "PATRICK", "CHRISTOPHE", "FRANÇOIS", "LAURENT", "FRÉDÉRIC", "STÉPHANE", "ÉRIC", "DAVID", "SÉBASTIEN", "GÉRARD", "JULIEN", "PASCAL",
        "OLIVIER", "MAXIME", "GUY", "THIERRY", "THOMAS", "ALEXANDRE", "ROMAIN", "KÉVIN", "ANTOINE", "LUCAS", "HUGO", "THÉO", "LÉO", "NOËL", "LOÏC", "MAËL",
        "RAPHAËL", "JOËL", "MICKAËL", "FRANÇOIS-XAVIER", "JEAN-PIERRE", "JEAN-CLAUDE", "JEAN-MARIE", "JEAN-BAPTISTE", "PIERRE-YVES", "MARC-ANTOINE", "ANGE", "SÉAN", "FRITZ", "JOSÉ", "JOÃO", "MEHDI",
    ];

    public static readonly string[] FemaleNames =
    [
        "MARIE", "JEANNE", "FRANÇOISE", "MONIQUE", "CATHERINE", "NATHALIE", "ISABELLE", "SYLVIE", "SUZANNE", "MARGUERITE", "JACQUELINE", "ANNE", "MARTINE", "MADELEINE", "NICOLE", "HÉLÈNE",
        "CHRISTINE", "LOUISE", "DENISE", "CHRISTIANE", "CÉLINE", "VALÉRIE", "SOPHIE", "SANDRINE", "AURÉLIE", "STÉPHANIE", "ÉLODIE", "ÉMILIE", "CÉCILE", "VÉRONIQUE", "PATRICIA", "BRIGITTE",
        "GENEVIÈVE", "THÉRÈSE", "ANDRÉE", "RENÉE", "ODETTE", "CHLOÉ", "LÉA", "ZOÉ", "INÈS", "MANON", "CAMILLE", "ANAÏS", "MAËLLE", "LOÏS", "GAËLLE", "JOËLLE",
        "NOÉMIE", "ÉLÉONORE", "MARIE-ÈVE", "MARIE-CLAUDE", "ANNE-SOPHIE", "MARIE-THÉRÈSE", "MARIE-JOSÉ", "ROSE-MARIE", "MARIA DA CONCEIÇÃO", "FATIMA", "AÏCHA", "SOLÈNE", "ÉLISE", "BÉATRICE", "AGNÈS", "FRANCE",
    ];

    public static readonly string[] Streets =
    [
        "RUE DE L'ÉGLISE", "GRANDE RUE", "RUE DU MOULIN", "PLACE DE LA MAIRIE", "RUE DU CHÂTEAU", "RUE DES ÉCOLES", "ROUTE DE LA GARE", "CHEMIN DES VIGNES", "RUE PASTEUR", "RUE VICTOR HUGO",
        "AVENUE DU GÉNÉRAL DE GAULLE", "RUE DU 8 MAI 1945", "IMPASSE DES LILAS", "RUE DE LA FONTAINE", "CHEMIN DU LAVOIR", "RUE DES PRÉS", "ALLÉE DES TILLEULS", "QUAI DES BATELIERS", "RUE D'ALSACE", "ROUTE DE L'ÉTANG",
        "LIEU-DIT LE BOURG", "FERME DE LA HAIE", "RUE SAINT-MARTIN", "RUE DU PUITS", "CHEMIN DE L'AIRE", "PLACE DU MARCHÉ", "RUE JEAN JAURÈS", "MONTÉE DU CALVAIRE", "BOULEVARD DE LA RÉPUBLIQUE", "RUE DE LA FORÊT",
    ];

    /// <summary>A town in each department: department, postal code, name.</summary>
    public static readonly (string Department, string PostalCode, string City)[] Towns =
    [
        ("01", "01000", "BOURG-EN-BRESSE"), ("02", "02000", "LAON"), ("03", "03000", "MOULINS"), ("04", "04000", "DIGNE-LES-BAINS"), ("05", "05000", "GAP"), ("06", "06000", "NICE"),
        ("07", "07000", "PRIVAS"), ("08", "08000", "CHARLEVILLE-MÉZIÈRES"), ("09", "09000", "FOIX"), ("10", "10000", "TROYES"), ("11", "11000", "CARCASSONNE"), ("12", "12000", "RODEZ"),
        ("13", "13200", "ARLES"), ("14", "14000", "CAEN"), ("15", "15000", "AURILLAC"), ("16", "16000", "ANGOULÊME"), ("17", "17000", "LA ROCHELLE"), ("18", "18000", "BOURGES"),
        ("19", "19000", "TULLE"), ("2A", "20000", "AJACCIO"), ("2B", "20200", "BASTIA"), ("21", "21000", "DIJON"), ("22", "22000", "SAINT-BRIEUC"), ("23", "23000", "GUÉRET"),
        ("24", "24000", "PÉRIGUEUX"), ("25", "25000", "BESANÇON"), ("26", "26000", "VALENCE"), ("27", "27000", "ÉVREUX"), ("28", "28000", "CHARTRES"), ("29", "29000", "QUIMPER"),
        ("30", "30000", "NÎMES"), ("31", "31000", "TOULOUSE"), ("32", "32000", "AUCH"), ("33", "33000", "BORDEAUX"), ("34", "34000", "MONTPELLIER"), ("35", "35000", "RENNES"),
        ("36", "36000", "CHÂTEAUROUX"), ("37", "37000", "TOURS"), ("38", "38000", "GRENOBLE"), ("39", "39000", "LONS-LE-SAUNIER"), ("40", "40000", "MONT-DE-MARSAN"), ("41", "41000", "BLOIS"),
        ("42", "42000", "SAINT-ÉTIENNE"), ("43", "43000", "LE PUY-EN-VELAY"), ("44", "44000", "NANTES"), ("45", "45000", "ORLÉANS"), ("46", "46000", "CAHORS"), ("47", "47000", "AGEN"),
        ("48", "48000", "MENDE"), ("49", "49000", "ANGERS"), ("50", "50000", "SAINT-LÔ"), ("51", "51000", "CHÂLONS-EN-CHAMPAGNE"), ("52", "52000", "CHAUMONT"), ("53", "53000", "LAVAL"),
        ("54", "54000", "NANCY"), ("55", "55000", "BAR-LE-DUC"), ("56", "56000", "VANNES"), ("57", "57000", "METZ"), ("58", "58000", "NEVERS"), ("59", "59000", "LILLE"),
        ("60", "60000", "BEAUVAIS"), ("61", "61000", "ALENÇON"), ("62", "62000", "ARRAS"), ("63", "63000", "CLERMONT-FERRAND"), ("64", "64000", "PAU"), ("65", "65000", "TARBES"),
        ("66", "66000", "PERPIGNAN"), ("67", "67600", "SÉLESTAT"), ("68", "68000", "COLMAR"), ("69", "69400", "VILLEFRANCHE-SUR-SAÔNE"), ("70", "70000", "VESOUL"), ("71", "71000", "MÂCON"),
        ("72", "72000", "LE MANS"), ("73", "73000", "CHAMBÉRY"), ("74", "74000", "ANNECY"), ("75", "75012", "PARIS"), ("76", "76000", "ROUEN"), ("77", "77000", "MELUN"),
        ("78", "78000", "VERSAILLES"), ("79", "79000", "NIORT"), ("80", "80000", "AMIENS"), ("81", "81000", "ALBI"), ("82", "82000", "MONTAUBAN"), ("83", "83000", "TOULON"),
        ("84", "84000", "AVIGNON"), ("85", "85000", "LA ROCHE-SUR-YON"), ("86", "86000", "POITIERS"), ("87", "87000", "LIMOGES"), ("88", "88000", "ÉPINAL"), ("89", "89000", "AUXERRE"),
        ("90", "90000", "BELFORT"), ("91", "91000", "ÉVRY-COURCOURONNES"), ("92", "92000", "NANTERRE"), ("93", "93000", "BOBIGNY"), ("94", "94000", "CRÉTEIL"), ("95", "95000", "CERGY"),
    ];

    /// <summary>Overseas departments, by the three digits they take in a NIR.</summary>
    public static readonly string[] Overseas = ["971", "972", "973", "974", "976"];

    /// <summary>Countries of birth, by their INSEE code.</summary>
    public static readonly string[] Countries =
        ["99109", "99122", "99127", "99131", "99132", "99134", "99139", "99140", "99208", "99243", "99326", "99335", "99341", "99350", "99351", "99352"];

    /// <summary>Kinds of payment with the cents of the smallest and the largest.</summary>
    public static readonly (string Kind, int Least, int Most)[] Benefits =
    [
        ("Santé", 200, 12_500), ("Indemnités journalières", 12_000, 98_000), ("Allocations familiales", 14_199, 62_000), ("Prime d'activité", 1_500, 55_000),
        ("Aide au logement", 3_500, 41_000), ("Rentrée scolaire", 39_800, 45_500),
    ];

    public static readonly (string Kind, int Least, int Most) Pension = ("Retraite", 18_000, 165_000);
}
