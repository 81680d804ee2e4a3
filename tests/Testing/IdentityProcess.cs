using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace MsaOrleans.Testing;

/// <summary>A plain ASP.NET Core Identity site (<c>tests/IdentitySite</c>) as its own process: something to measure ours against.</summary>
public sealed class IdentityProcess : ServerProcess
{
    private IdentityProcess(ProcessStartInfo command, string address)
        : base(command, address, "/")
    {
    }

    /// <param name="connectionString">Of an empty database, in which it makes its tables.</param>
    /// <param name="smtp">Where it sends its mails.</param>
    public static async Task<IdentityProcess> Start(string connectionString, IPEndPoint smtp)
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var program = Repository.BuiltProgram("tests/IdentitySite");
        var command = new ProcessStartInfo("dotnet", [program, "--urls", address, "--environment", "Production"])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Environment =
            {
                ["ConnectionStrings__Identity"] = connectionString,
                ["Smtp__Host"] = smtp.Address.ToString(),
                ["Smtp__Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture),
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        var site = new IdentityProcess(command, address);
        await site.Begin();
        return site;
    }
}
