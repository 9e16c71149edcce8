namespace Tccc.Platform.Tests;

public sealed class MailboxTests
{
    [Fact]
    public async Task A_mailbox_handles_each_letter_once_and_in_the_order_of_its_sender()
    {
        var box = new Counting();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++) box.Post(sender, i, aside: i % 3 == 0);
        })));
        await TestHost.Until(() => box.Handled == 80_000, "every letter");
        Assert.False(box.OutOfOrder);
    }

    [Fact]
    public void Who_posts_into_an_idle_mailbox_has_the_letter_handled_on_its_own_thread()
    {
        var box = new Counting();
        box.Post(0, 0, aside: false);
        Assert.Equal((1, Environment.CurrentManagedThreadId), (box.Handled, box.Thread));
    }

    [Fact]
    public void A_letter_posted_while_one_is_handled_comes_after_it()
    {
        var box = new Answering();
        box.Post(3);
        Assert.Equal([3, 2, 1, 0], box.Done);
    }

    private sealed class Counting : Mailbox<(int Sender, int Number)>
    {
        private readonly int[] next = new int[8];
        private int inside;
        private int handled;

        public int Handled => Volatile.Read(ref handled);

        public int Thread { get; private set; }

        public bool OutOfOrder { get; private set; }

        public void Post(int sender, int number, bool aside)
        {
            if (aside) PutAside((sender, number));
            else Put((sender, number));
        }

        protected override void Work()
        {
            if (!TryTake(out var letter)) return;
            if (Interlocked.Increment(ref inside) != 1 || next[letter.Sender]++ != letter.Number) OutOfOrder = true;
            Thread = Environment.CurrentManagedThreadId;
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref handled);
        }
    }

    private sealed class Answering : Mailbox<int>
    {
        public List<int> Done { get; } = [];

        public void Post(int number) => Put(number);

        protected override void Work()
        {
            while (TryTake(out var number))
            {
                if (number > 0) Put(number - 1);
                Done.Add(number);
            }
        }
    }
}
