namespace MsaOrleans.Silo.Demo;

/// <summary>The people of the demonstration, in the format of the caisses' files.</summary>
public static class DemoData
{
    public static TextReader Adherents() => Open("adherents.csv");

    public static TextReader Payments() => Open("payments.csv");

    private static StreamReader Open(string file) => new(
        typeof(DemoData).Assembly.GetManifestResourceStream(typeof(DemoData), file)
        ?? throw new InvalidOperationException($"{file} is not embedded in the assembly."));
}
