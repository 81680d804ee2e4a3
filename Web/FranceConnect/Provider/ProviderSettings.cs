namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>The MSA as identity provider: where it is, and who may ask it.</summary>
/// <param name="Issuer">The public address of the site.</param>
/// <param name="Clients">At least one.</param>
public sealed record ProviderSettings(Uri Issuer, IReadOnlyList<ProviderClient> Clients)
{
    /// <summary>Who asks; nothing when he is not known.</summary>
    public ProviderClient? Client(string? id) => Clients.FirstOrDefault(client => client.Id == id);
}

/// <summary>Who may ask whom an adherent is: FranceConnect, or one of its environments.</summary>
/// <param name="Id">Its <c>client_id</c>.</param>
/// <param name="Secret">Its <c>client_secret</c>, at least 32 characters.</param>
/// <param name="Name">As the adherent reads it.</param>
/// <param name="RedirectUris">Where it may be answered; at least one.</param>
/// <param name="PostLogoutRedirectUris">Where it may go on after it has ended its own session.</param>
/// <param name="SignsUserInfo">It is told who somebody is in a signed JWT, not in JSON.</param>
public sealed record ProviderClient(string Id, string Secret, string Name, IReadOnlyList<Uri> RedirectUris, IReadOnlyList<Uri> PostLogoutRedirectUris, bool SignsUserInfo)
{
    public override string ToString() => Id;
}
