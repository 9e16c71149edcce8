namespace Tccc.Directory.Tests;

/// <summary>The one form of a customer's number; the rule stands at <see cref="PhoneKey"/>.</summary>
public sealed class PhoneKeyTests
{
    [Theory]
    [InlineData("13800138000", "+8613800138000")]
    [InlineData("+86 138 0013 8000", "+8613800138000")]
    [InlineData("8613800138000", "+8613800138000")]
    [InlineData("008613800138000", "+8613800138000")]
    [InlineData("013800138000", "+8613800138000")]
    [InlineData("\uFF0B\uFF18\uFF16\uFF11\uFF13\uFF18\uFF10\uFF10\uFF11\uFF13\uFF18\uFF10\uFF10\uFF10", "+8613800138000")]
    [InlineData("(010) 8234-5678", "+861082345678")]
    [InlineData("+86 (0)10 8234 5678", "+861082345678")]
    [InlineData("861082345678", "+861082345678")]
    [InlineData("1082345678", "+861082345678")]
    [InlineData("4001234567", "+864001234567")]
    [InlineData("+864001234567", "+864001234567")]
    [InlineData("800-820-8820", "+868008208820")]
    [InlineData("82345678", "82345678")]
    [InlineData("10086", "10086")]
    [InlineData("95588", "95588")]
    [InlineData("8001", "8001")]
    [InlineData("+1 212 555 0100", "+12125550100")]
    [InlineData("0012125550100", "+12125550100")]
    [InlineData("010-82345678 \u8F6C 101", "+861082345678x101")]
    [InlineData("+861082345678;ext=101", "+861082345678x101")]
    [InlineData("01082345678 ext. 101", "+861082345678x101")]
    public void A_number_has_one_form_however_it_is_written(string typed, string key) => Assert.Equal(key, PhoneKey.Of(typed, "86"));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("anonymous")]
    [InlineData("+")]
    [InlineData("+0123456789")]
    [InlineData("12a34567890")]
    [InlineData("1234567890123456789")]
    [InlineData("13800138000x123456789")]
    [InlineData("\uD83D13800138000")]
    public void What_is_no_telephone_number_has_none(string? typed) => Assert.Null(PhoneKey.Of(typed, "86"));

    [Theory]
    [InlineData("1", "2125550100", "+12125550100")]
    [InlineData("1", "12125550100", "+12125550100")]
    [InlineData("44", "07911 123456", "+447911123456")]
    [InlineData("39", "06 1234 5678", "+390612345678")]
    [InlineData("39", "+39 06 1234 5678", "+390612345678")]
    public void The_center_says_which_country_a_national_number_is_of(string country, string typed, string key) =>
        Assert.Equal(key, PhoneKey.Of(typed, country));

    [Theory]
    [InlineData("+8613800138000", "13800138000")]
    [InlineData("+861082345678", "01082345678")]
    [InlineData("+864001234567", "4001234567")]
    [InlineData("+12125550100", "+12125550100")]
    [InlineData("10086", "10086")]
    public void A_person_reads_it_as_it_is_dialled_and_it_leads_back(string key, string shown)
    {
        Assert.Equal(shown, PhoneKey.Shown(key, "86"));
        Assert.Equal(key, PhoneKey.Of(shown, "86"));
    }

    [Theory]
    [InlineData("+8613800138000")]
    [InlineData("+12125550100")]
    [InlineData("10086")]
    public void Every_spelling_of_a_carrier_leads_back_to_the_number(string key)
    {
        foreach (var spelling in PhoneKey.Spellings(key, "86").Where(s => s != "+10086")) Assert.Equal(key, PhoneKey.Of(spelling, "86"));
    }
}
