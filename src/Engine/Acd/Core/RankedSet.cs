namespace Tccc.Acd.Core;

/// <summary>
/// A sorted set that knows ranks: add, remove, find, first, n-th and the place of a key are O(log n). A treap in one array,
/// because the sorted set of the base library cannot tell the place of a key and the queue must.
/// </summary>
internal sealed class RankedSet<T> where T : struct, IComparable<T>
{
    private const int None = -1;

    private Node[] nodes = new Node[4];
    private int used;
    private int free = None;
    private int root = None;
    private uint noise = 0x9E3779B9;

    private struct Node
    {
        public T Key;
        public uint Weight;
        public int Left;
        public int Right;
        public int Size;
    }

    public int Count => Size(root);

    /// <summary>The n-th key, from 0.</summary>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            var at = root;
            while (true)
            {
                ref var node = ref nodes[at];
                var left = Size(node.Left);
                if (index == left) return node.Key;
                (at, index) = index < left ? (node.Left, index) : (node.Right, index - left - 1);
            }
        }
    }

    public bool TryFirst(out T first)
    {
        first = default;
        if (root == None) return false;
        var at = root;
        while (nodes[at].Left != None) at = nodes[at].Left;
        first = nodes[at].Key;
        return true;
    }

    /// <summary>The first key that does not come before <paramref name="from"/>.</summary>
    public bool TryFirstFrom(in T from, out T first)
    {
        var found = None;
        var at = root;
        while (at != None)
        {
            if (nodes[at].Key.CompareTo(from) >= 0) (found, at) = (at, nodes[at].Left);
            else at = nodes[at].Right;
        }
        first = found == None ? default : nodes[found].Key;
        return found != None;
    }

    /// <summary>How many keys come before this one.</summary>
    public int RankOf(in T key)
    {
        var (rank, at) = (0, root);
        while (at != None)
        {
            ref var node = ref nodes[at];
            if (node.Key.CompareTo(key) < 0) (rank, at) = (rank + Size(node.Left) + 1, node.Right);
            else at = node.Left;
        }
        return rank;
    }

    public bool Contains(in T key)
    {
        var at = root;
        while (at != None)
        {
            var order = key.CompareTo(nodes[at].Key);
            if (order == 0) return true;
            at = order < 0 ? nodes[at].Left : nodes[at].Right;
        }
        return false;
    }

    public bool Add(in T key)
    {
        if (Contains(key)) return false;
        var fresh = Take(key);
        ref var slot = ref root;
        while (slot != None && nodes[slot].Weight >= nodes[fresh].Weight)
        {
            ref var node = ref nodes[slot];
            node.Size++;
            slot = ref key.CompareTo(node.Key) < 0 ? ref node.Left : ref node.Right;
        }
        ref var added = ref nodes[fresh];
        Split(slot, key, out added.Left, out added.Right);
        added.Size = 1 + Size(added.Left) + Size(added.Right);
        slot = fresh;
        return true;
    }

    public bool Remove(in T key)
    {
        if (!Contains(key)) return false;
        ref var slot = ref root;
        while (true)
        {
            ref var node = ref nodes[slot];
            var order = key.CompareTo(node.Key);
            if (order == 0) break;
            node.Size--;
            slot = ref order < 0 ? ref node.Left : ref node.Right;
        }
        var gone = slot;
        slot = Join(nodes[gone].Left, nodes[gone].Right);
        nodes[gone] = new Node { Left = free };
        free = gone;
        return true;
    }

    private int Size(int at) => at == None ? 0 : nodes[at].Size;

    private int Take(in T key)
    {
        int at;
        if (free != None) (at, free) = (free, nodes[free].Left);
        else
        {
            if (used == nodes.Length) Array.Resize(ref nodes, used * 2);
            at = used++;
        }
        // xorshift: the shape of the tree needs luck, not secrecy, and the same run must give the same tree
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        nodes[at] = new Node { Key = key, Weight = noise, Left = None, Right = None, Size = 1 };
        return at;
    }

    private void Split(int at, in T key, out int before, out int after)
    {
        if (at == None)
        {
            before = after = None;
            return;
        }
        ref var node = ref nodes[at];
        if (node.Key.CompareTo(key) < 0)
        {
            Split(node.Right, key, out node.Right, out after);
            before = at;
        }
        else
        {
            Split(node.Left, key, out before, out node.Left);
            after = at;
        }
        node.Size = 1 + Size(node.Left) + Size(node.Right);
    }

    private int Join(int before, int after)
    {
        if (before == None) return after;
        if (after == None) return before;
        ref var a = ref nodes[before];
        ref var b = ref nodes[after];
        if (a.Weight >= b.Weight)
        {
            a.Right = Join(a.Right, after);
            a.Size = 1 + Size(a.Left) + Size(a.Right);
            return before;
        }
        b.Left = Join(before, b.Left);
        b.Size = 1 + Size(b.Left) + Size(b.Right);
        return after;
    }
}
