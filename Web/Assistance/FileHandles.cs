using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Web.Assistance;

/// <summary>
/// How an address names an adherent's file: by a token that one agent was given and no other can use, so that a file is reached by a search, which is on record, or by a
/// message that waits, and an address that was copied or kept tells nothing. In hexadecimal, since addresses are written in lower case.
/// </summary>
public sealed class FileHandles(IDataProtectionProvider protection)
{
    /// <summary>A working day.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public string For(AgentLogin login, Guid adherent) => Convert.ToHexStringLower(ProtectorOf(login).Protect(adherent.ToByteArray(), Lifetime));

    /// <returns>The adherent's pseudonym; nothing when the handle is forged, too old, or somebody else's.</returns>
    public Guid? Read(AgentLogin login, string handle)
    {
        try
        {
            return new Guid(ProtectorOf(login).Unprotect(Convert.FromHexString(handle)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorOf(AgentLogin login) => protection.CreateProtector("MsaOrleans.Web.FileHandle", login.Value).ToTimeLimitedDataProtector();
}
