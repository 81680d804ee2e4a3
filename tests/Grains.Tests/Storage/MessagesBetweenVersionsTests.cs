using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using Orleans.Serialization;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>
/// A message of a version that adds a member to it, seen by one that does not know it, and the other way round. Two contracts stand for the two versions of
/// one: the members of the shorter are, by number and type, the first of the longer.
/// </summary>
public sealed class MessagesBetweenVersionsTests
{
    private static readonly Serializer wire = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void A_member_that_a_newer_version_sends_is_skipped() =>
        Assert.Equal(new SignInOrigin("first", "second"), wire.Deserialize<SignInOrigin>(wire.SerializeToArray(new PostalAddress("first", "second", "newer"))));

    [Fact]
    public void A_member_that_an_older_version_does_not_send_takes_its_default()
    {
        var read = wire.Deserialize<PostalAddress>(wire.SerializeToArray(new SignInOrigin("first", "second")))!;

        Assert.Equal(("first", "second", null), (read.Line, read.PostalCode, read.City));
    }
}
