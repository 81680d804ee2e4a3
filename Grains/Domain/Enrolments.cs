using System.Collections.Immutable;

namespace MsaOrleans.Grains.Domain;

/// <summary>The services and departments that are open to an adherent.</summary>
internal sealed record Enrolments
{
    /// <summary>The services of the profile Particulier (leaflet: "bouquet particulier").</summary>
    public const string Individual = "particulier";

    /// <summary>Nothing until the first connection is complete.</summary>
    public string? ServiceBundle { get; init; }

    public ImmutableList<Enrolment> Departments { get; init => field = value ?? []; } = [];

    /// <summary>The first connection is complete: his services, and every department in which the caisses know him, without asking (leaflet).</summary>
    public Enrolments Open(IEnumerable<string> knownDepartments, DateTimeOffset now) => new()
    {
        ServiceBundle = Individual,
        Departments = [.. Departments, .. knownDepartments.Except(Departments.Select(d => d.Department)).Select(code => new Enrolment(code, now))],
    };
}

/// <summary>One department that is open to an adherent.</summary>
internal sealed record Enrolment(string Department, DateTimeOffset ActiveSince);
