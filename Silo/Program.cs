using MsaOrleans.Silo.CommandLine;

return await MsaCommandLine.Run(args, Console.Out, Console.Error);
