using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Credentials;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Credentials;

/// <summary>Slow hashes, by the real library.</summary>
public sealed class Argon2PasswordHasherTests : IDisposable
{
    private readonly Argon2PasswordHasher hasher = new(new());

    public void Dispose() => hasher.Dispose();

    [Fact]
    public async Task A_password_is_found_by_its_hash_and_another_is_not()
    {
        var hash = await hasher.Hash(new("Tilleul-Ardoise-7"));
        Assert.Equal(hash, await hasher.FindMatch(new("Tilleul-Ardoise-7"), [hash]));
        Assert.Null(await hasher.FindMatch(new("tilleul-ardoise-7"), [hash]));
        Assert.Null(await hasher.FindMatch(new("Tilleul-Ardoise-7 "), [hash]));
        Assert.Null(await hasher.FindMatch(new("Tilleul-Ardoise-7"), []));
    }

    [Fact]
    public async Task The_parameters_are_those_of_OWASP_and_travel_with_the_hash()
    {
        var hash = await hasher.Hash(new("Tilleul-Ardoise-7"));
        Assert.Equal(("argon2id", 19456, 2), (hash.Algorithm, hash.MemoryKib, hash.Passes));
        Assert.Equal(16, Convert.FromBase64String(hash.Salt).Length);
        Assert.Equal(32, Convert.FromBase64String(hash.Hash).Length);
        Assert.NotEqual(hash.Salt, (await hasher.Hash(new("Tilleul-Ardoise-7"))).Salt);
    }

    // By the reference implementation: echo -n password | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -l 32
    [Fact]
    public async Task It_is_Argon2id_as_everybody_computes_it()
    {
        var hash = await hasher.Hash(new("password"), Convert.ToBase64String(Encoding.ASCII.GetBytes("somesaltsomesalt")));
        Assert.Equal("2b5dc4054886ec957ef59c73b661c54dd6fb274590b278f657c6d96aac8fa6d1", Convert.ToHexStringLower(Convert.FromBase64String(hash.Hash)));
    }

    [Fact]
    public async Task Hashes_of_yesterdays_parameters_are_still_verified()
    {
        // By the reference implementation: -t 1 -k 8192
        var weaker = new PasswordHash(
            "argon2id", 8 * 1024, 1, Convert.ToBase64String(Encoding.ASCII.GetBytes("somesaltsomesalt")),
            Convert.ToBase64String(Convert.FromHexString("84fb006bbc3cd69895722b64b5bf735251a9e8e9f3ecb93ff595b98aeb7accb7")));
        Assert.Equal(weaker, await hasher.FindMatch(new("password"), [weaker]));
        Assert.Null(await hasher.FindMatch(new("password"), [weaker with { Passes = 2 }]));
    }

    [Fact]
    public async Task Parameters_above_OWASPs_hash_and_verify()
    {
        using var dearer = new Argon2PasswordHasher(new(MemoryKib: 32 * 1024, Passes: 3));
        var hash = await dearer.Hash(new("Tilleul-Ardoise-7"));
        Assert.Equal(("argon2id", 32 * 1024, 3), (hash.Algorithm, hash.MemoryKib, hash.Passes));
        Assert.Equal(hash, await dearer.FindMatch(new("Tilleul-Ardoise-7"), [hash]));
        Assert.Null(await dearer.FindMatch(new("tilleul-ardoise-7"), [hash]));

        // By the reference implementation: echo -n password | argon2 somesaltsomesalt -id -t 3 -k 32768 -p 1 -l 32
        var known = await dearer.Hash(new("password"), Convert.ToBase64String(Encoding.ASCII.GetBytes("somesaltsomesalt")));
        Assert.Equal("c8513179dc66d3299882a851407944645a779baa8ff4f0c2eb8d17c2169781e4", Convert.ToHexStringLower(Convert.FromBase64String(known.Hash)));
    }

    [Fact]
    public async Task Raised_parameters_still_verify_what_was_hashed_before_beside_what_is_hashed_now()
    {
        var before = await hasher.Hash(new("Premier-Mot-1"));
        using var dearer = new Argon2PasswordHasher(new(MemoryKib: 20 * 1024, Passes: 3));
        var after = await dearer.Hash(new("Second-Mot-2"));
        Assert.Equal(before, await dearer.FindMatch(new("Premier-Mot-1"), [before]));
        Assert.Equal(before, await dearer.FindMatch(new("Premier-Mot-1"), [after, before]));
        Assert.Equal(after, await dearer.FindMatch(new("Second-Mot-2"), [before, after]));
        Assert.Null(await dearer.FindMatch(new("Premier-Mot-1"), [before with { Passes = 3 }]));
    }

    [Theory]
    [InlineData(19456, 2, true)]
    [InlineData(32768, 2, true)]
    [InlineData(19456, 3, true)]
    [InlineData(65536, 2, true)]
    [InlineData(32768, 3, false)]
    [InlineData(32768, 4, false)]
    [InlineData(65536, 3, false)]
    public void A_hash_is_outdated_when_either_parameter_is_below_todays(int memoryKib, int passes, bool outdated)
    {
        using var today = new Argon2PasswordHasher(new(MemoryKib: 32768, Passes: 3));
        Assert.Equal(outdated, today.IsOutdated(new("argon2id", memoryKib, passes, "AAAA", "AAAA")));
    }

    [Fact]
    public async Task What_was_hashed_just_now_is_not_outdated() => Assert.False(hasher.IsOutdated(await hasher.Hash(new("Tilleul-Ardoise-7"))));

    [Fact]
    public async Task Several_hashes_with_one_salt_are_told_apart()
    {
        var first = await hasher.Hash(new("Premier-Mot-1"));
        var second = await hasher.Hash(new("Second-Mot-2"), first.Salt);
        Assert.Equal(second, await hasher.FindMatch(new("Second-Mot-2"), [first, second]));
        Assert.Equal(first, await hasher.FindMatch(new("Premier-Mot-1"), [first, second]));
    }

    [Fact]
    public async Task An_algorithm_that_it_does_not_know_is_a_fault_and_not_a_refusal() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => hasher.FindMatch(new("x"), [new PasswordHash("scrypt", 1, 1, "AAAA", "AAAA")]));

    [Fact]
    public async Task Many_at_once_all_come_to_their_end()
    {
        var hash = await hasher.Hash(new("Tilleul-Ardoise-7"));
        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => hasher.FindMatch(new(i % 2 == 0 ? "Tilleul-Ardoise-7" : "autre"), [hash])));
        Assert.Equal(10, found.Count(f => f is not null));
    }

    [Fact]
    public async Task The_queue_is_watched()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var watched = new Argon2PasswordHasher(new(), meters);
        using var measures = new Measures(meters, HashMeter.Name);

        // A place is taken before the call returns, or the queue joined.
        Task[] hashes = [.. Enumerable.Range(0, Environment.ProcessorCount + 40).Select(_ => watched.Hash(new("Tilleul-Ardoise-7")))];
        Assert.InRange(measures.Observe("msa.password_hashes.waiting"), 1, 40);
        await Task.WhenAll(hashes);

        Assert.Equal((0, 0), (measures.Observe("msa.password_hashes.waiting"), measures.Observe("msa.password_hashes.running")));
        Assert.Contains(measures.All, measured => measured is { Name: "msa.password_hashes.duration", Sum: > 0 });
    }
}
