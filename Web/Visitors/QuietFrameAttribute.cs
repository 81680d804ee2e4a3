using Microsoft.AspNetCore.Mvc.Filters;

namespace MsaOrleans.Web.Visitors;

/// <summary>Marks a page of a journey, of somebody's space or of the hotline: nothing stands around it that would only lead away (<see cref="Frame"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QuietFrameAttribute : Attribute, IFilterMetadata;
