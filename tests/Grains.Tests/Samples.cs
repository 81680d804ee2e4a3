using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests;

/// <summary>The leaflet's adherent and a few values around him.</summary>
internal static class Samples
{
    public const string CardPrefix = "8025000032";
    public const string FritzSerial = "1234567890";

    public static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    public static readonly Nir FritzNir = Nir.Parse("1630967482229");

    public static readonly EmailAddress Email = EmailAddress.Parse("fritz.lamy@example.fr");

    public static readonly EmailAddress OtherEmail = EmailAddress.Parse("f.lamy@ferme.example");

    public static readonly SignInOrigin Origin = new("Ordinateur, Firefox", "203.0.113.x");

    public static readonly InsuredPerson Fritz = new(
        "LAMY", null, ["FRITZ"], Sex.Male, new(1963, 9, 12), "67482", "99100", true, CardKind.WithPhoto, CardPrefix + FritzSerial, ["67", "68"],
        new("1 RUE D'ALSACE", "67320", "MARLENHEIM"));

    /// <summary>As FranceConnect tells of him.</summary>
    public static readonly PivotIdentity FritzPivot = new("LAMY", "FRITZ", CivilDate.Of(new(1963, 9, 12)), Sex.Male, "67482", "99100", null, OtherEmail);

    public static readonly ContactDetails FritzDeclares = new("Lamy", "Fritz", new(1963, 9, 12), Email, PhoneNumber.Parse("+33612345678"));
}
