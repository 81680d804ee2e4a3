using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Pages.Errors;

/// <summary>What the visitor reads when a request could not be served; it needs neither session nor storage.</summary>
public sealed class StatusModel : PageModel
{
    // What his browser does, and we cannot do.
    private const string Lost = "Ce que vous avez envoyé n'a pas pu être gardé ici. Revenez à la page précédente avec le bouton de votre navigateur : vos réponses y sont souvent encore.";

    public string Heading { get; private set; } = "";
    public string Explanation { get; private set; } = "";
    public string Advice { get; private set; } = "";

    /// <summary>What could not be served, and may be sent again from here.</summary>
    public InterruptedRequest? Interrupted { get; private set; }

    // As the answer's own header says it, in words; rounded up, or the first to come back would be told to wait again.
    private string Wait => !int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? "quelques minutes" : seconds switch
    {
        1 => "une seconde",
        <= 90 => $"{seconds}\u00a0secondes",
        <= 90 * 60 => $"{(seconds + 59) / 60}\u00a0minutes",
        _ => $"{(seconds + 3599) / 3600}\u00a0heures",
    };

    // Razor Pages would answer other methods without calling anything: what is asked for here is always the page.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) =>
        Show(int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture));

    private void Show(int code)
    {
        Interrupted = HttpContext.Features.Get<InterruptedRequest>();
        Response.StatusCode = code is >= 400 and <= 599 ? code : StatusCodes.Status404NotFound;
        (Heading, Explanation, Advice) = Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => (
                "Cette page n'est plus valable",
                "Elle est restée ouverte trop longtemps, ou vous vous êtes connecté depuis dans un autre onglet.",
                "Revenez à la page précédente, actualisez-la et recommencez. Rien n'a été enregistré à tort."),
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => (
                "Vous n'avez pas accès à cette page",
                "Elle demande d'être connecté, ou elle ne fait pas partie de votre espace.",
                "Connectez-vous à Mon espace privé, ou retournez à l'accueil."),
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => (
                "Cette page n'existe pas",
                "Le lien est peut-être ancien, ou l'adresse a été mal recopiée.",
                "Vérifiez l'adresse, ou repartez de l'accueil."),
            StatusCodes.Status413PayloadTooLarge => (
                "Ce que vous avez envoyé est trop volumineux",
                "Aucun formulaire du site ne prend autant de texte, ni des fichiers aussi lourds.",
                "Revenez à la page précédente, raccourcissez ce que vous avez écrit ou choisissez des fichiers plus petits, et recommencez."),
            StatusCodes.Status429TooManyRequests => (
                "Trop de demandes en peu de temps",
                "Pour protéger les comptes, le site limite le nombre de demandes venant d'une même connexion à Internet. Vous partagez peut-être la vôtre avec d'autres personnes.",
                Interrupted switch
                {
                    { HeldSecrets: true } => $"Attendez {Wait}, puis revenez à la page. Par sécurité votre mot de passe n'est pas gardé : vous le taperez à nouveau.",
                    { IsLost: true } => $"Attendez {Wait}. {Lost}",
                    { HeldFiles: true } => $"Ce que vous avez écrit est gardé, mais pas vos fichiers : vous les choisirez à nouveau. Attendez {Wait}, puis appuyez sur Réessayer.",
                    { Fields: not null } => $"Ce que vous avez écrit est gardé. Attendez {Wait}, puis appuyez sur Réessayer.",
                    not null => $"Rien n'est perdu. Attendez {Wait}, puis appuyez sur Réessayer.",
                    null => $"Attendez {Wait}, puis recommencez.",
                }),
            StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => (
                "Le service est momentanément indisponible",
                "Le site est en maintenance, ou très fréquenté en ce moment. Ce qui vous a été confirmé est bien enregistré.",
                Interrupted switch
                {
                    { HeldSecrets: true } => "Attendez quelques instants, puis revenez à la page. Par sécurité votre mot de passe n'est pas gardé : vous le taperez à nouveau.",
                    { IsLost: true } => $"Attendez quelques instants. {Lost}",
                    { HeldFiles: true } => "Ce que vous avez écrit est gardé, mais pas vos fichiers : vous les choisirez à nouveau. Attendez quelques instants, puis appuyez sur Réessayer.",
                    { Fields: not null } => "Ce que vous avez écrit est gardé. Attendez quelques instants, puis appuyez sur Réessayer.",
                    not null => "Attendez quelques instants, puis appuyez sur Réessayer.",
                    null => "Recommencez dans quelques minutes.",
                }),
            < 500 => (
                "Votre demande n'a pas pu être traitée",
                "Le site n'a pas compris ce que votre navigateur lui a envoyé.",
                "Revenez à la page précédente et recommencez."),
            _ => (
                "Un problème est survenu",
                "Il vient de notre côté, pas du vôtre. Ce qui vous a été confirmé est bien enregistré.",
                "Recommencez dans quelques minutes. Si le problème continue, appelez-nous."),
        };
    }
}
