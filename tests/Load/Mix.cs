using System.Globalization;

namespace MsaOrleans.Load;

/// <summary>What somebody comes for.</summary>
internal enum Errand
{
    /// <summary>From the first page to the private space: sign-up, the mail, the first connection.</summary>
    SignUp,

    /// <summary>With an account that a sign-up of this run has made: the private space, the account, out again.</summary>
    SignIn,

    /// <summary>Signs in and asks for one more department; enters the code if the server sends it in time.</summary>
    Enrolment,

    /// <summary>Begins a sign-up and leaves in the middle of it.</summary>
    GivesUp,

    /// <summary>Signs up, and makes a typing error on every form at first.</summary>
    Clumsy,

    /// <summary>Tries identifiers and passwords at once and without a pause, and does not wait when told to.</summary>
    Bot,
}

/// <summary>Which errands there are, and how often each, by weights.</summary>
internal sealed class Mix
{
    public const string Usual = "sign-up=6,sign-in=3,enrolment=1,gives-up=2,clumsy=1";

    private readonly IReadOnlyList<(Errand Errand, double Weight)> weights;

    private Mix(IReadOnlyList<(Errand, double)> weights) => this.weights = weights;

    /// <summary>Reads <c>sign-up=6,sign-in=3</c>.</summary>
    /// <exception cref="FormatException">It names something else, or nothing.</exception>
    public static Mix Parse(string text)
    {
        var weights = text.Split(',').Select(part => part.Split('=') is [var name, var weight] && double.TryParse(weight, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? (ErrandOf(name), number)
            : throw new FormatException($"« {part} » is no part of a mix: sign-up=6 is.")).ToList();
        return weights.Sum(part => part.number) > 0 ? new(weights) : throw new FormatException($"Nobody comes with the mix « {text} ».");
    }

    public static string NameOf(Errand errand) => errand switch
    {
        Errand.SignUp => "sign-up",
        Errand.SignIn => "sign-in",
        Errand.Enrolment => "enrolment",
        Errand.GivesUp => "gives-up",
        Errand.Clumsy => "clumsy",
        Errand.Bot => "bot",
    };

    /// <summary>Somebody comes who has an account already.</summary>
    public bool NeedsAccounts => weights.Any(part => part.Weight > 0 && part.Errand is Errand.SignIn or Errand.Enrolment);

    public Errand Next(Random random)
    {
        var left = random.NextDouble() * weights.Sum(part => part.Weight);
        foreach (var (errand, weight) in weights)
        {
            left -= weight;
            if (left < 0)
                return errand;
        }
        return weights[^1].Errand;
    }

    private static Errand ErrandOf(string name) => Enum.GetValues<Errand>().Cast<Errand?>().FirstOrDefault(errand => NameOf(errand!.Value) == name)
        ?? throw new FormatException($"« {name} » is no errand: {string.Join(", ", Enum.GetValues<Errand>().Select(NameOf))} are.");
}
