namespace MsaOrleans.Web.Content;

/// <summary>A heading of the help, under which articles and pages stand.</summary>
/// <param name="Key">Its name in content files.</param>
/// <param name="Title">Its name on the page.</param>
public sealed record HelpTheme(string Key, string Title)
{
    public static HelpTheme SigningUp { get; } = new("inscription", "Créer mon espace privé");

    public static HelpTheme SigningIn { get; } = new("connexion", "Me connecter");

    public static HelpTheme Account { get; } = new("compte", "Gérer mon compte");

    public static HelpTheme Services { get; } = new("services", "Utiliser les services");

    public static HelpTheme Safety { get; } = new("securite", "Sécurité et accessibilité");

    /// <summary>In the order of the page.</summary>
    public static IReadOnlyList<HelpTheme> All { get; } = [SigningUp, SigningIn, Account, Services, Safety];
}
