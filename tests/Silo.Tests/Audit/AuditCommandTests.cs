using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.CommandLine;
using MsaOrleans.Silo.Tests.Postgres;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Audit;

public sealed class EmbeddedAuditCommandTests : AuditCommandContract
{
    private readonly TempFolder files = new();

    public override ValueTask InitializeAsync()
    {
        Configuration = new ConfigurationBuilder().AddInMemoryCollection([new(DataDirectory.Setting, files["data"])]).Build();
        return base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task Beside_a_running_silo_it_verifies_and_exports()
    {
        await using var silo = await EmbeddedSilo.Start(files["data"]);
        await Append(2);
        Assert.Equal(0, (await Silo("verify")).ExitCode);
        Assert.Equal(0, (await Silo("export")).ExitCode);
    }

    private protected override Task<SiloCommand> Silo(params string[] arguments) => SiloCommand.Run(files["data"], [], ["audit", .. arguments]);
}

public sealed class PostgresAuditCommandTests : AuditCommandContract
{
    private string connectionString = "";

    public override async ValueTask InitializeAsync()
    {
        connectionString = await PostgresInstallation.NewDatabase();
        Configuration = PostgresInstallation.Configuration(connectionString);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await PostgresServer.Shared()).Drop(connectionString);
    }

    private protected override Task<SiloCommand> Silo(params string[] arguments) => PostgresSilo.Run(connectionString, ["audit", .. arguments]);
}

/// <summary>The commands <c>audit</c> as processes, while this one is connected to the same database.</summary>
public abstract class AuditCommandContract : IAsyncLifetime
{
    private static readonly Nir nir = Nir.Parse("1630967482229");

    private readonly TempFolder files = new();
    private ServiceProvider services = null!;

    protected IConfiguration Configuration { get; set; } = null!;

    private static DateTimeOffset Day(int day) => new(2026, 6, day, 22, 30, 0, TimeSpan.Zero); // half past midnight in France

    public virtual ValueTask InitializeAsync()
    {
        services = new ServiceCollection().AddSingleton(Configuration).AddMsaStorage(Configuration).BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        files.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Verify_says_how_long_the_record_is_and_where_it_ends_and_holds_it_against_a_head_noted_before()
    {
        Assert.Equal((0, "0 entries, intact.\nHead: 0:00000000000000000000000000000000\n", ""), Told(await Silo("verify")));
        await Append(3);
        var verified = await Silo("verify");
        Assert.StartsWith("3 entries, intact.\nHead: 3:", verified.Output, StringComparison.Ordinal);
        var head = verified.Output.TrimEnd().Split(' ')[^1];
        await Append(1);
        Assert.Equal(0, (await Silo("verify", "--head", head)).ExitCode);

        Execute(services.GetRequiredService<Database>() is PostgresDatabase ? "ALTER TABLE AuditTrail DISABLE TRIGGER USER" : "DROP TRIGGER AuditTrail_Update; DROP TRIGGER AuditTrail_Delete");
        Execute("DELETE FROM AuditTrail WHERE Sequence >= 3");
        Assert.Equal(0, (await Silo("verify")).ExitCode);
        var cut = await Silo("verify", "--head", head);
        Assert.Equal(1, cut.ExitCode);
        Assert.StartsWith("Entry 3 was removed, with all that came after it", cut.Output, StringComparison.Ordinal);

        Execute("UPDATE AuditTrail SET Agent = 'somebody else' WHERE Sequence = 2");
        var altered = await Silo("verify");
        Assert.Equal((1, ""), (altered.ExitCode, altered.Errors));
        Assert.StartsWith("Entry 2 is not what was put on record after the one before: it was altered, inserted or moved. Intact before it: 1 entries.\nHead: 1:", altered.Output, StringComparison.Ordinal);

        var refused = await Silo("verify", "--head", "17");
        Assert.Equal((2, "", "--head must be SEQ:HASH, as this command prints it.\n"), Told(refused));
    }

    [Fact]
    public async Task Verify_says_what_was_erased_for_its_age_and_refuses_a_head_from_before()
    {
        await Append(new AuditEntry(Day(15).AddYears(-6), AuditedAct.Looked, new("marc", "appel"), Guid.NewGuid()));
        var head = (await Silo("verify")).Output.TrimEnd().Split(' ')[^1];
        await Append(new AuditEntry(Day(16).AddYears(-6), AuditedAct.Looked, new("marc", "appel"), Guid.NewGuid()));
        var last = (await Silo("verify")).Output.TrimEnd().Split(' ')[^1];
        await Append(1);
        await new AuditErasure(services.GetRequiredService<Database>(), services.GetRequiredService<AuditChain>(), TimeProvider.System, NullLogger<AuditErasure>.Instance).Run(TestContext.Current.CancellationToken);

        Assert.StartsWith("2 entries, intact.\nErased before them, older than 5 years: 2 entries.\nHead: 4:", (await Silo("verify", "--head", last)).Output, StringComparison.Ordinal);
        Assert.Equal((2, "", "Entry 1, which was noted as head, has been erased, older than 5 years: give a later one.\n"), Told(await Silo("verify", "--head", head)));
    }

    [Fact]
    public async Task Export_writes_what_is_asked_for_as_CSV_that_no_spreadsheet_runs_and_is_on_record_itself()
    {
        var adherent = services.GetRequiredService<AdherentKeys>().For(nir);
        await Append(1);
        await Append(new AuditEntry(Day(15), AuditedAct.CorrectedEmail, new("sophie", "=HYPERLINK(\"http://x\";\"é\")\nsuite", "C, 7"), adherent, "+33"));
        await Append(new AuditEntry(Day(16), AuditedAct.SignedOut, new("sophie", "fin")));

        var all = await Silo("export", "--from", "2026-06-16", "--to", "2026-06-16", "--agent", "sophie");
        Assert.Equal((0, ""), (all.ExitCode, all.Errors));
        Assert.Equal(
            "sequence,at,agent,act,adherent,reason,call_reference,detail,legible\r\n"
            + $"2,2026-06-15T22:30:00.000Z,sophie,CorrectedEmail,{adherent},\"'=HYPERLINK(\"\"http://x\"\";\"\"é\"\")\nsuite\",\"C, 7\",\"'+33\",yes\r\n",
            all.Output);

        var his = await Silo("export", "--adherent", files.Holding("nir", nir.Value + "\n"));
        Assert.Equal(["2,", "5,"], his.Output.Split("\r\n")[1..].Where(line => line.Contains($"{adherent}", StringComparison.Ordinal)).Select(line => line[..2]).Order());
        var trail = await services.GetRequiredService<IAuditTrail>().About(adherent, 1);
        Assert.Equal((AuditedAct.ReadAudit, AgentAct.Silo), (trail[0].Act, trail[0].By.Agent));

        Assert.Equal((2, "", "--from must be a day, as 2026-11-25.\n"), Told(await Silo("export", "--from", "hier")));
        Assert.Equal((2, "", "What --adherent names holds no NIR.\n"), Told(await Silo("export", "--adherent", files.Holding("none", "12"))));
    }

    private protected abstract Task<SiloCommand> Silo(params string[] arguments);

    protected async Task Append(int entries)
    {
        for (var i = 0; i < entries; i++)
            await Append(new AuditEntry(Day(15), AuditedAct.Looked, new("marc", "appel"), Guid.NewGuid()));
    }

    private static (int, string, string) Told(SiloCommand run) => (run.ExitCode, run.Output, run.Errors);

    private Task Append(AuditEntry entry) => services.GetRequiredService<IAuditTrail>().Append(entry);

    private void Execute(string sql)
    {
        using var connection = services.GetRequiredService<Database>().Writes.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
