using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Hosting;

/// <summary>The keys of an installation: those that encrypt rows, cookies and links, and the one that makes pseudonyms.</summary>
public static class KeyRing
{
    /// <summary>Configuration key of the pseudonym key.</summary>
    public const string PseudonymSetting = "Adherents:PseudonymKey";

    private const string PseudonymFile = "pseudonym.key";
    private const string NextPseudonymFile = "pseudonym.key.next";

    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(30);

    /// <summary>Adds Data Protection with its keys kept in the data directory, the pseudonym key, and what derives from it.</summary>
    public static IServiceCollection AddMsaKeyRing(this IServiceCollection services, DataDirectory directory)
    {
        services.AddKeyRing(directory).PersistKeysToFileSystem(new DirectoryInfo(directory.Keys));
        return services;
    }

    /// <summary>Adds Data Protection with its keys kept in the database, encrypted under the pseudonym key, which is then the one secret to hand to each machine.</summary>
    public static IServiceCollection AddMsaKeyRing(this IServiceCollection services)
    {
        services.AddKeyRing(null);
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider, PseudonymSecret>((keys, provider, secret) =>
        {
            keys.XmlRepository = new DatabaseKeyRepository(new(provider.GetRequiredService<Database>));
            keys.XmlEncryptor = new KeyXmlEncryptor(secret);
        });
        return services;
    }

    /// <summary>
    /// Makes the first encryption key now, if there is none, while other processes wait: two that start at once on an empty directory would
    /// otherwise each make one, and not know the other's for a while.
    /// </summary>
    public static void EnsureFirstKey(IServiceProvider services, DataDirectory directory) => Exclusively(directory, () => MakeFirstKey(services));

    /// <summary>The same among machines. Where there are keys, the pseudonym key must open them.</summary>
    /// <exception cref="SetupException">This machine has another pseudonym key than the one under which the database was begun.</exception>
    public static void EnsureFirstKey(IServiceProvider services, PostgresDatabase database)
    {
        database.Exclusively(AdvisoryLock.FirstKey, () => MakeFirstKey(services));
        try
        {
            foreach (var key in services.GetRequiredService<IKeyManager>().GetAllKeys())
                key.CreateEncryptor();
        }
        catch (CryptographicException)
        {
            // Data Protection would make a new key and go on, and rows of this machine would be closed to the others.
            throw new SetupException($"{PseudonymSetting} is not the key under which this database was begun: every machine must have the same.");
        }
    }

    /// <summary>The pseudonym key: from the configuration, else (embedded only) the one kept beside the data, made on first use.</summary>
    public static PseudonymSecret PseudonymKey(IConfiguration configuration, DataDirectory? directory)
    {
        if (configuration[PseudonymSetting] is { Length: > 0 } configured)
            return Read(configured, PseudonymSetting);
        if (directory is null || PostgresDatabase.ConfiguredIn(configuration) is not null)
            throw new SetupException($"{PseudonymSetting} must be set (base64, {AdherentKeys.SecretLength} bytes) when {PostgresDatabase.Setting} is.");
        var path = Path.Combine(directory.Keys, PseudonymFile);
        return Exclusively(directory, () =>
        {
            if (File.Exists(Path.Combine(directory.Keys, NextPseudonymFile)))
                throw new SetupException("A change of the pseudonym key has been broken off: run Silo -- keys change-pseudonym again, with the same new key.");
            if (!File.Exists(path))
                Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(AdherentKeys.SecretLength)));
            return Read(File.ReadAllText(path), path);
        });
    }

    /// <summary>A pseudonym key that somebody has put into a file.</summary>
    /// <exception cref="SetupException">It is none.</exception>
    public static PseudonymSecret ReadPseudonymKey(string path) => Read(File.ReadAllText(path), path);

    /// <summary>Puts another pseudonym key in the place of the one kept beside the data, once what hangs on it has been changed. Broken off between the two, nothing starts until it has been done again.</summary>
    public static async Task ReplacePseudonymKey(DataDirectory directory, PseudonymSecret next, Func<Task> change)
    {
        var nextPath = Path.Combine(directory.Keys, NextPseudonymFile);
        Write(nextPath, Convert.ToBase64String(next.Value));
        try
        {
            await change();
        }
        catch
        {
            File.Delete(nextPath); // nothing was changed
            throw;
        }
        File.Move(nextPath, Path.Combine(directory.Keys, PseudonymFile), overwrite: true);
    }

    /// <summary>Lets the change that was broken off begin again.</summary>
    public static void ForgetBrokenReplacement(DataDirectory directory) => File.Delete(Path.Combine(directory.Keys, NextPseudonymFile));

    private static IDataProtectionBuilder AddKeyRing(this IServiceCollection services, DataDirectory? directory)
    {
        services.AddSingleton(provider => PseudonymKey(provider.GetRequiredService<IConfiguration>(), directory));
        services.AddSingleton(provider => new AdherentKeys(provider.GetRequiredService<PseudonymSecret>().Value));
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton(provider => new KeyWatch(
            provider.GetRequiredService<XmlKeyManager>(),
            KeyWatch.RefreshIn(provider.GetRequiredService<IConfiguration>()),
            new(provider.GetRequiredService<IKeyRingProvider>),
            provider.GetService<ILogger<KeyWatch>>()));
        services.AddSingleton<IKeyManager>(provider => provider.GetRequiredService<KeyWatch>());
        return services.AddDataProtection()
            .SetApplicationName("MsaOrleans")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
    }

    private static bool MakeFirstKey(IServiceProvider services)
    {
        var keys = services.GetRequiredService<IKeyManager>();
        if (keys.GetAllKeys().Count > 0)
            return false;
        var now = DateTimeOffset.UtcNow;
        keys.CreateNewKey(now, now + services.GetRequiredService<Microsoft.Extensions.Options.IOptions<KeyManagementOptions>>().Value.NewKeyLifetime);
        return true;
    }

    private static PseudonymSecret Read(string base64, string source)
    {
        var secret = new byte[AdherentKeys.SecretLength + 1];
        return Convert.TryFromBase64String(base64.Trim(), secret, out var length) && length == AdherentKeys.SecretLength
            ? new PseudonymSecret(secret[..length])
            : throw new SetupException($"{source} is not a pseudonym key: {AdherentKeys.SecretLength} bytes in base64 were expected.");
    }

    // Under another name first, so that a crash half-way leaves no half key behind.
    private static void Write(string path, string text)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.WriteLine(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    private static T Exclusively<T>(DataDirectory directory, Func<T> work)
    {
        using var held = FileLock.TryTake(Path.Combine(directory.Keys, ".lock"), longestWait)
            ?? throw new SetupException($"The keys in {directory.Keys} are held by another process.");
        return work();
    }
}
