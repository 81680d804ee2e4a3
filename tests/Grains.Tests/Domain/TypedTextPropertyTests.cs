using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Whatever is typed is read or refused, never stumbled over; what was read is, once written, read as the same.</summary>
public sealed class TypedTextPropertyTests
{
    [Property(MaxTest = 1000)]
    public void A_number_is_read_or_has_a_fault(byte[] choices)
    {
        var fault = Nir.TryParse(AwkwardText.Of(choices, "1", "63", "09", "67", "2B", "482", "229", "99"), out var nir);

        Assert.Equal(fault == NirFault.None, nir is not null);
        if (nir is null)
            return;
        Assert.Equal(nir, Nir.Parse(nir.Value));
        Assert.Equal(nir, Nir.Parse(nir.Grouped));
        Assert.Equal(nir, Nir.Parse($"{nir.Grouped} {nir.Key:00}"));
        Assert.InRange(nir.Key, 1, 97);
    }

    [Property(MaxTest = 1000)]
    public void An_address_is_read_or_refused_and_tells_no_more_than_its_ends(byte[] choices)
    {
        if (!EmailAddress.TryParse(AwkwardText.Of(choices, "jeanne", ".", "@", "martin", "exemple.fr"), out var address))
            return;
        Assert.Equal(address, EmailAddress.Parse(address.Value));
        Assert.Equal(address, EmailAddress.Parse($"\u00a0{address.Value.ToUpperInvariant()} "));
        Assert.DoesNotContain(address.Value, c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '"' or ',' or ';');
        Assert.InRange(address.ToString().IndexOf('@', StringComparison.Ordinal), 1, 5);
    }

    [Property(MaxTest = 1000)]
    public void A_telephone_number_is_read_or_refused(byte[] choices)
    {
        if (PhoneNumber.TryParse(AwkwardText.Of(choices, "+33", "612345678", "7"), out var number))
            Assert.Equal(number, PhoneNumber.Parse(number.Value));
    }

    [Property(MaxTest = 1000)]
    public void A_code_of_a_certificate_is_read_or_refused(byte[] choices)
    {
        if (VerificationCode.TryParse(AwkwardText.Of(choices, "K7PM", "RT4W", "XH9C", "ABCD"), out var code))
            Assert.Equal(code, VerificationCode.Parse(code.Value));
        var made = VerificationCode.New();
        foreach (var written in (string[])[made.Grouped, made.Grouped.ToLowerInvariant(), made.Value, made.Grouped.Replace('-', '\u2011'), made.Value.Replace('0', 'O').Replace('1', 'l')])
            Assert.Equal(made, VerificationCode.Parse(written));
    }

    [Property(MaxTest = 1000)]
    public void A_confidential_code_is_read_or_refused(byte[] choices)
    {
        if (ConfidentialCode.TryParse(AwkwardText.Of(choices, "K7PMR", "T4WXH"), out var code))
            Assert.True(ConfidentialCode.TryParse(code.Value, out var again) && again == code);
        var made = ConfidentialCode.New();
        Assert.True(ConfidentialCode.TryParse($" {made.Value[..5].ToLowerInvariant()}-{made.Value[5..]}\u200b", out var read) && read == made);
    }

    [Property(MaxTest = 1000)]
    public void A_date_of_the_civil_status_is_read_or_refused(byte[] choices, DateTime any)
    {
        if (CivilDate.TryParse(AwkwardText.Of(choices, "1963", "-", "09", "12", "00"), out var date))
            Assert.True(CivilDate.TryParse(date.ToString(), out var again) && again == date && date.FirstDay.Year == date.Year);
        var whole = CivilDate.Of(DateOnly.FromDateTime(any));
        Assert.True(CivilDate.TryParse(whole.ToString(), out var read) && read == whole && read.FirstDay == DateOnly.FromDateTime(any));
    }

    [Property(MaxTest = 1000)]
    public void A_login_is_read_or_refused_and_leads_to_one_agent_however_it_is_written(byte[] choices)
    {
        var typed = AwkwardText.Of(choices, "marie", ".", "durand", "-");
        Assert.Equal(AgentLogin.KeyFor(typed), AgentLogin.KeyFor($" {typed}\n"));
        if (!AgentLogin.TryParse(typed, out var login))
            return;
        Assert.Equal(login, AgentLogin.Parse(login.Value));
        Assert.Equal(login.Key, AgentLogin.KeyFor(typed));
    }

    [Property(MaxTest = 1000)]
    public void A_link_is_read_or_refused(byte[] choices) => Assert.True(
        !EmailLink.TryParse(AwkwardText.Of(choices, "AbCd_-09", "ZZZZ"), out var adherent, out var secret)
        || (EmailLink.TryParse(EmailLink.Compose(adherent, secret), out var again, out var same) && (again, same) == (adherent, secret)));

    [Property(MaxTest = 1000)]
    public void A_code_of_an_agent_s_telephone_is_judged_whatever_was_typed(byte[] choices)
    {
        var secret = TotpSecret.New();
        var now = Samples.Now;

        Assert.Null(secret.StepOf(AwkwardText.Of(choices, "12345"), now, TotpSecret.StepAt(now) + 1)); // all that there are have been used
        Assert.NotNull(secret.StepOf(secret.CodeAt(now), now, -1));
    }
}
