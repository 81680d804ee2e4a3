using MsaOrleans.Web.Hosting;

var site = MsaSite.Build(args);
await site.RunAsync();
