using Microsoft.Extensions.DependencyInjection;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>A site whose clock can be put forward.</summary>
public sealed class SiteAheadOfTime() : Site([], population: 1)
{
    private readonly Shifted clock = new();

    public TimeSpan Ahead
    {
        get => clock.By;
        set => clock.By = value;
    }

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(clock);

    private sealed class Shifted : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
