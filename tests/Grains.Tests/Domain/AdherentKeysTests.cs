using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Adherents;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AdherentKeysTests
{
    private static readonly byte[] secret = [.. Enumerable.Range(0, AdherentKeys.SecretLength).Select(i => (byte)i)];

    [Fact]
    public void A_pseudonym_is_the_first_128_bits_of_a_keyed_hash_of_the_number()
    {
        var mac = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("1630967482229"));

        Assert.Equal(mac[..16], new AdherentKeys(secret).For(FritzNir).ToByteArray(bigEndian: true));
        Assert.Equal(new AdherentKeys(secret).For(FritzNir), new AdherentKeys(secret).For(Nir.Parse("1 63 09 67 482 229 06")));
    }

    [Fact]
    public void It_differs_with_the_secret_and_with_the_number()
    {
        var other = secret.ToArray();
        other[31] ^= 1;

        Assert.NotEqual(new AdherentKeys(secret).For(FritzNir), new AdherentKeys(other).For(FritzNir));
        Assert.NotEqual(new AdherentKeys(secret).For(FritzNir), new AdherentKeys(secret).For(Nir.Parse("1630967482228")));
        Assert.NotEqual(new AdherentKeys(secret).For(Nir.Parse("253072A073004")), new AdherentKeys(secret).For(Nir.Parse("253072B073004")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_secret_of_another_length_is_refused(int length) => Assert.Throws<ArgumentException>(() => new AdherentKeys(new byte[length]));

    /// <summary>Allowances are found by it for as long as the secret is the same.</summary>
    [Fact]
    public void The_pseudonym_of_a_mailbox_is_made_as_that_of_a_number() => Assert.Equal(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("fritz.lamy@example.fr"))[..16],
        new AdherentKeys(secret).For(Email).ToByteArray(bigEndian: true));

    [Theory]
    [InlineData("fritz.lamy@example.fr", true)]
    [InlineData("Fritz.Lamy@EXAMPLE.fr", true)]
    [InlineData("fritz.lamy+msa@example.fr", true)]
    [InlineData("fritz.lamy+a+b@example.fr", true)]
    [InlineData("+fritz.lamy@example.fr", false)]
    [InlineData("fritz.lam@example.fr", false)]
    [InlineData("fritz.lamy@example.com", false)]
    public void A_mailbox_has_one_pseudonym_in_whatever_capitals_and_with_whatever_tag(string address, bool same) =>
        Assert.Equal(same, new AdherentKeys(secret).For(Email) == new AdherentKeys(secret).For(EmailAddress.Parse(address)));

    [Property(Arbitrary = [typeof(NirTests.Numbers)])]
    public void Any_number_has_one_and_two_numbers_have_two(Nir one, Nir other) =>
        Assert.Equal(one == other, new AdherentKeys(secret).For(one) == new AdherentKeys(secret).For(other));
}
