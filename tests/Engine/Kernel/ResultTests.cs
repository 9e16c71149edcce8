namespace Tccc.Kernel.Tests;

public sealed class ResultTests
{
    [Fact]
    public void A_result_is_a_value_or_the_error_that_says_why_there_is_none()
    {
        Result<int> good = 3;
        Result<int> bad = new Full(5);
        Assert.True(good.Ok);
        Assert.Equal(3, good.Value);
        Assert.False(bad.Ok);
        Assert.Equal("Only {0} fit.", bad.Error!.Message);
        Assert.Throws<InvalidOperationException>(() => bad.Value);
        Assert.True(Result.Done.Ok);
        Assert.False(((Result)new Full(1)).Ok);
    }

    [Fact]
    public void Code_that_knows_no_type_can_ask_whether_it_went_well()
    {
        IOutcome bad = (Result<string>)new Full(5);
        Assert.IsType<Full>(bad.Error);
        Assert.Null(((IOutcome)Result.Done).Error);
    }

    private sealed record Full(int Places) : Error(ErrorKind.Conflict, "Only {0} fit.", Places);
}
