using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HostingPortal.Domain.Persistence;

/// <summary>What holds for every table: UTC times, enum names as text, generated ids as short ASCII.</summary>
internal static class Conventions
{
    /// <summary>Room for our own ids and for Identity's (36 characters).</summary>
    private const int IdLength = 40;

    private static readonly ValueConverter<DateTime, DateTime> Utc =
        new(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));

    public static void Apply(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type == typeof(DateTime))
            {
                property.SetValueConverter(Utc);
                property.SetPrecision(3);
            }
            else if (type.IsEnum)
            {
                property.SetProviderClrType(typeof(string));
                property.SetMaxLength(24);
            }
            else if (type == typeof(decimal))
            {
                property.SetPrecision(12);
                property.SetScale(4);
            }
            else if (type == typeof(string) && IsGeneratedId(property.DeclaringType.ClrType, property.Name))
            {
                property.SetMaxLength(IdLength);
            }
        }
    }

    private static bool IsGeneratedId(Type entity, string name) =>
        entity.Namespace!.StartsWith("HostingPortal", StringComparison.Ordinal)
        && entity != typeof(Clients.PortalUser)
        && (name == "Id" || name.EndsWith("Id", StringComparison.Ordinal));
}
