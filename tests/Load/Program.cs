using MsaOrleans.Load;

return await LoadCommandLine.Run(args, Console.Out, Console.Error);
