using Microsoft.EntityFrameworkCore;
using Application = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication;
using Authorization = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreAuthorization;
using Token = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken;

namespace MsaOrleans.Silo.FranceConnect;

/// <summary>
/// What OpenIddict keeps, in tables that our own migrations make. Less than it would by itself: no column says of whom a code or a token is, and what this
/// provider never uses has none.
/// </summary>
public sealed class FranceConnectContext(DbContextOptions<FranceConnectContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Application>(client =>
        {
            client.ToTable("FranceConnectClients");
            client.Property(c => c.ClientId).IsRequired();
            client.HasIndex(c => c.ClientId).IsUnique();
            client.Property(c => c.ConcurrencyToken).IsConcurrencyToken();
            client.Ignore(c => c.ApplicationType).Ignore(c => c.ConsentType).Ignore(c => c.DisplayNames).Ignore(c => c.JsonWebKeySet)
                .Ignore(c => c.Properties).Ignore(c => c.Requirements).Ignore(c => c.Settings);
        });
        modelBuilder.Entity<Authorization>(authorization =>
        {
            authorization.ToTable("FranceConnectAuthorizations");
            authorization.Property(a => a.ConcurrencyToken).IsConcurrencyToken();
            authorization.HasOne(a => a.Application).WithMany(c => c.Authorizations).HasForeignKey(ApplicationId).IsRequired(false);
            authorization.Ignore(a => a.Properties).Ignore(a => a.Subject);
        });
        modelBuilder.Entity<Token>(token =>
        {
            token.ToTable("FranceConnectTokens");
            token.HasIndex(t => t.ReferenceId).IsUnique();
            token.Property(t => t.ConcurrencyToken).IsConcurrencyToken();
            token.HasOne(t => t.Application).WithMany(c => c.Tokens).HasForeignKey(ApplicationId).IsRequired(false);
            token.HasOne(t => t.Authorization).WithMany(a => a.Tokens).HasForeignKey("AuthorizationId").IsRequired(false);
            token.Ignore(t => t.Properties).Ignore(t => t.Subject);
        });
        // As PostgreSQL has names that were written without quotes; SQLite does not mind.
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(entity.GetTableName()!.ToLowerInvariant());
            foreach (var property in entity.GetProperties())
                property.SetColumnName(property.Name.ToLowerInvariant());
        }
    }

    private const string ApplicationId = nameof(ApplicationId);
}
