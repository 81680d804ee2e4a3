using Microsoft.Extensions.Configuration;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Credentials;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Adherents;

/// <summary>The limits in force, as the configuration tells them.</summary>
public sealed class PolicyConfigurationTests
{
    [Fact]
    public void What_is_not_configured_has_the_defaults_of_the_design()
    {
        var policy = Read();
        Assert.Equal("8025000032", policy.CardSerialPrefix);
        Assert.Equal(3, policy.Verification.Attempts);
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromDays(1)], policy.Verification.Locks);
        Assert.True(policy.Verification.ThenForGood);
        Assert.Equal(5, policy.SignIn.Attempts);
        Assert.Equal(TimeSpan.FromMinutes(15), policy.SignIn.Locks[0]);
        Assert.Equal(TimeSpan.FromDays(1), policy.SignIn.Locks[^1]);
        Assert.Equal(new SessionLimits(TimeSpan.FromMinutes(20), TimeSpan.FromHours(8)), policy.Session);
        Assert.Equal(TimeSpan.FromDays(7), policy.AbandonedAfter);
        Assert.Equal(TimeSpan.FromDays(3), policy.ProvisionalLifetime);
        Assert.Equal(TimeSpan.FromDays(3), policy.CodeDelay);
        Assert.Equal(TimeSpan.FromDays(30), policy.CodeLifetime);
    }

    [Fact]
    public void Every_limit_can_be_configured()
    {
        var policy = Read(
            ("Verification:CardSerialPrefix", "8025000099"), ("Verification:Attempts", "2"), ("Verification:Locks", "00:00:05; 00:01:00;1.00:00:00"),
            ("SignIn:Attempts", "4"), ("SignIn:FirstLock", "06:00:00"), ("Session:Idle", "00:05:00"), ("Session:Absolute", "01:00:00"),
            ("Registration:AbandonedAfter", "1.00:00:00"), ("Credentials:ProvisionalLifetime", "12:00:00"), ("Mail:RetryDelays", "00:00:01"),
            ("Departments:CodeDelay", "00:00:30"), ("Departments:CodeLifetime", "15.00:00:00"));
        Assert.Equal("8025000099", policy.CardSerialPrefix);
        Assert.Equal(2, policy.Verification.Attempts);
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)], policy.Verification.Locks);
        Assert.Equal([TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1)], policy.SignIn.Locks);
        Assert.Equal(4, policy.SignIn.Attempts);
        Assert.Equal(new SessionLimits(TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)), policy.Session);
        Assert.Equal(TimeSpan.FromDays(1), policy.AbandonedAfter);
        Assert.Equal(TimeSpan.FromHours(12), policy.ProvisionalLifetime);
        Assert.Equal([TimeSpan.FromSeconds(1)], policy.MailRetryDelays);
        Assert.Equal(TimeSpan.FromSeconds(30), policy.CodeDelay);
        Assert.Equal(TimeSpan.FromDays(15), policy.CodeLifetime);
    }

    [Fact]
    public void Locks_may_be_a_list_as_files_have_it() => Assert.Equal(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)],
        Read(("Verification:Locks:0", "00:01:00"), ("Verification:Locks:1", "00:02:00")).Verification.Locks);

    [Theory]
    [InlineData("Verification:Attempts", "0")]
    [InlineData("Verification:Attempts", "trois")]
    [InlineData("SignIn:Attempts", "-1")]
    [InlineData("SignIn:FirstLock", "15 minutes")]
    [InlineData("Session:Idle", "-00:20:00")]
    [InlineData("Verification:Locks", "01:00:00;demain")]
    [InlineData("Departments:CodeDelay", "trois jours")]
    [InlineData("Departments:CodeDelay", "00:00:00")]
    [InlineData("Departments:CodeDelay", "-3.00:00:00")]
    [InlineData("Departments:CodeLifetime", "30 jours")]
    [InlineData("Departments:CodeLifetime", "00:00:00")]
    [InlineData("Departments:CodeLifetime", "25:00:00:00:00")]
    public void What_cannot_be_read_stops_the_start_with_the_name_of_the_key(string key, string value) =>
        Assert.Contains(key, Assert.Throws<SetupException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void Hashes_cost_what_OWASP_asks_for_unless_more_is_configured()
    {
        Assert.Equal(new Argon2Settings(19456, 2), ReadHashing());
        Assert.Equal(new Argon2Settings(19456, 2), ReadHashing(("Credentials:Argon2:MemoryKib", ""), ("Credentials:Argon2:Passes", "")));
        Assert.Equal(new Argon2Settings(65536, 2), ReadHashing(("Credentials:Argon2:MemoryKib", "65536")));
        Assert.Equal(new Argon2Settings(19456, 3), ReadHashing(("Credentials:Argon2:Passes", "3")));
        Assert.Equal(new Argon2Settings(1024 * 1024, 100), ReadHashing(("Credentials:Argon2:MemoryKib", "1048576"), ("Credentials:Argon2:Passes", "100")));
    }

    [Theory]
    [InlineData("Credentials:Argon2:MemoryKib", "19455")] // a KiB less than OWASP
    [InlineData("Credentials:Argon2:MemoryKib", "0")]
    [InlineData("Credentials:Argon2:MemoryKib", "-19456")]
    [InlineData("Credentials:Argon2:MemoryKib", "1048577")] // more than a GiB
    [InlineData("Credentials:Argon2:MemoryKib", "99999999999999999999")]
    [InlineData("Credentials:Argon2:MemoryKib", "64 Mio")]
    [InlineData("Credentials:Argon2:MemoryKib", "19456.5")]
    [InlineData("Credentials:Argon2:MemoryKib", " ")]
    [InlineData("Credentials:Argon2:Passes", "1")]
    [InlineData("Credentials:Argon2:Passes", "0")]
    [InlineData("Credentials:Argon2:Passes", "-2")]
    [InlineData("Credentials:Argon2:Passes", "101")]
    [InlineData("Credentials:Argon2:Passes", "deux")]
    [InlineData("Credentials:Argon2:Passes", "0x3")]
    public void Hashes_cheaper_than_OWASP_dearer_than_the_machine_or_unreadable_stop_the_start_with_the_name_of_the_key(string key, string value) =>
        Assert.Contains(key, Assert.Throws<SetupException>(() => ReadHashing((key, value))).Message, StringComparison.Ordinal);

    private static Argon2Settings ReadHashing(params (string Key, string Value)[] settings) => PolicyConfiguration.ReadHashing(Configuration(settings));

    private static AdherentPolicy Read(params (string Key, string Value)[] settings) => PolicyConfiguration.Read(Configuration(settings));

    private static IConfiguration Configuration(IEnumerable<(string Key, string Value)> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
}
