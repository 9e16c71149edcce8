namespace Tccc.Directory.Tests;

[Trait("Case", "F-B3")]
public sealed class NumberFormsTests
{
    [Theory]
    [InlineData("4000000001")]
    [InlineData("04000000001")]
    [InlineData("864000000001")]
    [InlineData("+864000000001")]
    [InlineData("00864000000001")]
    public void A_national_number_is_the_same_in_five_writings(string dialled)
    {
        var forms = NumberForms.Of(dialled).ToList();
        Assert.Equal(dialled, forms[0]);
        Assert.Equal(["+864000000001", "00864000000001", "04000000001", "4000000001", "864000000001"], forms.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("+442079460000")]
    [InlineData("00442079460000")]
    [InlineData("442079460000")]
    public void A_foreign_number_is_the_same_in_three(string dialled) =>
        Assert.Equal(["+442079460000", "00442079460000", "442079460000"], NumberForms.Of(dialled).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("8001")]
    [InlineData("110")]
    [InlineData("+4000000001")]
    [InlineData("alice")]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("+860")]
    public void What_is_no_national_number_never_becomes_one(string dialled)
    {
        var forms = NumberForms.Of(dialled).ToList();
        Assert.Equal(dialled, forms[0]);
        Assert.DoesNotContain(forms, form => form.StartsWith("+86", StringComparison.Ordinal) && form != dialled);
        Assert.Equal(forms.Count, forms.Distinct().Count());
    }
}
