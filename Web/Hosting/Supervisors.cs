using Microsoft.AspNetCore.Authorization;

namespace MsaOrleans.Web.Hosting;

/// <summary>The hotline's supervisors, who may see how the site runs.</summary>
public static class Supervisors
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "Supervisor";

    /// <summary>The authentication scheme of the hotline, and its cookie.</summary>
    public const string Scheme = "msa-assistance";

    public const string Role = "supervisor";

    /// <summary>An identity of the hotline that has the role; whatever an adherent's session might come to hold does not count.</summary>
    public static void Require(AuthorizationPolicyBuilder policy) => policy.RequireAssertion(context =>
        context.User.Identities.Any(who => who is { IsAuthenticated: true, AuthenticationType: Scheme } && who.HasClaim(who.RoleClaimType, Role)));
}
