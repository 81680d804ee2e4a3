namespace MsaOrleans.Web.Visitors;

/// <summary>One of those to whom the MSA speaks, and its page: <c>/exploitant</c>.</summary>
/// <param name="Slug">Its address.</param>
/// <param name="Name">As the header calls it.</param>
/// <param name="Heading">As its page greets it.</param>
/// <param name="Lead">Who is meant, and what this site is to them.</param>
/// <param name="Ways">What they can do here.</param>
/// <param name="Ask">What to ask the caisse for, and what to have at hand; nothing when the ways say it.</param>
public sealed record Profile(string Slug, string Name, string Heading, string Lead, IReadOnlyList<ProfileWay> Ways, string? Ask = null)
{
    private static readonly ProfileWay forHimself = new(
        "Ouvrir votre espace privé, pour vous-même", "/inscription",
        "Vous êtes aussi assuré de la MSA pour votre santé, votre famille ou votre retraite : Mon espace privé s’ouvre en ligne, avec le profil « Particulier ».");

    private static readonly ProfileWay help = new(
        "Vous faire aider par l’Assistance Internet", "/aide/assistance-internet", "Une personne vous guide au téléphone et vous dit quel formulaire demander.");

    /// <summary>In the order of the header.</summary>
    public static IReadOnlyList<Profile> All { get; } =
    [
        new(
            "particulier", "Particulier", "Vous êtes un particulier",
            "Salarié, retraité, collaborateur, ayant droit, demandeur d’emploi ou sans emploi : ce site est fait pour vous.",
            [
                new("Ouvrir votre espace privé", "/inscription", "Sans papier, en une dizaine de minutes, avec votre numéro de Sécurité Sociale et votre carte Vitale, ou le montant d’un paiement de la MSA."),
                new("Vous connecter à Mon espace privé", "/connexion", "Ce que la MSA vous a versé, les départements où elle vous connaît, vos coordonnées et vos messages."),
                new("Retrouver votre mot de passe", "/mot-de-passe/oublie", "Un mot de passe provisoire vous est envoyé à l’adresse email de votre compte."),
                new("Trouver votre numéro de Sécurité Sociale", "/aide/numero-securite-sociale", "C’est votre identifiant ; il figure sur votre carte Vitale."),
            ]),
        new(
            "exploitant", "Exploitant", "Vous êtes exploitant agricole",
            "L’espace professionnel des exploitants ne s’ouvre pas encore en ligne sur ce site : c’est votre caisse qui vous inscrit.",
            [
                new("S’inscrire comme exploitant agricole", "/inscription/profil/farmer", "Ce que la caisse vous demandera, et comment recevoir le formulaire."),
                new("S’inscrire comme cotisant de solidarité", "/inscription/profil/solidarity", "Auprès de la caisse du département où sont vos terres."),
                forHimself,
                help,
            ],
            "Demandez le formulaire d’inscription des exploitants. Ayez sous la main le numéro SIRET de votre exploitation et votre numéro de Sécurité Sociale."),
        new(
            "employeur", "Employeur", "Vous êtes employeur",
            "L’inscription des entreprises et des particuliers qui emploient se fait auprès de la caisse, pas encore sur ce site.",
            [
                new("S’inscrire comme entreprise", "/inscription/profil/company", "Par une personne habilitée à la représenter, auprès de la caisse du siège."),
                new("S’inscrire comme employeur de jardinier", "/inscription/profil/garden-employer", "Si vous employez en tant que particulier."),
                forHimself,
                help,
            ],
            "Demandez le formulaire d’inscription des employeurs. Ayez sous la main votre numéro SIRET ou d’employeur : il figure sur vos appels de cotisations."),
        new(
            "partenaire", "Partenaire", "Vous êtes partenaire de la MSA",
            "Tiers déclarant, professionnel de santé, association, collectivité, tuteur ou curateur : c’est votre caisse qui ouvre votre accès.",
            [
                new("Demander un accès", "/inscription/profil/other", "Comment le demander, et ce qu’il faut dire pour être bien orienté."),
                new("Voir les caisses et leurs départements", "/changer-de-region", "Celle des personnes ou des entreprises que vous suivez est celle de leur département."),
                help,
            ],
            "Dites pour qui, ou pour quoi, vous avez besoin d’un accès : on vous indiquera le formulaire et les pièces à joindre."),
        new(
            "elu-msa", "Élu MSA", "Vous êtes élu de la MSA",
            "Les délégués élus font le lien entre les adhérents et leur caisse. Ce site n’a pas d’espace qui leur soit réservé.",
            [
                new("Demander un accès d’élu", "/inscription/profil/other", "Il est ouvert par votre caisse, pas en ligne."),
                forHimself,
                help,
            ],
            "Demandez le service chargé de la vie institutionnelle, en donnant votre nom et votre canton."),
        new(
            "votre-msa", "Votre MSA", "Votre MSA",
            "La Mutualité sociale agricole est le régime de protection sociale des exploitants, des salariés agricoles et de leurs familles : santé, famille, retraite, accidents du travail. "
            + "Trente-cinq caisses la représentent, chacune dans ses départements.",
            [
                new("Changer de région", "/changer-de-region", "Les 35 caisses, par département."),
                new("Vous faire aider par l’Assistance Internet", "/aide/assistance-internet", "Ce qu’elle fait pour vous, et ce qu’elle ne fait pas."),
                new("Savoir ce que deviennent vos données", "/donnees-personnelles", "Ce que ce site garde de vous, pourquoi, et vos droits."),
                new("Lire la déclaration d’accessibilité", "/accessibilite", "Et nous dire ce qui vous empêche de lire une page."),
            ]),
    ];

    /// <summary>The profile with this address, or nothing.</summary>
    public static Profile? Find(string? slug) => All.FirstOrDefault(profile => profile.Slug.Equals(slug, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One thing to do here.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Address">Where.</param>
/// <param name="Text">What to expect of it.</param>
public sealed record ProfileWay(string Title, string Address, string Text);

/// <summary>Lets an address through to the page of profiles if it is one of theirs.</summary>
public sealed class ProfileConstraint : IRouteConstraint
{
    /// <summary>As templates call it.</summary>
    public const string Name = "profile";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        Profile.Find(values[routeKey] as string) is not null;
}
