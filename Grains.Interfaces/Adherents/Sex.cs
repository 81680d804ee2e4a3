namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>Sex of the civil status. Names are stored: they are a contract.</summary>
public enum Sex
{
    Male,
    Female,
}
