using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Primitives;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Arrivals;

/// <summary>
/// What people of the line see. Not a page of Razor's: tens of thousands ask for it again and again, and it must weigh on nobody who is in. It refreshes itself,
/// sooner when the turn is near: where scripts run only what has changed, so that nothing is taken from under who reads it. Whoever wants it to stay still says so by a
/// link, and asks for his turn himself (RGAA 13.1).
/// </summary>
public static class WaitingPage
{
    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly TimeSpan soonest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan latest = TimeSpan.FromSeconds(30);

    // In the address, so that it lasts from one look to the next without a cookie.
    private const string RefreshKey = "actualiser";
    private const string Still = "non";

    /// <param name="context">The request of somebody who waits.</param>
    /// <param name="rank">How far from the door he is: the first is 1.</param>
    /// <param name="wait">How long that may take; nothing when nobody knows.</param>
    public static Task Write(HttpContext context, long rank, TimeSpan? wait)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var files = context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>() ?? ResourceAssetCollection.Empty;
        var isStill = context.Request.Query[RefreshKey] == Still;
        var other = QueryString.Create([.. context.Request.Query.Where(field => field.Key != RefreshKey), KeyValuePair.Create<string, StringValues>(RefreshKey, isStill ? "oui" : Still)]);
        return response.WriteAsync(
            Draw(Address("css/site.css"), Address("js/site.js"), TextSize.ClassOf(context.RequestServices.GetRequiredService<TextSize>().Of(context)), rank, wait, isStill, HtmlEncoder.Default.Encode($"{other}")),
            context.RequestAborted);

        // As the pages after it, or whoever is let in would fetch them once more.
        string Address(string file) => $"{context.Request.PathBase}/{files[file]}";
    }

    /// <summary><c>environ 5 minutes</c>: to the minute, rounded up, so that few wait longer than they were told.</summary>
    public static string InWords(TimeSpan? wait) => wait switch
    {
        null => "nous l’estimons dès que la file avance",
        { TotalMinutes: <= 1 } => "moins d’une minute",
        { TotalMinutes: < 90 } soon => $"environ {Math.Ceiling(soon.TotalMinutes).ToString("0", french)}\u00a0minutes",
        { } late => $"environ {Math.Ceiling(late.TotalHours).ToString("0", french)}\u00a0heures",
    };

    /// <summary>Seconds until the page asks again.</summary>
    public static int RefreshSeconds(TimeSpan? wait) => (int)Math.Clamp((wait ?? soonest * 3).TotalSeconds / 3, soonest.TotalSeconds, latest.TotalSeconds);

    private static string Draw(string style, string script, string? size, long rank, TimeSpan? wait, bool isStill, string other)
    {
        var place = rank == 1 ? "1\u1d49\u02b3" : $"{rank.ToString("N0", french)}\u1d49";
        var refresh = RefreshSeconds(wait);
        var (reload, follow, stay) = isStill
            ? ("", "", $"Gardez cette page ouverte&nbsp;: elle ne bouge pas. Pour voir où vous en êtes, et pour entrer quand c’est votre tour, appuyez sur «&nbsp;Actualiser maintenant&nbsp;», ou <a href=\"{other}\">laissez-la s’actualiser</a>.")
            : ($"""<noscript><meta http-equiv="refresh" content="{refresh}"></noscript>""", $" data-waiting-room=\"{refresh}\"",
                $"Gardez cette page ouverte&nbsp;: elle s’actualise toutes les {refresh}&nbsp;secondes, et l’inscription s’ouvre dès que c’est votre tour. Si cela vous gêne, <a href=\"{other}\">arrêtez l’actualisation</a>.");
        return $"""
            <!DOCTYPE html>
            <html lang="fr" class="{size}">
            <head>
                <meta charset="utf-8">
                <title>{place} dans la file d’attente - MSA</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                {reload}
                <link rel="icon" type="image/svg+xml" href="/favicon.svg">
                <link rel="stylesheet" href="{style}">
                <script src="{script}" defer></script>
            </head>
            <body>
                <a class="skip-link" href="#contenu">Aller au contenu</a>
                <header class="header"><div class="header-inner"><a class="wordmark" href="/">MSA<span class="visually-hidden">, accueil</span></a></div></header>
                <div class="page">
                    <main id="contenu" tabindex="-1"{follow}>
                        <h1>Vous êtes dans la file d’attente</h1>
                        <p class="lead">Beaucoup de personnes créent leur espace privé en ce moment. Chacun entre à son tour, dans l’ordre d’arrivée.</p>
                        <div class="panel" role="status">
                            <p class="panel-title">Votre place&nbsp;: <span data-place="{rank}">{place}</span></p>
                            <p>Attente&nbsp;: {InWords(wait)}.</p>
                        </div>
                        <p>{stay}</p>
                        <p>Si vous la fermez, ou si le réseau se coupe, revenez avec le même appareil&nbsp;: votre place est gardée deux heures.</p>
                        <h2>En attendant, préparez</h2>
                        <ul>
                            <li>votre numéro de Sécurité Sociale&nbsp;;</li>
                            <li>votre carte Vitale, ou le montant d’un paiement reçu de la MSA ces six derniers mois&nbsp;;</li>
                            <li>l’adresse email à laquelle vous recevrez votre mot de passe.</li>
                        </ul>
                        <div class="actions"><a class="button button-secondary" href="">Actualiser maintenant</a></div>
                        <p>Vous avez déjà un compte&nbsp;? <a href="/connexion">Se connecter</a>&nbsp;: il n’y a pas d’attente.</p>
                        <p>L’assistance Internet vous répond au <a href="{Hotline.Link}">{Hotline.Number}</a>, du lundi au vendredi.</p>
                    </main>
                </div>
            </body>
            </html>
            """;
    }
}
