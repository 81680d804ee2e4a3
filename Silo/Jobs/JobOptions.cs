namespace MsaOrleans.Silo.Jobs;

/// <summary>The workers (<c>Jobs</c>).</summary>
public sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>How many jobs run at once.</summary>
    public int Workers { get; set; } = 4;
}
