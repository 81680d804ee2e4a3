using System.Text.Json;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What FranceConnect tells of somebody, and the two ways that he goes by it.</summary>
internal static class FranceConnectVisits
{
    public const string Subject = "4f0cv1";
    public static readonly Password Own = new(TestAdherent.OwnPassword);
    public static readonly Password Wrong = new("Mauvais-Mot-1");
    public static readonly FranceConnectUser User = new(Subject, Samples.FritzPivot);
    public static readonly FranceConnectUser Stranger = new("another", Samples.FritzPivot with { FamilyName = "MULLER" });

    /// <summary>All that is stored of him, as it is written.</summary>
    public static string RowOf(TestAdherent adherent) => JsonSerializer.Serialize(adherent.Stored!, AdherentStateJson.Default.AdherentState);

    /// <summary>He gives a password for the MSA to vouch for him.</summary>
    public static Task<VouchOutcome> Vouch(TestAdherent adherent, Password password) => adherent.FranceConnect.Vouch(password, Samples.Origin);

    /// <summary>He comes by FranceConnect and gets in.</summary>
    public static async Task<FranceConnectSignInOutcome.SignedIn> SignIn(TestAdherent adherent, FranceConnectUser? told = null) =>
        Assert.IsType<FranceConnectSignInOutcome.SignedIn>(await adherent.FranceConnect.SignIn(told ?? User, Samples.Origin));
}
