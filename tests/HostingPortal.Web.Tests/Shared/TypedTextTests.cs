using HostingPortal.Web.Components.Shared;
using Xunit;

namespace HostingPortal.Web.Tests.Shared;

public sealed class TypedTextTests
{
    private readonly TypedText field = new();

    [Fact]
    public void Take_WhatWasAskedFor_KeepsWhatWasTypedSince()
    {
        field.Type("exa");
        field.Ask("exa");
        field.Type("exam");
        field.Ask("exam");
        field.Type("examp");
        field.Take("exa");
        Assert.Equal("examp", field.Text);
        field.Take("exam");
        Assert.Equal("examp", field.Text);
    }

    [Fact]
    public void Take_TheNewestOfSeveral_LetsGoOfTheOthers()
    {
        field.Type("ab");
        field.Ask("a");
        field.Ask("ab");
        field.Take("ab");
        field.Take("a");
        Assert.Equal("a", field.Text);
    }

    [Fact]
    public void Take_WhatOthersSet_IsTakenOver()
    {
        field.Take("first");
        Assert.Equal("first", field.Text);
        field.Type("first and more");
        field.Take("first");
        Assert.Equal("first and more", field.Text);
        field.Take(null);
        Assert.Equal("", field.Text);
    }
}
