namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>
/// Asking twice is the same as asking once, so that a caller who has no answer may ask again without knowing what became of the first question.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RetriableAttribute : Attribute;
