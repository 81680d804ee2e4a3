using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Testing;

namespace MsaOrleans.Mail.Tests;

public sealed class SmtpTransportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_goes_through_a_relay_unchanged()
    {
        using var relay = await SmtpServer.Start();

        Assert.Null(await Through(relay).Send(Letters.Of(LetterKind.ProvisionalPassword, name: "Lætitia Œuvray-Müller"), Stop));

        var mail = await relay.Mails.To("lamy.fritz@example.fr", stop: Stop);
        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
        Assert.Contains("Lætitia Œuvray-Müller", mail.Html, StringComparison.Ordinal);
        Assert.Equal("ne-pas-repondre@msa.example", mail.Message.Headers["X-MailFrom"]);
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task A_relay_that_is_busy_is_worth_another_try(string command)
    {
        using var relay = await SmtpServer.Start();
        relay.Refuse(command, "451 4.3.0 Try again later");

        var failure = await Through(relay).Send(Letters.Of(LetterKind.ProvisionalPassword), Stop);

        Assert.False(failure!.Permanent);
        Assert.Contains("451 4.3.0 Try again later", failure.Reason, StringComparison.Ordinal);
        relay.Accept();
        Assert.Null(await Through(relay).Send(Letters.Of(LetterKind.ProvisionalPassword), Stop));
        Assert.Single(relay.Mails.All);
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task A_relay_that_refuses_for_good_is_believed(string command)
    {
        using var relay = await SmtpServer.Start();
        relay.Refuse(command, "550 5.1.1 No such mailbox");

        var failure = await Through(relay).Send(Letters.Of(LetterKind.ProvisionalPassword), Stop);

        Assert.True(failure!.Permanent);
        Assert.Contains("550 5.1.1 No such mailbox", failure.Reason, StringComparison.Ordinal);
        Assert.Empty(relay.Mails.All);
    }

    [Fact]
    public async Task The_reason_tells_nothing_of_the_letter_even_when_the_relay_does()
    {
        using var relay = await SmtpServer.Start();
        relay.Refuse("DATA", "554 5.7.1 <Lamy.Fritz@example.fr> LAMY Fritz may not get https://msa.example/8mUe_4-x");

        var failure = await Through(relay).Send(Letters.Of(LetterKind.EmailChangeLink) with { Secret = "8mUe_4-x" }, Stop);

        Assert.EndsWith("554 5.7.1 <[...]> [...] may not get https://msa.example/[...]", failure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_worth_another_try()
    {
        var transport = Through(new SmtpOptions { Host = "127.0.0.1", Port = FreePort.Next(), Security = SmtpSecurity.None });

        var failure = await transport.Send(Letters.Of(LetterKind.ProvisionalPassword), Stop);

        Assert.False(failure!.Permanent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_letter_goes_through_a_relay_that_cannot_be_trusted(bool offersTls)
    {
        using var relay = await SmtpServer.Start(tls: offersTls);
        var transport = Through(new SmtpOptions { Host = relay.Host, Port = relay.Port, Security = SmtpSecurity.StartTls });

        var failure = await transport.Send(Letters.Of(LetterKind.ProvisionalPassword), Stop);

        Assert.False(failure!.Permanent);
        Assert.Empty(relay.Mails.All);
    }

    [Fact]
    public async Task A_password_that_the_relay_cannot_check_is_worth_another_try()
    {
        using var relay = await SmtpServer.Start();
        var transport = Through(new SmtpOptions { Host = relay.Host, Port = relay.Port, Security = SmtpSecurity.None, User = "msa", Password = "relay-password" });

        var failure = await transport.Send(Letters.Of(LetterKind.ProvisionalPassword), Stop);

        Assert.False(failure!.Permanent);
        Assert.DoesNotContain("relay-password", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_the_relay_has_no_letters_for_is_refused_for_good()
    {
        using var relay = await SmtpServer.Start();

        var failure = await Through(relay).Send(Letters.Of(LetterKind.ProvisionalPassword, to: "é@example.fr"), Stop);

        Assert.True(failure!.Permanent);
    }

    [Fact]
    public async Task An_accent_in_the_domain_is_no_obstacle()
    {
        using var relay = await SmtpServer.Start();

        Assert.Null(await Through(relay).Send(Letters.Of(LetterKind.ProvisionalPassword, to: "lamy@éleveurs.fr"), Stop));

        Assert.Equal("lamy@xn--leveurs-9xa.fr", (await relay.Mails.First(stop: Stop)).Message.Headers["X-RcptTo"]);
    }

    [Fact]
    public async Task A_relay_that_hangs_up_after_the_letter_has_still_taken_it()
    {
        using var relay = new RudeRelay();

        Assert.Null(await Through(new SmtpOptions { Host = "127.0.0.1", Port = relay.Port, Security = SmtpSecurity.None }).Send(Letters.Of(LetterKind.EmailChanged), Stop));
    }

    [Fact]
    public async Task A_host_that_stops_does_not_call_it_a_failure_of_the_relay()
    {
        using var relay = new RudeRelay(silent: true);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sending = Through(new SmtpOptions { Host = "127.0.0.1", Port = relay.Port, Security = SmtpSecurity.None })
            .Send(Letters.Of(LetterKind.EmailChanged), stopping.Token);

        await relay.Connected.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Letters_that_follow_each_other_go_by_one_connection_and_those_at_the_same_time_by_one_each()
    {
        using var relay = new CountingRelay();
        await using var transport = Through(relay);

        for (var i = 0; i < 3; i++)
            Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        Assert.Equal((3, 1), (relay.Letters, relay.Connections));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => transport.Send(Letters.Of(LetterKind.EmailChanged), Stop))), Assert.Null);
        Assert.Equal(7, relay.Letters);
        Assert.InRange(relay.Connections, 1, 4);
    }

    [Fact]
    public async Task A_connection_that_the_relay_has_ended_meanwhile_costs_no_letter()
    {
        using var relay = new CountingRelay();
        await using var transport = Through(relay);
        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));

        relay.HangUp();

        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        Assert.Equal((2, 2), (relay.Letters, relay.Connections));
    }

    [Fact]
    public async Task A_connection_that_has_frozen_meanwhile_costs_two_seconds_and_no_letter()
    {
        var clock = new FakeTimeProvider();
        using var relay = new CountingRelay();
        await using var transport = Through(relay, clock);
        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        relay.Freeze();

        var sending = transport.Send(Letters.Of(LetterKind.EmailChanged), Stop);
        await Waiting.Until(() => relay.Unanswered == 1, () => "the question whether the relay is there", stop: Stop);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(await sending);
        Assert.Equal((2, 2), (relay.Letters, relay.Connections));
        await Waiting.Until(() => relay.Ended == 1, () => "the end of the frozen connection", stop: Stop);
    }

    [Fact]
    public async Task A_letter_that_is_called_off_takes_no_connection_from_the_next_one()
    {
        using var relay = new CountingRelay();
        await using var transport = Through(relay);
        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.Send(Letters.Of(LetterKind.EmailChanged), new(canceled: true)));

        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        Assert.Equal((2, 1), (relay.Letters, relay.Connections));
    }

    [Fact]
    public async Task While_a_farewell_takes_its_time_letters_go_by_the_connections_that_are_younger()
    {
        var clock = new FakeTimeProvider();
        using var relay = new CountingRelay();
        await using var connections = new RelayConnections(OptionsOf(relay), TimeSpan.FromSeconds(20), clock);
        var old = await connections.Open(Stop);
        relay.Freeze();
        using var young = await connections.Open(Stop);
        await connections.Keep(old);
        clock.Advance(TimeSpan.FromSeconds(5));
        await connections.Keep(young);

        clock.Advance(TimeSpan.FromSeconds(5)); // the caretaker's round
        await Waiting.Until(() => relay.Unanswered == 1, () => "a farewell", stop: Stop);

        Assert.Same(young, await connections.Open(Stop));
    }

    [Fact]
    public async Task A_relay_is_not_kept_waiting_for_letters_that_do_not_come()
    {
        var clock = new FakeTimeProvider();
        using var relay = new CountingRelay();
        await using var transport = Through(relay, clock);
        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        clock.Advance(TimeSpan.FromSeconds(1)); // the caretaker's first round: used a second ago
        Assert.Equal((1, 0), (relay.Connections, relay.Farewells));

        clock.Advance(TimeSpan.FromSeconds(10));

        await Waiting.Until(() => relay.Farewells == 1, () => "a farewell", stop: Stop);
    }

    [Fact]
    public async Task When_the_host_stops_connections_are_ended_as_the_protocol_wants_it()
    {
        using var relay = new CountingRelay();
        var transport = Through(relay);
        Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        await transport.DisposeAsync();
        Assert.Equal(1, relay.Farewells);
    }

    [Fact]
    public async Task After_fifty_letters_another_connection_is_taken()
    {
        using var relay = new CountingRelay();
        await using var transport = Through(relay);
        for (var i = 0; i < 51; i++)
            Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged), Stop));
        Assert.Equal((51, 2, 1), (relay.Letters, relay.Connections, relay.Farewells));
    }

    private static SmtpTransport Through(CountingRelay relay, TimeProvider? clock = null) =>
        Through(OptionsOf(relay), clock);

    private static SmtpOptions OptionsOf(CountingRelay relay) => new() { Host = "127.0.0.1", Port = relay.Port, Security = SmtpSecurity.None };

    private static SmtpTransport Through(SmtpServer relay) =>
        Through(new SmtpOptions { Host = relay.Host, Port = relay.Port, Security = SmtpSecurity.None });

    private static SmtpTransport Through(SmtpOptions relay, TimeProvider? clock = null) =>
        new(Letters.Writer, Options.Create(new MailOptions { Smtp = relay }), clock ?? TimeProvider.System, NullLogger<SmtpTransport>.Instance);
}
