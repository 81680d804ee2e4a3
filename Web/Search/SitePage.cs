using MsaOrleans.Web.Content;

namespace MsaOrleans.Web.Search;

/// <summary>A page that is no content file, but is to be found. <c>SitePageTests</c> watches that it is where this says, under this heading.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Keywords">Words by which it is found.</param>
/// <param name="Theme">Where it stands in the help; nothing: it is none.</param>
public sealed record SitePage(string Path, string Title, string Summary, string Keywords, HelpTheme? Theme = null)
{
    public static IReadOnlyList<SitePage> All { get; } =
    [
        new("/aide/numero-securite-sociale", "Où trouver votre numéro de Sécurité Sociale",
            "Sur la carte Vitale, sous votre nom, et sur vos courriers de la MSA. Avec un dessin.", "NIR, identifiant, numéro de sécu, immatriculation, clé, ayant droit, provisoire", HelpTheme.SigningUp),
        new("/aide/numero-carte-vitale", "Où lire le numéro de série de votre carte Vitale",
            "Au recto de la carte avec photo, au verso de la carte sans photo. Avec deux dessins.", "série, verso, recto, effacé, illisible, vérification d'identité", HelpTheme.SigningUp),
        new("/aide/franceconnect", "Qu'est-ce que FranceConnect ?",
            "Se connecter à la MSA avec un compte que vous avez ailleurs, et ailleurs avec votre compte MSA.", "ameli, impôts, La Poste, France Connect, identité", HelpTheme.SigningIn),
        new("/complement-inscription/mode-d-emploi", "Mode d'emploi du complément d'inscription",
            "Accéder aux services de la MSA d'un autre département : la demande, le code confidentiel, l'activation.", "autre caisse, changement de département, déménagement", HelpTheme.Services),
        new("/aide/assistance-internet", "Assistance Internet",
            "Une personne de la MSA vous aide à utiliser le site, du lundi au vendredi.", "téléphone, numéro, appeler, contact, hotline, joindre, courriel, horaires, conseiller", HelpTheme.Safety),
        new("/aide", "Aide", "Tous les articles d'aide, par thème.", "questions fréquentes, FAQ, mode d'emploi"),
        new("/actualites", "Actualités", "Ce qui est nouveau à la MSA et sur ce site.", "nouvelles, infos, informations"),
        new("/verification", "Vérifier une attestation", "Savoir si une attestation de la MSA est authentique, par le code qu'elle porte.", "authentique, vrai, faux, QR, contrôle, certificat"),
        new("/changer-de-region", "Changer de région", "Les 35 caisses de la MSA et leurs départements.", "caisse, département, région, déménagement, adresse"),
        new("/connexion", "Se connecter à Mon espace privé", "Avec votre numéro de Sécurité Sociale et votre mot de passe.", "connexion, login, identifiant, entrer, accéder, ouvrir"),
        new("/inscription/profil", "Vous êtes...", "S'inscrire : créer son espace privé en une dizaine de minutes.", "inscription, s'inscrire, créer un compte, ouvrir un compte, nouveau"),
        new("/mot-de-passe/oublie", "Mot de passe oublié", "Recevoir un mot de passe provisoire à l'adresse email de votre compte.", "mdp, perdu, réinitialiser, code secret"),
        new("/accessibilite", "Déclaration d'accessibilité", "Où en est l'accessibilité du site, et à qui signaler une difficulté.", "RGAA, handicap, malvoyant, lecteur d'écran"),
        new("/donnees-personnelles", "Données personnelles", "Ce que le site sait de vous, pourquoi, combien de temps, et vos droits.", "RGPD, CNIL, cookies, vie privée, confidentialité, droit d'accès"),
        new("/conditions-generales", "Conditions générales d'utilisation", "Les règles de Mon espace privé, acceptées à l'inscription.", "CGU, règlement"),
        new("/mentions-legales", "Mentions légales", "Qui édite et qui héberge ce site.", "éditeur, hébergeur, responsable, adresse"),
    ];
}
