using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// Somebody who calls or writes to the center, as people wrote it down: made when the first thing about them is written, not by their first
/// call, so that calls cost no row and nobody who only rang has a file. Found by its <see cref="CustomerKey"/>s. product.md §3 «customer
/// card»
/// </summary>
public sealed class Customer : ICenterRow, IVersioned
{
    public const int LongestName = 100;
    public const int LongestCompany = 100;
    public const int LongestEmail = 254;
    public const int LongestTag = 30;
    public const int MostTags = 20;

    /// <summary>Numbers, e-mails, and ids of one customer together.</summary>
    public const int MostKeys = 30;

    public CustomerId Id { get; set; }

    public CenterId Center { get; set; }

    [MaxLength(LongestName)]
    public string Name { get; set; } = "";

    [MaxLength(LongestCompany)]
    public string Company { get; set; } = "";

    /// <summary>One a line, in the order they were typed.</summary>
    [MaxLength(MostTags * (LongestTag + 1))]
    public string Tags { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// Whom it was merged into; null = nobody. Its keys and notes stay its own, so that parting gives each back what it had.
    /// </summary>
    public CustomerId? MergedInto { get; set; }

    /// <summary>The customer at the end of the chain of mergings: the one that is shown. Its own id when it was not merged.</summary>
    public CustomerId Root { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}

/// <summary>What a customer is found by; unique in the center with its kind.</summary>
public sealed class CustomerKey : ICenterRow
{
    /// <summary>Ids of apps and visitors.</summary>
    public const int LongestId = 128;

    public long Id { get; set; }

    public CenterId Center { get; set; }

    public CustomerId Customer { get; set; }

    public CustomerKeyKind Kind { get; set; }

    /// <summary>A number as <see cref="PhoneKey"/> writes it, an e-mail in lower case, an id as it is.</summary>
    [MaxLength(Tccc.Directory.Customer.LongestEmail)]
    public required string Value { get; set; }

    /// <summary>Place on the card.</summary>
    public int Position { get; set; }
}

public enum CustomerKeyKind
{
    Number,
    Email,
    /// <summary>The id that an app gave and signed; product.md §10.</summary>
    AppUser,
    /// <summary>What the chat widget knows a browser by; product.md §10.</summary>
    Visitor,
}

/// <summary>What somebody noted about a customer. Never changed.</summary>
public sealed class CustomerNote : ICenterRow
{
    public const int Longest = 2000;

    public long Id { get; set; }

    public CenterId Center { get; set; }

    public CustomerId Customer { get; set; }

    /// <summary>Who wrote it.</summary>
    public AgentId Agent { get; set; }

    public DateTimeOffset At { get; set; }

    [MaxLength(Longest)]
    public required string Text { get; set; }
}
