using static Tccc.Telephony.Tests.Steps;

namespace Tccc.Telephony.Tests;

public sealed class FlowPictureTests
{
    [Fact]
    public void An_empty_flow_is_an_empty_picture()
    {
        var picture = FlowPicture.Of(Plan());
        Assert.Empty(picture.Boxes);
        Assert.Equal((0, 0), (picture.Rows, picture.Columns));
    }

    [Fact]
    public void Steps_stand_under_those_that_lead_to_them_in_the_order_of_the_keys()
    {
        var picture = FlowPicture.Of(Plan(Say(1, 2), Menu(2, 5, ("1", 4), ("2", 3)), ToSales(3), ToSupport(4), HangUp(5)));
        Assert.Equal(
            [new FlowBox(1, 0, 0), new FlowBox(2, 1, 0), new FlowBox(3, 2, 1), new FlowBox(4, 2, 0), new FlowBox(5, 2, 2)],
            picture.Boxes.AsEnumerable());
        Assert.Equal((3, 3), (picture.Rows, picture.Columns));
        Assert.Equal(
            [
                new FlowLine(1, 2, FlowExitKind.Next, "", null), new FlowLine(2, 4, FlowExitKind.Key, "1", null),
                new FlowLine(2, 3, FlowExitKind.Key, "2", null), new FlowLine(2, 5, FlowExitKind.Otherwise, "", null),
            ], picture.Lines.AsEnumerable());
    }

    [Fact]
    public void A_way_back_has_a_column_of_its_own_beside()
    {
        var picture = FlowPicture.Of(Plan(Menu(1, 3, ("1", 2), ("9", 1)), Say(2, 1), HangUp(3)));
        Assert.Equal([null, 0, null, 1], picture.Lines.Select(line => line.Beside));
    }

    [Fact]
    public void Faults_do_not_spoil_it()
    {
        var picture = FlowPicture.Of(Plan(Say(1, null), Say(2, 7), HangUp(2), Say(3, 1)));
        Assert.Equal([new FlowBox(1, 0, 0), new FlowBox(2, 1, 0), new FlowBox(3, 2, 0)], picture.Boxes.AsEnumerable());
        Assert.Equal(new FlowLine(3, 1, FlowExitKind.Next, "", 0), Assert.Single(picture.Lines));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_the_flow_no_two_boxes_share_a_place_and_straight_lines_go_one_row_down(int seed)
    {
#pragma warning disable CA5394 // a walk that can be repeated, no secret
        var random = new Random(seed);
        for (var n = 0; n < 500; n++)
        {
            var plan = RandomFlow.Plan(random);
            var picture = FlowPicture.Of(plan);
            var at = picture.Boxes.ToDictionary(box => box.Step);
            Assert.Equal(picture.Boxes.Length, picture.Boxes.Select(box => (box.Row, box.Column)).Distinct().Count());
            Assert.All(picture.Boxes, box => Assert.True(box.Row < picture.Rows && box.Column < picture.Columns));
            Assert.Equal(plan.Steps.Sum(step => step.Exits.Count(exit => plan.Find(exit.To) is not null)), picture.Lines.Length);
            Assert.All(
                picture.Lines.Where(line => line.Beside is null), line => Assert.Equal(at[line.From].Row + 1, at[line.To].Row));
            var beside = picture.Lines.Select(line => line.Beside).OfType<int>().ToList();
            Assert.Equal(Enumerable.Range(0, beside.Count), beside);
        }
    }
}
