using System.Net;
using System.Text.RegularExpressions;
using MsaOrleans.Load;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>What a visitor of a plain ASP.NET Core Identity site does to get and use an account.</summary>
internal static partial class IdentityJourney
{
    /// <summary>Pages asked for and forms sent in a whole journey, redirects followed.</summary>
    public const int Requests = 10;

    /// <summary>Of the password: when it is chosen, at the sign-in, and two when it is changed.</summary>
    public const int Hashes = 4;

    private const string ConfirmationSubject = "Confirm your email";

    /// <summary>What is kept of its mails: the link that confirms an address.</summary>
    public static string SecretOf(ReceivedMail mail) => WebUtility.HtmlDecode(Link().Match(mail.Html).Groups[1].Value);

    /// <summary>Registers, confirms by the link of the mail, signs in, changes the password.</summary>
    public static async Task WholeJourney(this LightVisitor visitor, string email, Postbox post, CancellationToken stop)
    {
        await visitor.Open("/Identity/Account/Register");
        await visitor.Send(("Input.Email", email), ("Input.Password", Journeys.GoodPassword), ("Input.ConfirmPassword", Journeys.GoodPassword));
        visitor.Expect("/Identity/Account/RegisterConfirmation");
        if (await post.Wait(email, ConfirmationSubject, TimeSpan.FromSeconds(60), stop) is null)
            throw new InvalidOperationException($"{email} got no mail.");
        await visitor.Open(new Uri(post.SecretsTo(email, ConfirmationSubject)[0]).PathAndQuery);
        await visitor.IdentitySignIn(email, Journeys.GoodPassword);
        await visitor.Open("/Identity/Account/Manage/ChangePassword");
        await visitor.Send(("Input.OldPassword", Journeys.GoodPassword), ("Input.NewPassword", PasswordAtTheEnd), ("Input.ConfirmPassword", PasswordAtTheEnd));
        visitor.ExpectText("Your password has been changed.");
    }

    public const string PasswordAtTheEnd = "Bruyere-Comptoir-9";

    /// <summary>The page, its form, and the home it leads to.</summary>
    public static async Task IdentitySignIn(this LightVisitor visitor, string email, string password)
    {
        await visitor.Open("/Identity/Account/Login");
        await visitor.Send(("Input.Email", email), ("Input.Password", password), ("Input.RememberMe", "false"));
        visitor.Expect("/");
    }

    [GeneratedRegex("""href='([^']+)'""", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
