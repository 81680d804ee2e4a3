namespace MsaOrleans.Web.Visitors;

/// <summary>What the public site knows of its visitors.</summary>
internal static class VisitorServices
{
    public static void AddVisitors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<VisitorCaisse>();
        builder.Services.AddSingleton<TextSize>();
        builder.Services.Configure<RouteOptions>(routes => routes.ConstraintMap.Add(ProfileConstraint.Name, typeof(ProfileConstraint)));
    }
}
