using Microsoft.Extensions.Configuration;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Domain.Agents;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Agents;

/// <summary>Reads the limits for agents; those of passwords and of tries are the adherents'.</summary>
internal static class AgentPolicyConfiguration
{
    /// <exception cref="SetupException">A value cannot be read.</exception>
    public static AgentPolicy Read(IConfiguration configuration, AdherentPolicy adherents)
    {
        var standard = new AgentPolicy();
        return standard with
        {
            SignIn = adherents.SignIn,
            ProvisionalLifetime = adherents.ProvisionalLifetime,
            Session = new(Span("Assistance:Idle", standard.Session.Idle), Span("Assistance:Absolute", standard.Session.Absolute)),
        };

        TimeSpan Span(string key, TimeSpan otherwise) => configuration[key] is { Length: > 0 } text ? PolicyConfiguration.Parse(key, text) : otherwise;
    }
}
