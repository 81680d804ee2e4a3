using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Demo.StandIn.Pages;

/// <summary>Who to be: somebody whom the MSA vouches for, or anybody of the demonstration.</summary>
public sealed class ChoiceModel(StandInSettings settings) : PageModel
{
    /// <summary>The request of the site that asked.</summary>
    [BindProperty(Name = StandInSession.GoesOnTo, SupportsGet = true)]
    public string? GoesOnTo { get; set; }

    /// <summary>The site that asked.</summary>
    public StandInClient Client { get; private set; } = settings.PublicService;

    public IEnumerable<(int Number, StandInPerson Person)> People => settings.People.Index();

    public string Msa => QueryHelpers.AddQueryString(StandInPaths.Msa, StandInSession.GoesOnTo, GoesOnTo!);

    /// <summary>Who he has been since he chose; nothing before.</summary>
    public string? Name { get; private set; }

    public string GoOn => StandInServer.GoOn(GoesOnTo!);

    public string GiveUp => StandInServer.GiveUp(GoesOnTo!);

    public string Describe(StandInPerson person) =>
        $"{(person.Identity.Sex is Sex.Female ? "née" : "né")} le {FrenchCalendar.Day(person.Identity.BirthDate.FirstDay)}, {(person.IsKnown ? "" : "in")}connu{(person.Identity.Sex is Sex.Female ? "e" : "")} de la MSA";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (StandInSite.IsRequest(GoesOnTo) && settings.Client(QueryHelpers.ParseQuery(GoesOnTo!.Split('?', 2)[1])["client_id"]) is { } client)
            Client = client;
        else
            context.Result = Redirect(StandInPaths.PublicService); // nobody has asked: there one begins
    }

    public async Task OnGet() => Name = (await HttpContext.AuthenticateAsync(StandInSession.Scheme)).Principal is { } visitor
        ? $"{visitor.FindFirstValue("given_name")} {visitor.FindFirstValue("preferred_username") ?? visitor.FindFirstValue("family_name")}"
        : null;

    public async Task<IActionResult> OnPost(int person)
    {
        if (settings.People.ElementAtOrDefault(person) is not { } chosen)
            return BadRequest();
        await StandInSession.Begin(HttpContext, chosen.Identity);
        return LocalRedirect(GoOn);
    }
}
