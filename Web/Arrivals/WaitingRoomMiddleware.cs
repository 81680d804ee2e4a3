using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Arrivals;

/// <summary>
/// Stands before the sign-up. Whoever has begun one, or whose turn it is, goes in; everybody else gets the waiting page, at the address he asked for, which opens
/// by itself when his turn has come. Measures every page, for the line to follow.
/// </summary>
internal sealed class WaitingRoomMiddleware(RequestDelegate next, ArrivalsDesk desk, ProtectedCookie<Place> places, ProtectedCookie<SignUpVisit> visits, TimeProvider clock)
{
    private const string SignUp = "/inscription";
    private const string Identifier = SignUp + "/identifiant";
    private const string Finished = SignUp + "/terminee";

    public async Task Invoke(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(SignUp))
        {
            await Enter(context, path);
            return;
        }
        if (path.StartsWithSegments("/sante") || path.StartsWithSegments(AgentSession.Path))
            await next(context);
        else
            await Serve(context);
    }

    private async Task Enter(HttpContext context, PathString path)
    {
        var place = places.Read(context);
        if (place is null && visits.Read(context)?.Adherent is { } adherent)
        {
            await Serve(context, -1L - (uint)adherent.GetHashCode(), path); // he came before, and his sign-up is under way
            return;
        }
        if (place is null)
        {
            place = await desk.Welcome();
            places.Write(context, place);
        }
        if (!desk.IsAdmitted(place))
        {
            await Wait(context, place);
            return;
        }
        if (!place.In)
        {
            place = place with { In = true };
            places.Write(context, place);
            desk.Claim();
        }
        if (HttpMethods.IsPost(context.Request.Method) && path.Equals(Identifier, StringComparison.OrdinalIgnoreCase) && !await desk.MayBegin(place))
        {
            places.Delete(context);
            context.Response.Redirect(SignUp); // to the end of the line
            return;
        }
        await Serve(context, place.Number, path);
    }

    private async Task Serve(HttpContext context, long visitor, PathString path)
    {
        desk.Seen(visitor);
        var leaves = path.Equals(Finished, StringComparison.OrdinalIgnoreCase);
        if (leaves)
            places.Delete(context); // his sign-up is what lets him in from now on
        await Serve(context);
        if (leaves)
            desk.Left(visitor);
    }

    private async Task Serve(HttpContext context)
    {
        var since = clock.GetTimestamp();
        await next(context);
        desk.Answered(since);
    }

    private Task Wait(HttpContext context, Place place)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return WaitingPage.Write(context, place.Number - desk.Line.Admitted, desk.WaitFor(place));
        context.Response.Redirect(SignUp); // nothing that he could have typed yet
        return Task.CompletedTask;
    }
}
