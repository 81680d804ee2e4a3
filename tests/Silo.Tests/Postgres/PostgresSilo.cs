using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.CommandLine;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>The command line on a database of several machines. It must need no directory: the one it is given cannot be made.</summary>
internal static class PostgresSilo
{
    public static Task<SiloCommand> Run(string connectionString, params string[] arguments) => SiloCommand.Run(
        "/dev/null/nowhere",
        [(PostgresDatabase.Setting, connectionString), (KeyRing.PseudonymSetting, PostgresInstallation.PseudonymKey)],
        arguments);
}
