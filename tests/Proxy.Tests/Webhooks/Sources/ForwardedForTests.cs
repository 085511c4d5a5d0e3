using System.Net;
using Microsoft.Extensions.Primitives;
using Proxy.Webhooks.Sources;

namespace Proxy.Tests.Webhooks.Sources;

public sealed class ForwardedForTests
{
    private const string Balancer = "10.0.0.1";

    private static readonly NetworkList Trusted = new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")]);

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.9, 203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.9, 203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.9,203.0.113.7 ,\t10.0.0.2,10.0.0.3", "203.0.113.7")]
    [InlineData("203.0.113.7, 2001:db8::1", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7, ::ffff:10.0.0.2", "203.0.113.7")]
    [InlineData("2001:DB9::7", "2001:db9::7")]
    public void FirstFromTheRightThatIsNotDeclared_IsTheSender(string header, string sender) => Assert.Equal(sender, Find(Balancer, header));

    [Theory]
    [InlineData("203.0.113.7:4711", "203.0.113.7", 4711)]
    [InlineData("[2001:db9::7]:4711", "2001:db9::7", 4711)]
    [InlineData("[2001:db9::7]", "2001:db9::7", 0)]
    [InlineData("203.0.113.7", "203.0.113.7", 0)]
    public void PortOfAnEntry_IsTakenOff(string header, string sender, int port) =>
        Assert.Equal(new Hop(IPAddress.Parse(sender), port), ForwardedFor.Find(new Hop(IPAddress.Parse(Balancer), 1), header, Trusted));

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.7, 10.0.0.2")]
    public void UndeclaredPeer_IsTheSenderWhateverItSays(string header) => Assert.Equal("198.51.100.1", Find("198.51.100.1", header));

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("203.0.113.7,")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("\"203.0.113.7\"")]
    [InlineData("203.0.113.7 203.0.113.8")]
    [InlineData("203.0.113")]
    [InlineData("3405803783")]
    [InlineData("0xcb.0.113.7")]
    [InlineData("0203.0.113.7")]
    [InlineData("203.0.113.256")]
    [InlineData("203.0.113.7:")]
    [InlineData("203.0.113.7:-1")]
    [InlineData("203.0.113.7:65536")]
    [InlineData("203.0.113.7:+80")]
    [InlineData("[203.0.113.7]:80")]
    [InlineData("[2001:db9::7")]
    [InlineData("[2001:db9::7]80")]
    [InlineData("[[2001:db9::7]]")]
    [InlineData("2001:db9::7]:80")]
    [InlineData("fe80::1%eth0")]
    [InlineData("2001:db9::/32")]
    [InlineData("\u00e9")]
    public void EntryThatIsNoAddress_LeavesTheHopThatWroteIt(string header) => Assert.Equal(Balancer, Find(Balancer, header));

    [Fact]
    public void GarbageBeforeADeclaredHop_LeavesThatHop() => Assert.Equal("10.0.0.2", Find(Balancer, "203.0.113.7, unknown, 10.0.0.2"));

    [Fact]
    public void GarbageBeforeTheSender_IsNotRead() => Assert.Equal("203.0.113.7", Find(Balancer, "10.0.0.1, <script>, 203.0.113.7"));

    [Fact]
    public void NothingButDeclaredHops_LeavesTheLeftmost() => Assert.Equal("10.0.0.3", Find(Balancer, "10.0.0.3, 10.0.0.2"));

    [Fact]
    public void LinesOfTheHeader_AreOneList() => Assert.Equal("203.0.113.7", Find(Balancer, new StringValues(["198.51.100.9", "203.0.113.7, 10.0.0.4", "10.0.0.2"])));

    [Fact]
    public void NoHeader_LeavesThePeer() => Assert.Equal(Balancer, Find(Balancer, StringValues.Empty));

    [Fact]
    public void PeerThatIsIPv4WrittenAsIPv6_IsDeclaredAsIPv4() => Assert.Equal("203.0.113.7", Find("::ffff:10.0.0.1", "203.0.113.7"));

    [Fact]
    public void PeerWithoutAnAddress_IsNotDeclared() => Assert.Null(ForwardedFor.Find(new Hop(null, 0), "203.0.113.7", Trusted).Address);

    private static string Find(string peer, StringValues header) => ForwardedFor.Find(new Hop(IPAddress.Parse(peer), 1), header, Trusted).Address!.ToString();
}
