using MsaOrleans.Web.Hosting;

return await MsaSite.Run(args);
