using Mono.Cecil;

namespace HostingPortal.Architecture.Tests.Support;

/// <summary>Which types a type names: in its shape, in signatures and in bodies, generic arguments included.</summary>
internal static class TypeUse
{
    public static IReadOnlySet<string> NamesUsedBy(TypeDefinition type)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in type.WithNested())
        {
            Add(found, part.BaseType);
            foreach (var reference in part.Interfaces.Select(i => i.InterfaceType).Concat(part.Fields.Select(f => f.FieldType)))
            {
                Add(found, reference);
            }

            foreach (var method in part.Methods)
            {
                AddMethod(found, method);
            }
        }

        return found;
    }

    private static void AddMethod(HashSet<string> found, MethodDefinition method)
    {
        AddSignature(found, method);
        if (!method.HasBody)
        {
            return;
        }

        foreach (var variable in method.Body.Variables)
        {
            Add(found, variable.VariableType);
        }

        foreach (var operand in method.Body.Instructions.Select(i => i.Operand))
        {
            switch (operand)
            {
                case TypeReference named:
                    Add(found, named);
                    break;
                case MethodReference called:
                    Add(found, called.DeclaringType);
                    AddSignature(found, called);
                    break;
                case FieldReference field:
                    Add(found, field.DeclaringType);
                    Add(found, field.FieldType);
                    break;
            }
        }
    }

    private static void AddSignature(HashSet<string> found, MethodReference method)
    {
        Add(found, method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            Add(found, parameter.ParameterType);
        }

        if (method is GenericInstanceMethod generic)
        {
            foreach (var argument in generic.GenericArguments)
            {
                Add(found, argument);
            }
        }
    }

    private static void Add(HashSet<string> found, TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (var argument in generic.GenericArguments)
                {
                    Add(found, argument);
                }

                Add(found, generic.ElementType);
                return;
            case TypeSpecification wrapped:
                Add(found, wrapped.ElementType);
                return;
        }

        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        found.Add(type.FullName);
    }
}
