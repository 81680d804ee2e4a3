using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>The pages of an adherent's account, and what is done with them in more than one class of tests.</summary>
internal static class AccountPages
{
    /// <summary>One to change to.</summary>
    public const string NewPassword = "Bruyere-Comptoir-9";

    public const string Password = "/mon-compte/mot-de-passe";
    public const string Email = "/mon-compte/email";
    public const string Phones = "/mon-compte/telephones";
    public const string Address = "/mon-compte/adresse";
    public const string Reception = "/mon-compte/reception";
    public const string SignIns = "/mon-compte/connexions";
    public const string Data = "/mon-compte/mes-donnees";
    public const string Closing = "/mon-compte/fermeture/confirmation";

    /// <summary>What the account says has been done.</summary>
    public static string Said(this Browser browser) => browser.Page.QuerySelector("main [role=status]")?.TextContent.Replace('\u00a0', ' ') ?? "";

    /// <summary>Asks for another email address, and gives the path of the link once it has arrived there.</summary>
    public static async Task<string> AskForAddress(this Browser browser, Site site, string address)
    {
        await browser.Fill(Email, ("Email", address), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal("/mon-compte", browser.Path);
        return (await site.Mails.To(address)).Link.PathAndQuery;
    }
}
