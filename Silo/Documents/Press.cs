namespace MsaOrleans.Silo.Documents;

/// <summary>The library keeps its fonts for the whole process: papers are made one at a time, off the caller's scheduler.</summary>
internal sealed class Press : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<byte[]> Run(Func<byte[]> draw)
    {
        await turn.WaitAsync();
        try
        {
            return await Task.Run(draw);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
