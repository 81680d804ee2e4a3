using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Contact;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AddressChangesTests
{
    private static readonly PostalAddress first = new("3 place de l'Église", "67000", "Strasbourg");
    private static readonly PostalAddress second = new("8 rue Haute", "68000", "Colmar");

    [Fact]
    public void The_same_address_told_twice_is_told_once()
    {
        var told = Told(first);

        Assert.Equal([new AddressChange(first, Now)], told.All);
        Assert.Same(told, told.Tell(first with { }, Now.AddDays(1)));
    }

    [Fact]
    public void Another_address_takes_the_place_of_one_that_the_caisse_has_not_taken_over()
    {
        var told = Told(first).Tell(second, Now.AddDays(1));

        Assert.Equal([new AddressChange(first, Now, ReplacedAt: Now.AddDays(1)), new(second, Now.AddDays(1))], told.All);
        Assert.Equal([false, true], told.All.Select(c => c.IsPending));
    }

    [Fact]
    public void Going_back_to_an_address_that_was_replaced_tells_it_again()
    {
        var told = Told(first).Tell(second, Now.AddDays(1)).Tell(first, Now.AddDays(2));

        Assert.Equal(
            [new AddressChange(first, Now, ReplacedAt: Now.AddDays(1)), new(second, Now.AddDays(1), ReplacedAt: Now.AddDays(2)), new(first, Now.AddDays(2))],
            told.All);
    }

    [Fact]
    public void It_is_taken_over_once_the_registry_has_it_in_substance()
    {
        var known = Told(first).Known(new("3, PLACE DE L EGLISE", "67000", "STRASBOURG"), Now.AddDays(5));

        Assert.Equal([new AddressChange(first, Now, TakenOverAt: Now.AddDays(5))], known.All);
        Assert.Same(known, known.Known(first, Now.AddDays(6)));
        Assert.Equal([Now.AddDays(5), null], known.Tell(first, Now.AddDays(7)).All.Select(c => c.TakenOverAt));
        Assert.Null(known.Tell(second, Now.AddDays(7)).All[0].ReplacedAt);
    }

    [Fact]
    public void A_registry_that_has_another_address_or_one_that_was_replaced_takes_nothing_over()
    {
        var told = Told(first).Tell(second, Now.AddDays(1));

        Assert.Same(told, told.Known(new("1 RUE D'ALSACE", "67320", "MARLENHEIM"), Now.AddDays(5)));
        Assert.Same(told, told.Known(first, Now.AddDays(5)));
        Assert.Equal([null, Now.AddDays(5)], told.Known(second, Now.AddDays(5)).All.Select(c => c.TakenOverAt));
    }

    [Fact]
    public void What_was_replaced_stays_so_though_the_same_address_is_taken_over_later()
    {
        var told = Told(first).Tell(second, Now.AddDays(1)).Tell(first, Now.AddDays(2)).Known(first, Now.AddDays(5));

        Assert.Equal([null, null, Now.AddDays(5)], told.All.Select(c => c.TakenOverAt));
        Assert.Equal([Now.AddDays(1), Now.AddDays(2), null], told.All.Select(c => c.ReplacedAt));
    }

    [Fact]
    public void The_last_ten_are_kept()
    {
        var told = Enumerable.Range(1, 15).Aggregate(new AddressChanges(), (all, i) => all.Tell(first with { Line = $"{i} rue Haute" }, Now.AddDays(i)));

        Assert.Equal(Enumerable.Range(6, 10).Select(i => $"{i} rue Haute"), told.All.Select(c => c.Address.Line));
        Assert.Equal("15 rue Haute", Assert.Single(told.All, c => c.IsPending).Address.Line);
    }

    private static AddressChanges Told(PostalAddress address) => new AddressChanges().Tell(address, Now);
}
