using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Web.Assistance;

/// <summary>What an agent can do for a caller, each on a page of its own.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Kind">How the record names it.</param>
/// <param name="Title">On the button that leads to it, over its page, and on the button that does it.</param>
/// <param name="Effect">What will happen.</param>
/// <param name="Done">What has happened.</param>
/// <param name="Nothing">Why there was nothing to do.</param>
/// <param name="OfDepartment">It is about one department.</param>
public sealed record FileAct(string Slug, AuditedAct Kind, string Title, string Effect, string Done, string Nothing, bool OfDepartment = false)
{
    public static IReadOnlyList<FileAct> All { get; } =
    [
        new("debloquer-verification", AuditedAct.UnlockedVerification, "Débloquer la vérification",
            "La suspension prend fin tout de suite. Il retrouve ses essais avant la prochaine, qui sera plus longue s'il échoue encore : vérifiez avec lui ce qu'il saisit.",
            "La vérification est débloquée : il peut recommencer tout de suite.",
            "La vérification n'est pas, ou n'est plus, suspendue. Rien n'a été modifié."),
        new("debloquer-connexion", AuditedAct.UnlockedSignIn, "Débloquer la connexion",
            "La suspension prend fin tout de suite. Il retrouve ses essais avant la prochaine, qui sera plus longue. Son mot de passe reste le même.",
            "La connexion est débloquée : il peut se connecter tout de suite.",
            "La connexion n'est pas, ou n'est plus, suspendue. Rien n'a été modifié."),
        new("mot-de-passe", AuditedAct.SentProvisionalPassword, "Envoyer un mot de passe provisoire",
            "Un nouveau mot de passe provisoire part à l'adresse email du dossier ; celui qui avait été envoyé ne vaudra plus rien. Personne d'autre que lui ne le voit.",
            "Un mot de passe provisoire part à l'adresse du dossier. Dites-lui de regarder aussi dans les indésirables.",
            "Un courriel avec un mot de passe est déjà en route, ou vient de partir. Rien de plus n'a été envoyé : patientez quelques minutes."),
        new("adresse", AuditedAct.CorrectedEmail, "Corriger l'adresse email",
            "Si personne n'a encore ouvert cet espace, la nouvelle adresse remplace l'ancienne et reçoit un mot de passe provisoire. Sinon elle ne sert qu'une fois ouvert le lien qui lui est envoyé. Les deux adresses sont prévenues.",
            "La nouvelle adresse est notée, un courriel y part, et l'ancienne adresse est prévenue.",
            "C'est déjà l'adresse du dossier, ou celle qui attend d'être confirmée. Rien n'a été modifié."),
        new("fermer-sessions", AuditedAct.ClosedSessions, "Fermer ses connexions",
            "Toutes ses connexions ouvertes, partout, prennent fin tout de suite. Il se reconnecte avec son mot de passe.",
            "Ses connexions sont toutes fermées.",
            "Aucune connexion n'est ouverte. Rien n'a été modifié."),
        new("annuler-departement", AuditedAct.CancelledDepartmentCode, "Annuler la demande",
            "La demande prend fin, et son code avec elle. Il pourra en faire une autre.",
            "La demande est annulée.",
            "Cette demande n'est plus en cours : elle a été annulée, a abouti ou a expiré. Rien n'a été modifié.", OfDepartment: true),
        new("hater-departement", AuditedAct.HastenedDepartmentCode, "Envoyer le code maintenant",
            "Le code confidentiel part tout de suite à l'adresse email du dossier, au lieu d'attendre le jour prévu.",
            "Le code part à l'adresse du dossier.",
            "Ce code est déjà parti, ou la demande n'est plus en cours. Rien n'a été modifié.", OfDepartment: true),
    ];

    public static FileAct? Of(string slug) => All.FirstOrDefault(act => act.Slug == slug);

    public static FileAct Of(AuditedAct kind) => All.First(act => act.Kind == kind);
}
