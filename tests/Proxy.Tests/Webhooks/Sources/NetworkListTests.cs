using System.Net;
using Proxy.Webhooks.Sources;

namespace Proxy.Tests.Webhooks.Sources;

public sealed class NetworkListTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.1", "10.0.0.1/32")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1/32")]
    public void Network_IsReadAsPeopleMeanIt(string text, string network)
    {
        Assert.True(NetworkList.TryParse(text, out var parsed));
        Assert.Equal(IPNetwork.Parse(network), parsed);
    }

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("loopback")]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("010.0.0.0/8")]
    [InlineData("10.0.0.010")]
    [InlineData("0x0a.0.0.0/8")]
    [InlineData("10/8")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%2")]
    [InlineData("::ffff:010.0.0.1")]
    public void WhatIsNoNetwork_IsRefused(string text) => Assert.False(NetworkList.TryParse(text, out _));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.0.0.0", false)]
    [InlineData("::10.1.2.3", false)]
    public void Address_IsLookedUpWhicheverWayItIsWritten(string address, bool contained) =>
        Assert.Equal(contained, new NetworkList([IPNetwork.Parse("10.0.0.0/8")]).Contains(IPAddress.Parse(address)));
}
