using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MsaOrleans.IdentitySite;

internal sealed class SiteDbContext(DbContextOptions<SiteDbContext> options) : IdentityDbContext(options);
