using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>Brings the clients in the database to what the settings say, at the start: those that are not named any more are gone. Several servers may do so at once.</summary>
internal sealed class ClientRegistration(IServiceScopeFactory scopes, ProviderSettings settings, TimeProvider clock, ILogger<ClientRegistration> log) : IHostedService
{
    private const int Tries = 10;

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await Register(scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>(), cancellationToken);
                return;
            }
            catch (Exception overtaken) when (tries < Tries && overtaken is not OperationCanceledException)
            {
                log.LogInformation("The clients of the identity provider could not be written ({Reason}), perhaps since another server is doing so: trying again", overtaken.GetType().Name);
            }
            await Task.Delay(pause * (tries * Random.Shared.NextDouble()), clock, cancellationToken); // by chance, so that servers do not go on in step
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Register(IOpenIddictApplicationManager applications, CancellationToken stop)
    {
        foreach (var client in settings.Clients)
        {
            if (await applications.FindByClientIdAsync(client.Id, stop) is { } known)
                await applications.UpdateAsync(known, Describe(client), stop);
            else
                await applications.CreateAsync(Describe(client), stop);
        }
        var all = new List<object>();
        await foreach (var application in applications.ListAsync(cancellationToken: stop))
            all.Add(application);
        foreach (var application in all)
        {
            if (settings.Client(await applications.GetClientIdAsync(application, stop)) is null)
                await applications.DeleteAsync(application, stop);
        }
    }

    private static OpenIddictApplicationDescriptor Describe(ProviderClient client)
    {
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientSecret = client.Secret,
            ClientType = ClientTypes.Confidential,
            DisplayName = client.Name,
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
            },
        };
        description.RedirectUris.UnionWith(client.RedirectUris);
        description.PostLogoutRedirectUris.UnionWith(client.PostLogoutRedirectUris);
        return description;
    }
}
