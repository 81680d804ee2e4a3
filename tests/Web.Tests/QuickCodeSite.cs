namespace MsaOrleans.Web.Tests;

/// <summary>A site on which the code of a department leaves a second after the request.</summary>
public sealed class QuickCodeSite() : Site(["--Departments:CodeDelay=00:00:01"]);
