namespace Tccc.Sip.Tests;

/// <summary>Telephone numbers in user parts and tel URIs (RFC 3966, 4694, 4904; RFC 3261 §19.1.6).</summary>
[Trait("Case", "F-B3")]
public class NumberTests
{
    [Theory]
    [InlineData("sip:4000000002@10.0.0.1", "4000000002")]
    [InlineData("sip:4000000002;npdi;rn=+8613800000000@10.0.0.1;user=phone", "4000000002")]
    [InlineData("sip:+8613900000123;cpc=ordinary@10.0.0.1;user=phone", "+8613900000123")]
    [InlineData("sip:+86139-0000.0123;tgrp=tg1;trunk-context=carrier.example@10.0.0.1", "+8613900000123")]
    [InlineData("sip:400-000-0002@10.0.0.1;user=phone", "4000000002")]
    [InlineData("sip:+86-(400)-000.0001;npdi;rn=+8613800000000@10.0.0.1", "+864000000001")]
    [InlineData("sip:%2B86%28400%29%20000%200001@10.0.0.1", "+864000000001")]
    [InlineData("sip:8001;phone-context=example.com@10.0.0.1;user=phone", "8001")]
    [InlineData("sip:7042;phone-context=+1914555;ext=12@10.0.0.1", "7042")]
    [InlineData("tel:+86-400-000-0001;rn=+8613800000000;npdi", "+864000000001")]
    [InlineData("tel:%2B864000000001", "+864000000001")]
    [InlineData("tel:863-1234;phone-context=+1-914-555", "8631234")]
    [InlineData("sip:*97%23@10.0.0.1", "*97#")]
    public void The_number_is_what_is_left_without_separators_and_parameters(string text, string number)
    {
        Assert.True(SipUri.TryParse(text, out var uri));
        Assert.Equal(number, uri.Number);
    }

    [Theory]
    [InlineData("sip:alice@10.0.0.1", "alice")]
    [InlineData("sip:ada@10.0.0.1", "ada")]
    [InlineData("sip:alice;day=tuesday@10.0.0.1", "alice;day=tuesday")]
    [InlineData("sip:j.doe-1@10.0.0.1", "j.doe-1")]
    [InlineData("sip:86+13900000123@10.0.0.1", "86+13900000123")]
    [InlineData("sip:+@10.0.0.1", "+")]
    [InlineData("sip:-.-@10.0.0.1", "-.-")]
    [InlineData("sip:;npdi@10.0.0.1", ";npdi")]
    [InlineData("sip:10.0.0.1", "")]
    public void A_name_stays_a_name(string text, string name)
    {
        Assert.True(SipUri.TryParse(text, out var uri));
        Assert.Equal(name, uri.Number);
    }

    [Fact]
    public void A_user_part_of_any_length_is_read_whole()
    {
        Assert.True(SipUri.TryParse($"sip:{string.Concat(Enumerable.Repeat("1-", 2000))}@10.0.0.1", out var uri));
        Assert.Equal(new string('1', 2000), uri.Number);
    }

    [Fact]
    public void A_tel_URI_with_a_broken_escape_is_none() => Assert.False(SipUri.TryParse("tel:+86%4", out _));
}
