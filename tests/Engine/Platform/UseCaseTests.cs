using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Tests;

public sealed class UseCaseTests
{
    [Fact]
    public async Task A_command_that_is_wrong_never_reaches_its_handler_and_says_which_field()
    {
        await using var host = await TestHost.Start();
        var answer = await Send(host, new Rename("much too long"));
        var failed = Assert.IsType<ValidationFailed>(answer.Error);
        Assert.Equal(ErrorKind.Invalid, failed.Kind);
        Assert.Equal([new FieldError("Name", "The name is too long.")], failed.Fields);
    }

    [Fact]
    public async Task A_command_that_is_right_gets_its_handler_s_answer()
    {
        await using var host = await TestHost.Start();
        Assert.Equal(3, (await Send(host, new Rename("Amy"))).Value);
        Assert.IsType<Taken>((await Send(host, new Rename("taken"))).Error);
    }

    private static async Task<Result<int>> Send(TestHost host, Rename command)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }
}
