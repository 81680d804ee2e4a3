using System.Runtime.InteropServices;
using MsaOrleans.Fuzz;
using SharpFuzz;
using SharpFuzz.Common;

// Fuzz TARGET          as AFL++ starts it: one input after another, whatever is wrong with one is told to it
// Fuzz TARGET FILE…    each file once, for those who look into what was found
if (args is not [var name, .. var files] || !FuzzTarget.All.TryGetValue(name, out var start))
{
    Console.Error.WriteLine($"Which target? {string.Join(", ", FuzzTarget.All.Keys)}");
    return 2;
}
// Our code, once it tells which branches it takes, does so from its first line on: AFL++'s own memory for it is there only when Run is.
unsafe
{
    Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(65_536);
}
using var target = start();
foreach (var file in files)
{
    Console.WriteLine(file);
    target.Try(File.ReadAllBytes(file));
}
if (files.Length == 0)
{
    Fuzzer.Run(input =>
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        target.Try(bytes.ToArray());
    });
}
return 0;
