namespace HostingPortal.Web.Resources;

/// <summary>Marks <c>Refusal.resx</c>: a sentence for each code of a refused request.</summary>
public sealed class Refusal;

/// <summary>Marks <c>Reason.resx</c>: a plain sentence for each known failure outside of the portal.</summary>
public sealed class Reason;

/// <summary>Marks <c>Run.resx</c>: the pages of runs.</summary>
public sealed class Run;

/// <summary>Marks <c>People.resx</c>: accounts, sign-in, teams, tokens.</summary>
public sealed class People;

/// <summary>Marks <c>Notices.resx</c>: notifications, the channels they go to, and schedules.</summary>
public sealed class Notices;

/// <summary>Marks <c>Masters.resx</c>: managed projects and who reaches what.</summary>
public sealed class Masters;
