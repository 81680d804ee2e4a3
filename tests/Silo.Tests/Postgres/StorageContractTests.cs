using MsaOrleans.Silo.Tests.Registry;
using MsaOrleans.Silo.Tests.Storage;

namespace MsaOrleans.Silo.Tests.Postgres;

public sealed class PostgresOrleansStorageTests(PostgresStorageCluster cluster) : OrleansStorageContract(cluster), IClassFixture<PostgresStorageCluster>;

public sealed class PostgresStorageCluster : StorageCluster
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}

public sealed class PostgresOverdueAdherentsTests : OverdueAdherentsContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();

    protected override string SignOf(string index) => $" {index} ";
}

public sealed class PostgresRegistryImporterTests : RegistryImporterContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}

public sealed class PostgresRegistryLinesTests : RegistryLinesContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}

public sealed class PostgresRegistryRowsTests : RegistryRowsContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}
