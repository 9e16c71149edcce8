namespace Tccc.Telephony.Tests;

public sealed class DialledDigitsTests
{
    [Theory]
    [InlineData("13900000001", "13900000001")]
    [InlineData(" 139-0000 0001 ", "13900000001")]
    [InlineData("+86 139\u20110000\u00a00001", "+8613900000001")]
    [InlineData("\u202a+8613900000001\u202c", "+8613900000001")]
    [InlineData("\uff0b\uff18\uff16\uff11\uff10\uff10\uff18\uff16", "+8610086")]
    [InlineData("*57#", "*57#")]
    [InlineData("8001*2", "8001*2")]
    [InlineData("110", "110")]
    [InlineData("112", "112")]
    [InlineData("119", "119")]
    [InlineData("120", "120")]
    [InlineData("911", "911")]
    public void A_number_is_read_however_it_was_typed(string typed, string digits) => Assert.Equal(digits, DialledDigits.Read(typed).Value);

    [Theory]
    [InlineData("")]
    [InlineData("  - ")]
    [InlineData("+")]
    [InlineData("86+1")]
    [InlineData("++86")]
    [InlineData("amy")]
    [InlineData("139\ufffe")]
    [InlineData("139,1")]
    [InlineData("(010)88880000")]
    [InlineData("139\ud800")]
    [InlineData("sip:1@x")]
    [InlineData("\u0661\u0662")]
    public void Anything_else_is_refused(string typed) => Assert.IsType<NotANumber>(DialledDigits.Read(typed).Error);

    [Fact]
    public void So_are_more_digits_than_a_number_has()
    {
        Assert.True(DialledDigits.Read(new('1', Dialling.DigitsAtMost)).Ok);
        Assert.IsType<NumberTooLong>(DialledDigits.Read(new('1', Dialling.DigitsAtMost + 1)).Error);
    }
}
