using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.UI.Services;
using Microsoft.EntityFrameworkCore;
using MsaOrleans.IdentitySite;

// What `dotnet new webapp --auth Individual` makes, on PostgreSQL, with a sender of mails: something to measure ours against. Nothing is tuned, nothing is slowed down.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<SiteDbContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("Identity")));
builder.Services.AddTransient<IEmailSender, SmtpEmailSender>();
builder.Services.AddDefaultIdentity<IdentityUser>(options => options.SignIn.RequireConfirmedAccount = true).AddEntityFrameworkStores<SiteDbContext>();
builder.Services.AddRazorPages();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

await using var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<SiteDbContext>().Database.EnsureCreatedAsync();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.MapRazorPages();
await app.RunAsync();
