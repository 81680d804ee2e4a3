using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AssistanceTests
{
    [Fact]
    public void Five_passwords_a_day_and_each_counts_for_a_day()
    {
        var assistance = Enumerable.Range(0, 5).Aggregate(new Assistance(), (all, hours) => all.PasswordSent(Now.AddHours(hours)));
        Assert.Equal(0, assistance.PasswordsLeft(Now.AddHours(5)));
        Assert.Equal(0, assistance.PasswordsLeft((Now + Assistance.Window).AddTicks(-1)));
        Assert.Equal(1, assistance.PasswordsLeft(Now + Assistance.Window));
        Assert.Equal(Now.AddHours(1), assistance.PasswordSent(Now + Assistance.Window).PasswordsSent[0]);
    }

    [Fact]
    public void A_clock_that_was_moved_back_leaves_none_in_the_future_to_count()
    {
        var assistance = new Assistance().PasswordSent(Now);
        Assert.Equal((Assistance.MostPasswords, Assistance.MostPasswords - 1), (assistance.PasswordsLeft(Now.AddTicks(-1)), assistance.PasswordsLeft(Now)));
    }

    [Fact]
    public void The_last_fifty_notes_are_kept()
    {
        var assistance = Enumerable.Range(0, 60).Aggregate(new Assistance(), (all, n) => all.Add(new(Now.AddMinutes(n), "c.roth", $"{n}")));
        Assert.Equal(Enumerable.Range(10, 50).Select(n => $"{n}"), assistance.Notes.Select(note => note.Text));
        Assert.Empty(assistance.WithoutNotes().Notes);
    }

    [Fact]
    public void It_is_forgotten_when_the_last_of_it_is_old()
    {
        var noted = new Assistance().Add(new(Now, "c.roth", "Rappeler")).PasswordSent(Now.AddDays(1));
        Assert.Equal((Now + Assistance.Memory, Now.AddDays(1) + Assistance.Window, null), (noted.ForgetAt, noted.WithoutNotes().ForgetAt, new Assistance().ForgetAt));
        Assert.Same(noted, noted.ForgottenAt((Now + Assistance.Memory).AddTicks(-1)));
        Assert.True(noted.ForgottenAt(Now + Assistance.Memory).IsClean);
        Assert.Equal((false, false, true), (noted.IsClean, noted.WithoutNotes().IsClean, new Assistance().IsClean));
        Assert.False(new Assistance().Add(new(Now, "c.roth", "Rappeler")).IsClean);
    }

    [Fact]
    public void What_a_row_does_not_have_is_nothing_and_what_it_has_is_kept()
    {
        Assert.True(new Assistance { Notes = null!, PasswordsSent = null! }.IsClean);
        Assert.Equal([Now], new Assistance { PasswordsSent = [Now] }.PasswordsSent);
    }
}
