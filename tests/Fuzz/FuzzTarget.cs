using MsaOrleans.Fuzz.Targets;

namespace MsaOrleans.Fuzz;

/// <summary>A door by which bytes come in that somebody else chose.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>By the name of their folder in <c>Corpus</c>; each takes some time to start.</summary>
    public static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } = new Dictionary<string, Func<FuzzTarget>>
    {
        ["inputs"] = () => new InputsTarget(),
        ["files"] = () => new FilesTarget(),
        ["registry"] = () => new RegistryTarget(),
        ["forms"] = SiteTarget.Forms,
        ["openid"] = SiteTarget.OpenId,
        ["cookies"] = SiteTarget.Cookies,
    };

    /// <exception cref="Exception">Any at all: what came in has done what nothing may do.</exception>
    public abstract void Try(byte[] input);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>What has to be so, whatever came in.</summary>
    protected static void Holds(bool invariant, string what)
    {
        if (!invariant)
            throw new BrokenInvariantException(what);
    }
}

/// <summary>Nothing was thrown, and yet it went wrong.</summary>
/// <param name="what">What is not so.</param>
internal sealed class BrokenInvariantException(string what) : Exception(what);
