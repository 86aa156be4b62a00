using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Submissions;

namespace Selfservice.Strategies;

/// <summary>Whether a method is responsible for a submission.</summary>
public enum Claim
{
    /// <summary>It is another method's.</summary>
    None,

    /// <summary>It is this method's.</summary>
    Submit,

    /// <summary>It is this method's and only moves between its screens: nothing is proven or changed by it, so it needs no CSRF token from the flow's own browser.</summary>
    Navigate,

    /// <summary>It is this method's and only sends a browser elsewhere, whichever that is: what comes back is bound to the one that left.</summary>
    Leave,
}

/// <summary>A method: one way to do a step of a flow. What it can do it says by further interfaces, one per flow.</summary>
public interface IStrategy
{
    /// <summary>Its name; also the value of the form's <c>method</c> field.</summary>
    MethodId Id { get; }

    /// <summary>Whether the host has it switched on. A method that is off adds no nodes and refuses submissions.</summary>
    bool IsEnabled { get; }

    /// <summary>
    /// Where the nodes of its group stand among those of other methods: lower comes first. The shared group stands at 200; the methods of this suite use
    /// multiples of 100 between 0 and 900. Nodes whose group nobody placed come first.
    /// </summary>
    int NodeOrder { get; }

    /// <summary>The same in one kind of flow, where that differs.</summary>
    int NodeOrderIn(FlowKind kind) => NodeOrder;

    /// <summary>The group of its nodes.</summary>
    NodeGroup NodeGroup => new(Id.Name);

    /// <summary>Whether its nodes are mixed with the shared ones by their keys, as a password belongs right below the identifier.</summary>
    bool MixesWithShared => false;

    /// <summary>Whether it can work for an organization; in a flow for one, others have no part.</summary>
    bool ServesOrganizations => false;

    /// <summary>Whether its steps may also be submitted by GET, with the fields in the query. Nothing may be proven or changed by such a step.</summary>
    bool TakesQuery => false;

    /// <summary>Whether it is responsible for a submission; by default when the field <c>method</c> names it.</summary>
    Claim Claims(Submission submission) => submission.Method == Id.Name ? Claim.Submit : Claim.None;
}
